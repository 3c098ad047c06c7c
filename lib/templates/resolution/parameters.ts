import { namedIn } from '../../support/named-in.ts';
import { onceEach } from '../../support/once.ts';
import { isKeptUnder } from '../../support/secrets/kept-text.ts';
import { asRecord, list, said } from '../../support/untyped.ts';
import type { Assumable, Template } from '../template.ts';
import { Holed, open } from './hole.ts';
import { isList, itemsOf, refusedBy } from './parameter-bounds.ts';
import { another, comparedWith, toldApart, visitEach } from './told-apart.ts';
import type { World } from './world.ts';

/** More allowed values than these are no switch: the default counts. */
const mostAllowed = 8;
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

/** Decided in worlds in which a default is one value among those that a template tells apart. */
export const beyondDefaults = 'other values than the defaults';

const asList = (type: string, value: unknown): unknown =>
  isList(type) && typeof value === 'string' ? itemsOf(value) : value;

/** Of a value that is taken, as a verdict says it. */
const shown = (name: string, value: unknown): string =>
  isKeptUnder(name, said(value)) ? '(not shown)' : said(value);

/** Where a template is deployed, by its own words for it. */
const places: ReadonlyMap<string, Assumable> = new Map([
  ['AWS::AccountId', 'account'],
  ['AWS::Region', 'region'],
  ['AWS::Partition', 'partition'],
  ['AWS::StackName', 'stackName'],
]);
export const isPlace = (name: string): boolean => places.has(name);
/** Nobody can say them before. */
const neverKnown: ReadonlySet<string> = new Set(['AWS::StackId', 'AWS::NotificationARNs']);
const isAssumed = ({ deployment: { assumed = [] } }: Template, name: string): boolean => {
  const place = places.get(name);
  return neverKnown.has(name) || (place !== undefined && assumed.includes(place));
};

/** Whether a name has a value here that may as well be another, and that nothing else has tried. */
const isTaken = (template: Template, name: string): boolean => {
  if (!Object.hasOwn(template.parameters, name)) return isAssumed(template, name);
  const { Type, Default, AllowedValues, NoEcho } = asRecord(template.parameters[name]);
  const given = namedIn(template.deployment.parameters, name);
  if (given !== undefined) return given instanceof LikeDefault;
  const allowed = list(AllowedValues).length;
  const isTried = allowed > 0 && allowed <= mostAllowed;
  return (
    Default !== undefined &&
    Default !== null &&
    !isTried &&
    !isSecret(said(Type)) &&
    said(NoEcho) !== 'true'
  );
};

const variable = /\$\{([^!}$]+)\}/g;
/** The names in a value that have a default, or what is assumed of where it is deployed. */
const takenIn = onceEach((template: Template) =>
  onceEach((whole: object): readonly string[] => {
    const found = new Set<string>();
    visitEach(whole, (tree) => {
      const name: unknown = Reflect.get(tree, 'Ref');
      if (typeof name === 'string') found.add(name);
      const [text] = [Reflect.get(tree, 'Fn::Sub')].flat();
      if (typeof text === 'string')
        for (const [, one = ''] of text.matchAll(variable)) found.add(one.trim());
    });
    return [...found].filter((name) => isTaken(template, name));
  }),
);

/**
 * What a value is that rests on such names, or one of the others that it can be instead: these are tried where defaults are.
 * @param id tells it apart
 */
export const orAnother = <T>(
  own: T,
  others: () => readonly T[],
  { id, tree }: { readonly id: () => string; readonly tree: object },
  { template, world }: { readonly template: Template; readonly world: World },
): T => {
  const names = takenIn(template)(tree);
  if (names.length === 0) return own;
  if (world.see(beyondDefaults) !== true) {
    for (const name of names) world.takeDefault(`${name}=${defaultOf(template, name)}`);
    return own;
  }
  const each = (is: string, between: string) =>
    names.map((name) => `${name} ${is} ${defaultOf(template, name)}`).join(between);
  const values = [...new Set([own, ...others()])];
  world.spend(names.length + values.length);
  const say = (value: unknown) => (value === own ? each('is', ' and ') : each('is not', ' or '));
  return world.choose({ id: id(), kind: 'allowed', values, say }) as T;
};
const defaultOf = (template: Template, name: string): string => {
  const place = places.get(name);
  if (place) return template.deployment[place];
  const given = namedIn(template.deployment.parameters, name);
  const own =
    given instanceof LikeDefault ? given.value : asRecord(template.parameters[name])['Default'];
  return neverKnown.has(name) ? 'what it is here' : shown(name, own);
};

/** The long ones, by the order in which they were met. */
const numbered = new Map<string, number>();
const longest = 300;
/**
 * A tree by its text, which is made once however often it is asked for, and a long one by a number: no other JSON begins with `#`.
 * A digest would tell it apart as well, and `node:crypto` takes 4 ms to load.
 */
export const textOfTree = onceEach((tree: object): string => {
  const text = JSON.stringify(tree);
  if (text.length <= longest) return text;
  const number = numbered.get(text) ?? numbered.size;
  numbered.set(text, number);
  return `#${number}`;
});

/** One of the values that are told apart: the first is the own one, which `another` is not. */
const oneOf = (
  values: readonly unknown[],
  name: string,
  shownAs: (value: unknown) => string,
  world: World,
): unknown =>
  world.choose({
    id: `parameter ${name}`,
    kind: 'allowed',
    values,
    say: (value) =>
      value === another ? `${name} is not ${shownAs(values[0])}` : `${name} is ${shownAs(value)}`,
  });

/** What is assumed of where a template is deployed: each of the texts that it is compared with or looked up by, or another. */
export const comparedPlace = (
  template: Template,
  name: string,
  own: unknown,
  world: World,
): unknown => {
  if (!isAssumed(template, name)) return own;
  const values = toldApart(template, name, own);
  if (world.see(beyondDefaults) !== true) {
    world.takeDefault(`${name}=${said(own)}`);
    return own;
  }
  return oneOf(values, name, said, world);
};

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
  const shownAs = (value: unknown) => shown(name, value);
  const hole = (why: string) => open(`parameter ${name}`, `the parameter ${name}${why}`);
  if (given !== undefined && !isKept && !isSoft)
    return refusedBy(template.parameters, name, given) !== undefined
      ? hole(', which is given a value that the template does not allow')
      : asList(type, given);
  if (isSecret(type)) return hole(', which is read from SSM');
  if (said(NoEcho) === 'true') return hole(', which is secret');
  const allowed = list(AllowedValues);
  if (allowed.length > 1 && allowed.length <= mostAllowed && use !== 'name') {
    const values = [Default, ...allowed].filter((one) => one !== undefined && one !== null);
    const each = [...new Map(values.map((one) => [said(one), one])).values()];
    return asList(type, oneOf(each, name, shownAs, world));
  }
  if (Default !== undefined && Default !== null) {
    if (use === 'name') return asList(type, Default);
    const values = toldApart(template, name, Default);
    const isTried = values.length > 1 && world.see(beyondDefaults) === true;
    if (!isTried) {
      world.takeDefault(`${name}=${shownAs(Default)}`);
      return asList(type, Default);
    }
    const tried = oneOf(values, name, shownAs, world);
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
