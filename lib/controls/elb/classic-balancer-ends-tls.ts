import { defineControl, fail, pass } from '../../model/control.ts';
import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';
import { endsTls } from './shared/listeners.ts';

export const classicBalancerEndsTls = defineControl(classicLoadBalancer, {
  id: 'ELB.3',
  title: 'Classic Load Balancer listeners should be configured with HTTPS or TLS termination',
  severity: 'MEDIUM',
  rationale: 'What is asked for in the clear is read and changed by whoever is on the way.',
  standards: {
    'fsbp-1.0.0': ['ELB.3'],
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
    'pci-dss-4.0.1': ['1.2.5', '2.2.5', '2.2.7', '4.2.1', '4.2.1.1', '8.3.2'],
  },
  needs: ['listeners'],
  evaluate({ listeners }) {
    const open = listeners.flatMap((one, index) =>
      endsTls(one)
        ? []
        : [
            {
              path: `listeners[${index}].protocol`,
              actual: one.protocol ?? null,
              expected: 'HTTPS or SSL',
            },
          ],
    );
    return open.length === 0 ? pass : fail('a listener ends no TLS', open);
  },
  remediation: {
    advice:
      'Make a listener of HTTPS or SSL, and take away that of HTTP or TCP once nobody uses it. A redirect takes an Application Load Balancer.',
  },
});
