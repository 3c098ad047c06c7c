import { passwordIsNotReused } from '../../../lib/controls/iam/password-is-not-reused.ts';
import { testControl } from '../harness.ts';

testControl(passwordIsNotReused, {
  rows: {
    '24 passwords': { given: { passwordPolicy: { PasswordReusePrevention: 24 } }, verdict: 'PASS' },
    '23 passwords': {
      given: { passwordPolicy: { PasswordReusePrevention: 23 } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.PasswordReusePrevention'],
    },
    'no passwords': {
      given: { passwordPolicy: {} },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.PasswordReusePrevention'],
    },
    'none was set': { given: { passwordPolicy: undefined }, verdict: 'FAIL' },
  },
});
