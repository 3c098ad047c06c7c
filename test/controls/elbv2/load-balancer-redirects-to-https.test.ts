import { loadBalancerRedirectsToHttps } from '../../../lib/controls/elbv2/load-balancer-redirects-to-https.ts';
import { testControl } from '../harness.ts';
import {
  application,
  forward,
  gateway,
  http,
  https,
  network,
  page,
  redirect,
} from './balancers.ts';

testControl(loadBalancerRedirectsToHttps, {
  base: { loadBalancer: application, listeners: [https()] },
  rows: {
    'HTTPS alone': { given: {}, verdict: 'PASS' },
    'no listener': { given: { listeners: [] }, verdict: 'PASS' },
    'HTTP that redirects': { given: { listeners: [https(), http(redirect)] }, verdict: 'PASS' },
    'HTTP that forwards': {
      given: { listeners: [https(), http(forward)] },
      verdict: 'FAIL',
      evidence: ['listeners[1].actions'],
    },
    // AWS Config: NON_COMPLIANT where a listener forwards, whatever its default action does. Prowler passes it.
    'HTTP that redirects but for one rule': {
      given: { listeners: [http(redirect, forward)] },
      verdict: 'FAIL',
    },
    'HTTP that asks who calls, and forwards': {
      given: { listeners: [http({ type: 'authenticate-oidc' }, forward)] },
      verdict: 'FAIL',
    },
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
    'HTTP that redirects to itself': {
      given: { listeners: [http({ type: 'redirect', to: '#{protocol}' })] },
      verdict: 'FAIL',
    },
    'HTTP that redirects to HTTP': {
      given: { listeners: [http({ type: 'redirect', to: 'HTTP' })] },
      verdict: 'FAIL',
    },
    'HTTP that redirects known names, and has a page for others': {
      given: { listeners: [http(redirect, page)] },
      verdict: 'PASS',
    },
    // It redirects nothing: Security Hub asks for a redirection on every HTTP listener.
    'HTTP with a page alone': { given: { listeners: [http(page)] }, verdict: 'FAIL' },
    'one of two': {
      given: { listeners: [http(redirect), { ...http(forward), port: 8080 }] },
      verdict: 'FAIL',
      evidence: ['listeners[1].actions'],
    },
    'a Network Load Balancer': { given: { loadBalancer: network }, verdict: 'NOT_APPLICABLE' },
    'a Gateway Load Balancer': { given: { loadBalancer: gateway }, verdict: 'NOT_APPLICABLE' },
  },
});
