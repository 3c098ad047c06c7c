import { passwordPolicyIsStrong } from '../../../lib/controls/iam/password-policy-is-strong.ts';
import { testControl } from '../harness.ts';

const strong = {
  MinimumPasswordLength: 8,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireSymbols: true,
  RequireNumbers: true,
  AllowUsersToChangePassword: true,
  ExpirePasswords: false,
};
const given = (change: object) => ({ passwordPolicy: { ...strong, ...change } });

testControl(passwordPolicyIsStrong, {
  rows: {
    'asks for just enough': { given: given({}), verdict: 'PASS' },
    'asks for more': { given: given({ MinimumPasswordLength: 20 }), verdict: 'PASS' },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      evidence: ['passwordPolicy'],
      reason: /no password policy/,
    },
    'a character too short': {
      given: given({ MinimumPasswordLength: 7 }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MinimumPasswordLength'],
    },
    'one class of characters is not asked for': {
      given: given({ RequireSymbols: false }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireSymbols'],
    },
    'everything is weak': {
      given: { passwordPolicy: { MinimumPasswordLength: 6 } },
      verdict: 'FAIL',
      evidence: [
        'passwordPolicy.RequireUppercaseCharacters',
        'passwordPolicy.RequireLowercaseCharacters',
        'passwordPolicy.RequireSymbols',
        'passwordPolicy.RequireNumbers',
        'passwordPolicy.MinimumPasswordLength',
      ],
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
    },
    'reuse is not prevented, and the baseline does not ask': {
      given: given({ PasswordReusePrevention: undefined }),
      verdict: 'PASS',
    },
    'too few former passwords are kept': {
      given: given({ PasswordReusePrevention: 5 }),
      parameters: { PasswordReusePrevention: 12 },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.PasswordReusePrevention'],
    },
    'passwords never expire, and the baseline asks for 90 days': {
      given: given({ MaxPasswordAge: 0 }),
      parameters: { MaxPasswordAge: 90 },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
    },
    'passwords expire too late': {
      given: given({ ExpirePasswords: true, MaxPasswordAge: 91 }),
      parameters: { MaxPasswordAge: 90 },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
    },
    'passwords expire in time': {
      given: given({ ExpirePasswords: true, MaxPasswordAge: 90 }),
      parameters: { MaxPasswordAge: 90 },
      verdict: 'PASS',
    },
  },
});
