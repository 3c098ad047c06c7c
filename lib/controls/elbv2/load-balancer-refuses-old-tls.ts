import { defineControl, unknown } from '../../model/control.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { outOfScope } from './shared/kinds.ts';
import { endsTls, evaluateListeners } from './shared/listeners.ts';
import { oldestVersionOf } from './shared/tls-policies.ts';

export const loadBalancerRefusesOldTls = defineControl(loadBalancer, {
  id: 'PL.ELB.1',
  title: 'Listeners of Application and Network Load Balancers should take TLS 1.2 at least',
  severity: 'MEDIUM',
  rationale:
    'TLS 1.0 and 1.1 are broken and retired, and an HTTPS listener that names no policy takes both.',
  standards: {},
  needs: ['loadBalancer', 'listeners'],
  evaluate({ loadBalancer: { kind }, listeners }) {
    const outside = outOfScope(kind, ['application', 'network']);
    if (outside) return outside;
    const policies = listeners.filter(endsTls).map(({ tlsPolicy = '' }) => tlsPolicy);
    const verdict = evaluateListeners(listeners, {
      isAsked: endsTls,
      none: 'no listener takes HTTPS or TLS',
      reason: 'a listener takes TLS 1.0 or 1.1',
      faultOf: ({ tlsPolicy = '' }) => {
        const oldest = oldestVersionOf(tlsPolicy);
        return oldest === '1.0' || oldest === '1.1'
          ? { of: 'tlsPolicy', actual: `${tlsPolicy}, TLS ${oldest}`, expected: 'TLS 1.2 at least' }
          : undefined;
      },
    });
    const strange = policies.find((policy) => oldestVersionOf(policy) === undefined);
    return verdict.status === 'PASS' && strange !== undefined
      ? unknown(`what the security policy ${strange || 'of a listener'} takes is not known here`)
      : verdict;
  },
  remediation: {
    advice:
      'Choose a policy whose name begins with ELBSecurityPolicy-TLS13-1-2 or -1-3. Look first in the access log whether somebody still comes by TLS 1.0 or 1.1.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
  },
});
