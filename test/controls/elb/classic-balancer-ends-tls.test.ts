import { classicBalancerEndsTls } from '../../../lib/controls/elb/classic-balancer-ends-tls.ts';
import { testControl } from '../harness.ts';
import { http, https } from './balancers.ts';

testControl(classicBalancerEndsTls, {
  rows: {
    HTTPS: { given: { listeners: [https] }, verdict: 'PASS' },
    SSL: { given: { listeners: [{ ...https, protocol: 'SSL' }] }, verdict: 'PASS' },
    'HTTP too': {
      given: { listeners: [https, http] },
      verdict: 'FAIL',
      evidence: ['listeners[1].protocol'],
    },
    TCP: { given: { listeners: [{ ...http, protocol: 'TCP' }] }, verdict: 'FAIL' },
    none: { given: { listeners: [] }, verdict: 'PASS' },
  },
});
