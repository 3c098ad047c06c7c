import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { autoScalingGroup } from '../../resources/autoscaling/auto-scaling-group.ts';

export const groupUsesSeveralInstanceTypes = defineControl(autoScalingGroup, {
  id: 'AutoScaling.6',
  title: 'Auto Scaling groups should use multiple instance types in multiple Availability Zones',
  severity: 'MEDIUM',
  rationale: 'A group of one instance type cannot launch where AWS has no more of it.',
  standards: {
    'fsbp-1.0.0': ['AutoScaling.6'],
    'nist-800-53-r5': ['CP-10', 'CP-2(2)', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['group'],
  // https://docs.aws.amazon.com/config/latest/developerguide/autoscaling-multiple-instance-types.html
  evaluate({ group: { instanceTypes } }) {
    if (instanceTypes === 'byAttributes')
      return notApplicable('it chooses instance types by their attributes');
    if (instanceTypes.length > 1) return pass;
    return fail('the group launches one instance type', [
      { path: 'group.instanceTypes', actual: instanceTypes, expected: 'several' },
    ]);
  },
  remediation: {
    advice: 'Give the group a mixed instances policy with several instance types.',
  },
});
