import { defineControl } from '../../model/control.ts';
import { iamGroup } from '../../resources/iam/iam-group.ts';
import { iamRole } from '../../resources/iam/iam-role.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { partitionOf } from '../../services/partition.ts';
import { proposeInline } from './shared/admin-plan.ts';
import { adminStatements, evaluateInline } from './shared/admin-policy.ts';

export const inlinePoliciesGrantNoFullAdmin = defineControl([iamUser, iamGroup, iamRole], {
  id: 'PL.IAM.3',
  title:
    'Inline policies of IAM users, groups and roles should not allow full "*" administrative privileges',
  severity: 'HIGH',
  rationale:
    'An inline policy gives the same power as a managed one, and no list of policies shows it.',
  standards: {},
  needs: ['inlinePolicies'],
  evaluate({ inlinePolicies }, { ref }) {
    return evaluateInline(
      inlinePolicies,
      (statements) => adminStatements(statements, partitionOf(ref.region)),
      'an inline policy allows every action on every resource',
    );
  },
  remediation: {
    advice:
      'Replace the statement by the actions and resources that are needed, best in a managed policy, where versions can be compared and taken back.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html',
    grants: [],
    plan: ({ inlinePolicies }, { arn }) => proposeInline(inlinePolicies, arn),
  },
});
