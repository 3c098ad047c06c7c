import { NotRead, type Part, readPattern } from './read.ts';

/**
 * Where a part can end, for all places where it can begin at once: however it is written, no place is gone through again for each way that leads there.
 */
class Match {
  readonly #letters: readonly string[];
  #left: number;
  constructor(letters: readonly string[], most: number) {
    this.#letters = letters;
    this.#left = most;
  }
  isWhole(part: Part): boolean {
    return this.#ends(part, new Set([0])).has(this.#letters.length);
  }
  #ends(part: Part, from: ReadonlySet<number>): ReadonlySet<number> {
    this.#left -= from.size + 1;
    if (this.#left < 0) throw new NotRead();
    if (from.size === 0) return from;
    switch (part.is) {
      case 'letter': {
        const taken = [...from].filter(
          (at) => at < this.#letters.length && part.has(this.#letters[at] ?? ''),
        );
        return new Set(taken.map((at) => at + 1));
      }
      case 'all':
        return part.parts.reduce((places, one) => this.#ends(one, places), from);
      case 'either':
        return new Set(part.ways.flatMap((way) => [...this.#ends(way, from)]));
      case 'edge': {
        const edge = part.at === 'start' ? 0 : this.#letters.length;
        return new Set([...from].filter((at) => at === edge));
      }
      case 'ahead':
        return new Set(
          [...from].filter((at) => this.#ends(part.part, new Set([at])).size > 0 === part.isThere),
        );
      case 'repeated':
        return this.#repeated(part, from);
    }
  }
  #repeated(
    { part, least, most }: Extract<Part, { is: 'repeated' }>,
    from: ReadonlySet<number>,
  ): ReadonlySet<number> {
    const found = new Set(least === 0 ? from : []);
    let places = from;
    for (let times = 1; times <= most && places.size > 0; times += 1) {
      const next = this.#ends(part, places);
      // Whatever leads on from a place that was found with fewer times was found from there.
      places = times < least ? next : new Set([...next].filter((at) => !found.has(at)));
      if (times >= least) for (const at of places) found.add(at);
    }
    return found;
  }
}

/** Java's `.` and `$` heed these. */
const endsLine = /[\n\r\u0085\u2028\u2029]/;
const longest = 4_096;
const mostSteps = 50_000;

/**
 * Whether all of a text is what a regular expression of Java describes; `undefined` where that takes too long, or where the expression
 * means more than is read here. An expression of the engine would take for ever with some texts.
 */
export const isMatchOf = (pattern: string, text: string): boolean | undefined => {
  if (text.length > longest || endsLine.test(text)) return undefined;
  try {
    return new Match([...text], mostSteps).isWhole(readPattern(pattern));
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
};
