import { passwordPolicyMeetsFormerPci } from '../../../lib/controls/iam/password-policy-meets-former-pci.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

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
    'just enough, without symbols': { given: policyOf(enough), verdict: 'PASS' },
    'remembers too few': {
      given: policyOf({ ...enough, PasswordReusePrevention: 3 }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.PasswordReusePrevention'],
      plan: keeping(enough),
    },
    'never expires': {
      given: policyOf({ ...enough, MaxPasswordAge: 0 }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
      plan: { ...keeping(enough), risk: 'disruptive' },
    },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      plan: { ...fromNone({ PasswordReusePrevention: 4, MaxPasswordAge: 90 }), risk: 'disruptive' },
    },
  },
});
