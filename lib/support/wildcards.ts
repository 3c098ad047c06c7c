/** One step of a pattern: a character that it accepts, or, where it `repeats`, any number of them. */
interface Step {
  readonly repeats: boolean;
  accepts(char: string): boolean;
}
export type Steps = readonly Step[];

export const one = (accepts: Step['accepts']): Step => ({ repeats: false, accepts });
export const many = (accepts: Step['accepts']): Step => ({ repeats: true, accepts });
export const exactly = (char: string): Step => one((other) => other === char);

/** Adds a place in a pattern, and those behind it that ask for nothing. Places come in rising order. */
export const reach = (places: number[], from: number, steps: Steps): void => {
  const last = places.at(-1) ?? -1;
  // What was added before was added with all that is behind it: else a row of stars would be gone through for each of them.
  if (from <= last) return;
  let place = from;
  places.push(place);
  while (steps[place]?.repeats) {
    place += 1;
    places.push(place);
  }
};

export const accepted = (steps: Steps, places: readonly number[], char: string): number[] => {
  const next: number[] = [];
  for (const place of places) {
    const step = steps[place];
    if (step?.accepts(char)) reach(next, step.repeats ? place : place + 1, steps);
  }
  return next;
};

/**
 * Whether the whole text matches. All places that the text can have come to are followed at once, so it never takes
 * more than the length of the pattern times that of the text; a RegExp with several stars may try them all in turn.
 */
export const matchesSteps = (steps: Steps, text: Iterable<string>): boolean => {
  let places: number[] = [];
  reach(places, 0, steps);
  for (const char of text) {
    places = accepted(steps, places, char);
    if (places.length === 0) return false;
  }
  return places.at(-1) === steps.length;
};

const anything = (): boolean => true;
const stepOf = (char: string): Step => {
  if (char === '*') return many(anything);
  return char === '?' ? one(anything) : exactly(char);
};

const known = new Map<string, Steps>();
const mostKnown = 2000;
export const stepsOf = (pattern: string): Steps => {
  const before = known.get(pattern);
  if (before) return before;
  const steps = [...pattern].map(stepOf);
  // Patterns come from policies, of which there is no end.
  if (known.size >= mostKnown) known.clear();
  known.set(pattern, steps);
  return steps;
};

/** Whether a text begins and ends as a pattern does before its first star and behind its last one. */
const hasEndsOf = (pattern: string, text: string): boolean => {
  for (let at = 0; at < pattern.length && pattern[at] !== '*'; at++)
    if (pattern[at] !== text[at]) return pattern[at] === '?';
  for (let back = 1; back <= pattern.length; back++) {
    const char = pattern[pattern.length - back];
    if (char === '*') return true;
    if (char !== text[text.length - back]) return char === '?';
  }
  return true;
};

/** IAM's wildcards: `*` stands for any text and `?` for any one character, slashes and colons among them. */
export const matches = (pattern: string, text: string): boolean => {
  if (pattern === '*' || pattern === text) return true;
  // Most patterns of a long policy are told apart so, and need not be taken to pieces.
  return hasEndsOf(pattern, text) && matchesSteps(stepsOf(pattern), text);
};

/** Patterns in which `*` is the only wildcard; it stands for any text. */
export const matchesStars = (pattern: string, text: string): boolean =>
  matchesSteps(
    [...pattern].map((char) => (char === '*' ? many(anything) : exactly(char))),
    text,
  );

const canBeSame = (left: string, right: string): boolean =>
  left === right || left === '?' || right === '?';
const agree = (left: readonly string[], right: readonly string[]): boolean =>
  left.every((char, index) => canBeSame(char, right[index] ?? '?'));

/**
 * Whether some text matches both patterns. Where both have a star, only what stands before the first and behind the
 * last one counts: each star can hold all that the other pattern has between its own.
 */
export const overlaps = (left: string, right: string): boolean => {
  if (!left.includes('*')) return couldMatch(right, left);
  if (!right.includes('*')) return couldMatch(left, right);
  const [beginsLeft, beginsRight] = [left, right].map((each) => [
    ...each.slice(0, each.indexOf('*')),
  ]);
  const [endsLeft, endsRight] = [left, right].map((each) =>
    [...each.slice(each.lastIndexOf('*') + 1)].reverse(),
  );
  return agree(beginsLeft ?? [], beginsRight ?? []) && agree(endsLeft ?? [], endsRight ?? []);
};

/** Whether a pattern matches some text of this length, where `?` is any character. */
const couldMatch = (pattern: string, text: string): boolean => {
  const steps = [...pattern].map(
    (char): Step => (char === '*' ? many(anything) : one((other) => canBeSame(char, other))),
  );
  return matchesSteps(steps, text);
};
