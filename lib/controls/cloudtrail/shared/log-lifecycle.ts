import type { Snapshot } from '../../../model/control.ts';
import type { trail } from '../../../resources/cloudtrail/trail.ts';

type Keeping = NonNullable<Snapshot<typeof trail, 'bucketLifecycle'>['bucketLifecycle']>;
type Rule = Keeping['rules'][number];

const logs = 'CloudTrail/';
const areBelow = (rest: string) => rest.startsWith(logs) || logs.startsWith(rest);

/**
 * Whether a rule is about logs of the trail, which stand below `<prefix>/AWSLogs/[<organization>/]<account>/CloudTrail/`. The
 * logs of other services, and digests, are beside them.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
const reachesLogs = (prefix: string, { keyPrefix, isOrganizations }: Keeping, account: string) => {
  const root = `${keyPrefix === '' ? '' : `${keyPrefix}/`}AWSLogs/`;
  if (root.startsWith(prefix)) return true;
  if (!prefix.startsWith(root)) return false;
  const below = prefix.slice(root.length);
  if (!isOrganizations) {
    const own = `${account}/`;
    return own.startsWith(below) || (below.startsWith(own) && areBelow(below.slice(own.length)));
  }
  // Nothing but a part of the organization's id, of an account's number, or a whole one of each.
  const rest = /^(?:o-[a-z0-9]*(?:$|\/)|o$)?(?:\d{1,11}$|\d{12}(?:$|\/))?(.*)$/.exec(below)?.[1];
  return areBelow(rest ?? '');
};

const least = (days: readonly number[]) => Math.min(Number.POSITIVE_INFINITY, ...days);

/** Days after which a log is gone for good, by the rules of the bucket; infinite where none deletes it. */
const daysByRules = (keeping: Keeping, account: string): number => {
  const about = keeping.rules.filter(
    (rule: Rule) => rule.isOn && !rule.asksForTags && reachesLogs(rule.prefix, keeping, account),
  );
  const expiry = least(
    about.flatMap(({ expiresAtDate, expiresAfterDays }) =>
      expiresAtDate ? [0] : (expiresAfterDays ?? []),
    ),
  );
  if (!keeping.isVersioned) return expiry;
  // What expires becomes a version that is not current; with none newer that is, it is the newest of these.
  return (
    expiry +
    least(
      about.flatMap(({ deletesVersionsAfterDays, keepsVersions }) =>
        keepsVersions > 0 ? [] : (deletesVersionsAfterDays ?? []),
      ),
    )
  );
};

/**
 * The same, with what Object Lock keeps: no rule deletes a version that is locked, in either mode, and who may bypass
 * governance has to delete it himself.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-lifecycle
 */
export const daysKept = (keeping: Keeping, account: string): number =>
  Math.max(daysByRules(keeping, account), keeping.lockedDays);
