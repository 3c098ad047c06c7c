import { projectEnvironmentHoldsNoKeys } from '../../../lib/controls/codebuild/project-environment-holds-no-keys.ts';
import { testControl } from '../harness.ts';
import { project } from './projects.ts';

testControl(projectEnvironmentHoldsNoKeys, {
  rows: {
    'variables without a secret': { given: { project }, verdict: 'PASS' },
    'a key': {
      given: { project: { ...project, plainVariables: ['AWS_SECRET_ACCESS_KEY', 'STAGE'] } },
      verdict: 'FAIL',
      evidence: ['project.plainVariables'],
    },
    'the id of a key': {
      given: { project: { ...project, plainVariables: ['AWS_ACCESS_KEY_ID'] } },
      verdict: 'FAIL',
    },
    none: { given: { project: { ...project, plainVariables: [] } }, verdict: 'PASS' },
  },
});
