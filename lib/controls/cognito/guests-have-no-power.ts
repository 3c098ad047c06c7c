import { parsePolicy, type Statement } from '../../analysis/policies/policy-document.ts';
import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import type { GuestRole } from '../../resources/cognito/guest-role.ts';
import { identityPool } from '../../resources/cognito/identity-pool.ts';
import { admitsGuestsOf, type Power, powersOf } from './shared/guest-power.ts';

class Unreadable extends Error {}
const statementsIn = (what: string, text: string): readonly Statement[] => {
  const parsed = parsePolicy(text);
  if ('unreadable' in parsed) throw new Unreadable(`${what}: ${parsed.unreadable}`);
  return parsed.statements;
};

/** What of a role is too much for guests of a pool, who may get it or not. */
const powersIn = (
  { trustPolicy, documents, boundary }: GuestRole,
  pool: string,
  how: { readonly isScopedDown: boolean; readonly granted: readonly string[] },
): readonly Power[] => {
  if (!admitsGuestsOf(statementsIn('trustPolicy', trustPolicy), pool)) return [];
  const all = documents.flatMap((document, index) =>
    statementsIn(`documents[${index}]`, document).map((one) => ({
      ...one,
      path: `documents[${index}].${one.path}`,
    })),
  );
  return powersOf(all, {
    ...how,
    boundary: boundary === undefined ? undefined : statementsIn('boundary', boundary),
  });
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
  parameters: {
    guestActions: strings({
      default: [],
      allowed:
        'actions of IAM that guests may have beside those that do no harm, in which * stands for any text',
    }),
  },
  evaluate(
    { pool: { admitsGuests, allowsClassicFlow }, guestRole, signedInRole },
    { ref, parameters },
  ) {
    if (admitsGuests === undefined)
      return unknown('AllowUnauthenticatedIdentities is not in the answer of Cognito');
    if (!admitsGuests) return pass;
    try {
      // Without a role nobody gets credentials; mappings of roles are for who signed in with a provider.
      for (const [facet, role] of Object.entries({ guestRole, signedInRole })) {
        if (role === undefined) continue;
        const powers = powersIn(role, ref.id, {
          isScopedDown: !allowsClassicFlow,
          granted: parameters.guestActions,
        });
        if (powers.length === 0) continue;
        return fail(
          allowsClassicFlow
            ? `whoever does not sign in may do by the classic flow all that the role ${role.name} may`
            : `the role ${role.name} lets whoever does not sign in do more than read what it names`,
          powers.map(({ statement, actions }) => ({
            path: `${facet}.${statement.path}.${statement.actions.not ? 'NotAction' : 'Action'}`,
            actual: statement.actions.not ? statement.actions.patterns : actions,
            expected: 'actions that tell of use, or read resources that are named',
          })),
        );
      }
      return pass;
    } catch (error) {
      if (error instanceof Unreadable) return unknown(error.message);
      throw error;
    }
  },
  // Which of the actions the app needs is known to who made it, and each is used by somebody.
  remediation: {
    advice:
      'Take out of the role of guests what changes data or reads more than named resources, and turn the classic flow of the pool off. What guests are meant to do goes behind an API that checks it; what is meant all the same is named in guestActions.',
    url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html',
  },
});
