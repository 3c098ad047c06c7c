import { passwordNeedsUppercase } from '../../../lib/controls/iam/password-needs-uppercase.ts';
import { testControl } from '../harness.ts';

testControl(passwordNeedsUppercase, {
  rows: {
    'asks for uppercase letters': {
      given: { passwordPolicy: { RequireUppercaseCharacters: true } },
      verdict: 'PASS',
    },
    'does not ask for uppercase letters': {
      given: { passwordPolicy: { MinimumPasswordLength: 20, RequireUppercaseCharacters: false } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireUppercaseCharacters'],
    },
    'none was set': { given: { passwordPolicy: undefined }, verdict: 'FAIL' },
  },
});
