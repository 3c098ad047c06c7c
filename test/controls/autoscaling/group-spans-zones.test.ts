import { groupSpansZones } from '../../../lib/controls/autoscaling/group-spans-zones.ts';
import { testControl } from '../harness.ts';
import { group } from './group.ts';

testControl(groupSpansZones, {
  base: group(),
  rows: {
    'two zones': { given: {}, verdict: 'PASS' },
    'one zone': {
      given: group({ zones: ['us-east-1a'] }),
      verdict: 'FAIL',
      evidence: ['group.zones'],
    },
    'no zone': { given: group({ zones: [] }), verdict: 'FAIL' },
    'two zones, and three are asked for': {
      given: {},
      parameters: { minAvailabilityZones: 3 },
      verdict: 'FAIL',
      reason: /fewer than 3/,
    },
  },
});
