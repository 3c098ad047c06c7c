import { defineControl } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { adviceFor, hasEndpoint, rationale } from './shared/endpoints.ts';

export const vpcHasEndpointOfDockerRegistry = defineControl(vpc, {
  id: 'EC2.56',
  title: 'VPCs should be configured with an interface endpoint for Docker Registry',
  severity: 'MEDIUM',
  rationale,
  standards: { 'fsbp-1.0.0': ['EC2.56'] },
  needs: ['endpoints'],
  evaluate: hasEndpoint('ecr.dkr'),
  remediation: { advice: adviceFor('ecr.dkr') },
});
