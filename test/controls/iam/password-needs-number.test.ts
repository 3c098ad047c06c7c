import { passwordNeedsNumber } from '../../../lib/controls/iam/password-needs-number.ts';
import { testControl } from '../harness.ts';

testControl(passwordNeedsNumber, {
  rows: {
    'asks for numbers': { given: { passwordPolicy: { RequireNumbers: true } }, verdict: 'PASS' },
    'does not ask for numbers': {
      given: { passwordPolicy: { MinimumPasswordLength: 20, RequireNumbers: false } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireNumbers'],
    },
    'none was set': { given: { passwordPolicy: undefined }, verdict: 'FAIL' },
  },
});
