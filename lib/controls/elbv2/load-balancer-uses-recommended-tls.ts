import { defineControl } from '../../model/control.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { outOfScope } from './shared/kinds.ts';
import { endsTls, evaluateListeners } from './shared/listeners.ts';
import { recommendedPolicies } from './shared/tls-policies.ts';

export const loadBalancerUsesRecommendedTls = defineControl(loadBalancer, {
  id: 'ELB.17',
  title:
    'Application and Network Load Balancers with listeners should use recommended security policies',
  severity: 'MEDIUM',
  rationale:
    'The policies that AWS recommends take TLS 1.3, and 1.2 with its strongest ciphers alone.',
  standards: {
    'fsbp-1.0.0': ['ELB.17'],
    'nist-800-53-r5': [
      ...['AC-17(2)', 'AC-4', 'IA-5(1)', 'SC-12(3)', 'SC-13', 'SC-23', 'SC-23(3)', 'SC-7(4)'],
      ...['SC-8', 'SC-8(1)', 'SC-8(2)', 'SI-7(6)'],
    ],
  },
  needs: ['loadBalancer', 'listeners'],
  evaluate: ({ loadBalancer: { kind }, listeners }) =>
    outOfScope(kind, ['application', 'network']) ??
    evaluateListeners(listeners, {
      isAsked: endsTls,
      none: 'no listener takes HTTPS or TLS',
      reason: 'a listener has a security policy that AWS does not recommend',
      faultOf: ({ tlsPolicy }) =>
        tlsPolicy !== undefined && recommendedPolicies.includes(tlsPolicy)
          ? undefined
          : { of: 'tlsPolicy', actual: tlsPolicy ?? null, expected: recommendedPolicies },
    }),
  remediation: {
    advice:
      'Choose ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 for the listener. Look first in the access log which versions and ciphers clients come with: older ones are shut out.',
  },
});
