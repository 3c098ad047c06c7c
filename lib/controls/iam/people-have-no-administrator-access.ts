import { defineControl, propose } from '../../model/control.ts';
import { iamGroup } from '../../resources/iam/iam-group.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { attachedOf, detach, evaluateAttached } from './shared/attached-policies.ts';

export const peopleHaveNoAdministratorAccess = defineControl([iamUser, iamGroup], {
  id: 'PL.IAM.4',
  title: 'IAM users and groups should not have the AdministratorAccess policy attached',
  severity: 'HIGH',
  rationale:
    'A user keeps these privileges with every key and password it has; a role gives them for an hour at a time.',
  standards: {},
  needs: ['attachedPolicies'],
  evaluate: ({ attachedPolicies }) => evaluateAttached(attachedPolicies, 'AdministratorAccess'),
  remediation: {
    advice:
      'Let administrators sign in through IAM Identity Center or assume a role that has the policy, with MFA, and detach it from the user or group.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    grants: [],
    plan: ({ attachedPolicies }, { arn }) =>
      propose(
        'whoever administers the account by it needs another way to first, or nobody may be left who can',
        [detach(attachedOf(attachedPolicies, 'AdministratorAccess') ?? '', arn)],
      ),
  },
});
