import { defineControl, fail, pass } from '../../model/control.ts';
import { codebuildProject } from '../../resources/codebuild/codebuild-project.ts';

export const projectWritesLogs = defineControl(codebuildProject, {
  id: 'CodeBuild.4',
  title: 'CodeBuild project environments should have a logging configuration',
  severity: 'MEDIUM',
  rationale:
    'What a build did, and who changed what it does, is known afterwards only where it was logged.',
  standards: {
    'fsbp-1.0.0': ['CodeBuild.4'],
    'nist-800-53-r5': [
      'AC-2(12)',
      'AC-2(4)',
      'AC-4(26)',
      'AC-6(9)',
      'AU-10',
      'AU-12',
      'AU-2',
      'AU-3',
      'AU-6(3)',
      'AU-6(4)',
      'AU-9(7)',
      'CA-7',
      'SC-7(9)',
      'SI-3(8)',
      'SI-4',
      'SI-4(20)',
      'SI-7(8)',
    ],
  },
  needs: ['project'],
  evaluate: ({ project: { logs } }) =>
    logs.toBucket || logs.toCloudWatch
      ? pass
      : fail('builds write no log', [
          {
            path: 'project.logs',
            actual: 'neither to CloudWatch nor to a bucket',
            expected: 'one of them',
          },
        ]),
  remediation: {
    advice: 'Turn logs on, to CloudWatch or to a bucket.',
  },
});
