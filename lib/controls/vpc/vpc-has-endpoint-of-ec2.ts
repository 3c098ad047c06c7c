import { defineControl } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { adviceFor, hasEndpoint, rationale } from './shared/endpoints.ts';

export const vpcHasEndpointOfEc2 = defineControl(vpc, {
  id: 'EC2.10',
  title: 'VPCs should have an interface endpoint for Amazon EC2',
  severity: 'MEDIUM',
  rationale,
  standards: {
    'fsbp-1.0.0': ['EC2.10'],
    'nist-800-53-r5': [
      'AC-21',
      'AC-3',
      'AC-3(7)',
      'AC-4',
      'AC-4(21)',
      'AC-6',
      'SC-7',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(3)',
      'SC-7(4)',
    ],
  },
  needs: ['endpoints'],
  evaluate: hasEndpoint('ec2'),
  remediation: { advice: adviceFor('ec2') },
});
