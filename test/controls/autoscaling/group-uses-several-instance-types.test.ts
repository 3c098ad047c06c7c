import { groupUsesSeveralInstanceTypes } from '../../../lib/controls/autoscaling/group-uses-several-instance-types.ts';
import { testControl } from '../harness.ts';
import { group } from './group.ts';

testControl(groupUsesSeveralInstanceTypes, {
  base: group(),
  rows: {
    'two types': { given: {}, verdict: 'PASS' },
    'one type': {
      given: group({ instanceTypes: ['m7g.large'] }),
      verdict: 'FAIL',
      evidence: ['group.instanceTypes'],
    },
    'the type of its template': { given: group({ instanceTypes: [] }), verdict: 'FAIL' },
    'types by what they must have': {
      given: group({ instanceTypes: 'byAttributes' }),
      verdict: 'NOT_APPLICABLE',
      reason: /attributes/,
    },
  },
});
