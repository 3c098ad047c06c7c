import { classicBalancerDrainsConnections } from '../../../lib/controls/elb/classic-balancer-drains-connections.ts';
import { testControl } from '../harness.ts';
import { attributes } from './balancers.ts';

testControl(classicBalancerDrainsConnections, {
  rows: {
    drained: { given: { attributes }, verdict: 'PASS' },
    cut: {
      given: { attributes: { ...attributes, drains: false } },
      verdict: 'FAIL',
      evidence: ['attributes.drains'],
      plan: {
        risk: 'safe',
        calls: ['elb.modifyLoadBalancerAttributes'],
        input: {
          LoadBalancerName: 'example',
          LoadBalancerAttributes: { ConnectionDraining: { Enabled: true, Timeout: 300 } },
        },
      },
    },
  },
});
