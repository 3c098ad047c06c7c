import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface KeptFilesProps
  extends Required<Pick<BucketProps, 'lifecycleRules'>>,
    Pick<BucketProps, 'objectLockEnabled'> {
  /** Why nobody needs a log of who reads and writes it. */
  readonly unlogged: string;
}

/** A bucket that outlives the stack: nobody outside reads it, and a version keeps what somebody writes over. */
export class KeptFiles extends Bucket {
  constructor(scope: Construct, id: string, { unlogged, ...props }: KeptFilesProps) {
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
    Validations.of(this).acknowledge({ id: 'AwsSolutions-S1', reason: unlogged });
  }
}
