import { isIntrinsic } from '../../support/intrinsics.ts';
import { namedIn } from '../../support/named-in.ts';
import { asRecord, list, said } from '../../support/untyped.ts';
import { macro, type Template } from '../template.ts';
import { blocksIn } from './address-blocks.ts';
import { isTrue } from './conditions.ts';
import { Holed, open, unsure } from './hole.ts';
import { attributeOf, physicalIdOf } from './identities.ts';
import { comparedPlace, isPlace, orAnother, parameterValue, textOfTree } from './parameters.ts';
import { type Head, head, type Scope } from './scope.ts';
import { joined, substituted, written } from './texts.ts';
import { another, comparedWith, keysAt, referredTo } from './told-apart.ts';
import { World } from './world.ts';

const deepest = 40;

const pseudo = ({ template: { deployment } }: Scope, name: string): unknown => {
  const { account, region, partition, stackName } = deployment;
  switch (name) {
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return partition;
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/0`;
    case 'AWS::URLSuffix':
      return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'AWS::NotificationARNs':
      return [];
    default:
      return undefined;
  }
};

const reference = (scope: Scope, name: string): Head => {
  const { template, world, use } = scope;
  if (name === 'AWS::NoValue') return undefined;
  if (Object.hasOwn(template.parameters, name))
    return head(parameterValue(template, name, world, use), scope);
  const declared = template.declarations.get(name);
  if (declared) return physicalIdOf(declared, scope);
  const value = pseudo(scope, name);
  return value === undefined
    ? open(name, `${name}, which is nowhere in the template`)
    : head(value, scope);
};

const attribute = (scope: Scope, argument: unknown): Head => {
  const [first, ...rest] = typeof argument === 'string' ? argument.split('.') : list(argument);
  const name = rest.map((one) => textIn(one, scope)).join('.');
  const declared = scope.template.declarations.get(said(first));
  return declared
    ? attributeOf(declared, name, scope)
    : open(`${said(first)}.${name}`, `${said(first)}, which is nowhere in the template`);
};

/** A text, its holes marked. */
export const textIn = (tree: unknown, scope: Scope): string => {
  const value = head(tree, scope);
  return value instanceof Holed ? value.marked : typeof value === 'object' ? '' : said(value ?? '');
};

const chosen = (scope: Scope, argument: unknown): Head => {
  const [name, yes, no] = list(argument);
  return head(isTrue({ Condition: said(name) }, scope) ? yes : no, scope);
};

const selected = (scope: Scope, argument: unknown): Head => {
  const [index, from] = list(argument);
  const items = head(from, scope);
  const positions = () => (Array.isArray(items) ? items.map((_, place) => String(place)) : []);
  const at = chosenBy(index, positions, list(argument), scope);
  const place = at instanceof Holed || at === undefined ? Number.NaN : Number(said(at));
  if (Array.isArray(items) && Object.hasOwn(items, place)) return head(items[place], scope);
  return open(idOf('Select', argument), 'an element of a list that only the deployment knows');
};

const split = (scope: Scope, argument: unknown): Head => {
  const [by, from] = list(argument);
  const value = head(from, scope);
  if (typeof value === 'string') {
    const items = value.split(said(by));
    scope.world.spend(items.length);
    return items;
  }
  if (value instanceof Holed) return open(value.marked, value.unresolved.message);
  return open('Split', 'a text that cannot be split');
};

/** The key of a lookup by where a template is deployed, such as its region: the same for every lookup, and one that is found. */
const keyOfPlace = (
  { template, world }: Scope,
  name: string,
  own: string,
  keys: () => readonly string[],
): Head => {
  const place = comparedPlace(template, name, own, world);
  if (place !== another) return said(place);
  const compared = comparedWith(template, name);
  return keys().find((one) => one !== own && !compared.includes(one)) ?? own;
};

/** By what something is chosen; where that rests on a default, what the others choose is tried. */
const chosenBy = (
  tree: unknown,
  others: () => readonly string[],
  argument: object,
  scope: Scope,
): Head => {
  const own = head(tree, scope);
  const isText = typeof tree !== 'object' || tree === null;
  if (isText || own instanceof Holed || scope.use === 'name') return own;
  const name = referredTo(tree) ?? '';
  if (typeof own === 'string' && isPlace(name)) return keyOfPlace(scope, name, own, others);
  const what = { id: () => `${textOfTree(tree)} in ${textOfTree(argument)}`, tree };
  return orAnother<Head>(typeof own === 'object' ? own : said(own ?? ''), others, what, scope);
};

const mapped = (scope: Scope, argument: unknown): Head => {
  const lookedUp = list(argument);
  const [map, first, second] = lookedUp.slice(0, 3).map((one, place) => {
    // A parameter has the keys among its own values.
    const isName = Object.hasOwn(scope.template.parameters, referredTo(one) ?? '');
    const keys = () => keysAt(scope.template.mappings, lookedUp, place);
    return isName ? head(one, scope) : chosenBy(one, keys, lookedUp, scope);
  });
  const more = head(lookedUp[3], scope);
  const holed = [map, first, second].find((one) => one instanceof Holed);
  if (holed instanceof Holed) return open(`mapping ${holed.marked}`, holed.unresolved.message);
  const byFirst = asRecord(namedIn(scope.template.mappings, said(map)));
  const found = namedIn(asRecord(namedIn(byFirst, said(first))), said(second));
  if (found !== undefined) return head(found, scope);
  // AWS::LanguageExtensions.
  const otherwise = asRecord(more)['DefaultValue'];
  return otherwise === undefined
    ? open(
        `mapping ${said(map)}`,
        `the mapping ${said(map)}, which has no ${said(first)}, ${said(second)}`,
      )
    : head(otherwise, scope);
};

const zones = (scope: Scope, argument: unknown): Head => {
  const region = textIn(argument, scope) || scope.template.deployment.region;
  return ['a', 'b', 'c'].map((zone) => region + zone);
};

const addressBlocks = (scope: Scope, argument: unknown): Head => {
  const [whole, ...numbers] = list(head(argument, scope)).map((one) => head(one, scope));
  const holed = [whole, ...numbers].find((one) => one instanceof Holed);
  if (holed instanceof Holed) return open(idOf('Cidr', argument), holed.unresolved.message);
  const [count, free] = numbers.map((one) => Number(said(one ?? '') || 'none'));
  const blocks = blocksIn(said(whole ?? ''), count ?? Number.NaN, free ?? Number.NaN);
  scope.world.spend(blocks?.length ?? 0);
  return blocks ?? open(idOf('Cidr', argument), 'a block of addresses that cannot be split so');
};

/** Tells one use of a function from another, so that the same is the same. */
const idOf = (name: string, argument: unknown): string => `${name} ${JSON.stringify(argument)}`;

const functions: Readonly<Record<string, (scope: Scope, argument: unknown) => Head>> = {
  Ref: (scope, argument) => reference(scope, said(argument)),
  'Fn::GetAtt': attribute,
  'Fn::If': chosen,
  'Fn::Sub': (scope, argument) => substituted(scope, argument, reference, attribute),
  'Fn::Join': joined,
  'Fn::Select': selected,
  'Fn::Split': split,
  'Fn::FindInMap': mapped,
  'Fn::GetAZs': zones,
  'Fn::Cidr': addressBlocks,
  'Fn::Base64': (scope, argument) => {
    const value = head(argument, scope);
    return typeof value === 'string' ? btoa(unescape(encodeURIComponent(value))) : value;
  },
  'Fn::ImportValue': (scope, argument) =>
    open(
      `import ${textIn(argument, scope)}`,
      `what another stack exports as ${textIn(argument, scope)}`,
    ),
  'Fn::Length': (scope, argument) => {
    const value = head(argument, scope);
    return Array.isArray(value)
      ? value.length
      : open('Length', 'the length of a list that only the deployment knows');
  },
  'Fn::ToJsonString': (scope, argument) => {
    const held = deep(argument, scope);
    return held.open ?? JSON.stringify(held.value);
  },
};

/** The key of an object that has one alone; a list of all keys would be made for each object of a template. */
const onlyKeyOf = (tree: object): string | undefined => {
  let only: string | undefined;
  for (const key in tree) {
    if (only !== undefined) return undefined;
    only = key;
  }
  return only;
};

const ofObject = (tree: object, scope: Scope): Head => {
  if (Object.hasOwn(tree, macro))
    return unsure(idOf(macro, tree), `${macro}, which only the deployment can resolve`);
  const key = onlyKeyOf(tree);
  if (key === undefined || !isIntrinsic(key)) return tree;
  const argument: unknown = Reflect.get(tree, key);
  const known = functions[key];
  if (known) return known({ ...scope, depth: scope.depth + 1 }, argument);
  return open(idOf(key, argument), `${key}, which only the deployment can resolve`);
};

const resolve = (tree: unknown, scope: Scope): Head => {
  if (tree instanceof Holed) return tree;
  if (scope.depth > deepest) return open('a circle', 'a reference that leads back to itself');
  scope.world.count();
  if (typeof tree === 'string') return written(tree);
  if (Array.isArray(tree)) {
    scope.world.spend(tree.length);
    return tree.length > 0 ? flattened(tree, scope) : tree;
  }
  if (typeof tree === 'object' && tree !== null) return ofObject(tree, scope);
  return tree === null || tree === undefined ? undefined : isScalar(tree) ? tree : undefined;
};
const isScalar = (tree: unknown): tree is number | boolean =>
  typeof tree === 'number' || typeof tree === 'boolean';

/** Items that are not there are left out. */
const flattened = (items: readonly unknown[], scope: Scope): readonly unknown[] =>
  items.some((item) => typeof item === 'object' && item !== null)
    ? items.filter((item) => !(isConditional(item) && head(item, scope) === undefined))
    : items;
const isConditional = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && ('Fn::If' in item || 'Ref' in item);

/** Where a value of a template is resolved, in one of the worlds that it can turn out in. */
export const scopeOf = (template: Template, world = new World()): Scope => ({
  template,
  world,
  use: 'value',
  depth: 0,
  resolve,
});

/** A value with all that is in it; the first hole, where there is one. */
export const deep = (
  tree: unknown,
  scope: Scope,
): { readonly value: unknown; readonly open?: Holed } => {
  const value = head(tree, scope);
  if (value instanceof Holed) return { value: value.marked, open: value };
  if (typeof value !== 'object' || value === null) return { value };
  const inner = { ...scope, depth: scope.depth + 1 };
  let held: Holed | undefined;
  const each = (one: unknown): unknown => {
    if (typeof one !== 'object' || one === null) {
      // As most are: nothing is in it.
      const only = head(one, inner);
      if (!(only instanceof Holed)) return only;
      held ??= only;
      return only.marked;
    }
    const found = deep(one, inner);
    held ??= found.open;
    return found.value;
  };
  const fieldsOf = (map: object): readonly (readonly [string, unknown])[] => {
    const fields: (readonly [string, unknown])[] = [];
    for (const key of Object.keys(map)) {
      const own = each(Reflect.get(map, key));
      if (own !== undefined) fields.push([key, own]);
    }
    return fields;
  };
  const made = Array.isArray(value) ? value.map(each) : Object.fromEntries(fieldsOf(value));
  return held ? { value: made, open: held } : { value: made };
};
