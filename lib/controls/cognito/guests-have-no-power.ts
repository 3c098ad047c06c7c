import {
  admitsGuestsOf,
  evidenceOfPowers,
  guestActions,
  guestPowers,
} from '../../analysis/policies/guest-power.ts';
import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import type { GuestRole } from '../../resources/cognito/guest-role.ts';
import { identityPool } from '../../resources/cognito/identity-pool.ts';

/** What of a role is too much for guests of a pool, who may get it or not. */
const powersIn = (
  { trustPolicy, ...privileges }: GuestRole,
  pool: string,
  how: { readonly isScopedDown: boolean; readonly granted: readonly string[] },
): ReturnType<typeof guestPowers> => {
  const trust = parsePolicy(trustPolicy);
  if ('unreadable' in trust) return { unreadable: `trustPolicy: ${trust.unreadable}` };
  return admitsGuestsOf(trust.statements, pool) ? guestPowers(privileges, how) : { powers: [] };
};

export const guestsHaveNoPower = defineControl(identityPool, {
  id: 'PL.COGNITO.1',
  title: 'Guests of Cognito identity pools should only have actions that do no harm',
  severity: 'HIGH',
  rationale:
    'Whoever knows the id of the pool, which is in each app, gets what the role of guests may do, without signing in.',
  standards: {},
  exposes: true,
  needs: ['pool', 'guestRole', 'signedInRole'],
  parameters: { guestActions },
  evaluate(
    { pool: { admitsGuests, allowsClassicFlow }, guestRole, signedInRole },
    { ref, parameters },
  ) {
    if (admitsGuests === undefined)
      return unknown('AllowUnauthenticatedIdentities is not in the answer of Cognito');
    if (!admitsGuests) return pass;
    // Without a role nobody gets credentials; mappings of roles are for who signed in with a provider.
    for (const [facet, role] of Object.entries({ guestRole, signedInRole })) {
      if (role === undefined) continue;
      const found = powersIn(role, ref.id, {
        isScopedDown: !allowsClassicFlow,
        granted: parameters.guestActions,
      });
      if ('unreadable' in found) return unknown(found.unreadable);
      if (found.powers.length === 0) continue;
      return fail(
        allowsClassicFlow
          ? `whoever does not sign in may do by the classic flow all that the role ${role.name} may`
          : `the role ${role.name} lets whoever does not sign in do more than read what it names`,
        evidenceOfPowers(facet, found.powers),
      );
    }
    return pass;
  },
  // Which of the actions the app needs is known to who made it, and each is used by somebody.
  remediation: {
    advice:
      'Take out of the role of guests what changes data or reads more than named resources, and turn the classic flow of the pool off. What guests are meant to do goes behind an API that checks it; what is meant all the same is named in guestActions.',
    url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html',
  },
});
