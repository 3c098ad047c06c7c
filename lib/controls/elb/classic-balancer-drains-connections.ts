import { defineControl, fail, pass } from '../../model/control.ts';
import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';
import { setAttributes, setsAttributes } from './shared/attributes.ts';

export const classicBalancerDrainsConnections = defineControl(classicLoadBalancer, {
  id: 'ELB.7',
  title: 'Classic Load Balancers should have connection draining enabled',
  severity: 'MEDIUM',
  rationale:
    'Who is being answered when an instance leaves gets an answer only where connections are drained.',
  standards: { 'fsbp-1.0.0': ['ELB.7'], 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  needs: ['attributes'],
  evaluate: ({ attributes: { drains } }) =>
    drains
      ? pass
      : fail('connections are cut where an instance leaves', [
          { path: 'attributes.drains', actual: false, expected: true },
        ]),
  remediation: {
    advice: 'Turn connection draining on; it interrupts nothing.',
    grants: setsAttributes,
    plan: (_, { ref: { id } }) =>
      setAttributes(
        id,
        'lets connections end before an instance leaves',
        { ConnectionDraining: { Enabled: true, Timeout: 300 } },
        { ConnectionDraining: { Enabled: false } },
      ),
  },
});
