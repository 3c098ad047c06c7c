import { passwordExpires } from '../../../lib/controls/iam/password-expires.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

// Passwords that are older expire at once.
const plan = { ...keeping({ MaxPasswordAge: 90 }), risk: 'disruptive' } as const;

testControl(passwordExpires, {
  rows: {
    '90 days': { given: policyOf({ MaxPasswordAge: 90 }), verdict: 'PASS' },
    '30 days': { given: policyOf({ MaxPasswordAge: 30 }), verdict: 'PASS' },
    '91 days': {
      given: policyOf({ MaxPasswordAge: 91, PasswordReusePrevention: 5 }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
      plan: { ...plan, input: { MaxPasswordAge: 90, PasswordReusePrevention: 5 } },
    },
    '0, which is never': {
      given: policyOf({ MaxPasswordAge: 0, PasswordReusePrevention: 0 }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
      plan,
    },
    never: {
      given: policyOf({}),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
      plan,
    },
    'never, and users could renew what expires': {
      given: policyOf({ HardExpiry: false }),
      verdict: 'FAIL',
      plan,
    },
    'never, and only administrators could renew what expires': {
      given: policyOf({ HardExpiry: true }),
      verdict: 'FAIL',
      plan: { proposal: /locked out.*HardExpiry/ },
    },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      plan: { ...fromNone({ MaxPasswordAge: 90 }), risk: 'disruptive' },
    },
  },
});
