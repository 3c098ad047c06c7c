import type { Principal, Statement } from '../../../analysis/policies/policy-document.ts';
import { isDeletedId } from '../../../analysis/policies/principals.ts';
import { type Call, call } from '../../../model/control.ts';

/** S3 takes no longer bucket policy (S3 user guide, "Bucket policies"): 20 KB, in UTF-8. */
const mostBytes = 20 * 1024;

// S3 takes no policy back that names one: "Invalid principal".
const isDeleted = ({ kind, id }: Principal): boolean => kind === 'AWS' && isDeletedId(id);

/** Why S3 would refuse this text, of a policy that has these statements; `undefined` where nothing is known against it. */
export const refusalOf = (text: string, statements: readonly Statement[]): string | undefined => {
  const deleted = statements
    .flatMap(({ principals }) => principals?.list ?? [])
    .find((principal) => isDeleted(principal));
  if (deleted)
    return `the bucket policy names ${deleted.id}, a principal that was deleted, and S3 takes no policy with such a name`;
  return new TextEncoder().encode(text).length > mostBytes
    ? 'the bucket policy would be longer than the 20 KB that S3 takes'
    : undefined;
};

export const putPolicy = (Bucket: string, Policy: string): Call =>
  call('s3', 'putBucketPolicy', { Bucket, Policy });

/** Puts the former text back, letter by letter; a bucket that had no policy has none again. */
export const restorePolicy = (Bucket: string, before: string | undefined): Call =>
  before === undefined ? call('s3', 'deleteBucketPolicy', { Bucket }) : putPolicy(Bucket, before);
