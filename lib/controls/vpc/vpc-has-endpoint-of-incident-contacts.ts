import { defineControl } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { adviceFor, hasEndpoint, rationale } from './shared/endpoints.ts';

export const vpcHasEndpointOfIncidentContacts = defineControl(vpc, {
  id: 'EC2.58',
  title: 'VPCs should have an interface endpoint for Incident Manager Contacts',
  severity: 'MEDIUM',
  rationale,
  standards: { 'fsbp-1.0.0': ['EC2.58'] },
  needs: ['endpoints'],
  evaluate: hasEndpoint('ssm-contacts'),
  remediation: { advice: adviceFor('ssm-contacts') },
});
