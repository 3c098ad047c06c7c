import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';
import { endsTls } from './shared/listeners.ts';

export const classicBalancerHasCertificatesOfAcm = defineControl(classicLoadBalancer, {
  id: 'ELB.2',
  title: 'TLS listeners of Classic Load Balancers should use certificates of ACM',
  severity: 'MEDIUM',
  rationale:
    'A certificate of ACM is renewed by itself; another one ends on a day that somebody forgets.',
  standards: {
    'fsbp-1.0.0': ['ELB.2'],
    'nist-800-53-r5': [
      'AC-17(2)',
      'AC-4',
      'IA-5(1)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-23(5)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SI-7(6)',
    ],
  },
  needs: ['listeners'],
  evaluate({ listeners }) {
    if (!listeners.some(endsTls)) return notApplicable('no listener ends TLS');
    const others = listeners.flatMap((one, index) =>
      endsTls(one) && one.isOfAcm !== true
        ? [{ path: `listeners[${index}].isOfAcm`, actual: one.isOfAcm ?? null, expected: true }]
        : [],
    );
    return others.length === 0
      ? pass
      : fail('a listener has a certificate that is not of ACM', others);
  },
  remediation: {
    advice:
      'Request the certificate of ACM, or import it, and give it to the listener (set-load-balancer-listener-ssl-certificate).',
  },
});
