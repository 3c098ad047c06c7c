import { projectIsNotPublic } from '../../../lib/controls/codebuild/project-is-not-public.ts';
import { testControl } from '../harness.ts';
import { project } from './projects.ts';

testControl(projectIsNotPublic, {
  rows: {
    private: { given: { project }, verdict: 'PASS' },
    public: {
      given: { project: { ...project, isPublic: true } },
      verdict: 'FAIL',
      evidence: ['project.isPublic'],
    },
  },
});
