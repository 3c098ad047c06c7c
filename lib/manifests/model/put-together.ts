import { isRecord } from '../../support/untyped.ts';
import { Field } from './field.ts';

const isMapping = ({ value }: Field): boolean => isRecord(value);

/** A mapping whose parts stand in several places; each says where, and the whole stands at `place`. */
export class PutTogether extends Field {
  readonly #parts: Readonly<Record<string, Field>>;
  constructor(place: Field, parts: Readonly<Record<string, Field>>) {
    const set = Object.entries(parts).filter(([, { isSet }]) => isSet);
    super(Object.fromEntries(set.map(([name, { value }]) => [name, value])), [], place);
    this.#parts = parts;
  }
  override get(...[first, ...others]: readonly (string | number)[]): Field {
    const part =
      first !== undefined && Object.hasOwn(this.#parts, first) ? this.#parts[first] : undefined;
    if (!part) return first === undefined ? this : super.get(first, ...others);
    return others.length === 0 ? part : part.get(...others);
  }
}

/** A list whose items stand in several places. */
export class Listed extends Field {
  readonly #items: readonly Field[];
  constructor(place: Field, items: readonly Field[]) {
    super(
      items.map(({ value }) => value),
      [],
      place,
    );
    this.#items = items;
  }
  override items(): readonly Field[] {
    return this.#items;
  }
}

/** What is written over something else, mapping by mapping: what neither says would stand with the first. */
export const over = (own: Field, base: Field): Field => {
  if (!own.isSet) return base.isSet ? base : own;
  if (!(isMapping(own) && isMapping(base))) return own;
  const keys = new Set([...own.keys, ...base.keys]);
  return new Over(own, base, [...keys]);
};
class Over extends PutTogether {
  readonly #own: Field;
  constructor(own: Field, base: Field, keys: readonly string[]) {
    super(own, Object.fromEntries(keys.map((key) => [key, over(own.get(key), base.get(key))])));
    this.#own = own;
  }
  override get(...steps: readonly (string | number)[]): Field {
    const found = super.get(...steps);
    return found.isSet ? found : this.#own.get(...steps);
  }
}
