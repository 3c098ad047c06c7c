import { defineControl, fail, pass } from '../../model/control.ts';
import { codebuildProject } from '../../resources/codebuild/codebuild-project.ts';

export const projectIsNotPublic = defineControl(codebuildProject, {
  id: 'PL.CODEBUILD.1',
  title: 'Builds of a CodeBuild project should not be shown to everybody',
  severity: 'HIGH',
  rationale:
    'Everybody reads the logs and takes the artifacts of a public project, without signing in.',
  standards: {},
  exposes: true,
  needs: ['project'],
  evaluate: ({ project: { isPublic } }) =>
    isPublic
      ? fail('everybody sees the builds, their logs and what they made', [
          { path: 'project.isPublic', actual: true, expected: false },
        ])
      : pass,
  remediation: {
    advice:
      'Make the project private (aws codebuild update-project-visibility --project-visibility PRIVATE), and change what its logs may have shown.',
    url: 'https://docs.aws.amazon.com/codebuild/latest/userguide/public-builds.html',
  },
});
