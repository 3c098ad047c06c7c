import { passwordNeedsNumber } from '../../../lib/controls/iam/password-needs-number.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

testControl(passwordNeedsNumber, {
  rows: {
    'asks for numbers': { given: policyOf({ RequireNumbers: true }), verdict: 'PASS' },
    'does not ask for numbers': {
      given: policyOf({ MinimumPasswordLength: 20, RequireNumbers: false }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireNumbers'],
      plan: keeping({ MinimumPasswordLength: 20, RequireNumbers: true }),
    },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      plan: fromNone({ RequireNumbers: true }),
    },
  },
});
