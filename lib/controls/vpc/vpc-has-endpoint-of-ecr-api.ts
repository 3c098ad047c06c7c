import { defineControl } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { adviceFor, hasEndpoint, rationale } from './shared/endpoints.ts';

export const vpcHasEndpointOfEcrApi = defineControl(vpc, {
  id: 'EC2.55',
  title: 'VPCs should be configured with an interface endpoint for ECR API',
  severity: 'MEDIUM',
  rationale,
  standards: { 'fsbp-1.0.0': ['EC2.55'] },
  needs: ['endpoints'],
  evaluate: hasEndpoint('ecr.api'),
  remediation: { advice: adviceFor('ecr.api') },
});
