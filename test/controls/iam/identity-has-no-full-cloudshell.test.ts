import { identityHasNoFullCloudshell } from '../../../lib/controls/iam/identity-has-no-full-cloudshell.ts';
import { testControl } from '../harness.ts';

const attached = (...arns: string[]) => ({
  attachedPolicies: arns.map((arn) => ({ name: arn.split('/').at(-1) ?? '', arn })),
});

testControl(identityHasNoFullCloudshell, {
  rows: {
    'no policy': { given: attached(), verdict: 'PASS' },
    'another policy': {
      given: attached('arn:aws:iam::aws:policy/ReadOnlyAccess'),
      verdict: 'PASS',
    },
    'the policy': {
      given: attached('arn:aws:iam::aws:policy/AWSCloudShellFullAccess'),
      verdict: 'FAIL',
      evidence: ['attachedPolicies'],
    },
    'the policy of another partition': {
      given: attached('arn:aws-us-gov:iam::aws:policy/AWSCloudShellFullAccess'),
      verdict: 'FAIL',
    },
    'a policy of one’s own of that name': {
      given: attached('arn:aws:iam::123456789012:policy/AWSCloudShellFullAccess'),
      verdict: 'PASS',
    },
  },
});
