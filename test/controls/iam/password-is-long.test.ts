import { passwordIsLong } from '../../../lib/controls/iam/password-is-long.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

testControl(passwordIsLong, {
  rows: {
    '14 characters': { given: policyOf({ MinimumPasswordLength: 14 }), verdict: 'PASS' },
    '13 characters': {
      given: policyOf({ MinimumPasswordLength: 13, MaxPasswordAge: 30, RequireSymbols: true }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MinimumPasswordLength'],
      plan: keeping({ MinimumPasswordLength: 14, MaxPasswordAge: 30, RequireSymbols: true }),
    },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      plan: fromNone({ MinimumPasswordLength: 14 }),
    },
  },
});
