import type { Listing, Statement } from './policy-document.ts';

/** Whether a pattern of `*` (any text) and `?` (any one character) matches; takes linear steps per `*`, unlike a RegExp. */
export const matches = (pattern: string, text: string): boolean => {
  let [at, star, resume, index] = [0, -1, 0, 0];
  while (index < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = index;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
};

const lists = (listing: Listing, text: string): boolean =>
  listing.patterns.some((pattern) => matches(pattern, text)) !== listing.not;

const lowerCase = ({ not, patterns }: Listing): Listing => ({
  not,
  patterns: patterns.map((pattern) => pattern.toLowerCase()),
});

/** Whether a statement is about this action, `s3:GetObject`; action names ignore case. */
export const coversAction = ({ actions }: Pick<Statement, 'actions'>, action: string): boolean =>
  lists(lowerCase(actions), action.toLowerCase());

/** Whether a statement is about every action of every service. */
export const coversEveryAction = ({ actions }: Pick<Statement, 'actions'>): boolean =>
  actions.not
    ? actions.patterns.length === 0
    : actions.patterns.some((pattern) => /^\*+(?::\*+)?$/.test(pattern));

/** Whether a statement is about this resource; ARNs heed case. A policy variable, `${aws:username}`, is taken as it stands. */
export const coversResource = ({ resources }: Pick<Statement, 'resources'>, arn: string): boolean =>
  lists(resources, arn);

/** Whether every text that begins with `prefix` matches. */
export const matchesAllBelow = (pattern: string, prefix: string): boolean =>
  pattern.endsWith('*') && matches(pattern, prefix);

/** Whether some text that begins with `prefix` matches. */
export const matchesSomeBelow = (pattern: string, prefix: string): boolean => {
  for (const [index, character] of [...prefix].entries()) {
    if (pattern[index] === '*') return true;
    if (pattern[index] !== '?' && pattern[index] !== character) return false;
  }
  return true;
};

/** Whether all that `narrow` matches is surely matched by `wide`. */
export const subsumes = (wide: string, narrow: string): boolean =>
  wide === narrow || (!wide.includes('?') && matches(wide, narrow));
