import { vpcHasEndpointOfIncidentManager } from '../../../lib/controls/vpc/vpc-has-endpoint-of-incident-manager.ts';
import { testControl } from '../harness.ts';
import { endpointRows } from './endpoints.ts';

testControl(vpcHasEndpointOfIncidentManager, { rows: endpointRows('ssm-incidents') });
