import { classicBalancerCrossesZones } from '../../../lib/controls/elb/classic-balancer-crosses-zones.ts';
import { testControl } from '../harness.ts';
import { attributes } from './balancers.ts';

testControl(classicBalancerCrossesZones, {
  rows: {
    'over all zones': { given: { attributes }, verdict: 'PASS' },
    'within each': {
      given: { attributes: { ...attributes, crossesZones: false } },
      verdict: 'FAIL',
      evidence: ['attributes.crossesZones'],
      plan: {
        risk: 'safe',
        calls: ['elb.modifyLoadBalancerAttributes'],
        input: {
          LoadBalancerName: 'example',
          LoadBalancerAttributes: { CrossZoneLoadBalancing: { Enabled: true } },
        },
      },
    },
  },
});
