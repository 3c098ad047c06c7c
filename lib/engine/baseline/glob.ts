import { exactly, many, matchesSteps, one, type Steps } from '../../support/wildcards.ts';

type Step = Steps[number];
const isInSegment = (char: string): boolean => char !== '/';

/** More than these many alternatives are a mistake, or an attempt to keep us busy. */
const mostAlternatives = 1000;

class Broken extends Error {}

/** Where a bracket that opens at `from` closes; a backslash hides the next character. */
const closingOf = (glob: string, from: number, open: string, close: string): number => {
  let depth = 0;
  for (let at = from; at < glob.length; at++) {
    if (glob[at] === '\\') at++;
    else if (glob[at] === open) depth++;
    else if (glob[at] === close && --depth === 0) return at;
  }
  throw new Broken(`${open} is never closed`);
};

/** The parts of `a,b{c,d}` between commas that are in no inner braces. */
const alternativesIn = (inside: string): readonly string[] => {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] === '\\') at++;
    else if (inside[at] === '{') at = closingOf(inside, at, '{', '}');
    else if (inside[at] === ',') {
      parts.push(inside.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, inside.slice(from)];
};

/** A glob without braces for each of the alternatives that it spells out. */
const spelledOut = (glob: string): readonly string[] => {
  let at = 0;
  while (at < glob.length && glob[at] !== '{') at += glob[at] === '\\' ? 2 : 1;
  if (at >= glob.length) return [glob];
  const end = closingOf(glob, at, '{', '}');
  const inner = alternativesIn(glob.slice(at + 1, end)).flatMap(spelledOut);
  const rest = spelledOut(glob.slice(end + 1));
  if (inner.length < 2) throw new Broken('braces hold no two alternatives');
  if (inner.length * rest.length > mostAlternatives) throw new Broken('too many alternatives');
  return inner.flatMap((one) => rest.map((other) => glob.slice(0, at) + one + other));
};

/** `[a-z]`, `[!a-z]`: a character of these, or none of them and no slash. */
const classIn = (inside: string): Step => {
  const isNot = /^[!^]/.test(inside);
  const listed = isNot ? inside.slice(1) : inside;
  // A class by its name, [[:alpha:]], would be taken for the letters of its name.
  if (listed === '' || listed.includes('[')) throw new Broken('brackets hold no characters');
  const ranges = [...listed.matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, from, to, single]) => [from ?? single ?? '', to ?? single ?? ''] as const,
  );
  const isListed = (char: string) => ranges.some(([from, to]) => from <= char && char <= to);
  return one((char) => isListed(char) !== isNot && (isNot ? isInSegment(char) : true));
};

/** The step that begins at `at`, and where the next one does. */
const stepAt = (glob: string, at: number): readonly [step: Step, next: number] => {
  const char = String.fromCodePoint(glob.codePointAt(at) ?? 0);
  if (char === '*') {
    let next = at + 1;
    while (glob[next] === '*') next++;
    return [many(next - at > 1 ? () => true : isInSegment), next];
  }
  if (char === '?') return [one(isInSegment), at + 1];
  if (char === '[') {
    const end = closingOf(glob, at, '[', ']');
    return [classIn(glob.slice(at + 1, end)), end + 1];
  }
  if (char !== '\\' || at + 1 === glob.length) return [exactly(char), at + char.length];
  return [exactly(glob[at + 1] ?? ''), at + 2];
};

const stepsOf = (glob: string): Steps => {
  const steps: Step[] = [];
  for (let at = 0; at < glob.length; ) {
    const [step, next] = stepAt(glob, at);
    steps.push(step);
    at = next;
  }
  return steps;
};

/** Two stars between two slashes may stand for no part of a path at all, with the slash behind them. */
const withAndWithoutStars = (glob: string): readonly string[] => {
  const at = glob.search(/(?<=^|\/)\*\*\//);
  if (at === -1) return [glob];
  const [before, rest] = [glob.slice(0, at), withAndWithoutStars(glob.slice(at + 3))];
  if (rest.length * 2 > mostAlternatives) throw new Broken('too many alternatives');
  return rest.flatMap((one) => [`${before}**/${one}`, before + one]);
};

const read = (glob: string): readonly Steps[] | undefined => {
  try {
    const globs = spelledOut(glob)
      .map((each) => each.replace(/(?<=^|\/)(?:\*\*\/)+/g, '**/'))
      .flatMap(withAndWithoutStars);
    if (globs.length > mostAlternatives) throw new Broken('too many alternatives');
    return globs.map(stepsOf);
  } catch (error) {
    if (error instanceof Broken) return undefined;
    throw error;
  }
};

const known = new Map<string, readonly Steps[] | undefined>();
const stepsFor = (glob: string): readonly Steps[] | undefined => {
  if (!known.has(glob)) known.set(glob, read(glob));
  return known.get(glob);
};

const isGlob = /[*?[{]/;

/** False for a glob that can match nothing, such as one whose bracket is never closed. */
export const isMatchable = (glob: string): boolean =>
  !isGlob.test(glob) || stepsFor(glob) !== undefined;

/**
 * Whether a text is this one, or matches this glob: `*` and `?` stay between two slashes, `**` crosses them, `[a-z]`
 * and `{a,b}` list what may stand there, and a backslash takes the next character as it is. A leading `!`, which would
 * mean everything but what is written, has no meaning.
 */
export const matchesGlob = (glob: string, text: string): boolean =>
  glob === text ||
  (isGlob.test(glob) && (stepsFor(glob)?.some((steps) => matchesSteps(steps, text)) ?? false));
