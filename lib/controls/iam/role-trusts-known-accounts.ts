import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import { knownTo, trustedParameters } from '../../analysis/policies/trusted-accounts.ts';
import { defineControl, fail, notApplicable, pass, unknown } from '../../model/control.ts';
import { iamRole } from '../../resources/iam/iam-role.ts';
import { trustOnlyKnown } from './shared/trust-narrowing.ts';
import { trustGrants } from './shared/trust-plan.ts';
import { isOwnedByAws, knowing, trustees } from './shared/trust-policy.ts';

export const roleTrustsKnownAccounts = defineControl(iamRole, {
  id: 'PL.IAM.2',
  title: 'IAM roles should be assumable only by principals of known accounts and organizations',
  severity: 'HIGH',
  rationale:
    'Whoever controls an account that a role trusts decides alone who there may use the role.',
  standards: {},
  needs: ['path', 'trustPolicy'],
  parameters: trustedParameters,
  evaluate({ path, trustPolicy }, { ref, parameters }) {
    if (isOwnedByAws(path)) return notApplicable('AWS owns the role');
    const parsed = parsePolicy(trustPolicy);
    if ('unreadable' in parsed) return unknown(`trustPolicy: ${parsed.unreadable}`);
    const isKnown = knowing(knownTo(ref, parameters));
    // Guests of a pool of Cognito are of no account: PL.IAM.1 evaluates what they get.
    const outsiders = trustees(parsed.statements, ref.account).filter(
      (one) => one.guestsOf === undefined && !isKnown(one),
    );
    if (outsiders.length === 0) return pass;
    return fail(
      'the role can be assumed by accounts that the baseline does not trust',
      outsiders.map(({ path, principal }) => ({
        path: `trustPolicy.${path}`,
        actual: principal,
        expected: 'a principal of this account, or of one that trustedAccounts names',
      })),
    );
  },
  remediation: {
    advice:
      'Take the principal out of the trust policy, or, where the account is known, name it in trustedAccounts, which may say governed for all that Plumbline governs, or its organization in trustedOrganizations. Give a third party an external ID as well.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
    needs: ['privileges'],
    grants: trustGrants,
    plan: (state, { ref, arn, parameters }) =>
      trustOnlyKnown(state, arn, ref.account, knownTo(ref, parameters)),
  },
});
