import { matchesStars } from '../../../support/wildcards.ts';

/** One condition of a filter pattern: `$.eventName = StopLogging`. */
export interface Clause {
  readonly field: string;
  readonly op: string;
  /** Absent for operators that take none: `NOT EXISTS`. */
  readonly value?: string;
}
export const clause = (field: string, op: '=' | '!=' | 'NOT EXISTS', value?: string): Clause => ({
  field,
  op,
  ...(value === undefined ? {} : { value }),
});
/** What holds together; a pattern is several of them, of which one is enough. */
export type Conjunction = readonly Clause[];

const token =
  /\s*(\(|\)|&&|\|\||\$\.[\w.[\]*-]+|!=|<=|>=|=|<|>|NOT\s+EXISTS|EXISTS|IS\s+\w+|"[^"]*"|%[^%]*%|[^\s()&|]+)/gy;

const tokensOf = (text: string): readonly string[] | undefined => {
  const found = [...text.matchAll(token)];
  const isWhole = found.reduce((length, [all]) => length + all.length, 0) === text.trimEnd().length;
  return isWhole ? found.map(([, one = '']) => one) : undefined;
};

const most = 2000;
class Unreadable extends Error {}

/** Reads `||` over `&&` over clauses and brackets, as a list of conjunctions. */
const read = (tokens: readonly string[]): readonly Conjunction[] => {
  let next = 0;
  const take = (): string => {
    const one = tokens[next];
    if (one === undefined) throw new Unreadable();
    next += 1;
    return one;
  };
  const condition = (): readonly Conjunction[] => {
    const field = take();
    if (!field.startsWith('$.')) throw new Unreadable();
    const op = take().replace(/\s+/g, ' ').toUpperCase();
    if (/^(NOT EXISTS|EXISTS|IS )/.test(op)) return [[{ field, op }]];
    if (!/^[!<>=]=?$/.test(op)) throw new Unreadable();
    return [[{ field, op, value: take().replace(/^"(.*)"$/, '$1') }]];
  };
  const single = (): readonly Conjunction[] => {
    if (tokens[next] !== '(') return condition();
    next += 1;
    const within = any();
    if (take() !== ')') throw new Unreadable();
    return within;
  };
  const every = (): readonly Conjunction[] => {
    let found = single();
    while (tokens[next] === '&&') {
      next += 1;
      const others = single();
      found = found.flatMap((one) => others.map((other) => [...one, ...other]));
      if (found.length > most) throw new Unreadable();
    }
    return found;
  };
  const any = (): readonly Conjunction[] => {
    const found = [...every()];
    while (tokens[next] === '||') {
      next += 1;
      found.push(...every());
    }
    return found;
  };
  const found = any();
  if (next < tokens.length) throw new Unreadable();
  return found;
};

/**
 * What a pattern for JSON events matches; `undefined` where it cannot be made out.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const parsePattern = (pattern: string): readonly Conjunction[] | undefined => {
  const inside = /^\s*\{([\s\S]*)\}\s*$/.exec(pattern)?.[1];
  const tokens = inside === undefined ? undefined : tokensOf(inside);
  if (!tokens) return undefined;
  try {
    return read(tokens);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
};

/** Whether whatever satisfies the one satisfies the other. */
const follows = ({ field, op, value }: Clause, from: Clause): boolean => {
  if (field !== from.field) return false;
  if (op === from.op && value === from.value) return true;
  if (from.op !== '=' || from.value === undefined) return false;
  if (op === 'EXISTS') return true;
  if (value === undefined) return false;
  if (op === '=') return matchesStars(value, from.value);
  return op === '!=' && !from.value.includes('*') && !matchesStars(value, from.value);
};

/** Whether a pattern matches every event that all these clauses hold for, and perhaps more. */
export const covers = (pattern: readonly Conjunction[], event: Conjunction): boolean =>
  pattern.some((conjunction) =>
    conjunction.every((clause) => event.some((known) => follows(clause, known))),
  );
