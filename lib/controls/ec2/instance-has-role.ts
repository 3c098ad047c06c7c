import { defineControl, fail, pass } from '../../model/control.ts';
import { instance } from '../../resources/ec2/instance.ts';

export const instanceHasRole = defineControl(instance, {
  id: 'PL.EC2.12',
  title: 'EC2 instances should have an instance profile',
  severity: 'LOW',
  rationale:
    'Where an instance has no role, what runs on it calls AWS with keys that lie on its disk.',
  standards: { 'cis-aws-1.4.0': ['1.18'], 'cis-aws-3.0.0': ['1.18'], 'cis-aws-5.0.0': ['1.17'] },
  needs: ['instance'],
  evaluate({ instance: { hasProfile } }) {
    if (hasProfile) return pass;
    return fail('the instance has no instance profile', [
      { path: 'instance.hasProfile', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Give the instance a profile with a role for what it calls, and take the access keys off its disk. Exempt an instance that calls nothing of AWS.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html',
  },
});
