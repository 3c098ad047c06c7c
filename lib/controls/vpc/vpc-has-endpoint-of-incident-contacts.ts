import { defineControl } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { hasEndpoint } from './shared/endpoints.ts';

export const vpcHasEndpointOfIncidentContacts = defineControl(vpc, {
  id: 'EC2.58',
  title: 'VPCs should have an interface endpoint for Incident Manager Contacts',
  severity: 'MEDIUM',
  rationale:
    'What calls AWS over an endpoint needs no way to the internet, and its calls can be held to a policy.',
  standards: { 'fsbp-1.0.0': ['EC2.58'] },
  needs: ['endpoints'],
  evaluate: hasEndpoint('ssm-contacts'),
  remediation: {
    advice:
      'Create an interface endpoint of ssm-contacts in the VPC, in the subnets of what calls it, with private DNS. Each endpoint is paid for by the hour and zone: exempt VPCs in which nothing makes such calls.',
  },
});
