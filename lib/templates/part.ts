import { Unresolved } from '../model/unresolved.ts';
import { asRecord, said } from '../support/untyped.ts';
import type { Path } from './document/document.ts';
import { Holed, open, restIn } from './resolution/hole.ts';
import { deep } from './resolution/resolve.ts';
import { type Head, head, type Scope } from './resolution/scope.ts';

/** Whether a name is open as a whole: `<…>`, the mark that it has then. */
export const isOpenName = (name: string | undefined): boolean =>
  name?.startsWith('<') === true && /^<[^>]*>$/.test(name);

/** Values that stand for all that an open one may be: what is equal in all of them does not depend on it. */
export type Stand = readonly string[];
/** The same of one hole among the parts of a text. */
export type StandIn = (parts: Holed['parts'], index: number) => Stand;

/** CloudFormation reads YAML 1.1, where these are true. https://yaml.org/type/bool.html */
const yes: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 'on']);
const no: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'off']);

/** 22 to a reader of YAML 1.1, 26 to others: which of them CloudFormation takes is not documented. https://yaml.org/type/int.html */
const octal = /^[-+]?0+[1-9]\d*$/;

/** Whether a map holds nothing but lists and maps: it is no item, and what it holds may be items under other names. */
const isMapOfItems = (value: Head, scope: Scope): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (value instanceof Holed) return false;
  const held = Object.values(value).map((one) => head(one, scope));
  // What only a deployment knows can be either.
  const known = held.filter((one) => !(one instanceof Holed));
  if (known.length === 0 && held.length > 0) return false;
  return known.every((one) => one === undefined || (typeof one === 'object' && one !== null));
};

const numbers = new WeakMap<object, number>();
let numbered = 0;
/** A tree by its identity: what is the same in two places may be a text as long as all of them. */
const numberOf = (tree: unknown): string => {
  if (typeof tree !== 'object' || tree === null) return String(tree);
  if (!numbers.has(tree)) {
    numbers.set(tree, numbered);
    numbered += 1;
  }
  return `#${numbers.get(tree)}`;
};

/** A part of what a template declares, resolved where it is asked for; what only a deployment knows is thrown there. */
export class Part {
  readonly #tree: unknown;
  readonly scope: Scope;
  readonly #above: Part | undefined;
  readonly #step: string | number | undefined;

  /** @param step where it stands in the part above. @default - in its place */
  constructor(tree: unknown, scope: Scope, above?: Part, step?: string | number) {
    this.#tree = tree;
    this.scope = scope;
    this.#above = above;
    this.#step = step;
  }
  /** Of its resource; put together for those who ask, and of most parts nobody does. */
  get path(): Path {
    const above = this.#above?.path ?? [];
    return this.#step === undefined ? above : [...above, this.#step];
  }
  get #head() {
    return this.#ifSet(head(this.#tree, this.scope));
  }
  get #name() {
    const tree = this.#tree;
    // What refers to nothing is the same however it is used.
    const isPlain = typeof tree !== 'object' || tree === null;
    return this.#ifSet(head(tree, isPlain ? this.scope : { ...this.scope, use: 'name' }));
  }
  #ifSet(value: Head): Head {
    if (!(value instanceof Holed) || !value.mayBeUnset) return value;
    const isSet = this.scope.world.choose({
      id: `${value.marked} ${this.path.join('.')} is set`,
      kind: 'open',
      isOfOthers: value.isOfOthers,
      values: [true, false],
      say: () => value.unresolved.message,
    });
    return isSet === true ? value : undefined;
  }
  get isSet(): boolean {
    return this.#head !== undefined;
  }
  /** It is open, and can be anything; of this template one of these alone, where it is known which those are. */
  get any(): { readonly among?: ReadonlySet<string> } | undefined {
    const value = this.#named;
    if (!(value instanceof Holed) || !value.isAny) return undefined;
    const among = value.among?.map((one) => new Part(one, this.scope).name() ?? '');
    return among ? { among: new Set(among) } : {};
  }
  /** A name, or several; what has the shape of neither can be any. */
  get #named(): Head {
    const value = this.#name;
    if (typeof value !== 'object' || value === null || value instanceof Holed) return value;
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const wrong = items.find(
      (one) =>
        typeof new Part(one, this.scope).#name === 'object' &&
        !(new Part(one, this.scope).#name instanceof Holed),
    );
    return wrong === undefined ? value : this.#misshapen(wrong, 'text');
  }
  get isAny(): boolean {
    return this.any !== undefined;
  }
  get(...names: readonly string[]): Part {
    let part: Part = this;
    // Without an iterator: it is asked for more often than all else.
    for (let at = 0; at < names.length; at += 1) part = part.#inner(names[at] ?? '');
    return part;
  }
  #inner(name: string): Part {
    const value = this.#head;
    if (value instanceof Holed) {
      // Each property of a resource is set by itself, or not; what is in an open one is all there, or nothing of it.
      const isWhole = this.path.length === 0 && value.mayBeUnset;
      return isWhole
        ? new Part(value.under(name), this.scope, this, name)
        : new Part(value, this.scope, this);
    }
    if (value === undefined || value === null || value === '')
      return new Part(undefined, this.scope, this, name);
    if (typeof value !== 'object' || Array.isArray(value))
      return new Part(this.#misshapen(value, 'map'), this.scope, this);
    const inner = Object.hasOwn(value, name)
      ? Reflect.get(value, name)
      : restIn(value)?.under(name);
    return new Part(inner, this.scope, this, name);
  }
  /** The names of its path. */
  get #where(): string {
    return this.path.filter((step) => typeof step === 'string').join('.');
  }
  /**
   * CloudFormation makes texts, numbers and booleans of each other, and refuses a list, a map and one of these in the place
   * of one another: what would be there is not known.
   * https://docs.rs/cloudformation-validate-template-model/latest/template_model/coercion/
   */
  #misshapen(value: unknown, wanted: 'map' | 'list' | 'text' | 'boolean'): Holed {
    const is = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : 'a value';
    const where = this.#where;
    const whole = wanted === 'map' ? 'Properties' : 'a property';
    const why = `${where === '' ? whole : where}, which is ${is} and no ${wanted}`;
    return open(`${where} ${numberOf(this.#tree)}`, why, true);
  }
  /** What stands where only a map can; `undefined` where that is one, or may be one. */
  get noMap(): Holed | undefined {
    const value = this.#head;
    if (value instanceof Holed) return value.mayBeUnset ? undefined : value;
    const isMap = typeof value === 'object' && !Array.isArray(value);
    return value === undefined || isMap ? undefined : this.#misshapen(value, 'map');
  }
  /** The names of what it holds. */
  get names(): readonly string[] {
    const value = this.#whole();
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  }
  #whole() {
    const value = this.#head;
    if (value instanceof Holed) throw value.unresolved;
    return value;
  }
  /** What is written under a name, unresolved. */
  tree(name: string): unknown {
    const value = this.#whole();
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  }
  /**
   * What a list holds; nothing of an empty text. Some types take one item without its list ("It accepts both as long as the
   * list is just one", https://github.com/aws-cloudformation/cfn-lint/issues/2929), the others refuse it.
   */
  items(): readonly Part[] {
    const value = this.#whole();
    if (isMapOfItems(value, this.scope)) throw this.#misshapen(value, 'list').unresolved;
    return this.#itemsOf(value);
  }
  /** The same where one item may hold nothing but lists and maps, as in policies. */
  oneOrMore(): readonly Part[] {
    return this.#itemsOf(this.#whole());
  }
  #itemsOf(value: Exclude<Head, Holed>): readonly Part[] {
    if (value === undefined || value === null || value === '') return [];
    if (!Array.isArray(value)) return [new Part(value, this.scope, this)];
    const parts: Part[] = [];
    for (let index = 0; index < value.length; index += 1) {
      const one: unknown = value[index];
      const part = new Part(one, this.scope, this, index);
      // What may be added counts where it is.
      if (!(one instanceof Holed && one.mayBeUnset) || part.isSet) parts.push(part);
    }
    return parts;
  }
  /** The items of a list, of which one that is open as a whole counts as one. */
  texts(): readonly Part[] {
    const value = this.#head;
    if (value instanceof Holed) return [this];
    return isMapOfItems(value, this.scope)
      ? [new Part(this.#misshapen(value, 'list'), this.scope, this)]
      : this.#itemsOf(value);
  }
  /** Texts where one or several may stand, as in policies; one that is open as a whole counts as one. */
  oneOrMoreTexts(): readonly Part[] {
    const value = this.#head;
    return value instanceof Holed ? [this] : this.#itemsOf(value);
  }
  /** Whether it is no list and no map, as far as that is known. */
  get isText(): boolean {
    const value = this.#name;
    return (
      value instanceof Holed ||
      !(value === undefined || value === null || typeof value === 'object')
    );
  }
  /** A text; where it is open each of the values that stand for it, in a world of its own. */
  text(stand?: Stand | StandIn): string | undefined {
    const value = this.#head;
    if (value instanceof Holed) return this.#standing(value, stand);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object') return this.#standing(this.#misshapen(value, 'text'), stand);
    return said(value);
  }
  /**
   * A text that AWS knows. It refuses another one: what would be there is not known, as where it is open, and each of `stand`
   * is tried.
   */
  textIf(isKnown: (text: string) => boolean, stand: Stand): string | undefined {
    const text = this.text(stand);
    if (text === undefined || isKnown(text)) return text;
    const what = `${this.#where} ${text}`;
    return this.#standing(open(what, `${what}, which AWS does not know`), stand);
  }
  /** The same of a few texts. */
  among(known: readonly string[], stand: Stand = known): string | undefined {
    return this.textIf((text) => known.includes(text), stand);
  }
  /** The same of a text that means something by a table. */
  oneOf<T extends object>(known: ReadonlyMap<string, T>, stand: Stand): T | undefined {
    const text = this.textIf((one) => known.has(one), stand);
    return text === undefined ? undefined : known.get(text);
  }
  #standing(value: Holed, stand: Stand | StandIn | undefined): string {
    if (!stand) throw value.unresolved;
    return value.filled(({ id, why, isOfOthers = false }, index) => {
      const values = typeof stand === 'function' ? stand(value.parts, index) : stand;
      return said(
        this.scope.world.choose({
          id: `${id} as ${values.join(' ')}`,
          kind: 'open',
          isOfOthers,
          values,
          say: () => why,
        }),
      );
    });
  }
  /** What a text says as JSON, where parts of it are open or a function writes it; `undefined` of another one. */
  opened(): Part | undefined {
    const { 'Fn::ToJsonString': written } = asRecord(this.#tree);
    if (written !== undefined) return new Part(written, this.scope, this);
    const value = this.#head;
    if (!(value instanceof Holed) || value.parts.length < 2) return undefined;
    const tree = value.read();
    return tree === undefined ? undefined : new Part(tree, this.scope, this);
  }
  /** A name, an id or an ARN: where it is open, a mark that is equal to itself alone. */
  name(): string | undefined {
    const value = this.#name;
    if (value instanceof Holed) return value.marked;
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object') return said(value);
    // A list of nothing names nothing.
    return Object.keys(value).length === 0 ? undefined : this.#misshapen(value, 'text').marked;
  }
  nameList(): readonly string[] {
    const value = this.#name;
    if (!Array.isArray(value)) {
      const only = this.name();
      return only === undefined ? [] : [only];
    }
    return value.flatMap((one) => new Part(one, this.scope).name() ?? []);
  }
  #switch(value: Holed): boolean {
    const say = () => value.unresolved.message;
    const { isOfOthers } = value;
    const id = `${value.marked} as a switch`;
    return (
      this.scope.world.choose({ id, kind: 'open', isOfOthers, values: [false, true], say }) === true
    );
  }
  /** CloudFormation takes texts for booleans and numbers. */
  flag(): boolean | undefined {
    const value = this.#head;
    if (value instanceof Holed) return this.#switch(value);
    // Terraform's provider takes no value of another type.
    const isTyped = this.scope.template.writtenAt !== undefined;
    const text = said(value ?? '').toLowerCase();
    const isValue = typeof value !== 'object' || value === null;
    if (text === '' && (isValue || isTyped)) return undefined;
    if (isValue && (yes.has(text) || no.has(text) || isTyped)) return yes.has(text);
    return this.#switch(this.#misshapen(value, 'boolean'));
  }
  number(stand?: Stand): number | undefined {
    const text = this.text(stand);
    if (text === undefined || text.trim() === '') return undefined;
    if (octal.test(text))
      throw new Unresolved(`${text}, which is a number to the base of eight to some readers`);
    const value = Number(text);
    if (Number.isNaN(value)) throw new Unresolved(`${text}, which is no number`);
    return value;
  }
  /** All of it, with marks for what is open. */
  marked(): unknown {
    return deep(this.#tree, this.scope).value;
  }
  /** All of it as JSON has it. */
  json(): unknown {
    const { value, open } = deep(this.#tree, this.scope);
    if (open) throw open.unresolved;
    return value;
  }
}

/** An object whose fields are looked up when somebody looks at them. */
export const lazily = <T extends object>(fields: { readonly [K in keyof T]: () => T[K] }): T => {
  const made = {};
  for (const [name, find] of Object.entries<() => unknown>(fields))
    Object.defineProperty(made, name, { enumerable: true, configurable: true, get: find });
  return made as T;
};
