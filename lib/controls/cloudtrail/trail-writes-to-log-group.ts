import { defineControl, fail, pass, propose } from '../../model/control.ts';
import { trail } from '../../resources/cloudtrail/trail.ts';

export const trailWritesToLogGroup = defineControl(trail, {
  id: 'CloudTrail.5',
  title: 'CloudTrail trails should be integrated with Amazon CloudWatch Logs',
  severity: 'LOW',
  rationale: 'Metric filters and alarms see only what a trail writes to a log group.',
  standards: {
    'fsbp-1.0.0': ['CloudTrail.5'],
    'cis-aws-1.4.0': ['3.4'],
    'nist-800-53-r5': [
      ...['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-10', 'AU-12', 'AU-2', 'AU-3', 'AU-6(1)'],
      ...['AU-6(3)', 'AU-6(4)', 'AU-6(5)', 'AU-7(1)', 'CA-7', 'SC-7(9)', 'SI-20', 'SI-3(8)'],
      ...['SI-4(20)', 'SI-4(5)', 'SI-7(8)'],
    ],
  },
  needs: ['trail'],
  evaluate({ trail: { logGroup } }) {
    if (logGroup) return pass;
    return fail('the trail writes to no log group', [
      { path: 'trail.logGroup', actual: null, expected: 'a log group of CloudWatch Logs' },
    ]);
  },
  remediation: {
    advice: 'Give the trail a log group, and a role that may write to it.',
    grants: [],
    plan: () => propose('a log group costs by what is written to it, and needs a role'),
  },
});
