import { rootHasMfa } from '../../../lib/controls/iam/root-has-mfa.ts';
import { testControl } from '../harness.ts';

testControl(rootHasMfa, {
  rows: {
    'a device': {
      given: { summary: { AccountMFAEnabled: 1, AccountPasswordPresent: 1 } },
      verdict: 'PASS',
    },
    'a password and no device': {
      given: { summary: { AccountMFAEnabled: 0, AccountPasswordPresent: 1 } },
      verdict: 'FAIL',
      evidence: ['summary.AccountMFAEnabled'],
    },
    'credentials that the organization has removed': {
      given: { summary: { AccountMFAEnabled: 0, AccountPasswordPresent: 0 } },
      verdict: 'PASS',
    },
    'no device, and IAM says nothing of a password': {
      given: { summary: { AccountMFAEnabled: 0 } },
      verdict: 'FAIL',
    },
  },
});
