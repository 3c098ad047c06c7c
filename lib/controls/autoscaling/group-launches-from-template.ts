import { defineControl, fail, pass } from '../../model/control.ts';
import { autoScalingGroup } from '../../resources/autoscaling/auto-scaling-group.ts';

export const groupLaunchesFromTemplate = defineControl(autoScalingGroup, {
  id: 'AutoScaling.9',
  title: 'Amazon EC2 Auto Scaling groups should use Amazon EC2 launch templates',
  severity: 'MEDIUM',
  rationale:
    'Launch configurations get no new instance types and none of what EC2 has added since 2022.',
  standards: {
    'fsbp-1.0.0': ['AutoScaling.9'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'],
  },
  needs: ['group'],
  evaluate({ group: { launchesBy } }) {
    if (launchesBy === 'template') return pass;
    return fail('the group is not launched from a launch template', [
      { path: 'group.launchesBy', actual: launchesBy, expected: 'template' },
    ]);
  },
  remediation: {
    advice:
      'Make a launch template of what the launch configuration says, and have the group launch from it.',
  },
});
