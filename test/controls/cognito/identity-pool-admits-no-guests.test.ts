import { identityPoolAdmitsNoGuests } from '../../../lib/controls/cognito/identity-pool-admits-no-guests.ts';
import { testControl } from '../harness.ts';

testControl(identityPoolAdmitsNoGuests, {
  rows: {
    'everybody signs in': {
      given: { pool: { admitsGuests: false, allowsClassicFlow: false } },
      verdict: 'PASS',
    },
    'it admits guests': {
      given: { pool: { admitsGuests: true, allowsClassicFlow: false } },
      verdict: 'FAIL',
      evidence: ['pool.admitsGuests'],
    },
    'nothing is said of guests': {
      given: { pool: { admitsGuests: undefined, allowsClassicFlow: false } },
      verdict: 'UNKNOWN',
    },
  },
});
