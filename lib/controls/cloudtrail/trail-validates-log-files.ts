import { call, defineControl, fail, pass } from '../../model/control.ts';
import { trail } from '../../resources/cloudtrail/trail.ts';

const validate = (Name: string, EnableLogFileValidation: boolean) =>
  call('cloudtrail', 'updateTrail', { Name, EnableLogFileValidation });

export const trailValidatesLogFiles = defineControl(trail, {
  id: 'CloudTrail.4',
  title: 'CloudTrail log file validation should be enabled',
  severity: 'LOW',
  rationale:
    'Without digests nobody can prove afterwards that a log file was not changed or deleted.',
  standards: {
    'fsbp-1.0.0': ['CloudTrail.4'],
    'cis-aws-1.4.0': ['3.2'],
    'cis-aws-3.0.0': ['3.2'],
    'cis-aws-5.0.0': ['3.2'],
    'nist-800-53-r5': ['AU-9', 'SI-4', 'SI-7(1)', 'SI-7(3)', 'SI-7(7)'],
    'pci-dss-4.0.1': ['10.3.2', '10.3.3', '10.3.4', 'A1.2.1'],
  },
  needs: ['trail'],
  evaluate({ trail: { validatesFiles } }) {
    if (validatesFiles) return pass;
    return fail('the trail writes no digests of its log files', [
      { path: 'trail.validatesFiles', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice: 'Turn on log file validation for the trail.',
    grants: [{ actions: ['cloudtrail:UpdateTrail'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id } }) => ({
      kind: 'calls',
      // A digest each hour beside the log files; what is not named in the call stays as it is.
      risk: 'safe',
      summary: 'has the trail write digests of its log files from now on',
      calls: [validate(id, true)],
      undo: { calls: [validate(id, false)], widensAccess: false },
    }),
  },
});
