import { loadBalancerEncryptsInTransit } from '../../../lib/controls/elbv2/load-balancer-encrypts-in-transit.ts';
import { testControl } from '../harness.ts';
import {
  application,
  gateway,
  http,
  https,
  network,
  quic,
  redirect,
  tcp,
  tls,
  udp,
} from './balancers.ts';

testControl(loadBalancerEncryptsInTransit, {
  base: { loadBalancer: application, listeners: [https()] },
  rows: {
    HTTPS: { given: {}, verdict: 'PASS' },
    'TLS of a Network Load Balancer': {
      given: { loadBalancer: network, listeners: [tls()] },
      verdict: 'PASS',
    },
    // "The control fails if an Application Load Balancer listener isn't configured to use the HTTPS protocol."
    'HTTP that redirects': {
      given: { listeners: [https(), http(redirect)] },
      verdict: 'FAIL',
      evidence: ['listeners[1].protocol'],
    },
    TCP: { given: { loadBalancer: network, listeners: [tcp] }, verdict: 'FAIL' },
    UDP: { given: { loadBalancer: network, listeners: [udp] }, verdict: 'FAIL' },
    QUIC: { given: { loadBalancer: network, listeners: [quic] }, verdict: 'FAIL' },
    'no listener': { given: { listeners: [] }, verdict: 'NOT_APPLICABLE' },
    'a Gateway Load Balancer, which takes all that comes': {
      given: { loadBalancer: gateway, listeners: [] },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
