import { loadBalancerUsesRecommendedTls } from '../../../lib/controls/elbv2/load-balancer-uses-recommended-tls.ts';
import { testControl } from '../harness.ts';
import { application, gateway, http, https, network, redirect, tcp, tls } from './balancers.ts';

testControl(loadBalancerUsesRecommendedTls, {
  base: { loadBalancer: application, listeners: [https(), http(redirect)] },
  rows: {
    'a recommended policy': { given: {}, verdict: 'PASS' },
    'TLS 1.3 alone': {
      given: { listeners: [https('ELBSecurityPolicy-TLS13-1-3-2021-06')] },
      verdict: 'PASS',
    },
    'the FIPS variant': {
      given: { listeners: [https('ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04')] },
      verdict: 'PASS',
    },
    // What AWS takes where a call names none.
    'the default of the API': {
      given: { listeners: [https(), https('ELBSecurityPolicy-2016-08')] },
      verdict: 'FAIL',
      evidence: ['listeners[1].tlsPolicy'],
    },
    // Security Hub took it out of its list; Prowler passes it.
    'TLS 1.2 with ciphers of CBC': {
      given: { listeners: [https('ELBSecurityPolicy-TLS13-1-2-2021-06')] },
      verdict: 'FAIL',
    },
    'a policy of a later date': {
      given: { listeners: [https('ELBSecurityPolicy-TLS13-1-3-2031-01')] },
      verdict: 'FAIL',
    },
    'a TLS listener of a Network Load Balancer': {
      given: { loadBalancer: network, listeners: [tls('ELBSecurityPolicy-2016-08')] },
      verdict: 'FAIL',
    },
    'a Network Load Balancer that ends no TLS': {
      given: { loadBalancer: network, listeners: [tcp] },
      verdict: 'NOT_APPLICABLE',
    },
    'HTTP alone': { given: { listeners: [http(redirect)] }, verdict: 'NOT_APPLICABLE' },
    'a Gateway Load Balancer': {
      given: { loadBalancer: gateway, listeners: [] },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
