/** The places of `|` that stand in no parentheses. */
const alternatives = (pattern: string): readonly string[] => {
  const found = [''];
  let depth = 0;
  for (const sign of pattern) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === '|' && depth === 0) found.push('');
    else found[found.length - 1] += sign;
  }
  return found;
};

/** Whether the last parenthesis closes the first. */
const isOneGroup = (pattern: string): boolean => {
  if (!pattern.startsWith('(') || !pattern.endsWith(')')) return false;
  let depth = 0;
  for (const [at, sign] of [...pattern].entries()) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return at === pattern.length - 1;
  }
  return false;
};

const isAnchored = (pattern: string): boolean =>
  alternatives(pattern).every(
    (one) =>
      (one.startsWith('^') && one.endsWith('$')) ||
      (isOneGroup(one) && isAnchored(one.slice(1, -1))),
  );

/**
 * Whether a filter's pattern is true of some accounts alone, each of which it writes out. CodeBuild looks for a pattern
 * anywhere in the id: `123` is true of 91234 as well. What repeats or stands for any sign is true of ids that nobody chose.
 */
export const namesAccounts = (pattern: string): boolean => {
  const plain = pattern
    .trim()
    // A sign that a backslash takes the meaning from is itself.
    .replace(/\\[^\w\s]/g, 'x')
    .replace(/\[[^^\]][^\]]*\]/g, 'x')
    .replaceAll('(?:', '(');
  return !/[.*+?{[\\]/.test(plain) && isAnchored(plain);
};
