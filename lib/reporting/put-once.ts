import type { PutObjectCommandInput, S3 } from '@aws-sdk/client-s3';
import { codeOf } from '../aws/errors.ts';

/**
 * Puts an object where there is none of its key: nothing needs to be read for it. False where there is one.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export const putOnce = async (s3: S3, object: PutObjectCommandInput): Promise<boolean> => {
  try {
    await s3.putObject({ ...object, IfNoneMatch: '*' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'PreconditionFailed') return false;
    throw error;
  }
};
