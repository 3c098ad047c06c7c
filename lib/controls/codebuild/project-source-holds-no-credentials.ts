import { defineControl, fail, pass } from '../../model/control.ts';
import { codebuildProject } from '../../resources/codebuild/codebuild-project.ts';

export const projectSourceHoldsNoCredentials = defineControl(codebuildProject, {
  id: 'CodeBuild.1',
  title: 'CodeBuild source repository URLs should not contain sensitive credentials',
  severity: 'CRITICAL',
  rationale:
    'Whoever may look at the project, or at what it logs, has the credentials to the repository.',
  standards: {
    'fsbp-1.0.0': ['CodeBuild.1'],
    'nist-800-53-r5': ['SA-3'],
    'pci-dss-4.0.1': ['1.2.8', '1.3.1', '1.3.2', '1.4.2', '1.5.1', 'A1.1.3'],
  },

  findsSecrets: true,
  needs: ['sources'],
  evaluate({ sources }) {
    const found = sources.flatMap(({ hasCredentials }, index) =>
      hasCredentials
        ? [{ path: `sources[${index}].hasCredentials`, actual: true, expected: false }]
        : [],
    );
    return found.length === 0 ? pass : fail('the address of a source signs somebody in', found);
  },
  remediation: {
    advice:
      'Take the credentials out of the address, connect CodeBuild to the provider by a connection or OAuth, and revoke what stood in the address: it was read.',
  },
});
