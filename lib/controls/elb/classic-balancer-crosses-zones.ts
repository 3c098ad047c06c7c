import { defineControl, fail, pass } from '../../model/control.ts';
import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';
import { setAttributes, setsAttributes } from './shared/attributes.ts';

export const classicBalancerCrossesZones = defineControl(classicLoadBalancer, {
  id: 'ELB.9',
  title: 'Classic Load Balancers should have cross-zone load balancing enabled',
  severity: 'MEDIUM',
  rationale:
    'Where one zone has few instances they are overwhelmed, while those of another have nothing to do.',
  standards: {
    'fsbp-1.0.0': ['ELB.9'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['attributes'],
  evaluate: ({ attributes: { crossesZones } }) =>
    crossesZones
      ? pass
      : fail('requests are answered in the zone alone that they come to', [
          { path: 'attributes.crossesZones', actual: false, expected: true },
        ]),
  remediation: {
    advice: 'Turn cross-zone load balancing on; what crosses zones is not charged.',
    grants: setsAttributes,
    plan: (_, { ref: { id } }) =>
      setAttributes(
        id,
        'spreads requests over the instances of all zones',
        { CrossZoneLoadBalancing: { Enabled: true } },
        { CrossZoneLoadBalancing: { Enabled: false } },
      ),
  },
});
