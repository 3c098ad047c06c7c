import { defineControl, fail, pass } from '../../model/control.ts';
import { codebuildProject } from '../../resources/codebuild/codebuild-project.ts';

export const projectEncryptsLogsInBucket = defineControl(codebuildProject, {
  id: 'CodeBuild.3',
  title: 'CodeBuild S3 logs should be encrypted',
  severity: 'LOW',
  rationale: 'Logs of builds show more than their authors think of.',
  standards: {
    'fsbp-1.0.0': ['CodeBuild.3'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)'],
    'pci-dss-4.0.1': ['8.3.2'],
  },
  needs: ['project'],
  evaluate: ({ project: { logs } }) =>
    logs.toBucket && !logs.isEncrypted
      ? fail('logs are written to a bucket without encryption', [
          { path: 'project.logs.isEncrypted', actual: false, expected: true },
        ])
      : pass,
  remediation: {
    advice: 'Turn encryption of the logs in S3 on.',
  },
});
