import { documentIsSharedWithKnownAccounts } from '../../../lib/controls/ssm/document-is-shared-with-known-accounts.ts';
import { testControl } from '../harness.ts';

const sharing = { isPublic: false, accounts: ['444455556666', '777788889999'], versions: {} };

testControl(documentIsSharedWithKnownAccounts, {
  rows: {
    'nobody else': { given: { sharing: { ...sharing, accounts: [] } }, verdict: 'PASS' },
    'an account that nobody named': {
      given: { sharing },
      parameters: { trustedAccounts: ['444455556666'] },
      verdict: 'FAIL',
      evidence: ['sharing.accounts'],
    },
    'accounts that are named': {
      given: { sharing },
      parameters: { trustedAccounts: ['444455556666', '777788889999'] },
      verdict: 'PASS',
    },
    'the account itself': {
      given: { sharing: { ...sharing, accounts: ['123456789012'] } },
      verdict: 'PASS',
    },
    'everybody, whom SSM.4 is about': {
      given: { sharing: { ...sharing, isPublic: true, accounts: [] } },
      verdict: 'PASS',
    },
  },
});
