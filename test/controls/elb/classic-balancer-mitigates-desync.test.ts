import { classicBalancerMitigatesDesync } from '../../../lib/controls/elb/classic-balancer-mitigates-desync.ts';
import { testControl } from '../harness.ts';
import { attributes } from './balancers.ts';

testControl(classicBalancerMitigatesDesync, {
  rows: {
    defensive: { given: { attributes }, verdict: 'PASS' },
    strictest: {
      given: { attributes: { ...attributes, desyncMode: 'strictest' } },
      verdict: 'PASS',
    },
    'it only counts': {
      given: { attributes: { ...attributes, desyncMode: 'monitor' } },
      verdict: 'FAIL',
      evidence: ['attributes.desyncMode'],
      plan: {
        risk: 'safe',
        calls: ['elb.modifyLoadBalancerAttributes'],
        input: {
          LoadBalancerName: 'example',
          LoadBalancerAttributes: {
            AdditionalAttributes: [{ Key: 'elb.http.desyncmitigationmode', Value: 'defensive' }],
          },
        },
      },
    },
    'not shown': {
      given: { attributes: { ...attributes, desyncMode: undefined } },
      verdict: 'FAIL',
      plan: { proposal: /does not show/ },
    },
  },
});
