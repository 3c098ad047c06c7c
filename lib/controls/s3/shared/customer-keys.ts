import type { Condition, Statement } from '../../../analysis/policies/policy-document.ts';
import { coversAction, matchesAllBelow } from '../../../analysis/policies/policy-matching.ts';
import { namesEverybody } from '../../../analysis/policies/principals.ts';
import { matches } from '../../../support/wildcards.ts';
import type { Encryption } from './bucket-encryption-plan.ts';

export const customerKeys = 'SSE-C';

/**
 * Whether the bucket refuses objects that are encrypted with a key of whoever uploads them. Nothing, as buckets of before
 * November 2025 show it, refuses none, and so does `NONE`:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
export const blocksCustomerKeys = (encryption: Encryption): boolean =>
  encryption?.BlockedEncryptionTypes?.EncryptionType?.includes(customerKeys) === true;

const header = 's3:x-amz-server-side-encryption';
const saysNull = ({ operator, values }: Condition, said: string): boolean =>
  operator === 'null' && values.some((value) => value.toLowerCase() === said);

/** Of these uploads alone: they say an algorithm, of which there is one, `AES256`. */
const isAboutCustomerKeys = (condition: Condition): boolean => {
  const { operator, key, values } = condition;
  if (key !== `${header}-customer-algorithm`) return false;
  if (operator === 'stringequals') return values.includes('AES256');
  if (operator === 'stringlike') return values.some((value) => matches(value, 'AES256'));
  return saysNull(condition, 'false');
};

/**
 * Of uploads that ask for no other encryption, as these do: "You can't apply different types of server-side encryption to the
 * same object simultaneously." https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html
 */
const isAboutNoOther = (condition: Condition): boolean => {
  const { operator, key, set, ifExists, values } = condition;
  if (key !== header || set !== undefined) return false;
  return (
    saysNull(condition, 'true') ||
    // What a request does not have is unequal to all: IAM user guide, reference_policies_elements_condition_operators.
    (/^stringnot(?:equals|like)/.test(operator) && !ifExists && values.length > 0)
  );
};

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
  statement.conditions.every((one) => isAboutCustomerKeys(one) || isAboutNoOther(one));
