import { userHasNoPolicies } from '../../../lib/controls/iam/user-has-no-policies.ts';
import { testControl } from '../harness.ts';
import { user } from './shared/identities.ts';

const failing = { id: user, verdict: 'FAIL', plan: { proposal: /which group or role/ } } as const;

const managed = { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };
const inline = 'deploy';

testControl(userHasNoPolicies, {
  base: { attachedPolicies: [], inlinePolicyNames: [] },
  rows: {
    'privileges from groups only': { given: {}, verdict: 'PASS' },
    'a managed policy': {
      given: { attachedPolicies: [managed] },
      ...failing,
      evidence: ['attachedPolicies'],
      reason: /ReadOnlyAccess/,
    },
    'an inline policy': {
      given: { inlinePolicyNames: [inline] },
      ...failing,
      evidence: ['inlinePolicyNames'],
      reason: /deploy/,
    },
    both: {
      given: { attachedPolicies: [managed], inlinePolicyNames: [inline] },
      ...failing,
      evidence: ['attachedPolicies', 'inlinePolicyNames'],
    },
  },
});
