import { namedIn } from '../../support/named-in.ts';
import { kept, onceEach } from '../../support/once.ts';
import { isPrivate } from '../network/sources.ts';
import { firstInFewer, patternLists } from './pattern-lists.ts';
import { addressesIn, areMany, either, least, measureOf, type Reach } from './policy-addresses.ts';
import { asWritten, type Reading } from './policy-conditions.ts';
import type { Statement } from './policy-document.ts';
import { actionPatterns, matchesAllBelow, matchesSomeBelow } from './policy-matching.ts';
import { isKnownParty, namesEverybody } from './principals.ts';

/** The actions that a question is about. */
export interface Side {
  /** What the names of these actions begin with, in lower case: `sqs:`. */
  readonly beginnings: readonly string[];
  /** Whether an action pattern, in lower case, reaches one of them. */
  reaches(pattern: string): boolean;
  /** Whom conditions let through. @default - those whom IAM lets through */
  readonly reading?: Reading;
}

/**
 * What alone of a service a resource policy can give to other accounts, in lower case.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
const alone: Readonly<Record<string, string>> = { backup: 'backup:copyintobackupvault' };

/** Every action of one service that other accounts can have, by its prefix in IAM. */
export const everyActionOf = (service: string): Side => {
  const known = sides.get(service);
  if (known) return known;
  const beginning = namedIn(alone, service) ?? `${service}:`;
  const side: Side = {
    beginnings: [beginning],
    reaches: (pattern) => matchesSomeBelow(pattern, beginning),
  };
  sides.set(service, side);
  return side;
};
const sides = new Map<string, Side>();

/** Whether other accounts can have nothing of what a statement allows, whomever it names. */
export const isForNobodyElse = (statement: Statement): boolean =>
  !statement.actions.not &&
  actionPatterns(statement).every((pattern) => {
    const service = /^([\w-]+):/.exec(pattern)?.[1] ?? '';
    const beginning = namedIn(alone, service);
    return beginning !== undefined && !matchesSomeBelow(pattern, beginning);
  });

const allowsSome = (statement: Statement, side: Side): boolean => {
  const patterns = actionPatterns(statement);
  if (!statement.actions.not) return patterns.some((pattern) => side.reaches(pattern));
  return !side.beginnings.every((beginning) =>
    patterns.some((pattern) => matchesAllBelow(pattern, beginning)),
  );
};

/** Whom of the public a statement speaks to: nobody where it names its callers, or holds them to fixed values. */
const spokenToBy = ({ principals, conditions }: Statement, reading: Reading): Reach => {
  const isNamed = principals && !principals.not && principals.list.every(isKnownParty);
  return isNamed ? 'nobody' : conditions.map(reading.reachOf).reduce(least, 'anybody');
};

const isAboutOutsiders = ({ effect, principals }: Statement): boolean =>
  effect === 'Deny' &&
  (namesEverybody({ principals }) ||
    (principals?.not === true && principals.list.every(isKnownParty)));

/** What a statement asks for. */
export const resourcesAsked = ({ resources }: Statement): readonly string[] =>
  resources.not ? ['*'] : resources.patterns;

interface Denial {
  readonly statement: Statement;
  /** Whom of the public it leaves alone: all of its conditions must hold, so those who escape any one of them. */
  readonly spared: Reach;
  readonly measure: number;
}

/** The Deny statements that may take an Allow back, those that spare the fewest first. */
const denialsIn = (statements: readonly Statement[], reading: Reading): readonly Denial[] =>
  statements
    .filter((one) => isAboutOutsiders(one) && !one.resources.not && !one.actions.not)
    .map((statement) => {
      const spared = statement.conditions.map(reading.sparedReach).reduce(either, 'nobody');
      return { statement, spared, measure: measureOf(spared) };
    })
    .filter(({ spared }) => spared !== 'anybody')
    .toSorted((a, b) => a.measure - b.measure);

/** Tells which Deny statements cover all of an Allow, as far as it is about this side; asked in their order. */
const denying = (denials: readonly Denial[], side: Side) => {
  const actions = denials.map(({ statement }) => actionPatterns(statement));
  const ofActions = patternLists(actions);
  const ofResources = patternLists(denials.map(({ statement }) => statement.resources.patterns));
  const deniesAll = actions.map((denied) =>
    side.beginnings.every((beginning) =>
      denied.some((pattern) => matchesAllBelow(pattern, beginning)),
    ),
  );
  const all = [...deniesAll.keys()].filter((index) => deniesAll[index]);
  return (allow: Statement): Denial | undefined => {
    const resources = resourcesAsked(allow);
    const asked = actionPatterns(allow).filter((pattern) => side.reaches(pattern));
    const byActions = allow.actions.not ? [all] : [all, ...ofActions.candidates(asked)];
    const found = firstInFewer(
      byActions,
      ofResources.candidates(resources),
      (index) =>
        ofResources.covers(index, resources) &&
        (deniesAll[index] || (!allow.actions.not && ofActions.covers(index, asked))),
    );
    return found === undefined ? undefined : denials[found];
  };
};

/** An Allow, and whom of the public it lets in once those whom a Deny evidently shuts out are gone. */
const reachAmong = (
  allow: Statement,
  denials: () => ReturnType<typeof denying>,
  reading: Reading,
): Reach => {
  const spokenTo = spokenToBy(allow, reading);
  const denial = spokenTo === 'nobody' ? undefined : denials()(allow);
  return denial && denial.measure < measureOf(spokenTo) ? denial.spared : spokenTo;
};

/**
 * The statements that open a resource to the public, as Block Public Access of S3 and AWS Config's rules on other
 * services' policies understand it: each Allow must name fixed parties or hold its callers to fixed values. A Deny counts
 * where it alone evidently takes all of an Allow back. Ranges of addresses count together, however they are spread over
 * values, conditions and statements.
 * https://docs.aws.amazon.com/config/latest/developerguide/sqs-queue-no-public-access.html
 */
export const openStatements = (
  statements: readonly Statement[],
  side: Side,
): readonly Statement[] => openTo(side)(statements);
/** Several controls ask the same of one policy. There are few sides, and a map for each policy would be many. */
const openTo = onceEach((side: Side) =>
  onceEach((statements: readonly Statement[]) => openAmong(statements, side)),
);

const openAmong = (statements: readonly Statement[], side: Side): readonly Statement[] => {
  const { reading = asWritten } = side;
  const allows = statements.filter((one) => one.effect === 'Allow' && allowsSome(one, side));
  const denials = kept(() => denying(denialsIn(statements, reading), side));
  const reaches = allows.map((one) => reachAmong(one, denials, reading));
  const areTogetherMany = areMany(addressesIn(reaches));
  return allows.filter((_, index) => {
    const reach = reaches[index] ?? 'nobody';
    if (typeof reach === 'string') return reach === 'anybody';
    return areTogetherMany && !reach.every(isPrivate);
  });
};
