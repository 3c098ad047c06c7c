import { securityContactIsSet } from '../../../lib/controls/account/security-contact-is-set.ts';
import { testControl } from '../harness.ts';

testControl(securityContactIsSet, {
  rows: {
    'there is one': { given: { security: { isSet: true } }, verdict: 'PASS' },
    'there is none': { given: { security: undefined }, verdict: 'FAIL', evidence: ['security'] },
  },
});
