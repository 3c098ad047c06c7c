import type { Condition, Statement } from '../../../analysis/policies/policy-document.ts';
import { coversAction, matchesAllBelow } from '../../../analysis/policies/policy-matching.ts';
import { namesEverybody } from '../../../analysis/policies/principals.ts';
import type { Encryption } from './bucket-encryption-plan.ts';

export const customerKeys = 'SSE-C';

/**
 * Whether the bucket refuses objects that are encrypted with a key of whoever uploads them. Nothing, as buckets of before
 * November 2025 show it, refuses none, and so does `NONE`:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
export const blocksCustomerKeys = (encryption: Encryption): boolean =>
  encryption?.BlockedEncryptionTypes?.EncryptionType?.includes(customerKeys) === true;

const isAboutCustomerKeys = ({ operator, key, values }: Condition): boolean =>
  operator === 'null' &&
  key === 's3:x-amz-server-side-encryption-customer-algorithm' &&
  values.some((value) => value.toLowerCase() === 'false');

/**
 * Refuses everybody what puts an object that is encrypted so, into all of the bucket, with no further condition: what AWS
 * advised before buckets had a setting for it.
 * https://aws.amazon.com/blogs/security/preventing-unintended-encryption-of-amazon-s3-objects/
 */
export const refusesCustomerKeys = (statement: Statement, bucket: string): boolean =>
  statement.effect === 'Deny' &&
  namesEverybody(statement) &&
  coversAction(statement, 's3:PutObject') &&
  !statement.resources.not &&
  statement.resources.patterns.some((pattern) => matchesAllBelow(pattern, `${bucket}/`)) &&
  statement.conditions.every(isAboutCustomerKeys);
