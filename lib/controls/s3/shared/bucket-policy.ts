import { isPrivate } from '../../../analysis/network/sources.ts';
import { firstIn, patternLists, sizeOfGroups } from '../../../analysis/policies/pattern-lists.ts';
import {
  addressesIn,
  areMany,
  either,
  least,
  measureOf,
  type Reach,
} from '../../../analysis/policies/policy-addresses.ts';
import { reachOf, sparedReach } from '../../../analysis/policies/policy-conditions.ts';
import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { matchesAllBelow, matchesSomeBelow } from '../../../analysis/policies/policy-matching.ts';
import { isKnownParty, namesEverybody } from '../../../analysis/policies/principals.ts';

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
const spokenToBy = ({ principals, conditions }: Statement): Reach => {
  const isNamed = principals && !principals.not && principals.list.every(isKnownParty);
  return isNamed ? 'nobody' : conditions.map(reachOf).reduce(least, 'anybody');
};

const isAboutOutsiders = ({ effect, principals }: Statement): boolean =>
  effect === 'Deny' &&
  (namesEverybody({ principals }) ||
    (principals?.not === true && principals.list.every(isKnownParty)));

/** What a statement asks for of a bucket. */
export const resourcesAsked = ({ resources }: Statement): readonly string[] =>
  resources.not ? ['*'] : resources.patterns;

interface Denial {
  readonly statement: Statement;
  /** Whom of the public it leaves alone: all of its conditions must hold, so those who escape any one of them. */
  readonly spared: Reach;
  readonly measure: number;
}

/** The Deny statements that may take an Allow back, those that spare the fewest first. */
const denialsIn = (statements: readonly Statement[]): readonly Denial[] =>
  statements
    .filter((one) => isAboutOutsiders(one) && !one.resources.not && !one.actions.not)
    .map((statement) => {
      const spared = statement.conditions.map(sparedReach).reduce(either, 'nobody');
      return { statement, spared, measure: measureOf(spared) };
    })
    .filter(({ spared }) => spared !== 'anybody')
    .toSorted((a, b) => a.measure - b.measure);

/** Tells which Deny statements cover all of an Allow, as far as it is about this side; asked in their order. */
const denying = (denials: readonly Denial[], access: Access) => {
  const actions = denials.map(({ statement }) => lowerCase(statement));
  const ofActions = patternLists(actions);
  const ofResources = patternLists(denials.map(({ statement }) => statement.resources.patterns));
  const deniesAll = actions.map((denied) =>
    beginnings[access].every((beginning) =>
      denied.some((pattern) => matchesAllBelow(pattern, beginning)),
    ),
  );
  const all = [...deniesAll.keys()].filter((index) => deniesAll[index]);
  return (allow: Statement): Denial | undefined => {
    const resources = resourcesAsked(allow);
    const asked = lowerCase(allow).filter((pattern) => reaches(pattern, access));
    const byActions = allow.actions.not ? [all] : [all, ...ofActions.candidates(asked)];
    const byResources = ofResources.candidates(resources);
    const isFewer = sizeOfGroups(byActions) < sizeOfGroups(byResources);
    const found = firstIn(
      isFewer ? byActions : byResources,
      (index) =>
        ofResources.covers(index, resources) &&
        (deniesAll[index] || (!allow.actions.not && ofActions.covers(index, asked))),
    );
    return found === undefined ? undefined : denials[found];
  };
};

/** An Allow, and whom of the public it lets in once those whom a Deny evidently shuts out are gone. */
const reachAmong = (allow: Statement, denialOf: ReturnType<typeof denying>): Reach => {
  const spokenTo = spokenToBy(allow);
  const denial = spokenTo === 'nobody' ? undefined : denialOf(allow);
  return denial && denial.measure < measureOf(spokenTo) ? denial.spared : spokenTo;
};

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
  const denialOf = denying(denialsIn(statements), access);
  const reaches = allows.map((one) => reachAmong(one, denialOf));
  const areTogetherMany = areMany(addressesIn(reaches));
  return allows.filter((_, index) => {
    const reach = reaches[index] ?? 'nobody';
    if (typeof reach === 'string') return reach === 'anybody';
    return areTogetherMany && !reach.every(isPrivate);
  });
};
