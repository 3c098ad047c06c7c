import { classicBalancerSpansZones } from '../../../lib/controls/elb/classic-balancer-spans-zones.ts';
import { testControl } from '../harness.ts';

testControl(classicBalancerSpansZones, {
  rows: {
    two: { given: { zones: ['a', 'b'] }, verdict: 'PASS' },
    one: { given: { zones: ['a'] }, verdict: 'FAIL', evidence: ['zones'] },
    'two, where three are wanted': {
      given: { zones: ['a', 'b'] },
      parameters: { minAvailabilityZones: 3 },
      verdict: 'FAIL',
    },
  },
});
