import { loadBalancerRefusesOldTls } from '../../../lib/controls/elbv2/load-balancer-refuses-old-tls.ts';
import { testControl } from '../harness.ts';
import { application, gateway, http, https, network, redirect, tcp, tls } from './balancers.ts';

testControl(loadBalancerRefusesOldTls, {
  base: { loadBalancer: application, listeners: [https(), http(redirect)] },
  rows: {
    'TLS 1.2 and 1.3': { given: {}, verdict: 'PASS' },
    'one that Security Hub does not recommend': {
      given: { listeners: [https('ELBSecurityPolicy-TLS13-1-2-2021-06')] },
      verdict: 'PASS',
    },
    'TLS 1.2 alone': {
      given: { listeners: [https('ELBSecurityPolicy-TLS-1-2-2017-01')] },
      verdict: 'PASS',
    },
    'forward secrecy by TLS 1.2': {
      given: { listeners: [https('ELBSecurityPolicy-FS-1-2-Res-2020-10')] },
      verdict: 'PASS',
    },
    'the default of the API': {
      given: { listeners: [https('ELBSecurityPolicy-2016-08')] },
      verdict: 'FAIL',
      evidence: ['listeners[0].tlsPolicy'],
    },
    'TLS 1.3 and everything before': {
      given: { listeners: [https('ELBSecurityPolicy-TLS13-1-0-PQ-2025-09')] },
      verdict: 'FAIL',
    },
    'forward secrecy by TLS 1.0': {
      given: { listeners: [https('ELBSecurityPolicy-FS-2018-06')] },
      verdict: 'FAIL',
    },
    'TLS 1.1 of a Network Load Balancer': {
      given: { loadBalancer: network, listeners: [tls('ELBSecurityPolicy-TLS-1-1-2017-01')] },
      verdict: 'FAIL',
    },
    'a policy of a later date': {
      given: { listeners: [https('ELBSecurityPolicy-TLS14-2031-01')] },
      verdict: 'UNKNOWN',
      reason: /TLS14-2031-01/,
    },
    'a policy of a later date beside an old one': {
      given: {
        listeners: [
          https('ELBSecurityPolicy-TLS14-2031-01'),
          https('ELBSecurityPolicy-TLS-1-0-2015-04'),
        ],
      },
      verdict: 'FAIL',
      evidence: ['listeners[1].tlsPolicy'],
    },
    'a Network Load Balancer that ends no TLS': {
      given: { loadBalancer: network, listeners: [tcp] },
      verdict: 'NOT_APPLICABLE',
    },
    'a Gateway Load Balancer': {
      given: { loadBalancer: gateway, listeners: [] },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
