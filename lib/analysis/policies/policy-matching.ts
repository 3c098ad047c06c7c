import type { Listing, Statement } from './policy-document.ts';

/** Whether a pattern of `*` (any text) and `?` (any one character) matches; takes linear steps per `*`, unlike a RegExp. */
export const matches = (pattern: string, text: string): boolean => {
  let at = 0;
  let index = 0;
  let star = -1;
  let resume = 0;
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
  for (let index = 0; index < prefix.length; index++) {
    if (pattern[index] === '*') return true;
    if (pattern[index] !== '?' && pattern[index] !== prefix[index]) return false;
  }
  return true;
};

/** Whether some text matches both patterns. */
export const overlaps = (left: string, right: string): boolean => {
  if (!/[*?]/.test(left)) return matches(right, left);
  if (!/[*?]/.test(right)) return matches(left, right);
  // In row i stands each j for which the first i of left and the first j of right can match the same text.
  const rows = Array.from({ length: left.length + 1 }, () => new Set<number>());
  rows[0]?.add(0);
  // A set gives what is added to it while it is walked through, too.
  for (const [i, row] of rows.entries())
    for (const j of row) {
      const [a, b] = [left[i], right[j]];
      if (a === '*') rows[i + 1]?.add(j);
      if (b === '*') row.add(j + 1);
      if (a === '*' && b !== undefined) row.add(j + 1);
      if (b === '*' && a !== undefined) rows[i + 1]?.add(j);
      if (a !== undefined && b !== undefined && (a === b || a === '?' || b === '?'))
        rows[i + 1]?.add(j + 1);
    }
  return rows[left.length]?.has(right.length) ?? false;
};

/** Whether all that `narrow` matches is surely matched by `wide`. */
export const subsumes = (wide: string, narrow: string): boolean =>
  wide === narrow || (!wide.includes('?') && matches(wide, narrow));
