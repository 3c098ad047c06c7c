import { distributionFailsOver } from '../../../lib/controls/cloudfront/distribution-fails-over.ts';
import { testControl } from '../harness.ts';

testControl(distributionFailsOver, {
  rows: {
    'a group of two': {
      given: { originGroups: [{ id: 'both', members: ['one', 'other'] }] },
      verdict: 'PASS',
    },
    'no group': { given: { originGroups: [] }, verdict: 'FAIL', evidence: ['originGroups'] },
    'a group of one': {
      given: { originGroups: [{ id: 'both', members: ['one'] }] },
      verdict: 'FAIL',
    },
  },
});
