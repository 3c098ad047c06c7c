import { type Call, call, type Snapshot } from '../../../model/control.ts';
import type { s3Bucket } from '../../../resources/s3/s3-bucket.ts';

export type Encryption = Snapshot<typeof s3Bucket, 'encryption'>['encryption'];

/** Sets the default encryption of a bucket; what else its rule says, as which encryption it refuses, stays. */
export const putEncryption = (Bucket: string, rule: NonNullable<Encryption>): Call =>
  call('s3', 'putBucketEncryption', {
    Bucket,
    ServerSideEncryptionConfiguration: { Rules: [rule] },
  });

// A bucket without a rule has SSE-S3 (S3 API reference, DeleteBucketEncryption).
export const restoreEncryption = (Bucket: string, before: Encryption): Call =>
  before ? putEncryption(Bucket, before) : call('s3', 'deleteBucketEncryption', { Bucket });
