import { defineControl } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { adviceFor, hasEndpoint, rationale } from './shared/endpoints.ts';

export const vpcHasEndpointOfIncidentManager = defineControl(vpc, {
  id: 'EC2.60',
  title:
    'VPCs should be configured with an interface endpoint for Systems Manager Incident Manager',
  severity: 'MEDIUM',
  rationale,
  standards: { 'fsbp-1.0.0': ['EC2.60'] },
  needs: ['endpoints'],
  evaluate: hasEndpoint('ssm-incidents'),
  remediation: { advice: adviceFor('ssm-incidents') },
});
