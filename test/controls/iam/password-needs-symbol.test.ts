import { passwordNeedsSymbol } from '../../../lib/controls/iam/password-needs-symbol.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

testControl(passwordNeedsSymbol, {
  rows: {
    'asks for symbols': { given: policyOf({ RequireSymbols: true }), verdict: 'PASS' },
    'does not ask for symbols': {
      given: policyOf({ MinimumPasswordLength: 20, RequireSymbols: false }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireSymbols'],
      plan: keeping({ MinimumPasswordLength: 20, RequireSymbols: true }),
    },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      plan: fromNone({ RequireSymbols: true }),
    },
  },
});
