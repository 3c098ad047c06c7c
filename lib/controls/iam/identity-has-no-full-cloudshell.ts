import { defineControl, type Grant, type IamAction } from '../../model/control.ts';
import { iamGroup } from '../../resources/iam/iam-group.ts';
import { iamRole } from '../../resources/iam/iam-role.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import {
  attach,
  attachedOf,
  detach,
  evaluateAttached,
  identityOf,
  leaveToAws,
} from './shared/attached-policies.ts';
import { isOwnedByAws } from './shared/trust-policy.ts';

const name = 'AWSCloudShellFullAccess';

const grant = (of: 'user' | 'group' | 'role', ...actions: readonly IamAction[]): Grant => ({
  actions,
  on: ({ arn }) => (identityOf(arn).kind === of ? [arn] : []),
});

export const identityHasNoFullCloudshell = defineControl([iamUser, iamGroup, iamRole], {
  id: 'IAM.27',
  title: 'IAM identities should not have the AWSCloudShellFullAccess policy attached',
  severity: 'MEDIUM',
  rationale:
    'CloudShell with file transfer and internet access is a way to carry data out of the account.',
  standards: { 'cis-aws-3.0.0': ['1.22'], 'cis-aws-5.0.0': ['1.21'] },
  needs: ['attachedPolicies'],
  evaluate: ({ attachedPolicies }) => evaluateAttached(attachedPolicies, name),
  remediation: {
    advice:
      'Detach AWSCloudShellFullAccess; where CloudShell is needed, give a policy that denies file upload and download.',
    grants: [
      grant('user', 'iam:AttachUserPolicy', 'iam:DetachUserPolicy'),
      grant('group', 'iam:AttachGroupPolicy', 'iam:DetachGroupPolicy'),
      grant('role', 'iam:AttachRolePolicy', 'iam:DetachRolePolicy'),
    ],
    plan({ attachedPolicies }, { arn }) {
      const policy = attachedOf(attachedPolicies, name) ?? '';
      if (isOwnedByAws(identityOf(arn).path)) return leaveToAws;
      return {
        kind: 'calls',
        // Who works in CloudShell without carrying files has no CloudShell at all then.
        risk: 'disruptive',
        summary: `detaches ${name}`,
        calls: [detach(policy, arn)],
        undo: { calls: [attach(policy, arn)], widensAccess: true },
      };
    },
  },
});
