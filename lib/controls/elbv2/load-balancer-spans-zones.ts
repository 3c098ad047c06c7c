import { defineControl, fail, pass } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';

export const loadBalancerSpansZones = defineControl(loadBalancer, {
  id: 'ELB.13',
  title: 'Application, Network and Gateway Load Balancers should span multiple Availability Zones',
  severity: 'MEDIUM',
  rationale: 'A load balancer in one zone stops with it, and all behind it.',
  standards: {
    'fsbp-1.0.0': ['ELB.13'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['zones'],
  parameters: { minAvailabilityZones: integer({ default: 2, min: 2, max: 6 }) },
  evaluate: ({ zones }, { parameters: { minAvailabilityZones } }) =>
    zones.length >= minAvailabilityZones
      ? pass
      : fail(`the load balancer is in fewer than ${minAvailabilityZones} zones`, [
          {
            path: 'zones',
            actual: zones,
            expected: `${minAvailabilityZones} zones`,
          },
        ]),
  remediation: {
    advice:
      'Add subnets in other Availability Zones, with targets in each. A Gateway Load Balancer keeps the zones that it has; an address is charged for each.',
  },
});
