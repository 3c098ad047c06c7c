import { knownTo, trustedParameters } from '../../analysis/policies/trusted-accounts.ts';
import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { eksCluster } from '../../resources/eks/eks-cluster.ts';

const principal = /^arn:[^:]*:iam::(\d*):(\w+)/;

export const clusterIsAdministeredByKnownRoles = defineControl(eksCluster, {
  id: 'PL.EKS.3',
  title: 'EKS clusters should be administered only by roles, and only of known accounts',
  severity: 'HIGH',
  rationale:
    'A cluster is taken over by the access key of a user that leaks, or by whoever controls another account.',
  standards: {},
  needs: ['administrators'],
  parameters: trustedParameters,
  evaluate({ administrators }, { ref, parameters }) {
    if (administrators === undefined)
      return notApplicable('the cluster takes no access entries, see PL.EKS.2');
    const known = knownTo(ref, parameters);
    const wrong = administrators.flatMap((one) => {
      const [, account = '', kind] = principal.exec(one.principal) ?? [];
      if (!known.has(account)) return [{ ...one, expected: 'a role of a known account' }];
      return kind === 'role' ? [] : [{ ...one, expected: 'a role, whose credentials end' }];
    });
    if (wrong.length === 0) return pass;
    return fail(
      'the cluster is administered by a user, or from an account that the baseline does not trust',
      wrong.map(({ principal, policy, expected }) => ({
        path: 'administrators',
        actual: { principal, policy },
        expected,
      })),
    );
  },
  remediation: {
    advice:
      'Give the people a role to assume and an access entry for that role, then delete the entry of the user or of the other account (aws eks delete-access-entry). Where the account is known, name it in trustedAccounts, which may say governed for all that Plumbline governs.',
    url: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  },
});
