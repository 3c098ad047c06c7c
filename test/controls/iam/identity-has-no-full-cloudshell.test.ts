import { identityHasNoFullCloudshell } from '../../../lib/controls/iam/identity-has-no-full-cloudshell.ts';
import { testControl } from '../harness.ts';
import { group, permissionSet, role, user } from './shared/identities.ts';

const attached = (...arns: string[]) => ({
  attachedPolicies: arns.map((arn) => ({ name: arn.split('/').at(-1) ?? '', arn })),
});

const cloudShell = 'arn:aws:iam::aws:policy/AWSCloudShellFullAccess';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const detached = (call: string, input: object) =>
  ({ risk: 'disruptive', calls: [call], input, undo: 'widens' }) as const;

testControl(identityHasNoFullCloudshell, {
  rows: {
    'no policy': { given: attached(), verdict: 'PASS' },
    'another policy': {
      given: attached('arn:aws:iam::aws:policy/ReadOnlyAccess'),
      verdict: 'PASS',
    },
    'the policy': {
      given: attached('arn:aws:iam::aws:policy/AWSCloudShellFullAccess'),
      id: user,
      verdict: 'FAIL',
      evidence: ['attachedPolicies'],
      plan: detached('iam.detachUserPolicy', { UserName: 'alice', PolicyArn: cloudShell }),
    },
    'the policy between others': {
      given: attached(readOnly, cloudShell, 'arn:aws:iam::123456789012:policy/a'),
      id: user,
      verdict: 'FAIL',
      plan: detached('iam.detachUserPolicy', { UserName: 'alice', PolicyArn: cloudShell }),
    },
    'the policy of a group': {
      given: attached(cloudShell),
      id: group,
      verdict: 'FAIL',
      plan: detached('iam.detachGroupPolicy', { GroupName: 'operators', PolicyArn: cloudShell }),
    },
    'the policy of a role': {
      given: attached(cloudShell),
      id: role,
      verdict: 'FAIL',
      plan: detached('iam.detachRolePolicy', { RoleName: 'orders', PolicyArn: cloudShell }),
    },
    'the policy of a permission set': {
      given: attached(cloudShell),
      id: permissionSet,
      verdict: 'FAIL',
      plan: { proposal: /Identity Center/ },
    },
    'the policy of another partition': {
      given: attached('arn:aws-us-gov:iam::aws:policy/AWSCloudShellFullAccess'),
      id: user,
      verdict: 'FAIL',
      plan: detached('iam.detachUserPolicy', {
        PolicyArn: 'arn:aws-us-gov:iam::aws:policy/AWSCloudShellFullAccess',
      }),
    },
    'a policy of one’s own of that name': {
      given: attached('arn:aws:iam::123456789012:policy/AWSCloudShellFullAccess'),
      verdict: 'PASS',
    },
  },
});
