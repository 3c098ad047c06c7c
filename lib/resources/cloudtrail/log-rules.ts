import type { LifecycleRule } from '@aws-sdk/client-s3';

/** What a lifecycle rule does to objects below a prefix, as far as logs of a trail go. */
const shown = (rule: LifecycleRule) => {
  const { Filter, Expiration, NoncurrentVersionExpiration: noncurrent, Prefix, Status } = rule;
  return {
    isOn: Status === 'Enabled',
    prefix: Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? '',
    /** Of objects with a tag alone, which logs of a trail do not have. */
    asksForTags: Filter?.Tag !== undefined || (Filter?.And?.Tags ?? []).length > 0,
    expiresAfterDays: Expiration?.Days,
    /** A rule with a date expires whatever is there then, and each day after it. */
    expiresAtDate: Expiration?.Date !== undefined,
    deletesVersionsAfterDays: noncurrent?.NoncurrentDays,
    keepsVersions: noncurrent?.NewerNoncurrentVersions ?? 0,
  };
};

/** One rule of the bucket of a trail. */
export type LogRule = ReturnType<typeof shown>;
export const logRules = (rules: readonly LifecycleRule[] | undefined): readonly LogRule[] =>
  (rules ?? []).map(shown);
