import { passwordIsLong } from '../../../lib/controls/iam/password-is-long.ts';
import { testControl } from '../harness.ts';

testControl(passwordIsLong, {
  rows: {
    '14 characters': { given: { passwordPolicy: { MinimumPasswordLength: 14 } }, verdict: 'PASS' },
    '13 characters': {
      given: { passwordPolicy: { MinimumPasswordLength: 13 } },
      verdict: 'FAIL',
      evidence: ['passwordPolicy.MinimumPasswordLength'],
    },
    'none was set': { given: { passwordPolicy: undefined }, verdict: 'FAIL' },
  },
});
