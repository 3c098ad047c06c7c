import { vpcHasEndpointOfDockerRegistry } from '../../../lib/controls/vpc/vpc-has-endpoint-of-docker-registry.ts';
import { testControl } from '../harness.ts';
import { endpointRows } from './endpoints.ts';

testControl(vpcHasEndpointOfDockerRegistry, { rows: endpointRows('ecr.dkr') });
