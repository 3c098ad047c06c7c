import { passwordNeedsLowercase } from '../../../lib/controls/iam/password-needs-lowercase.ts';
import { testControl } from '../harness.ts';

testControl(passwordNeedsLowercase, {
  rows: {
    'asks for lowercase letters': {
      given: { passwordPolicy: { RequireLowercaseCharacters: true } },
      verdict: 'PASS',
    },
    'does not ask for lowercase letters': {
      given: { passwordPolicy: { MinimumPasswordLength: 20, RequireLowercaseCharacters: false } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireLowercaseCharacters'],
    },
    'none was set': { given: { passwordPolicy: undefined }, verdict: 'FAIL' },
  },
});
