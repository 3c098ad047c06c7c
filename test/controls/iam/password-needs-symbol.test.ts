import { passwordNeedsSymbol } from '../../../lib/controls/iam/password-needs-symbol.ts';
import { testControl } from '../harness.ts';

testControl(passwordNeedsSymbol, {
  rows: {
    'asks for symbols': { given: { passwordPolicy: { RequireSymbols: true } }, verdict: 'PASS' },
    'does not ask for symbols': {
      given: { passwordPolicy: { MinimumPasswordLength: 20, RequireSymbols: false } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireSymbols'],
    },
    'none was set': { given: { passwordPolicy: undefined }, verdict: 'FAIL' },
  },
});
