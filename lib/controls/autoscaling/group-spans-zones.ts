import { defineControl, fail, pass } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { autoScalingGroup } from '../../resources/autoscaling/auto-scaling-group.ts';

export const groupSpansZones = defineControl(autoScalingGroup, {
  id: 'AutoScaling.2',
  title: 'Amazon EC2 Auto Scaling group should cover multiple Availability Zones',
  severity: 'MEDIUM',
  rationale: 'A group in one zone cannot launch anything while that zone is down.',
  standards: {
    'fsbp-1.0.0': ['AutoScaling.2'],
    'nist-800-53-r5': ['CP-10', 'CP-2(2)', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['group'],
  parameters: { minAvailabilityZones: integer({ default: 2, min: 2, max: 6 }) },
  evaluate: ({ group: { zones } }, { parameters: { minAvailabilityZones } }) =>
    zones.length >= minAvailabilityZones
      ? pass
      : fail(`the group is in fewer than ${minAvailabilityZones} zones`, [
          { path: 'group.zones', actual: zones, expected: `${minAvailabilityZones} zones` },
        ]),
  remediation: { advice: 'Add subnets in other Availability Zones to the group.' },
});
