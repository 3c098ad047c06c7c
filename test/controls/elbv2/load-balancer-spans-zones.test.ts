import { loadBalancerSpansZones } from '../../../lib/controls/elbv2/load-balancer-spans-zones.ts';
import { testControl } from '../harness.ts';

const two = ['us-east-1a', 'us-east-1b'];

testControl(loadBalancerSpansZones, {
  rows: {
    'two zones': { given: { zones: two }, verdict: 'PASS' },
    'one zone': { given: { zones: ['us-east-1a'] }, verdict: 'FAIL', evidence: ['zones'] },
    'two where three are asked for': {
      given: { zones: two },
      parameters: { minAvailabilityZones: 3 },
      verdict: 'FAIL',
    },
    none: { given: { zones: [] }, verdict: 'FAIL' },
  },
});
