import { defineControl, fail, pass } from '../../model/control.ts';
import { codebuildProject } from '../../resources/codebuild/codebuild-project.ts';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.html#codebuild-2 */
const keys: ReadonlySet<string> = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);

export const projectEnvironmentHoldsNoKeys = defineControl(codebuildProject, {
  id: 'CodeBuild.2',
  title: 'CodeBuild project environment variables should not contain clear text credentials',
  severity: 'CRITICAL',
  rationale: 'Whoever may look at the project, or run a build of it, has the keys.',
  standards: {
    'fsbp-1.0.0': ['CodeBuild.2'],
    'nist-800-53-r5': ['IA-5(7)', 'SA-3'],
    'pci-dss-4.0.1': ['8.2.2', '8.3.2'],
  },

  findsSecrets: true,
  needs: ['project'],
  evaluate({ project: { plainVariables } }) {
    const found = plainVariables.filter((name) => keys.has(name));
    return found.length === 0
      ? pass
      : fail('keys of AWS stand in the environment in the clear', [
          { path: 'project.plainVariables', actual: found, expected: 'none of them in the clear' },
        ]);
  },
  remediation: {
    advice:
      'Take the variables out: a build has the rights of its service role. What else it needs it takes from Parameter Store or Secrets Manager. Then delete the keys: they were read.',
  },
});
