import { defineControl } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { hasEndpoint } from './shared/endpoints.ts';

export const vpcHasEndpointOfEcrApi = defineControl(vpc, {
  id: 'EC2.55',
  title: 'VPCs should be configured with an interface endpoint for ECR API',
  severity: 'MEDIUM',
  rationale:
    'What calls AWS over an endpoint needs no way to the internet, and its calls can be held to a policy.',
  standards: { 'fsbp-1.0.0': ['EC2.55'] },
  needs: ['endpoints'],
  evaluate: hasEndpoint('ecr.api'),
  remediation: {
    advice:
      'Create an interface endpoint of ecr.api in the VPC, in the subnets of what calls it, with private DNS. Each endpoint is paid for by the hour and zone: exempt VPCs in which nothing makes such calls.',
  },
});
