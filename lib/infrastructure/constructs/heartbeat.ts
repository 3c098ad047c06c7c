import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { hears } from '../events/patterns.ts';
import type { Watched } from '../events/watched.ts';
import type { GovernedPlace } from '../permissions/scopes.ts';
import { Handler } from './handler.ts';
import type { Posture } from './posture.ts';
import type { GuardedQueue } from './queue.ts';
import { toFunction } from './rule-targets.ts';

export interface HeartbeatProps {
  readonly code: Code;
  readonly watched: readonly Watched[];
  readonly posture: Posture;
  /** Keeps the beats that could not be started. */
  readonly undelivered: GuardedQueue;
  readonly place: GovernedPlace;
}
interface Target {
  readonly bucket?: Bucket;
  readonly type: string;
  readonly id: string;
  readonly grant: { readonly action: string; readonly arn: string };
}

/** An empty bucket. */
const emptyBucket = (scope: Construct): Target => {
  const bucket = new Bucket(scope, 'Bucket', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'The bucket stays empty: there is no access to log.',
  });
  const { bucketArn: arn, bucketName: id } = bucket;
  return {
    bucket,
    type: 'AWS::S3::Bucket',
    id,
    grant: { action: 's3:PutBucketPublicAccessBlock', arn },
  };
};

/** A role without any permission. */
const powerlessRole = (scope: Construct): Target => {
  const role = new Role(scope, 'Powerless', {
    description: 'Its trust policy is put again by the heartbeat of Plumbline; may do nothing',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  const { roleArn: arn, roleName: id } = role;
  return { type: 'AWS::IAM::Role', id, grant: { action: 'iam:UpdateAssumeRolePolicy', arn } };
};

/** The calls that beat, each on a resource of its own: calls that controls depend on, so that their path is proven. */
const targets = [
  { type: 'AWS::S3::Bucket', call: 'PutBucketPublicAccessBlock', make: emptyBucket },
  { type: 'AWS::IAM::Role', call: 'UpdateAssumeRolePolicy', make: powerlessRole },
] as const;

/** Writes to resources of its own and fails where the events of these writes do not come back. */
export class Heartbeat extends Handler {
  /** Whether this baseline listens to a call that beats. */
  static hasBeat(watched: readonly Watched[]): boolean {
    return targets.some(({ type, call }) => hears(watched, type, call));
  }

  /** The empty bucket; `undefined` where no control listens to it. */
  readonly bucket: Bucket | undefined;

  constructor(scope: Construct, id: string, props: HeartbeatProps) {
    super(scope, id, {
      code: props.code,
      file: 'heartbeat',
      description: 'Writes to resources of its own and looks for the events of these writes',
    });
    const { posture, place } = props;
    const own = targets
      .filter(({ type, call }) => hears(props.watched, type, call))
      .map(({ make }) => make(this));
    this.bucket = own.find(({ bucket }) => bucket)?.bucket;
    const keys = own.map(({ type, id }) => `${place.account}#${place.region}#${type}#${id}`);
    this.function.addEnvironment('POSTURE_TABLE', posture.tableName);
    this.function.addEnvironment('HEARTBEAT_KEYS', keys.join(' '));
    this.grant(
      own.map(({ grant }) => ({ actions: [grant.action], resources: [grant.arn] })),
      'Nothing is named by a wildcard.',
    );
    this.allowItems(posture.tableArn, ['dynamodb:GetItem'], ['heartbeat', ...keys]);
    this.allowItems(posture.tableArn, ['dynamodb:PutItem'], ['heartbeat']);
    posture.letWrite(this.role);
    new Rule(this, 'Beats', {
      description: 'Every beat of Plumbline',
      schedule: Schedule.rate(Duration.minutes(15)),
      targets: [toFunction(this.function, props.undelivered)],
    });
  }
}
