import { vpcHasEndpointOfEcrApi } from '../../../lib/controls/vpc/vpc-has-endpoint-of-ecr-api.ts';
import { testControl } from '../harness.ts';
import { endpointRows } from './endpoints.ts';

testControl(vpcHasEndpointOfEcrApi, { rows: endpointRows('ecr.api') });
