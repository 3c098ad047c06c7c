import { defineControl, fail, pass, propose } from '../../model/control.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { detach } from './shared/attached-policies.ts';

export const userHasNoPolicies = defineControl(iamUser, {
  id: 'IAM.2',
  title: 'IAM users should not have IAM policies attached',
  severity: 'LOW',
  rationale:
    'Privileges that hang on single users are lost sight of; groups and roles are reviewed once for all who have them.',
  standards: {
    'fsbp-1.0.0': ['IAM.2'],
    'cis-aws-3.0.0': ['1.15'],
    'cis-aws-5.0.0': ['1.14'],
    'nist-800-53-r5': ['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6', 'AC-6(3)'],
  },
  needs: ['attachedPolicies', 'inlinePolicyNames'],
  evaluate({ attachedPolicies, inlinePolicyNames }) {
    const evidence = [
      ...attachedPolicies.map(({ arn }) => ({
        path: 'attachedPolicies',
        actual: arn,
        expected: null,
      })),
      ...inlinePolicyNames.map((name) => ({
        path: 'inlinePolicyNames',
        actual: name,
        expected: null,
      })),
    ];
    if (evidence.length === 0) return pass;
    return fail(
      `the user has policies of its own: ${evidence.map(({ actual }) => actual).join(', ')}`,
      evidence,
    );
  },
  remediation: {
    advice:
      'Put the user into a group that has these privileges, or let it assume a role, then detach and delete its own policies.',
    grants: [],
    // An inline policy is nowhere else: its deletion is left to who has copied it.
    plan: ({ attachedPolicies }, { arn }) =>
      propose(
        'which group or role is to give these privileges instead is for a person to say',
        attachedPolicies.map((policy) => detach(policy.arn, arn)),
      ),
  },
});
