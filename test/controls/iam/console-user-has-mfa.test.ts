import { consoleUserHasMfa } from '../../../lib/controls/iam/console-user-has-mfa.ts';
import { testControl } from '../harness.ts';

const password = { createdAt: new Date('2026-01-01T00:00:00Z') };

testControl(consoleUserHasMfa, {
  rows: {
    'a password and a virtual device': {
      given: { loginProfile: password, mfaDevices: ['arn:aws:iam::123456789012:mfa/alice'] },
      verdict: 'PASS',
    },
    'a password and a passkey': {
      given: {
        loginProfile: password,
        mfaDevices: ['arn:aws:iam::123456789012:u2f/user/alice/laptop-ABCDEFGHIJ'],
      },
      verdict: 'PASS',
    },
    'a password and no device': {
      given: { loginProfile: password, mfaDevices: [] },
      verdict: 'FAIL',
      evidence: ['mfaDevices'],
    },
    'no password and no device': {
      given: { loginProfile: undefined, mfaDevices: [] },
      verdict: 'PASS',
    },
    'a device and no password': {
      given: { loginProfile: undefined, mfaDevices: ['arn:aws:iam::123456789012:mfa/alice'] },
      verdict: 'PASS',
    },
  },
});
