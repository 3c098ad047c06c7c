import { userHasMfa } from '../../../lib/controls/iam/user-has-mfa.ts';
import { testControl } from '../harness.ts';

testControl(userHasMfa, {
  rows: {
    'a device': {
      given: { mfaDevices: ['arn:aws:iam::123456789012:mfa/alice'] },
      verdict: 'PASS',
    },
    'no device': { given: { mfaDevices: [] }, verdict: 'FAIL', evidence: ['mfaDevices'] },
  },
});
