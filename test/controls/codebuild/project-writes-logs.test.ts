import { projectWritesLogs } from '../../../lib/controls/codebuild/project-writes-logs.ts';
import { testControl } from '../harness.ts';
import { project } from './projects.ts';

testControl(projectWritesLogs, {
  rows: {
    'to CloudWatch': { given: { project }, verdict: 'PASS' },
    'to a bucket': {
      given: {
        project: { ...project, logs: { ...project.logs, toCloudWatch: false, toBucket: true } },
      },
      verdict: 'PASS',
    },
    nowhere: {
      given: { project: { ...project, logs: { ...project.logs, toCloudWatch: false } } },
      verdict: 'FAIL',
      evidence: ['project.logs'],
    },
  },
});
