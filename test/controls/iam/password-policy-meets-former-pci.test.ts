import { passwordPolicyMeetsFormerPci } from '../../../lib/controls/iam/password-policy-meets-former-pci.ts';
import { testControl } from '../harness.ts';

const enough = {
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  MinimumPasswordLength: 7,
  PasswordReusePrevention: 4,
  MaxPasswordAge: 90,
};

testControl(passwordPolicyMeetsFormerPci, {
  rows: {
    'just enough, without symbols': { given: { passwordPolicy: enough }, verdict: 'PASS' },
    'remembers too few': {
      given: { passwordPolicy: { ...enough, PasswordReusePrevention: 3 } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.PasswordReusePrevention'],
    },
    'never expires': {
      given: { passwordPolicy: { ...enough, MaxPasswordAge: undefined } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
    },
    'none was set': { given: { passwordPolicy: undefined }, verdict: 'FAIL' },
  },
});
