import { controlPoliciesAreInUse } from '../../../lib/controls/organization/control-policies-are-in-use.ts';
import { testControl } from '../harness.ts';

const manager = { manager: '123456789012', isManager: true };
const member = { manager: '444455556666', isManager: false };

testControl(controlPoliciesAreInUse, {
  base: { organization: manager, controlPolicies: { isOn: true, hasOwn: true } },
  rows: {
    'a policy of its own is attached': { given: {}, verdict: 'PASS' },
    'policies are off, as with consolidated billing': {
      given: { controlPolicies: { isOn: false, hasOwn: false } },
      verdict: 'FAIL',
      evidence: ['controlPolicies.isOn'],
    },
    'none but that of AWS': {
      given: { controlPolicies: { isOn: true, hasOwn: false } },
      verdict: 'FAIL',
      evidence: ['controlPolicies.hasOwn'],
      reason: /FullAWSAccess/,
    },
    'a member': {
      given: { organization: member, controlPolicies: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /^account 444455556666 manages the organization/,
    },
    'no organization': {
      given: { organization: undefined, controlPolicies: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /in no organization/,
    },
  },
});
