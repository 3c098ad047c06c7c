import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';
import { endsTls } from './shared/listeners.ts';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-8 */
const strong = 'ELBSecurityPolicy-TLS-1-2-2017-01';

export const classicBalancerUsesStrongTls = defineControl(classicLoadBalancer, {
  id: 'ELB.8',
  title: 'TLS listeners of Classic Load Balancers should use a strong predefined policy',
  severity: 'MEDIUM',
  rationale: 'Older policies take versions and ciphers of TLS that have known weaknesses.',
  standards: {
    'nist-800-53-r5': [
      'AC-17(2)',
      'AC-4',
      'IA-5(1)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-23(3)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SI-7(6)',
    ],
  },
  needs: ['listeners', 'tlsPolicies'],
  evaluate({ listeners, tlsPolicies }) {
    if (!listeners.some(endsTls)) return notApplicable('no listener ends TLS');
    const names = new Set(
      tlsPolicies.flatMap(({ name, predefined }) => (predefined === strong ? [name] : [])),
    );
    const weak = listeners.flatMap((one, index) =>
      endsTls(one) && !one.policies.some((name) => names.has(name))
        ? [{ path: `listeners[${index}].policies`, actual: one.policies, expected: strong }]
        : [],
    );
    return weak.length === 0
      ? pass
      : fail('a listener has another policy of TLS than the strong one', weak);
  },
  remediation: {
    advice:
      'Give each listener the predefined policy ELBSecurityPolicy-TLS-1-2-2017-01. Clients that know nothing newer than TLS 1.1 are shut out.',
  },
});
