import { iamGroup } from '../../resources/iam-group.ts';
import { iamRole } from '../../resources/iam-role.ts';
import { iamUser } from '../../resources/iam-user.ts';
import { defineControl } from '../control.ts';
import { judgeAttached } from '../judgement/attached-policies.ts';

export const identityHasNoFullCloudshell = defineControl([iamUser, iamGroup, iamRole], {
  id: 'IAM.27',
  title: 'IAM identities should not have the AWSCloudShellFullAccess policy attached',
  severity: 'MEDIUM',
  rationale:
    'CloudShell with file transfer and internet access is a way to carry data out of the account.',
  standards: { 'cis-aws-3.0.0': ['1.22'], 'cis-aws-5.0.0': ['1.21'] },
  needs: ['attachedPolicies'],
  evaluate: ({ attachedPolicies }) => judgeAttached(attachedPolicies, 'AWSCloudShellFullAccess'),
  remediation: {
    advice:
      'Detach AWSCloudShellFullAccess; where CloudShell is needed, give a policy that denies file upload and download.',
  },
});
