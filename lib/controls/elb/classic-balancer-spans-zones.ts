import { defineControl, fail, pass } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';

export const classicBalancerSpansZones = defineControl(classicLoadBalancer, {
  id: 'ELB.10',
  title: 'Classic Load Balancer should span multiple Availability Zones',
  severity: 'MEDIUM',
  rationale: 'A load balancer in one zone is out where that is out.',
  standards: {
    'fsbp-1.0.0': ['ELB.10'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['zones'],
  parameters: { minAvailabilityZones: integer({ default: 2, min: 2, max: 6 }) },
  evaluate({ zones }, { parameters: { minAvailabilityZones } }) {
    return zones.length >= minAvailabilityZones
      ? pass
      : fail('the load balancer is in too few zones', [
          { path: 'zones', actual: zones, expected: `at least ${minAvailabilityZones}` },
        ]);
  },
  remediation: {
    advice: 'Attach a subnet of a further zone, with instances there.',
  },
});
