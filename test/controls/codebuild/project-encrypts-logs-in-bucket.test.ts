import { projectEncryptsLogsInBucket } from '../../../lib/controls/codebuild/project-encrypts-logs-in-bucket.ts';
import { testControl } from '../harness.ts';
import { project } from './projects.ts';

testControl(projectEncryptsLogsInBucket, {
  rows: {
    'no logs in a bucket': { given: { project }, verdict: 'PASS' },
    'encrypted ones': {
      given: { project: { ...project, logs: { ...project.logs, toBucket: true } } },
      verdict: 'PASS',
    },
    others: {
      given: {
        project: { ...project, logs: { ...project.logs, toBucket: true, isEncrypted: false } },
      },
      verdict: 'FAIL',
      evidence: ['project.logs.isEncrypted'],
    },
    'a setting for logs that are not written': {
      given: { project: { ...project, logs: { ...project.logs, isEncrypted: false } } },
      verdict: 'PASS',
    },
  },
});
