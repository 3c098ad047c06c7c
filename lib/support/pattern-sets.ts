import { kept } from './once.ts';
import { accepted, reach, type Steps, stepsOf } from './wildcards.ts';

/** Patterns with `*` and `?` that are asked about again and again. */
export interface PatternSet {
  /**
   * Where in the list those patterns stand that can have a part in covering `narrow`, in groups, each rising: whoever
   * covers it has one of them.
   */
  candidates(narrow: string): readonly (readonly number[])[];
  /**
   * Whether every text that `narrow` matches is matched by one of the patterns.
   * @param ifEntangled the answer where they are too entangled to say. @default false
   */
  covers(narrow: string, ifEntangled?: boolean): boolean;
}

/**
 * A character that no pattern names: only wildcards accept it. A text that has it wherever `narrow` has a wildcard stands
 * for all texts of the same form: what matches it matches with any other characters in these places.
 */
const fresh = '';

/** Where a text can have come to in a pattern. */
interface Reached {
  /** Where the pattern stands in the list. */
  readonly index: number;
  readonly steps: Steps;
  readonly places: readonly number[];
}
const start = (pattern: string, index: number): Reached => {
  const steps = stepsOf(pattern);
  const places: number[] = [];
  reach(places, 0, steps);
  return { index, steps, places };
};
const isAtEnd = ({ steps, places }: Reached): boolean => places.at(-1) === steps.length;
const advanced = (reached: readonly Reached[], char: string): Reached[] => {
  const alive: Reached[] = [];
  for (const { index, steps, places } of reached) {
    const next = accepted(steps, places, char);
    if (next.length > 0) alive.push({ index, steps, places: next });
  }
  return alive;
};

/** Steps that are taken before nothing is said; a policy of full length needs some hundreds. */
const mostTaken = 30_000;

interface Visit {
  readonly place: number;
  readonly wide: readonly Reached[];
}
const keyOf = ({ place, wide }: Visit): string => {
  let key = String(place);
  for (const { index, places } of wide) key += ` ${index}:${places.join()}`;
  return key;
};

/** The character that a text has next at this place of a pattern, and the place where it is then. */
const moves = (narrow: readonly string[], from: number): readonly (readonly [string, number])[] => {
  const some: (readonly [string, number])[] = [];
  for (let place = from; ; place++) {
    const char = narrow[place];
    if (char !== '*') {
      if (char !== undefined) some.push([char === '?' ? fresh : char, place + 1]);
      return some;
    }
    some.push([fresh, place]);
  }
};
const canEnd = (narrow: readonly string[], place: number): boolean => {
  for (let at = place; at < narrow.length; at++) if (narrow[at] !== '*') return false;
  return true;
};

/** Follows every text of `narrow`, in its fresh form, through all patterns at once. */
const coverAll = (patterns: readonly string[], asked: string, ifEntangled: boolean): boolean => {
  const narrow = [...asked];
  const queue: Visit[] = [{ place: 0, wide: patterns.map(start) }];
  const seen = new Set<string>();
  let taken = 0;
  for (const { place, wide } of queue) {
    if (canEnd(narrow, place) && !wide.some(isAtEnd)) return false;
    for (const [char, next] of moves(narrow, place)) {
      taken += 1 + wide.length;
      if (taken > mostTaken) return ifEntangled;
      const visit = { place: next, wide: advanced(wide, char) };
      if (visit.wide.length === 0) return false;
      const key = keyOf(visit);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(visit);
    }
  }
  return true;
};

/** Each run of wildcards with its `?` first and one `*` at most, which means the same: `*?**` is `?*`. */
const normal = (pattern: string): string =>
  pattern.replace(/[*?]{2,}/g, (run) => {
    const one = run.replaceAll('*', '');
    return one.length < run.length ? `${one}*` : one;
  });

/** What a pattern has before its first wildcard and behind its last one. */
const endsOf = (pattern: string): { readonly head: string; readonly tail: string } => {
  const first = pattern.search(/[*?]/);
  const last = Math.max(pattern.lastIndexOf('*'), pattern.lastIndexOf('?'));
  return first === -1
    ? { head: pattern, tail: pattern }
    : { head: pattern.slice(0, first), tail: pattern.slice(last + 1) };
};

type Tails = Map<string, number[]>;
/** Where patterns stand in the list, by head and tail. */
const indexOf = (patterns: readonly string[]): ReadonlyMap<string, Tails> => {
  const heads = new Map<string, Tails>();
  for (const [index, pattern] of patterns.entries()) {
    const { head, tail } = endsOf(pattern);
    const tails = heads.get(head) ?? new Map();
    heads.set(head, tails);
    const same = tails.get(tail);
    if (same) same.push(index);
    else tails.set(tail, [index]);
  }
  return heads;
};

/** The most that a text of a pattern can have for certain at its beginning and end: a `*` may be nothing, a `?` may not. */
const outermost = (narrow: string): { readonly front: string; readonly back: string } => {
  const bare = narrow.replaceAll('*', '');
  const first = bare.indexOf('?');
  return {
    front: first === -1 ? bare : bare.slice(0, first),
    back: bare.slice(bare.lastIndexOf('?') + 1),
  };
};

/** Whether what a pattern names is named by `narrow` too, in this order: else it matches none of its fresh texts. */
const namesNoMore = (pattern: string, narrow: string): boolean => {
  let at = 0;
  for (const char of pattern) {
    if (char === '*' || char === '?') continue;
    at = narrow.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
};

/** The keys of a map that a text begins with, or ends with; looked up or gone through, whichever is less. */
const among = <V>(
  map: ReadonlyMap<string, V>,
  text: string,
  partOf: (length: number) => string,
  has: (key: string) => boolean,
): readonly V[] => {
  const values: V[] = [];
  if (map.size <= text.length) {
    for (const [key, value] of map) if (has(key)) values.push(value);
    return values;
  }
  for (let length = 0; length <= text.length; length++) {
    const value = map.get(partOf(length));
    if (value !== undefined) values.push(value);
  }
  return values;
};

/** A set of patterns, indexed by how they begin and end: a text is compared only with patterns that begin and end as it. */
export const patternSet = (written: readonly string[]): PatternSet => {
  const patterns = written.map(normal);
  const heads = kept(() => indexOf(patterns));
  const whole = new Set(patterns);
  const isEndless = patterns.some((pattern) => pattern.includes('*'));
  const candidates = (narrow: string): readonly (readonly number[])[] => {
    const { front, back } = outermost(narrow);
    const beginning = among(
      heads(),
      front,
      (length) => front.slice(0, length),
      (head) => front.startsWith(head),
    );
    return beginning.flatMap((tails) =>
      among(
        tails,
        back,
        (length) => back.slice(back.length - length),
        (tail) => back.endsWith(tail),
      ),
    );
  };
  return {
    candidates,
    covers(asked, ifEntangled = false) {
      const narrow = normal(asked);
      if (whole.has('*') || whole.has(narrow)) return true;
      // Of what has texts of every length only such patterns match all.
      if (!isEndless && narrow.includes('*')) return false;
      const wide = candidates(narrow)
        .flatMap((group) => group.map((index) => patterns[index] ?? ''))
        .filter((pattern) => namesNoMore(pattern, narrow));
      return coverAll([...new Set(wide)], narrow, ifEntangled);
    },
  };
};

/** Whether every text that `narrow` matches is matched by one of the patterns. */
export const covers = (patterns: readonly string[], narrow: string, ifEntangled = false): boolean =>
  patternSet(patterns).covers(narrow, ifEntangled);
