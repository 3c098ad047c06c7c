import { Unresolved } from '../../model/unresolved.ts';
import type { Path } from '../../templates/document/document.ts';

/** YAML 1.1, by which Kubernetes and compose read, has more words for a boolean. https://yaml.org/type/bool.html */
const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  on: true,
  false: false,
  no: false,
  n: false,
  off: false,
};

/** A value of a manifest with its place, or the place where it would stand if it were written. */
export class Field {
  readonly value: unknown;
  readonly #above: Field | undefined;
  readonly #steps: Path;
  #at: Path | undefined;

  /** @param above the field that this one is a part of; `steps` lead from there to here */
  constructor(value: unknown, steps: Path = [], above?: Field) {
    this.value = value;
    this.#steps = steps;
    this.#above = above;
  }
  /** From the top of the document. Most fields are asked for their value alone. */
  get at(): Path {
    this.#at ??= this.#above ? [...this.#above.at, ...this.#steps] : this.#steps;
    return this.#at;
  }
  /** `null` is the same as nothing. */
  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }
  get(...steps: readonly (string | number)[]): Field {
    let inner = this.value;
    for (const step of steps)
      inner =
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
          ? Reflect.get(inner, step)
          : undefined;
    return new Field(inner, steps, this);
  }
  /** The items of a list; what is none has none. */
  items(): readonly Field[] {
    return Array.isArray(this.value)
      ? this.value.map((one, index) => new Field(one, [index], this))
      : [];
  }
  /** The keys of a mapping; what is none has none. */
  get keys(): readonly string[] {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value)
      ? Object.keys(this.value)
      : [];
  }
  entries(): readonly (readonly [string, Field])[] {
    return this.keys.map((key) => [key, this.get(key)]);
  }
  /** A text, a number or a boolean as text. */
  text(): string | undefined {
    return typeof this.value === 'object' || this.value === undefined
      ? undefined
      : String(this.value);
  }
  texts(): readonly string[] {
    return this.items().flatMap((one) => one.text() ?? []);
  }
  /** `undefined` where nothing is said, or what is no boolean. */
  flag(): boolean | undefined {
    const word = this.text()?.toLowerCase() ?? '';
    return Object.hasOwn(booleans, word) ? booleans[word] : undefined;
  }
  /** The same. Throws Unresolved for anything else that is no boolean: what reads it decides what it is, or refuses it. */
  wordOfFlag(): boolean | undefined {
    const flag = this.flag();
    const isSaid = this.isSet && this.text()?.trim() !== '';
    if (flag === undefined && isSaid) throw new Unresolved('a word that is no boolean');
    return flag;
  }
  /** `undefined` where nothing is said, or what is no number. */
  number(): number | undefined {
    const text = this.text()?.trim() ?? '';
    // YAML 1.1 writes octal numbers with a zero before them.
    const value = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
    return text === '' || Number.isNaN(value) ? undefined : value;
  }
}

/** The first of several that is written; where none is, the place of the first. */
export const firstSet = (first: Field, ...others: readonly Field[]): Field =>
  [first, ...others].find(({ isSet }) => isSet) ?? first;
