import { defineControl, notApplicable, pass, propose } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import { iamRole } from '../../resources/iam/iam-role.ts';
import { matches } from '../../support/wildcards.ts';
import { attachedOf, detach, evaluateAttached } from './shared/attached-policies.ts';
import { isOwnedByAws } from './shared/trust-policy.ts';

export const fewRolesHaveAdministratorAccess = defineControl(iamRole, {
  id: 'PL.IAM.5',
  title:
    'Only roles that are meant to administer the account should have the AdministratorAccess policy attached',
  severity: 'HIGH',
  rationale: 'Whoever can assume such a role, or run code with it, has the whole account.',
  standards: {},
  needs: ['path', 'attachedPolicies'],
  parameters: {
    administratorRoles: strings({
      // Made by AWS Organizations, AWS Control Tower and the bootstrap of the CDK.
      default: [
        'OrganizationAccountAccessRole',
        'AWSControlTowerExecution',
        'cdk-*-cfn-exec-role-*',
      ],
      allowed: 'names of roles, in which * stands for any text',
    }),
  },
  evaluate({ path, attachedPolicies }, { ref, parameters }) {
    if (isOwnedByAws(path)) return notApplicable('AWS owns the role');
    if (parameters.administratorRoles.some((name) => matches(name, ref.id))) return pass;
    return evaluateAttached(attachedPolicies, 'AdministratorAccess');
  },
  remediation: {
    advice:
      'Give the role the actions and resources that it needs; IAM Access Analyzer drafts a policy from what was used. Name a role that is meant to administer the account in administratorRoles.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    grants: [],
    plan: ({ attachedPolicies }, { arn }) =>
      propose('which privileges the role needs instead is known to who made it', [
        detach(attachedOf(attachedPolicies, 'AdministratorAccess') ?? '', arn),
      ]),
  },
});
