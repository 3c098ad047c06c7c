import type { Condition } from './policy-document.ts';
import { accountOf, isFixed } from './principals.ts';

// Keys that, held to fixed values, make a policy non-public: "The meaning of public" in the S3 user guide, and the
// other keys that name the caller's account, organization or VPC endpoint owner and that no caller can choose.
const callerKeys: ReadonlySet<string> = new Set([
  's3:dataaccesspointaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalservicename',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:userid',
  'aws:vpceaccount',
  'aws:vpceorgid',
]);
// Values of these always end in a wildcard; AWS's list leaves them out, but one organization is no public.
const orgPathKeys: ReadonlySet<string> = new Set([
  'aws:principalorgpaths',
  'aws:sourceorgpaths',
  'aws:vpceorgpaths',
]);
const textOperators: ReadonlySet<string> = new Set([
  'arnequals',
  'arnlike',
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
]);

/** Ranges broader than /8 (IPv4) or /32 (IPv6) are public (S3 user guide). */
const isNarrowRange = (range: string): boolean => {
  const v4 = /^[\d.]+(?:\/(\d+))?$/.exec(range);
  if (v4) return Number(v4[1] ?? 32) >= 8;
  const v6 = /^[\da-f.]*:[\da-f.:]*(?:\/(\d+))?$/i.exec(range);
  return v6 !== null && Number(v6[1] ?? 128) >= 32;
};

const isKnownValue = (key: string, value: string): boolean => {
  if (orgPathKeys.has(key)) return isFixed(value.split('/')[0] ?? '');
  // Which access point may be left open as long as the account is not (S3 user guide).
  if (key === 's3:dataaccesspointarn')
    return /^arn:[^:*?]+:s3:[^:]*:\d{12}:accesspoint\/[^$]*$/.test(value);
  return callerKeys.has(key) && isFixed(value);
};

const holdsToKnown = (operator: string, { key, values }: Condition): boolean => {
  // What a condition without values does, AWS says in two ways ("Empty array condition", IAM policy checks).
  if (values.length === 0) return false;
  if (operator === 'ipaddress') return key === 'aws:sourceip' && values.every(isNarrowRange);
  return textOperators.has(operator) && values.every((value) => isKnownValue(key, value));
};

/**
 * Whether a condition of an Allow lets only known callers through.
 * `IfExists` and `ForAllValues` also let those through who bring no such key.
 */
export const letsOnlyKnownThrough = (condition: Condition): boolean =>
  !condition.ifExists && condition.set !== 'all' && holdsToKnown(condition.operator, condition);

/**
 * Whether a condition of a Deny spares only known callers, as `StringNotEquals` on `aws:SourceVpce` does.
 * A negated operator also meets those who bring no such key; `ForAnyValue` does not.
 */
export const sparesOnlyKnown = (condition: Condition): boolean =>
  condition.operator.includes('not') &&
  condition.set !== 'any' &&
  holdsToKnown(condition.operator.replace('not', ''), condition);

// The account's own access points decide by their own policies whom else they let through.
const accountKeys: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
const isAboutAccount = ({ key, values }: Condition, account: string): boolean =>
  accountKeys.has(key) && values.every((value) => accountOf(value) === account);

/** Whether a condition of an Allow lets only principals, or access points, of this account through. */
export const letsOnlyAccountThrough = (condition: Condition, account: string): boolean =>
  isAboutAccount(condition, account) && letsOnlyKnownThrough(condition);

/** Whether a condition of a Deny spares only principals, or access points, of this account. */
export const sparesOnlyAccount = (condition: Condition, account: string): boolean =>
  isAboutAccount(condition, account) && sparesOnlyKnown(condition);
