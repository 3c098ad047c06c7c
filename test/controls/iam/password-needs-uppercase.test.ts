import { passwordNeedsUppercase } from '../../../lib/controls/iam/password-needs-uppercase.ts';
import { testControl } from '../harness.ts';
import { fromNone, keeping, policyOf } from './shared/password-policy.ts';

testControl(passwordNeedsUppercase, {
  rows: {
    'asks for uppercase letters': {
      given: policyOf({ RequireUppercaseCharacters: true }),
      verdict: 'PASS',
    },
    'does not ask for uppercase letters': {
      given: policyOf({ MinimumPasswordLength: 20, RequireUppercaseCharacters: false }),
      verdict: 'FAIL',
      evidence: ['passwordPolicy.RequireUppercaseCharacters'],
      plan: keeping({ MinimumPasswordLength: 20, RequireUppercaseCharacters: true }),
    },
    'none was set': {
      given: { passwordPolicy: undefined },
      verdict: 'FAIL',
      plan: fromNone({ RequireUppercaseCharacters: true }),
    },
  },
});
