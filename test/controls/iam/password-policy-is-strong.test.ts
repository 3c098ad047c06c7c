import { passwordPolicyIsStrong } from '../../../lib/controls/iam/password-policy-is-strong.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

const strong = {
  MinimumPasswordLength: 8,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireSymbols: true,
  RequireNumbers: true,
  AllowUsersToChangePassword: true,
};
const given = (change: Parameters<typeof policyOf>[0]) => policyOf({ ...strong, ...change });
const plan = keeping(strong);

testControl(passwordPolicyIsStrong, {
  rows: {
    'asks for just enough': { given: given({}), verdict: 'PASS' },
    'asks for more': { given: given({ MinimumPasswordLength: 20 }), verdict: 'PASS' },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      evidence: ['passwordPolicy'],
      reason: /no password policy/,
      plan: fromNone({ RequireSymbols: true }),
    },
    'a character too short': {
      given: given({ MinimumPasswordLength: 7 }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MinimumPasswordLength'],
      plan,
    },
    'one class of characters is not asked for': {
      given: given({ RequireSymbols: false }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireSymbols'],
      plan,
    },
    'everything is weak': {
      given: policyOf({ MinimumPasswordLength: 6 }),
      verdict: 'FAIL',
      evidence: [
        'passwordPolicy.RequireUppercaseCharacters',
        'passwordPolicy.RequireLowercaseCharacters',
        'passwordPolicy.RequireSymbols',
        'passwordPolicy.RequireNumbers',
        'passwordPolicy.MinimumPasswordLength',
      ],
      plan,
    },
    'the baseline does not ask for symbols': {
      given: given({ RequireSymbols: false }),
      parameters: { RequireSymbols: false },
      verdict: 'PASS',
    },
    'the baseline asks for 14 characters': {
      given: given({ MinimumPasswordLength: 12 }),
      parameters: { MinimumPasswordLength: 14 },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MinimumPasswordLength'],
      plan: keeping({ ...strong, MinimumPasswordLength: 14 }),
    },
    'reuse is not prevented, and the baseline does not ask': {
      given: given({ PasswordReusePrevention: 0 }),
      verdict: 'PASS',
    },
    'too few former passwords are kept': {
      given: given({ PasswordReusePrevention: 5 }),
      parameters: { PasswordReusePrevention: 12 },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.PasswordReusePrevention'],
      plan: keeping({ ...strong, PasswordReusePrevention: 12 }),
    },
    'passwords never expire, and the baseline asks for 90 days': {
      given: given({ MaxPasswordAge: 0 }),
      parameters: { MaxPasswordAge: 90 },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
      plan: { ...keeping({ ...strong, MaxPasswordAge: 90 }), risk: 'disruptive' },
    },
    'passwords expire too late': {
      given: given({ MaxPasswordAge: 91 }),
      parameters: { MaxPasswordAge: 90 },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
      plan: { ...keeping({ ...strong, MaxPasswordAge: 90 }), risk: 'disruptive' },
    },
    'passwords expire in time': {
      given: given({ MaxPasswordAge: 90 }),
      parameters: { MaxPasswordAge: 90 },
      verdict: 'PASS',
    },
  },
});
