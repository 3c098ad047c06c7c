import { rootHasNoAccessKey } from '../../../lib/controls/iam/root-has-no-access-key.ts';
import { testControl } from '../harness.ts';

testControl(rootHasNoAccessKey, {
  rows: {
    'no key': { given: { summary: { AccountAccessKeysPresent: 0 } }, verdict: 'PASS' },
    'a key': {
      given: { summary: { AccountAccessKeysPresent: 1 } },
      verdict: 'FAIL',
      evidence: ['summary.AccountAccessKeysPresent'],
    },
    'keys of users alone': {
      given: { summary: { AccountAccessKeysPresent: 0, AccessKeysPerUserQuota: 2, Users: 7 } },
      verdict: 'PASS',
    },
    'IAM does not say': { given: { summary: {} }, verdict: 'FAIL' },
  },
});
