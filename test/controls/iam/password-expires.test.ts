import { passwordExpires } from '../../../lib/controls/iam/password-expires.ts';
import { testControl } from '../harness.ts';

testControl(passwordExpires, {
  rows: {
    '90 days': { given: { passwordPolicy: { MaxPasswordAge: 90 } }, verdict: 'PASS' },
    '30 days': { given: { passwordPolicy: { MaxPasswordAge: 30 } }, verdict: 'PASS' },
    '91 days': {
      given: { passwordPolicy: { MaxPasswordAge: 91 } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
    },
    '0, which is never': {
      given: { passwordPolicy: { MaxPasswordAge: 0 } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
    },
    never: {
      given: { passwordPolicy: {} },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MaxPasswordAge'],
    },
    'none was set': { given: { passwordPolicy: undefined }, verdict: 'FAIL' },
  },
});
