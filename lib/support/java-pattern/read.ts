/** A part of a regular expression. */
export type Part =
  | { readonly is: 'letter'; readonly has: (letter: string) => boolean }
  | { readonly is: 'all'; readonly parts: readonly Part[] }
  | { readonly is: 'either'; readonly ways: readonly Part[] }
  | {
      readonly is: 'repeated';
      readonly part: Part;
      readonly least: number;
      readonly most: number;
    }
  | { readonly is: 'edge'; readonly at: 'start' | 'end' }
  | { readonly is: 'ahead'; readonly part: Part; readonly isThere: boolean };

/** What is no expression of Java, or means more than is read here. */
export class NotRead extends Error {
  override readonly name = 'NotRead';
}
const refuse = (): never => {
  throw new NotRead();
};

type Has = (letter: string) => boolean;
const within =
  (from: string, to: string): Has =>
  (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code >= (from.codePointAt(0) ?? 0) && code <= (to.codePointAt(0) ?? 0);
  };
const inAny =
  (all: readonly Has[]): Has =>
  (letter) =>
    all.some((has) => has(letter));
const not =
  (has: Has): Has =>
  (letter) =>
    !has(letter);

const [digit, lower, upper] = [within('0', '9'), within('a', 'z'), within('A', 'Z')];
const alphabetic = inAny([lower, upper]);
const space: Has = (letter) => ' \t\n\v\f\r'.includes(letter);
const graph = within('!', '~');
const word = inAny([alphabetic, digit, (letter) => letter === '_']);

/** By the letter of its escape; a capital is all but these. */
const classes: ReadonlyMap<string, Has> = new Map([
  ...[['d', digit] as const, ['s', space] as const, ['w', word] as const],
  ...[['D', not(digit)] as const, ['S', not(space)] as const, ['W', not(word)] as const],
]);
const controls: ReadonlyMap<string, string> = new Map([
  ...[['t', '\t'] as const, ['n', '\n'] as const, ['r', '\r'] as const, ['f', '\f'] as const],
]);
/** https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html */
const posix: ReadonlyMap<string, Has> = new Map([
  ...[['Lower', lower] as const, ['Upper', upper] as const, ['Alpha', alphabetic] as const],
  ...[['Digit', digit] as const, ['Alnum', inAny([alphabetic, digit])] as const],
  ...[['Graph', graph] as const, ['Print', within(' ', '~')] as const, ['Space', space] as const],
  ...[
    ['Punct', (letter: string) => graph(letter) && !alphabetic(letter) && !digit(letter)] as const,
  ],
]);

/** Longer and deeper ones nobody writes. */
const [longest, deepest] = [2_000, 50];

class Reader {
  readonly #letters: readonly string[];
  #at = 0;
  #depth = 0;
  constructor(text: string) {
    this.#letters = [...text];
    if (this.#letters.length > longest) refuse();
  }
  whole(): Part {
    const part = this.#either();
    return this.#at < this.#letters.length ? refuse() : part;
  }
  #next(ahead = 0): string | undefined {
    return this.#letters[this.#at + ahead];
  }
  #take(): string {
    const letter = this.#letters[this.#at] ?? refuse();
    this.#at += 1;
    return letter;
  }
  #takes(text: string): boolean {
    const isNext = [...text].every((letter, index) => this.#next(index) === letter);
    if (isNext) this.#at += text.length;
    return isNext;
  }
  #either(): Part {
    const ways = [this.#all()];
    while (this.#takes('|')) ways.push(this.#all());
    return { is: 'either', ways };
  }
  #all(): Part {
    const parts: Part[] = [];
    for (
      let next = this.#next();
      next !== undefined && next !== '|' && next !== ')';
      next = this.#next()
    )
      parts.push(this.#repeated(this.#one()));
    return { is: 'all', parts };
  }
  #repeated(part: Part): Part {
    const bounds = this.#bounds();
    if (!bounds) return part;
    this.#takes('?');
    // One that gives nothing back, or two in a row.
    if (['+', '*', '?', '{'].includes(this.#next() ?? '')) refuse();
    return { is: 'repeated', part, ...bounds };
  }
  #bounds(): { readonly least: number; readonly most: number } | undefined {
    if (this.#takes('*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.#takes('+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (this.#takes('?')) return { least: 0, most: 1 };
    if (!this.#takes('{')) return undefined;
    const least = this.#number();
    const isOpen = this.#takes(',');
    const most = !isOpen ? least : this.#next() === '}' ? Number.POSITIVE_INFINITY : this.#number();
    return this.#takes('}') && most >= least ? { least, most } : refuse();
  }
  #number(): number {
    let digits = '';
    while (digit(this.#next() ?? '')) digits += this.#take();
    return digits === '' || digits.length > 9 ? refuse() : Number(digits);
  }
  #one(): Part {
    if (this.#takes('(')) return this.#group();
    if (this.#takes('[')) return { is: 'letter', has: this.#class() };
    if (this.#takes('^')) return { is: 'edge', at: 'start' };
    if (this.#takes('$')) return { is: 'edge', at: 'end' };
    if (this.#takes('.')) return { is: 'letter', has: () => true };
    if (this.#takes('\\')) {
      const escaped = this.#escaped();
      const has: Has = typeof escaped === 'string' ? (letter) => letter === escaped : escaped;
      return { is: 'letter', has };
    }
    const own = this.#take();
    return '*+?{'.includes(own) ? refuse() : { is: 'letter', has: (letter) => letter === own };
  }
  #group(): Part {
    const isThere = this.#takes('?=');
    const isAhead = isThere || this.#takes('?!');
    const isPlain = isAhead || this.#takes('?:');
    // A name, what stands before, flags.
    if (!isPlain && this.#next() === '?') refuse();
    this.#depth += 1;
    if (this.#depth > deepest) refuse();
    const part = this.#either();
    this.#depth -= 1;
    if (!this.#takes(')')) refuse();
    return isAhead ? { is: 'ahead', part, isThere } : part;
  }
  #escaped(): string | Has {
    const letter = this.#take();
    const known = classes.get(letter) ?? controls.get(letter);
    if (known !== undefined) return known;
    if (letter === 'p' || letter === 'P') {
      let name = '';
      if (!this.#takes('{')) refuse();
      while (!this.#takes('}')) name += this.#take();
      const has = posix.get(name) ?? refuse();
      return letter === 'p' ? has : not(has);
    }
    return alphabetic(letter) || digit(letter) ? refuse() : letter;
  }
  #class(): Has {
    const isOther = this.#takes('^');
    const all: Has[] = [];
    // As the first it is a letter for some readers and the end for others.
    if (this.#next() === ']') refuse();
    while (!this.#takes(']')) {
      if (this.#next() === '[' || (this.#next() === '&' && this.#next(1) === '&')) refuse();
      const from = this.#member();
      if (typeof from !== 'string') all.push(from);
      else if (this.#next() === '-' && this.#next(1) !== ']' && this.#next(1) !== '[') {
        this.#take();
        const to = this.#member();
        if (typeof to !== 'string' || (to.codePointAt(0) ?? 0) < (from.codePointAt(0) ?? 0))
          refuse();
        else all.push(within(from, to));
      } else all.push(within(from, from));
    }
    return isOther ? not(inAny(all)) : inAny(all);
  }
  #member(): string | Has {
    return this.#takes('\\') ? this.#escaped() : this.#take();
  }
}

/** The parts of an expression. Throws NotRead. */
export const readPattern = (text: string): Part => new Reader(text).whole();
