import { vpcHasEndpointOfSystemsManager } from '../../../lib/controls/vpc/vpc-has-endpoint-of-systems-manager.ts';
import { testControl } from '../harness.ts';
import { endpointRows } from './endpoints.ts';

testControl(vpcHasEndpointOfSystemsManager, { rows: endpointRows('ssm') });
