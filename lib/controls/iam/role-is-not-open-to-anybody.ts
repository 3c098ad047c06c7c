import {
  evidenceOfPowers,
  guestActions,
  guestPowers,
} from '../../analysis/policies/guest-power.ts';
import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import {
  defineControl,
  type Evidence,
  fail,
  notApplicable,
  pass,
  unknown,
} from '../../model/control.ts';
import { iamRole } from '../../resources/iam/iam-role.ts';
import { narrowTrust } from './shared/trust-narrowing.ts';
import { trustGrants } from './shared/trust-plan.ts';
import {
  isAnybody,
  isOwnedByAws,
  isTooMany,
  type Trustee,
  trustees,
} from './shared/trust-policy.ts';

const reasonOf = (untrusted: readonly Trustee[]): string => {
  if (untrusted.some(isAnybody)) return 'anybody can assume the role';
  const issuers = [...new Set(untrusted.flatMap(({ anyTokenOf }) => anyTokenOf ?? []))];
  return `every token of ${issuers.join(' and ')} lets its holder assume the role, which is too wide`;
};

const expectedOf = ({ principal, isLax }: Trustee): string => {
  const expected = principal.startsWith('Federated')
    ? 'with a condition on the claim that tells your own tokens from those of others, as sub; the audience does not'
    : 'named principals, or a condition that holds callers to known accounts or organizations';
  return isLax
    ? `${expected}; without ForAllValues or IfExists, which let through whoever brings no such key`
    : expected;
};

export const roleIsNotOpenToAnybody = defineControl(iamRole, {
  id: 'PL.IAM.1',
  title: 'IAM roles should not be assumable by anybody',
  severity: 'CRITICAL',
  rationale:
    'A trust policy that names everybody, or every customer of a shared identity provider, hands the role to strangers.',
  standards: {},
  exposes: true,
  needs: ['path', 'trustPolicy', 'guestPrivileges'],
  parameters: { guestActions },
  evaluate(state, { ref, parameters }) {
    const { path, trustPolicy } = state;
    if (isOwnedByAws(path)) return notApplicable('AWS owns the role');
    const parsed = parsePolicy(trustPolicy);
    if ('unreadable' in parsed) return unknown(`trustPolicy: ${parsed.unreadable}`);
    const untrusted = trustees(parsed.statements, ref.account).filter(isTooMany);
    if (untrusted.length === 0) return pass;
    // A role that says that it is for the guests of one pool is open by intent: what they get is what counts.
    const isForGuests = untrusted.every(({ guestsOf }) => guestsOf !== undefined);
    // What the role gives is not looked at before: a template need not know it of a role that is open to anybody.
    const guestPrivileges = isForGuests ? state.guestPrivileges : undefined;
    if (guestPrivileges) {
      const found = guestPowers(guestPrivileges, {
        isScopedDown: false,
        granted: parameters.guestActions,
      });
      if ('unreadable' in found) return unknown(found.unreadable);
      if (found.powers.length === 0) return pass;
      const pools = [...new Set(untrusted.map(({ guestsOf }) => guestsOf))].join(' and ');
      return fail(
        `whoever knows the id of the pool ${pools} can be its guest, assume the role, and do more than read what it names`,
        [
          ...untrusted.map(
            ({ path: at, principal }): Evidence => ({
              path: `trustPolicy.${at}`,
              actual: principal,
              expected: 'guests of a role that gives them only what does no harm',
            }),
          ),
          ...evidenceOfPowers('guestPrivileges', found.powers),
        ],
      );
    }
    return fail(
      reasonOf(untrusted),
      untrusted.map((one) => ({
        path: `trustPolicy.${one.path}`,
        actual: one.principal,
        expected: expectedOf(one),
      })),
    );
  },
  remediation: {
    advice:
      'Name the principals that need the role. Where there are many, add a condition on aws:PrincipalOrgID; for an identity provider that others use as well, one on its sub claim that names your own organization. An external ID is no substitute.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html',
    needs: ['privileges'],
    grants: trustGrants,
    plan: (state, { ref, arn }) => narrowTrust(state, arn, ref.account),
  },
});
