import { loadBalancerMitigatesDesync } from '../../../lib/controls/elbv2/load-balancer-mitigates-desync.ts';
import { testControl } from '../harness.ts';
import { application, attributes, network, networkAttributes } from './balancers.ts';

testControl(loadBalancerMitigatesDesync, {
  base: { loadBalancer: application, attributes },
  rows: {
    defensive: { given: {}, verdict: 'PASS' },
    strictest: {
      given: { attributes: { ...attributes, desyncMode: 'strictest' } },
      verdict: 'PASS',
    },
    // Prowler passes it where invalid headers are dropped; Security Hub does not.
    'monitor, though invalid headers are dropped': {
      given: { attributes: { ...attributes, desyncMode: 'monitor' } },
      verdict: 'FAIL',
      evidence: ['attributes.desyncMode'],
      plan: {
        risk: 'disruptive',
        calls: ['elbv2.modifyLoadBalancerAttributes'],
        input: {
          Attributes: [{ Key: 'routing.http.desync_mitigation_mode', Value: 'defensive' }],
        },
      },
    },
    'not shown, which is the default': {
      given: { attributes: { ...attributes, desyncMode: undefined } },
      verdict: 'PASS',
    },
    'a Network Load Balancer': {
      given: { loadBalancer: network, attributes: networkAttributes },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
