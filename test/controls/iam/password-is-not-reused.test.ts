import { passwordIsNotReused } from '../../../lib/controls/iam/password-is-not-reused.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

const failing = {
  verdict: 'FAIL',
  evidence: ['passwordPolicy.PasswordReusePrevention'],
  plan: keeping({ PasswordReusePrevention: 24 }),
} as const;

testControl(passwordIsNotReused, {
  rows: {
    '24 passwords': { given: policyOf({ PasswordReusePrevention: 24 }), verdict: 'PASS' },
    '23 passwords': { given: policyOf({ PasswordReusePrevention: 23 }), ...failing },
    'no passwords': { given: policyOf({}), ...failing },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      plan: fromNone({ PasswordReusePrevention: 24 }),
    },
  },
});
