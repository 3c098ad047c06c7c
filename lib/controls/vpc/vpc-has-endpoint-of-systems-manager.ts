import { defineControl } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { adviceFor, hasEndpoint, rationale } from './shared/endpoints.ts';

export const vpcHasEndpointOfSystemsManager = defineControl(vpc, {
  id: 'EC2.57',
  title: 'VPCs should be configured with an interface endpoint for Systems Manager',
  severity: 'MEDIUM',
  rationale,
  standards: { 'fsbp-1.0.0': ['EC2.57'] },
  needs: ['endpoints'],
  evaluate: hasEndpoint('ssm'),
  remediation: { advice: adviceFor('ssm') },
});
