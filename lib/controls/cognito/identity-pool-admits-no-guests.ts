import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { identityPool } from '../../resources/cognito/identity-pool.ts';

export const identityPoolAdmitsNoGuests = defineControl(identityPool, {
  id: 'Cognito.2',
  title: 'Cognito identity pools should not allow unauthenticated identities',
  severity: 'MEDIUM',
  rationale: 'Whoever knows the id of the pool, which is in each app, gets credentials of AWS.',
  standards: { 'fsbp-1.0.0': ['Cognito.2'] },
  exposes: true,
  needs: ['pool'],
  evaluate({ pool: { admitsGuests } }) {
    if (admitsGuests === undefined)
      return unknown('AllowUnauthenticatedIdentities is not in the answer of Cognito');
    if (!admitsGuests) return pass;
    return fail('the identity pool gives credentials to whoever does not sign in', [
      { path: 'pool.admitsGuests', actual: true, expected: false },
    ]);
  },
  // UpdateIdentityPool replaces all of a pool, and guests who use an app are shut out by it.
  remediation: {
    advice:
      'Turn guest access of the identity pool off once every user of its apps signs in; until then let the role of guests do no more than they need.',
  },
});
