import { namedIn } from '../../support/named-in.ts';
import { onceEach } from '../../support/once.ts';
import { asRecord, list, said } from '../../support/untyped.ts';
import type { Template } from '../template.ts';
import { mostWorlds } from './world.ts';

/** Of more values than there are worlds that are looked at, some are not: that there are more is enough to know. */
const mostTried = mostWorlds + 2;
/** As deep as something can be written that references lead through: a list and what is in it for each. */
const deepest = 100;
/** What a parameter is where it is none of the values that conditions compare it with. */
export const another = Symbol('another value');

const onlyVariable = /^\$\{\s*([^!}$.\s]+)\s*\}$/;
/** The name that a value is nothing but a reference to: also a text of one variable alone. */
export const referredTo = (tree: unknown): string | undefined => {
  if (typeof tree !== 'object' || tree === null) return undefined;
  const { Ref, 'Fn::Sub': substituted } = asRecord(tree);
  if (typeof Ref === 'string') return Ref;
  const [text, given] = [substituted].flat();
  const name = typeof text === 'string' ? onlyVariable.exec(text)?.[1] : undefined;
  return name === undefined || Object.hasOwn(asRecord(given), name) ? undefined : name;
};

/** By the name of what is told apart. */
type Told = Map<string, Set<string>>;
const addTold = (all: Told, name: string, values: readonly string[]): void => {
  const found = all.get(name) ?? new Set();
  all.set(name, found);
  for (const value of values) {
    if (found.size >= mostTried) return;
    found.add(value);
  }
};

/** Visits a tree and all objects and lists in it. */
export const visitEach = (tree: unknown, visit: (one: object) => void, depth = 0): void => {
  if (typeof tree !== 'object' || tree === null || depth > deepest) return;
  visit(tree);
  for (const inner of Object.values(tree)) visitEach(inner, visit, depth + 1);
};

const literalsOf = onceEach(
  (conditions: Template['conditions']): ReadonlyMap<string, readonly string[]> => {
    const found: Told = new Map();
    visitEach(conditions, (tree) => {
      const compared = list(Reflect.get(tree, 'Fn::Equals'));
      const texts = compared.filter((one) => typeof one !== 'object').map(said);
      for (const one of compared) {
        const name = referredTo(one);
        if (name !== undefined) addTold(found, name, texts);
      }
    });
    return new Map([...found].map(([name, texts]) => [name, [...texts]]));
  },
);
/** The texts that conditions compare a parameter with. */
export const comparedWith = ({ conditions }: Template, name: string): readonly string[] =>
  literalsOf(conditions).get(name) ?? [];

const everyKeyAt = (
  mappings: Template['mappings'],
  named: string | undefined,
  place: number,
): readonly string[] => {
  if (place === 0) return Object.keys(mappings);
  const maps = named === undefined ? Object.values(mappings) : [namedIn(mappings, named)];
  if (place === 1) return maps.flatMap((one) => Object.keys(asRecord(one)));
  return maps.flatMap((one) =>
    Object.values(asRecord(one)).flatMap((at) => Object.keys(asRecord(at))),
  );
};

const keysOfEach = onceEach((_: Template['mappings']) => new Map<string, readonly string[]>());
/** The names of mappings, or the keys of either level, of which one is looked up by what stands at this place. */
export const keysAt = (
  mappings: Template['mappings'],
  lookedUp: readonly unknown[],
  place: number,
): readonly string[] => {
  const known = keysOfEach(mappings);
  const named = typeof lookedUp[0] === 'object' ? undefined : said(lookedUp[0]);
  const key = JSON.stringify([place, named]);
  const before = known.get(key);
  if (before) return before;
  const keys = [...new Set(everyKeyAt(mappings, named, place))].slice(0, mostTried);
  known.set(key, keys);
  return keys;
};

/** The keys by which each parameter looks something up in the mappings, in all that is declared. */
const lookedUpIn = onceEach(({ mappings, declarations, conditions }: Template): Told => {
  const found: Told = new Map();
  const visit = (tree: object) => {
    const lookedUp = list(Reflect.get(tree, 'Fn::FindInMap'));
    for (const [place, one] of lookedUp.slice(0, 3).entries()) {
      const name = referredTo(one);
      if (name !== undefined) addTold(found, name, keysAt(mappings, lookedUp, place));
    }
  };
  for (const { properties } of declarations.values()) visitEach(properties, visit);
  visitEach(conditions, visit);
  return found;
});

const told = onceEach((_: Template) => new Map<string, readonly unknown[]>());
/** The values of a parameter with a default that its template tells apart; no others where it tells none apart. */
export const toldApart = (template: Template, name: string, own: unknown): readonly unknown[] => {
  const known = told(template);
  const values = known.get(name) ?? toldApartOf(template, name, own);
  known.set(name, values);
  return values;
};
const toldApartOf = (template: Template, name: string, own: unknown): readonly unknown[] => {
  const compared = comparedWith(template, name);
  const allowed = list(asRecord(template.parameters[name])['AllowedValues']).map(said);
  const others = [...new Set([...compared, ...(lookedUpIn(template).get(name) ?? []), ...allowed])]
    .filter((one) => one !== said(own))
    .slice(0, mostTried);
  // A default that is compared with itself alone has all others beside it.
  return [own, ...others, ...(compared.includes(said(own)) ? [another] : [])];
};
