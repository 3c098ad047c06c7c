import { Unresolved } from '../../model/unresolved.ts';
import { parseJson } from '../../support/json.ts';
import { someOf } from '../../support/some-of.ts';
import { withoutTrace } from '../../support/without-trace.ts';

/** What only a deployment knows. */
export interface Hole {
  /** Told apart by it: two holes of one id get one value. */
  readonly id: string;
  /** `the parameter KeyArn, which has no default` */
  readonly why: string;
  /** It can be any value, and not only a name that somebody gives. */
  readonly isAny?: true;
  /** It may as well be nothing. */
  readonly mayBeUnset?: true;
  /** Another stack sets it. */
  readonly isOfOthers?: true;
  /** It is of something that is not declared here. */
  readonly isElsewhere?: true;
  /** References to all that it can be of this template. @default - any */
  readonly among?: readonly unknown[];
}
/** What stands around the number of a hole in a text that is read: characters that nobody writes. */
const before = '\uE000';
const behind = '\uE001';
const marks = /\uE000(\d+)\uE001/;

/** A text of which parts are not known; of one hole alone it may be of any kind. */
export class Holed {
  readonly parts: readonly (string | Hole)[];
  constructor(parts: readonly (string | Hole)[]) {
    this.parts = parts;
  }
  get holes(): readonly Hole[] {
    return this.parts.filter((part) => typeof part !== 'string');
  }
  /** The text with each hole as `<name>`: equal to nothing but itself, and without a wildcard. */
  get marked(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : `<${part.id}>`)).join('');
  }
  get isAny(): boolean {
    return this.holes.some((hole) => hole.isAny === true);
  }
  /** References to all that it can be of this template, where that is known. */
  get among(): readonly unknown[] | undefined {
    const [only, ...more] = this.parts;
    return typeof only === 'object' && more.length === 0 ? only.among : undefined;
  }
  get isOfOthers(): boolean {
    return this.holes.every((hole) => hole.isOfOthers === true);
  }
  get isElsewhere(): boolean {
    return this.holes.some((hole) => hole.isElsewhere === true);
  }
  get mayBeUnset(): boolean {
    return this.holes.some((hole) => hole.mayBeUnset === true);
  }
  /** What is under one of its names, if anything is: each of them has a value of its own. */
  under(name: string): Holed {
    const { message: why } = this.unresolved;
    const [hole = { id: this.marked, why }] = this.holes;
    return new Holed([{ ...hole, id: `${hole.id}.${name}`, mayBeUnset: true }]);
  }
  filled(fill: (hole: Hole, index: number) => string): string {
    return this.parts
      .map((part, index) => (typeof part === 'string' ? part : fill(part, index)))
      .join('');
  }
  /** The text as JSON, with each hole in the text that it stands in; `undefined` where that is none. */
  read(): unknown {
    const text = this.filled((_, index) => `${before}${index}${behind}`);
    try {
      return this.#opened(parseJson(text));
    } catch {
      return undefined;
    }
  }
  #opened(tree: unknown): unknown {
    if (typeof tree === 'string') return this.#partsIn(tree);
    if (typeof tree !== 'object' || tree === null) return tree;
    if (Array.isArray(tree)) return tree.map((one) => this.#opened(one));
    const fields = Object.entries(tree).map(([name, one]) => [name, this.#opened(one)] as const);
    if (fields.some(([name]) => name.includes(before))) throw this.unresolved;
    return Object.fromEntries(fields);
  }
  #partsIn(text: string): unknown {
    if (!text.includes(before)) return text;
    const parts = text.split(marks).map((part, at) => (at % 2 === 0 ? part : this.parts[+part]));
    return new Holed(parts.flatMap((part = '') => (part === '' ? [] : [part])));
  }
  get unresolved(): Unresolved {
    const why = someOf([...new Set(this.holes.map(({ why }) => why))]);
    return withoutTrace(() => new Unresolved(why, this.isOfOthers));
  }
}
export const open = (id: string, why: string, isAny = false): Holed =>
  new Holed([isAny ? { id, why, isAny } : { id, why }]);
/** What is one of several of this template, or another one. */
export const oneOf = (id: string, why: string, among: readonly unknown[]): Holed =>
  new Holed([{ id, why, isAny: true, among }]);
/** What may be set, to anything, or not. */
export const unsure = (id: string, why: string, isOfOthers = false): Holed =>
  new Holed([{ id, why, isAny: true, mayBeUnset: true, ...(isOfOthers ? { isOfOthers } : {}) }]);

/** The key of an object of which more is set than is written here. */
const rest = 'Plumbline::Rest';
export const withOpenRest = (
  fields: object,
  id: string,
  why: string,
  isOfOthers = false,
): object => ({
  ...fields,
  [rest]: unsure(id, why, isOfOthers),
});
export const restIn = (tree: object): Holed | undefined => {
  const held: unknown = Reflect.get(tree, rest);
  return held instanceof Holed ? held : undefined;
};
