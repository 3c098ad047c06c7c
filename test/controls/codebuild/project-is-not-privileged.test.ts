import { projectIsNotPrivileged } from '../../../lib/controls/codebuild/project-is-not-privileged.ts';
import { testControl } from '../harness.ts';
import { project } from './projects.ts';

testControl(projectIsNotPrivileged, {
  rows: {
    without: { given: { project }, verdict: 'PASS' },
    'with all rights': {
      given: { project: { ...project, isPrivileged: true } },
      verdict: 'FAIL',
      evidence: ['project.isPrivileged'],
    },
  },
});
