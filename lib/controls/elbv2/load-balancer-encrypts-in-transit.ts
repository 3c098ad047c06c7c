import { defineControl } from '../../model/control.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { outOfScope } from './shared/kinds.ts';
import { endsTls, evaluateListeners } from './shared/listeners.ts';

export const loadBalancerEncryptsInTransit = defineControl(loadBalancer, {
  id: 'ELB.18',
  title:
    'Application and Network Load Balancer listeners should use secure protocols to encrypt data in transit',
  severity: 'MEDIUM',
  rationale: 'What clients send in the clear is read and changed on its way.',
  standards: { 'fsbp-1.0.0': ['ELB.18'] },
  needs: ['loadBalancer', 'listeners'],
  // Security Hub counts a listener of HTTP that redirects, and one of TCP behind which a target ends TLS.
  evaluate: ({ loadBalancer: { kind }, listeners }) =>
    outOfScope(kind, ['application', 'network']) ??
    evaluateListeners(listeners, {
      isAsked: () => true,
      none: 'it has no listener',
      reason: 'a listener takes what is not encrypted',
      faultOf: (listener) =>
        endsTls(listener)
          ? undefined
          : {
              of: 'protocol',
              actual: listener.protocol ?? null,
              expected: kind === 'network' ? 'TLS' : 'HTTPS',
            },
    }),
  remediation: {
    advice:
      'Have listeners of HTTPS, of a Network Load Balancer TLS, alone. Where one of HTTP does nothing but redirect, or targets end TLS behind one of TCP, exempt the load balancer with that reason.',
  },
});
