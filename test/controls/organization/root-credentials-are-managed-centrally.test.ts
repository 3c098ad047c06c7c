import { rootCredentialsAreManagedCentrally } from '../../../lib/controls/organization/root-credentials-are-managed-centrally.ts';
import { testControl } from '../harness.ts';

const manager = { manager: '123456789012', isManager: true };
const member = { manager: '444455556666', isManager: false };
const evidence = ['rootAccess.hasCredentials'];

testControl(rootCredentialsAreManagedCentrally, {
  base: { organization: manager, rootAccess: { hasCredentials: true } },
  rows: {
    'managed, in the account that manages': { given: {}, verdict: 'PASS' },
    'managed, in the account that administers IAM': {
      given: { organization: member },
      verdict: 'PASS',
    },
    'only sessions are on': {
      given: { rootAccess: { hasCredentials: false } },
      verdict: 'FAIL',
      evidence,
    },
    'not managed, in the account that administers IAM': {
      given: { organization: member, rootAccess: { hasCredentials: false } },
      verdict: 'FAIL',
      evidence,
    },
    // As AWS answers without trusted access for IAM, or without all features.
    'the account that manages may not ask yet': {
      given: { rootAccess: undefined },
      verdict: 'FAIL',
      evidence,
    },
    'a member': {
      given: { organization: member, rootAccess: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /^account 444455556666 manages the organization/,
    },
    'no organization': {
      given: { organization: undefined, rootAccess: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /in no organization/,
    },
  },
});
