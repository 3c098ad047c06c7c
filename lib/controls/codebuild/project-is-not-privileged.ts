import { defineControl, fail, pass } from '../../model/control.ts';
import { codebuildProject } from '../../resources/codebuild/codebuild-project.ts';

export const projectIsNotPrivileged = defineControl(codebuildProject, {
  id: 'CodeBuild.5',
  title: 'CodeBuild project environments should not have privileged mode enabled',
  severity: 'HIGH',
  rationale: 'What runs in a privileged container has all of the machine that it runs on.',
  standards: {
    'fsbp-1.0.0': ['CodeBuild.5'],
    'nist-800-53-r5': [
      'AC-2(1)',
      'AC-3',
      'AC-3(15)',
      'AC-3(7)',
      'AC-5',
      'AC-6',
      'AC-6(10)',
      'AC-6(2)',
    ],
  },
  needs: ['project'],
  evaluate: ({ project: { isPrivileged } }) =>
    isPrivileged
      ? fail('builds run privileged', [
          { path: 'project.isPrivileged', actual: true, expected: false },
        ])
      : pass,
  remediation: {
    advice:
      'Turn privileged mode off. Builds of images need it for Docker: build them without a daemon, or exempt these projects.',
  },
});
