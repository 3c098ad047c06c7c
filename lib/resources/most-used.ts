import type { Service } from '../model/control.ts';

/** An event of a kind that comes often: what types it is about, and of which of them the controls are asked. */
export interface Sample {
  readonly source: `${string}.amazonaws.com`;
  readonly told: string;
  readonly type: string;
}

/**
 * What the function that evaluates makes ready before its first event, the most used first. The bundler puts what of it is ours into
 * one file (`startedTogether`).
 */
export const mostUsed: readonly (Service | Sample)[] = [
  'sqs',
  'securityhub',
  { source: 's3.amazonaws.com', told: 'PutBucketPolicy', type: 'AWS::S3::Bucket' },
  's3',
  's3control',
  {
    source: 'ec2.amazonaws.com',
    told: 'AuthorizeSecurityGroupIngress',
    type: 'AWS::EC2::SecurityGroup',
  },
  'ec2',
  'iam',
  'rds',
  'kms',
];
