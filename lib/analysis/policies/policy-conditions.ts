import type { Network } from '../network/sources.ts';
import { addressesOf, areMany, isPublicReach, type Reach } from './policy-addresses.ts';
import type { Condition } from './policy-document.ts';
import { isOwnOrganization, own, withOwner } from './policy-variables.ts';
import { accountOf, isFixed } from './principals.ts';

// Keys that, held to fixed values, make a policy non-public: "The meaning of public" in the S3 user guide, and the
// other keys that name the caller's account, organization or VPC endpoint owner and that no caller can choose.
const callerKeys: ReadonlySet<string> = new Set([
  'kms:calleraccount',
  'lambda:eventsourcetoken',
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

// Who does not sign has these as well: "For anonymous requests, the request context returns anonymous" ("Global condition
// keys" and "Policy variables", IAM user guide).
const anonymousKeys: ReadonlySet<string> = new Set(['aws:principalaccount', 'aws:userid']);
const isAnonymous = (key: string, value: string): boolean =>
  anonymousKeys.has(key) && value.toLowerCase() === 'anonymous';

/** A value as S3 itself takes it: a policy variable, too, stands for many ("The meaning of public"). */
const isKnownToS3 = (key: string, value: string): boolean => {
  if (orgPathKeys.has(key)) return isFixed(value.split('/')[0] ?? '');
  // Which access point may be left open as long as the account is not (S3 user guide).
  if (key === 's3:dataaccesspointarn')
    return /^arn:[^:*?]+:s3:[^:]*:\d{12}:accesspoint\/[^$]*$/.test(value);
  return callerKeys.has(key) && isFixed(value) && !isAnonymous(key, value);
};

/** The same, where variables of the bucket's own account and organization are known as well. */
const isKnownValue = (key: string, value: string): boolean =>
  isKnownToS3(key, withOwner(key, value, { account: '000000000000', organization: 'o-own' }));

const rangesIn = ({ key, values }: Condition): readonly Network[] | undefined => {
  const ranges = values.map(addressesOf);
  const known = ranges.filter((range) => range !== undefined);
  return key === 'aws:sourceip' && known.length > 0 && known.length === values.length
    ? known
    : undefined;
};

/** Whom a condition admits that says yes to this: `anybody`, callers from these addresses, or nobody but known ones. */
const admitted = (operator: string, condition: Condition): Reach => {
  if (operator === 'ipaddress') return rangesIn(condition) ?? 'anybody';
  const { key, values } = own(condition);
  // What a condition without values does, AWS says in two ways ("Empty array condition", IAM policy checks).
  const isKnown =
    values.length > 0 &&
    textOperators.has(operator) &&
    values.every((value) => isKnownValue(key, value));
  return isKnown ? 'nobody' : 'anybody';
};

/**
 * Whom of the public a condition of an Allow lets through.
 * `IfExists` and `ForAllValues` also let those through who bring no such key.
 */
export const reachOf = (condition: Condition): Reach =>
  condition.ifExists || condition.set === 'all'
    ? 'anybody'
    : admitted(condition.operator, condition);

/**
 * Whom of the public a condition of a Deny spares, as `StringNotEquals` on `aws:SourceVpce` spares nobody.
 * A negated operator also meets those who bring no such key; `ForAnyValue` does not. Where the owner is in no
 * organization, a variable of it cannot be resolved, and the whole Deny may be void ("Policy variables", IAM user guide).
 */
export const sparedReach = (condition: Condition): Reach =>
  condition.operator.includes('not') &&
  condition.set !== 'any' &&
  !condition.values.some(isOwnOrganization)
    ? admitted(condition.operator.replace('not', ''), condition)
    : 'anybody';

/** Whether a condition of an Allow lets only known callers through. */
export const letsOnlyKnownThrough = (condition: Condition): boolean =>
  !isPublicReach(reachOf(condition));

/** Whether a condition of a Deny spares only known callers. */
export const sparesOnlyKnown = (condition: Condition): boolean =>
  !isPublicReach(sparedReach(condition));

/**
 * Whether S3 takes an Allow with this condition for one that is not public. It weighs each range of addresses by itself,
 * and knows no policy variable.
 */
export const isKnownConditionToS3 = ({
  operator,
  set,
  ifExists,
  key,
  values,
}: Condition): boolean => {
  if (ifExists || set === 'all' || values.length === 0) return false;
  if (operator !== 'ipaddress')
    return textOperators.has(operator) && values.every((value) => isKnownToS3(key, value));
  return key === 'aws:sourceip' && values.every((value) => !areMany([addressesOf(value)].flat()));
};

// The account's own access points decide by their own policies whom else they let through.
const accountKeys: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
const isAboutAccount = (condition: Condition, account: string): boolean => {
  const { key, values } = own(condition);
  const owner = { account, organization: undefined };
  return (
    accountKeys.has(key) &&
    values.every((value) => accountOf(withOwner(key, value, owner)) === account)
  );
};

/** Whether a condition of an Allow lets only principals, or access points, of this account through. */
export const letsOnlyAccountThrough = (condition: Condition, account: string): boolean =>
  isAboutAccount(condition, account) && letsOnlyKnownThrough(condition);

/** Whether a condition of a Deny spares only principals, or access points, of this account. */
export const sparesOnlyAccount = (condition: Condition, account: string): boolean =>
  isAboutAccount(condition, account) && sparesOnlyKnown(condition);
