import { loadBalancerDropsInvalidHeaders } from '../../../lib/controls/elbv2/load-balancer-drops-invalid-headers.ts';
import { testControl } from '../harness.ts';
import { application, attributes, network, networkAttributes } from './balancers.ts';

const plan = {
  risk: 'disruptive',
  calls: ['elbv2.modifyLoadBalancerAttributes'],
  input: {
    Attributes: [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' }],
  },
} as const;

testControl(loadBalancerDropsInvalidHeaders, {
  base: { loadBalancer: application, attributes },
  rows: {
    'it drops them': { given: {}, verdict: 'PASS' },
    'it does not, as by default': {
      given: { attributes: { ...attributes, dropsInvalidHeaders: false } },
      verdict: 'FAIL',
      evidence: ['attributes.dropsInvalidHeaders'],
      plan,
    },
    'AWS does not say': {
      given: { attributes: { ...attributes, dropsInvalidHeaders: undefined } },
      verdict: 'FAIL',
      plan: { proposal: /does not show/ },
    },
    'a Network Load Balancer, which has no headers': {
      given: { loadBalancer: network, attributes: networkAttributes },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
