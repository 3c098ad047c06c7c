import { defineService } from './service.ts';

export const efs = defineService({
  sdk: () => import('@aws-sdk/client-efs'),
  client: ({ EFS }, settings) => new EFS(settings),
  iam: 'elasticfilesystem',
  // https://docs.aws.amazon.com/efs/latest/ug/logging-using-cloudtrail.html
  eventSource: 'elasticfilesystem.amazonaws.com',
  kinds: {
    'file-system': {
      arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}',
      type: 'AWS::EFS::FileSystem',
      named: ['FileSystemId'],
    },
    'access-point': {
      arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:access-point/{id}',
      type: 'AWS::EFS::AccessPoint',
      named: ['AccessPointId'],
    },
  },
  pages: [{ tokens: ['NextMarker', 'Marker'], operations: ['describeMountTargets'] }],
});
