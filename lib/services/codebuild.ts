import { defineService } from './service.ts';

export const codebuild = defineService({
  sdk: () => import('@aws-sdk/client-codebuild'),
  client: ({ CodeBuild }, settings) => new CodeBuild(settings),
  iam: 'codebuild',
  // https://docs.aws.amazon.com/codebuild/latest/userguide/cloudtrail.html
  eventSource: 'codebuild.amazonaws.com',
  kinds: {
    project: {
      arn: 'arn:{partition}:codebuild:{region}:{account}:project/{id}',
      type: 'AWS::CodeBuild::Project',
      named: ['name', 'names', 'projectArn', 'projectName'],
    },
  },
  pages: [],
});
