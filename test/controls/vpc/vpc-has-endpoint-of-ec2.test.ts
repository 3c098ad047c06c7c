import { vpcHasEndpointOfEc2 } from '../../../lib/controls/vpc/vpc-has-endpoint-of-ec2.ts';
import { testControl } from '../harness.ts';
import { endpointRows } from './endpoints.ts';

testControl(vpcHasEndpointOfEc2, { rows: endpointRows('ec2') });
