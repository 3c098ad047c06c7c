import { isPrivate } from '../../../analysis/network/sources.ts';
import { areMany, either, least, type Reach } from '../../../analysis/policies/policy-addresses.ts';
import { reachOf, sparedReach } from '../../../analysis/policies/policy-conditions.ts';
import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { matchesAllBelow, matchesSomeBelow } from '../../../analysis/policies/policy-matching.ts';
import { isKnownParty, namesEverybody } from '../../../analysis/policies/principals.ts';
import { covers } from '../../../support/wildcards.ts';

export type Access = 'read' | 'write';

const reads = ['s3:describe', 's3:get', 's3:list'];
const writes = [
  ...['s3:abort', 's3:allow', 's3:associate', 's3:bypass', 's3:create', 's3:delete'],
  ...['s3:dissociate', 's3:initiate', 's3:objectowner', 's3:pause', 's3:put', 's3:replicate'],
  ...['s3:restore', 's3:submit', 's3:tag', 's3:untag', 's3:update'],
];
/** What the names of S3's actions begin with, in lower case, by what they let a caller do. */
export const beginnings: Readonly<Record<Access, readonly string[]>> = {
  read: reads,
  write: writes,
};

/** Whether an action pattern, in lower case, reaches an action of this side. */
export const reaches = (pattern: string, access: Access): boolean => {
  const isRead = reads.some((beginning) => matchesSomeBelow(pattern, beginning));
  if (access === 'read') return isRead;
  // An action that S3 adds later counts as a write until its name is known.
  return !isRead || writes.some((beginning) => matchesSomeBelow(pattern, beginning));
};

const lowerCase = ({ actions }: Statement): readonly string[] =>
  actions.patterns.map((pattern) => pattern.toLowerCase());

const allowsSome = (statement: Statement, access: Access): boolean => {
  const patterns = lowerCase(statement);
  if (!statement.actions.not) return patterns.some((pattern) => reaches(pattern, access));
  return !beginnings[access].every((beginning) =>
    patterns.some((pattern) => matchesAllBelow(pattern, beginning)),
  );
};

/** Whom of the public a statement speaks to: nobody where it names its callers, or holds them to fixed values. */
const spokenTo = ({ principals, conditions }: Statement): Reach => {
  const isNamed = principals && !principals.not && principals.list.every(isKnownParty);
  return isNamed ? 'nobody' : conditions.map(reachOf).reduce(least, 'anybody');
};

export const coversResources = (deny: Statement, allow: Statement): boolean => {
  if (deny.resources.not) return false;
  const asked = allow.resources.not ? ['*'] : allow.resources.patterns;
  return asked.every((narrow) => covers(deny.resources.patterns, narrow));
};

const coversActions = (deny: Statement, allow: Statement, access: Access): boolean => {
  if (deny.actions.not) return false;
  const denied = lowerCase(deny);
  const deniesAll = beginnings[access].every((beginning) =>
    denied.some((pattern) => matchesAllBelow(pattern, beginning)),
  );
  if (deniesAll || allow.actions.not) return deniesAll;
  return lowerCase(allow)
    .filter((pattern) => reaches(pattern, access))
    .every((narrow) => covers(denied, narrow));
};

const isAboutOutsiders = ({ effect, principals }: Statement): boolean =>
  effect === 'Deny' &&
  (namesEverybody({ principals }) ||
    (principals?.not === true && principals.list.every(isKnownParty)));

interface Denial {
  readonly statement: Statement;
  /** Whom of the public it leaves alone: all of its conditions must hold, so those who escape any one of them. */
  readonly spared: Reach;
}

/** An Allow, and whom of the public it lets in once those whom a Deny evidently shuts out are gone. */
const reachAmong = (allow: Statement, denials: readonly Denial[], access: Access): Reach =>
  denials
    .filter(
      ({ statement }) =>
        coversResources(statement, allow) && coversActions(statement, allow, access),
    )
    .map(({ spared }) => spared)
    .reduce(least, spokenTo(allow));

/**
 * The statements that open a bucket to the public, as Block Public Access understands it: each Allow must name fixed
 * parties or hold its callers to fixed values. A Deny counts where it alone evidently takes all of an Allow back. Ranges
 * of addresses count together, however they are spread over values, conditions and statements.
 */
export const publicStatements = (
  statements: readonly Statement[],
  access: Access,
): readonly Statement[] => {
  const allows = statements.filter((one) => one.effect === 'Allow' && allowsSome(one, access));
  const denials = statements.filter(isAboutOutsiders).map((statement) => ({
    statement,
    spared: statement.conditions.map(sparedReach).reduce(either, 'nobody'),
  }));
  const reaches = allows.map((one) => reachAmong(one, denials, access));
  const ranges = reaches.flatMap((reach) => (typeof reach === 'string' ? [] : reach));
  const areTogetherMany = areMany(ranges);
  return allows.filter((_, index) => {
    const reach = reaches[index] ?? 'nobody';
    if (typeof reach === 'string') return reach === 'anybody';
    return areTogetherMany && !reach.every(isPrivate);
  });
};
