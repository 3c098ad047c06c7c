import { defineControl, fail, pass } from '../../model/control.ts';
import { accountContacts } from '../../resources/account/account-contacts.ts';

export const securityContactIsSet = defineControl(accountContacts, {
  id: 'Account.1',
  title: 'Security contact information should be provided for an AWS account',
  severity: 'MEDIUM',
  rationale: 'Where AWS finds keys of yours on the internet, it writes to this contact first.',
  standards: {
    'fsbp-1.0.0': ['Account.1'],
    'cis-aws-3.0.0': ['1.2'],
    'cis-aws-5.0.0': ['1.2'],
    'nist-800-53-r5': ['CM-2', 'CM-2(2)'],
  },
  needs: ['security'],
  evaluate: ({ security }) =>
    security?.isSet
      ? pass
      : fail('the account has no contact for security', [
          { path: 'security', actual: null, expected: 'a contact' },
        ]),
  remediation: {
    advice:
      'Name a contact for security with an address that several people read (aws account put-alternate-contact --alternate-contact-type SECURITY).',
  },
});
