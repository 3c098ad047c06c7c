import { passwordNeedsLowercase } from '../../../lib/controls/iam/password-needs-lowercase.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

testControl(passwordNeedsLowercase, {
  rows: {
    'asks for lowercase letters': {
      given: policyOf({ RequireLowercaseCharacters: true }),
      verdict: 'PASS',
    },
    'does not ask for lowercase letters': {
      given: policyOf({ MinimumPasswordLength: 20, RequireLowercaseCharacters: false }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireLowercaseCharacters'],
      plan: keeping({ MinimumPasswordLength: 20, RequireLowercaseCharacters: true }),
    },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      plan: fromNone({ RequireLowercaseCharacters: true }),
    },
  },
});
