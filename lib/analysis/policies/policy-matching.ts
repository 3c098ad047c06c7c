import { onceEach } from '../../support/once.ts';
import { covers } from '../../support/pattern-sets.ts';
import { matches } from '../../support/wildcards.ts';
import type { Listing, Statement } from './policy-document.ts';

const lists = (listing: Listing, text: string): boolean =>
  listing.patterns.some((pattern) => matches(pattern, text)) !== listing.not;

/** Many ask of one statement. */
const lowerCase = onceEach(
  ({ not, patterns }: Listing): Listing => ({
    not,
    patterns: patterns.map((pattern) => pattern.toLowerCase()),
  }),
);

/** The patterns of its actions in lower case: action names ignore case. */
export const actionPatterns = ({ actions }: Pick<Statement, 'actions'>): readonly string[] =>
  lowerCase(actions).patterns;

/** Whether a statement is about this action, `s3:GetObject`; action names ignore case. */
export const coversAction = ({ actions }: Pick<Statement, 'actions'>, action: string): boolean =>
  lists(lowerCase(actions), action.toLowerCase());

/** No service has a shorter name of an action than four letters, `dax:Scan`. */
const anyAction = '?*:????*';
/** The same by the letter that a service begins with: 26 patterns take them apart. */
const byLetter = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `${letter}*:????*`);

/**
 * Whether patterns match every action of every service.
 * @param ifEntangled the answer where they are too entangled to say: the one that finds more. @default false
 */
export const matchEveryAction = (patterns: readonly string[], ifEntangled = false): boolean =>
  covers(patterns, anyAction, ifEntangled) ||
  (patterns.length >= byLetter.length &&
    byLetter.every((one) => covers(patterns, one, ifEntangled)));

/** Whether a statement is about every action of every service. */
export const coversEveryAction = ({ actions }: Pick<Statement, 'actions'>): boolean =>
  actions.not ? actions.patterns.length === 0 : matchEveryAction(actionPatterns({ actions }), true);

/** Whether a statement is about this resource; ARNs heed case. A policy variable, `${aws:username}`, is taken as it stands. */
export const coversResource = ({ resources }: Pick<Statement, 'resources'>, arn: string): boolean =>
  lists(resources, arn);

/** Whether every text that begins with `prefix` matches. */
export const matchesAllBelow = (pattern: string, prefix: string): boolean =>
  pattern.endsWith('*') && matches(pattern, prefix);

/** Whether some text that begins with `prefix` matches. */
export const matchesSomeBelow = (pattern: string, prefix: string): boolean => {
  for (let index = 0; index < prefix.length; index++) {
    if (pattern[index] === '*') return true;
    if (pattern[index] !== '?' && pattern[index] !== prefix[index]) return false;
  }
  return true;
};
