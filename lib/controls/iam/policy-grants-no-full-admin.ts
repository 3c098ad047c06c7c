import { defineControl } from '../../model/control.ts';
import { iamPolicy } from '../../resources/iam/iam-policy.ts';
import { partitionOf } from '../../services/partition.ts';
import { proposeVersion } from './shared/admin-plan.ts';
import { adminStatements, evaluateManaged } from './shared/admin-policy.ts';

export const policyGrantsNoFullAdmin = defineControl(iamPolicy, {
  id: 'IAM.1',
  title: 'IAM policies should not allow full "*" administrative privileges',
  severity: 'HIGH',
  rationale:
    'Whoever gets hold of one identity with full privileges has the whole account and can lock its owner out.',
  standards: {
    'fsbp-1.0.0': ['IAM.1'],
    'cis-aws-1.4.0': ['1.16'],
    'nist-800-53-r5': [
      ...['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-5'],
      ...['AC-6', 'AC-6(10)', 'AC-6(2)', 'AC-6(3)'],
    ],
  },
  needs: ['defaultVersion', 'use'],
  evaluate(policy, { ref }) {
    return evaluateManaged(
      policy,
      (statements) => adminStatements(statements, partitionOf(ref.region)),
      'the policy allows every action on every resource',
    );
  },
  remediation: {
    advice:
      'Replace the statement by the actions and resources that are needed; IAM Access Analyzer drafts a policy from what was used. Publish it as the default version.',
    needs: ['versions'],
    grants: [],
    plan: (state, { arn }) => proposeVersion(state, arn),
  },
});
