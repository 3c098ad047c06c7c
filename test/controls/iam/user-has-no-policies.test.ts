import { userHasNoPolicies } from '../../../lib/controls/iam/user-has-no-policies.ts';
import { testControl } from '../harness.ts';

const managed = { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };
const inline = 'deploy';

testControl(userHasNoPolicies, {
  base: { attachedPolicies: [], inlinePolicyNames: [] },
  rows: {
    'privileges from groups only': { given: {}, verdict: 'PASS' },
    'a managed policy': {
      given: { attachedPolicies: [managed] },
      verdict: 'FAIL',
      evidence: ['attachedPolicies'],
      reason: /ReadOnlyAccess/,
    },
    'an inline policy': {
      given: { inlinePolicyNames: [inline] },
      verdict: 'FAIL',
      evidence: ['inlinePolicyNames'],
      reason: /deploy/,
    },
    both: {
      given: { attachedPolicies: [managed], inlinePolicyNames: [inline] },
      verdict: 'FAIL',
      evidence: ['attachedPolicies', 'inlinePolicyNames'],
    },
  },
});
