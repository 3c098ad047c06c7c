import { userHasNoPolicies } from '../../../lib/controls/iam/user-has-no-policies.ts';
import { testControl } from '../harness.ts';

const managed = { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };
const inline = { name: 'deploy', document: '%7B%7D' };

testControl(userHasNoPolicies, {
  base: { attachedPolicies: [], inlinePolicies: [] },
  rows: {
    'privileges from groups only': { given: {}, verdict: 'PASS' },
    'a managed policy': {
      given: { attachedPolicies: [managed] },
      verdict: 'FAIL',
      evidence: ['attachedPolicies'],
      reason: /ReadOnlyAccess/,
    },
    'an inline policy': {
      given: { inlinePolicies: [inline] },
      verdict: 'FAIL',
      evidence: ['inlinePolicies'],
      reason: /deploy/,
    },
    both: {
      given: { attachedPolicies: [managed], inlinePolicies: [inline] },
      verdict: 'FAIL',
      evidence: ['attachedPolicies', 'inlinePolicies'],
    },
  },
});
