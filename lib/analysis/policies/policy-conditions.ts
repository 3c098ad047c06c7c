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

/** Whom of the public conditions let through. */
export interface Reading {
  /** One of an Allow. */
  reachOf(condition: Condition): Reach;
  /** One of a Deny: whom it spares. */
  sparedReach(condition: Condition): Reach;
}
export const asWritten: Reading = { reachOf, sparedReach };

const isRangeToS3 = ({ operator, key, values }: Condition): boolean =>
  values.length > 0 &&
  operator === 'ipaddress' &&
  key === 'aws:sourceip' &&
  values.every((value) => !areMany([addressesOf(value)].flat()));
const isTextToS3 = (
  { operator, key, values }: Condition,
  isKnown: (key: string, value: string) => boolean,
): boolean =>
  values.length > 0 && textOperators.has(operator) && values.every((value) => isKnown(key, value));

/**
 * Whether S3 takes an Allow with this condition for one that is not public. It weighs each range of addresses by itself,
 * and knows no policy variable.
 */
export const isKnownConditionToS3 = (condition: Condition): boolean =>
  !condition.ifExists &&
  condition.set !== 'all' &&
  (isRangeToS3(condition) || isTextToS3(condition, isKnownToS3));

/** Callers who do not sign have fixed values too, and S3's list makes no exception of them. */
const isFixedToS3 = (key: string, value: string): boolean =>
  isKnownToS3(key, value) || isAnonymous(key, value);
/** Whether S3 by its own words takes an Allow with this condition for one that is not public, though the public can meet it. */
export const isFixedConditionToS3 = (condition: Condition): boolean =>
  isKnownConditionToS3(condition) ||
  (!condition.ifExists && condition.set !== 'all' && isTextToS3(condition, isFixedToS3));

// "An AWS principal, user, role, or service principal (e.g. aws:PrincipalOrgID)" is all that S3 says of these keys.
const likeCallerKeys = /^aws:(?:principal|source|userid|username|vpce|federatedprovider)/;
const mayBeFixedToS3 = (key: string, value: string): boolean =>
  isFixedToS3(key, value) || (likeCallerKeys.test(key) && isFixed(value));
// What it makes of IfExists, of the set operators and of a Deny is not documented.
const mayBeKnownToS3 = (condition: Condition): boolean =>
  isRangeToS3(condition) || isTextToS3(condition, mayBeFixedToS3);

/**
 * As Block Public Access of S3 may read conditions at most: each that it may take for a fixed value lets nobody through.
 * What is open all the same is public to S3 as well ("The meaning of public", S3 user guide).
 */
export const asS3MayRead: Reading = {
  reachOf: (condition) => (mayBeKnownToS3(condition) ? 'nobody' : 'anybody'),
  sparedReach: (condition) =>
    condition.operator.includes('not') &&
    mayBeKnownToS3({ ...condition, operator: condition.operator.replace('not', '') })
      ? 'nobody'
      : 'anybody',
};

/**
 * In the policy of an access point: whoever comes by it has its ARN and its account, whoever he is. "An access point policy
 * that grants access to a set of access points using s3:DataAccessPointArn is considered public" (S3 user guide).
 */
export const throughAccessPoint: Reading = {
  reachOf: (condition) => (isOfAccessPoint(condition) ? 'anybody' : reachOf(condition)),
  sparedReach: (condition) => (isOfAccessPoint(condition) ? 'anybody' : sparedReach(condition)),
};
const isOfAccessPoint = ({ key }: Condition): boolean => key.startsWith('s3:dataaccesspoint');

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
