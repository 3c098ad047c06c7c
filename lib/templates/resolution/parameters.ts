import { namedIn } from '../../support/named-in.ts';
import { isKeptUnder } from '../../support/secrets/kept-text.ts';
import { asRecord, list, said } from '../../support/untyped.ts';
import type { Template } from '../template.ts';
import { Holed, open } from './hole.ts';
import type { World } from './world.ts';

/** More allowed values than these are no switch: the default counts. */
const mostAllowed = 8;
/** What a parameter is where it is none of the values that conditions compare it with. */
export const another = Symbol('another value');

/** In the place of a value: the one that the deployed stack has, whatever the template's default is now. */
export const keptValue = Symbol('the value that the stack has');

/** In the place of a value: one that a parent gives as long as nobody gives the parent another one. */
export class LikeDefault {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

const isSecret = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value<');

const literalsIn = (tree: unknown, name: string, found: Set<string>, depth = 0): void => {
  if (typeof tree !== 'object' || tree === null || depth > 60) return;
  const compared = list(Reflect.get(tree, 'Fn::Equals'));
  if (compared.some((one) => asRecord(one)['Ref'] === name))
    for (const one of compared) if (typeof one !== 'object') found.add(said(one));
  for (const inner of Object.values(tree)) literalsIn(inner, name, found, depth + 1);
};

const known = new WeakMap<Template, Map<string, readonly string[]>>();
/** The texts that conditions compare a parameter with. */
const comparedWith = (template: Template, name: string): readonly string[] => {
  const all = known.get(template) ?? new Map<string, readonly string[]>();
  known.set(template, all);
  const before = all.get(name);
  if (before) return before;
  const found = new Set<string>();
  literalsIn(template.conditions, name, found);
  all.set(name, [...found]);
  return [...found];
};

/** Decided in worlds in which a default is one value among those that a template tells apart. */
export const beyondDefaults = 'other values than the defaults';

/** The keys by which a parameter looks something up in the mappings, in all that is declared. */
const keysIn = (
  mappings: Template['mappings'],
  tree: unknown,
  found: Map<string, Set<string>>,
  depth = 0,
) => {
  if (typeof tree !== 'object' || tree === null || depth > 60) return;
  const [map, first] = list(Reflect.get(tree, 'Fn::FindInMap'));
  const name = asRecord(first)['Ref'];
  if (typeof name === 'string') {
    const keys = found.get(name) ?? new Set();
    found.set(name, keys);
    for (const key of Object.keys(asRecord(namedIn(mappings, said(map))))) keys.add(key);
  }
  for (const inner of Object.values(tree)) keysIn(mappings, inner, found, depth + 1);
};
const lookedUp = new WeakMap<Template, ReadonlyMap<string, ReadonlySet<string>>>();
const lookedUpBy = (template: Template, name: string): readonly string[] => {
  const found = new Map<string, Set<string>>();
  const all = lookedUp.get(template) ?? found;
  if (all === found) {
    lookedUp.set(template, all);
    for (const { properties } of template.declarations.values())
      keysIn(template.mappings, properties, found);
  }
  return [...(all.get(name) ?? [])];
};

/** The values of a parameter with a default that its template tells apart; no others where it tells none apart. */
const toldApart = (template: Template, name: string, own: unknown): readonly unknown[] => {
  const compared = comparedWith(template, name);
  const others = [...new Set([...compared, ...lookedUpBy(template, name)])].filter(
    (one) => one !== said(own),
  );
  // A default that is compared with itself alone has all others beside it.
  return [own, ...others, ...(compared.includes(said(own)) ? [another] : [])];
};

const asList = (type: string, value: unknown): unknown =>
  /^(?:CommaDelimitedList|List<)/.test(type) && typeof value === 'string'
    ? value.split(',').map((one) => one.trim())
    : value;

/** Of a value that is taken, as a verdict says it. */
const shown = (name: string, value: unknown): string =>
  isKeptUnder(name, said(value)) ? '(not shown)' : said(value);

/** CloudFormation takes no other value than these, where there are some. */
const isRefused = (given: unknown, allowed: readonly unknown[]): boolean =>
  allowed.length > 0 &&
  ['string', 'number', 'boolean'].includes(typeof given) &&
  !allowed.some((one) => said(one) === said(given));

/** What is asked for: in names only equality counts, and no way that they can turn out is tried. */
export type Use = 'value' | 'name' | 'condition';

/** A parameter's value; a Holed where only the deployment knows it. */
export const parameterValue = (
  template: Template,
  name: string,
  world: World,
  use: Use,
): unknown => {
  const { Type, Default: own, AllowedValues, NoEcho } = asRecord(template.parameters[name]);
  const type = said(Type ?? 'String');
  const given = namedIn(template.deployment.parameters, name);
  const isKept = given === keptValue;
  const isSoft = given instanceof LikeDefault;
  const Default = isKept ? undefined : isSoft ? given.value : own;
  const hole = (why: string) => open(`parameter ${name}`, `the parameter ${name}${why}`);
  if (given !== undefined && !isKept && !isSoft)
    return isRefused(given, list(AllowedValues))
      ? hole(', which is given a value that the template does not allow')
      : asList(type, given);
  if (isSecret(type)) return hole(', which is read from SSM');
  if (said(NoEcho) === 'true') return hole(', which is secret');
  const allowed = list(AllowedValues);
  if (allowed.length > 1 && allowed.length <= mostAllowed && use !== 'name') {
    const values = [Default, ...allowed].filter((one) => one !== undefined && one !== null);
    return asList(
      type,
      world.choose({
        id: `parameter ${name}`,
        kind: 'allowed',
        values: [...new Map(values.map((one) => [said(one), one])).values()],
        say: (value) => `${name} is ${shown(name, value)}`,
      }),
    );
  }
  if (Default !== undefined && Default !== null) {
    if (use === 'name') return asList(type, Default);
    const values = toldApart(template, name, Default);
    const isTried = values.length > 1 && world.see(beyondDefaults) === true;
    if (!isTried) {
      world.takeDefault(`${name}=${shown(name, Default)}`);
      return asList(type, Default);
    }
    const tried = world.choose({
      id: `parameter ${name}`,
      kind: 'allowed',
      values,
      say: (value) =>
        value === another
          ? `${name} is not ${shown(name, Default)}`
          : `${name} is ${shown(name, value)}`,
    });
    return tried === another
      ? hole(', which can be another one than its default')
      : asList(type, tried);
  }
  if (allowed.length === 1) return asList(type, allowed[0]);
  const decided = world.see(`parameter ${name}`);
  if (decided !== undefined && decided !== another) return asList(type, decided);
  return hole(isKept ? ', which keeps the value that the stack has' : ', which has no default');
};

/** The same in a condition: one that is open can be each of the texts that it is compared with, or another. */
export const comparedValue = (template: Template, name: string, world: World): unknown => {
  const value = parameterValue(template, name, world, 'condition');
  if (!(value instanceof Holed)) return value;
  // It was asked for what it is, and is none of what it is compared with.
  if (world.asked.get(`parameter ${name}`)?.kind === 'allowed') return another;
  return world.choose({
    id: `parameter ${name}`,
    kind: 'open',
    values: [another, ...comparedWith(template, name)],
    say: () => value.unresolved.message,
  });
};
