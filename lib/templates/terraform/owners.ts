import { said } from '../../support/untyped.ts';
import { Holed, open, unsure, withOpenRest } from '../resolution/hole.ts';
import { keyOf as pathKeyOf, type Shaped, type Source } from './declared.ts';
import { type Fields, isFields, isMap } from './fields.ts';
import type { Declares } from './mapping.ts';
import type { ProviderPlace } from './places.ts';
import { keyOf, type Planned } from './plan.ts';
import { referencesIn } from './view.ts';

/** A resource of CloudFormation's that is put together of what declares it. */
export interface Whole {
  readonly address: string;
  readonly type: string;
  readonly main: Shaped;
  properties: Readonly<Record<string, unknown>>;
  sources: Map<string, Source>;
  /** All that declares it; what counts more comes later. */
  readonly shapes: Shaped[];
  /** Made by another plan: a part of it is declared here. */
  readonly isPart?: { readonly isWhole: boolean };
}

/** Lists to which each part adds. */
const added = new Set([
  ...['ManagedPolicyArns', 'Entries', 'Features', 'Groups', 'Sharing'],
  ...['LoadBalancerNames', 'TargetGroupARNs', 'TrafficSources', 'OwnPolicies', 'ListenerPolicies'],
]);

/** Two parts that set the same: which of them is written last nobody can say. */
const together = (
  name: string,
  before: unknown,
  part: unknown,
  isPart: boolean,
  who: string,
): unknown => {
  if (before === undefined) return part;
  if (part === undefined) return before;
  if (added.has(name)) return joined(before, part, who);
  if (isMap(before) && isMap(part)) return merged(before, part, isPart, who);
  return isPart
    ? open(`${who} ${name}`, `which of several settings of ${name} is written last`, true)
    : part;
};
const joined = (before: unknown, part: unknown, who: string): unknown =>
  before instanceof Holed || part instanceof Holed
    ? open(`${who} list`, 'a list of which a part is known after it is applied', true)
    : [...[before].flat(), ...[part].flat()];
const merged = (before: Fields, part: Fields, isPart: boolean, who: string): Fields => {
  const names = new Set([...Object.keys(before), ...Object.keys(part)]);
  return Object.fromEntries(
    [...names].map((name) => [name, together(name, before[name], part[name], isPart, who)]),
  );
};

/** Whether two parts set the same, and not only what stands beside one another. */
const clash = (before: Fields, part: Fields): boolean =>
  Object.entries(part).some(([name, value]) => {
    const own = before[name];
    if (own === undefined || value === undefined || added.has(name)) return false;
    return isMap(own) && isMap(value) ? clash(own, value) : true;
  });

/** Sets a part in what it is of. */
const setPart = (whole: Whole, part: Shaped, set: ReadonlySet<string>): void => {
  const own = Object.keys(part.properties).filter((name) => !added.has(name));
  const isSecond = own.some((name) => set.has(name));
  // What is apart counts before what the resource itself shows.
  const before = isSecond ? whole.properties : without(whole.properties, own);
  whole.properties = merged(before, part.properties, isSecond, part.resource.address);
  for (const key of [...whole.sources.keys()])
    if (own.some((name) => key === name || key.startsWith(`${name}\n`))) whole.sources.delete(key);
  for (const [key, source] of part.sources) whole.sources.set(key, source);
  whole.shapes.push(part);
};
const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** How the resource that a part is of is told apart: a reference, or a name that is known. */
const identityOf = (tree: unknown): string | undefined => {
  if (tree instanceof Holed) return tree.isElsewhere ? tree.marked : undefined;
  return tree === undefined ? undefined : JSON.stringify(tree);
};

interface Named {
  /** Addresses by type and known name: in several accounts or regions several have one. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  readonly byAddress: ReadonlyMap<string, Whole>;
  readonly placeOf: (resource: Planned) => ProviderPlace;
}
/** Whether two places do not differ in what is known of both. */
const mayBeOne = (one: ProviderPlace, other: ProviderPlace): boolean =>
  (['account', 'region'] as const).every(
    (name) => (one[name] ?? other[name]) === (other[name] ?? one[name]),
  );
/** Of several of one name those that are meant: what is written leads to it, or it is made where something is made. */
export const nearTo = (
  resource: Planned,
  all: readonly Whole[],
  placeOf: Named['placeOf'],
): readonly Whole[] => {
  if (all.length < 2) return all;
  const { module, index, providerKey, expressions } = resource;
  const keys = new Set(
    referencesIn(expressions).map((one) => /^[\w-]+\.[\w-]+/.exec(one)?.[0] ?? ''),
  );
  const place = placeOf(resource);
  const isMeant: readonly ((one: Planned) => boolean)[] = [
    (one) => one.module === module && keys.has(keyOf(one)),
    (one) => one.index === index,
    (one) => one.providerKey === providerKey,
    (one) => mayBeOne(placeOf(one), place),
  ];
  return isMeant.reduce((some, is) => {
    const found = some.filter(({ main }) => is(main.resource));
    return found.length > 0 ? found : some;
  }, all);
};
/** What an attribute of a part names: one, several of one name of which it is of one, or none of this plan. */
const ownersOf = (
  tree: unknown,
  { declares: { as: type }, resource }: Shaped,
  { byName, byAddress, placeOf }: Named,
): readonly Whole[] => {
  const addresses =
    isFields(tree) && typeof tree['Ref'] === 'string'
      ? [tree['Ref']]
      : isFields(tree) && Array.isArray(tree['Fn::GetAtt'])
        ? [said(tree['Fn::GetAtt'][0])]
        : (byName.get(`${type}\n${said(tree)}`) ?? []);
  const found = addresses.flatMap((address) => byAddress.get(address) ?? []);
  const all = found.filter((one) => one.type === type);
  return nearTo(resource, all, placeOf);
};

const unknownOwner = ({ declares: { of } }: Shaped) =>
  `whose ${of?.by ?? ''} is known after it is applied`;
/** Lists of which each item counts by itself: what is written in one counts, whatever somebody adds. */
const addedAlone = new Set(['ManagedPolicyArns', 'Entries']);

/** A part whose owner can be any: whoever has none of its kind may have this one. */
const mayHave = (whole: Whole, part: Shaped, because = unknownOwner(part)): void => {
  const why = `whether ${part.resource.address} is of it, ${because}`;
  for (const name of Object.keys(part.properties)) {
    const own = whole.properties[name];
    const may = unsure(`${part.resource.address} ${name}`, why);
    const isKept = addedAlone.has(name) && Array.isArray(own);
    whole.properties = { ...whole.properties, [name]: isKept ? [...own, may] : may };
    const key = pathKeyOf(isKept ? [name, own.length] : [name]);
    whole.sources.set(key, { resource: part.resource, path: [] });
  }
};

const outside = (part: Shaped, of: NonNullable<Declares['of']>, tree: unknown): Whole => ({
  address: part.resource.address,
  type: part.declares.as,
  main: part,
  properties: withOpenRest(
    { [of.name]: tree, ...part.properties },
    part.resource.address,
    'what another plan sets',
    true,
  ) as Fields,
  sources: new Map(part.sources),
  shapes: [part],
  isPart: { isWhole: of.isWhole === true },
});

/** What parts have set of it. */
const ownOf = ({ shapes }: Whole): Fields =>
  Object.assign({}, ...shapes.map(({ properties }) => properties));

/** What an attribute names: of a list each item. */
const ownersIn = (tree: unknown): readonly unknown[] => (Array.isArray(tree) ? tree : [tree]);

/** Puts parts into what they are of; what that is shows by a reference or by its name. */
export const withParts = (
  wholes: readonly Whole[],
  parts: readonly (readonly [part: Shaped, by: unknown])[],
  names: Pick<Named, 'byName' | 'placeOf'>,
): readonly Whole[] => {
  const byAddress = new Map(wholes.map((one) => [one.address, one]));
  const set = new Map<Whole, Set<string>>();
  const elsewhere = new Map<string, Whole>();
  const open: Shaped[] = [];
  for (const [part, by] of parts) {
    const { of, as } = part.declares;
    if (!of || by === undefined) continue;
    for (const tree of ownersIn(by)) {
      const identity = identityOf(tree);
      const outsideKey = `${as}\n${identity ?? part.resource.address}`;
      const owners = ownersOf(tree, part, { ...names, byAddress });
      if (owners.length > 1) {
        for (const one of owners) mayHave(one, part, 'for several have that name');
        continue;
      }
      const other = elsewhere.get(outsideKey);
      // Of several that set the same of what is elsewhere, each is looked at by itself.
      const isAlone = other !== undefined && clash(ownOf(other), part.properties);
      const key = isAlone ? `${outsideKey}\n${part.resource.address}` : outsideKey;
      const whole = owners[0] ?? elsewhere.get(key);
      if (!whole) elsewhere.set(key, outside(part, of, tree));
      const target = whole ?? elsewhere.get(key);
      const before = target && (set.get(target) ?? new Set<string>());
      if (whole && before) setPart(whole, part, before);
      if (target && before) set.set(target, new Set([...before, ...Object.keys(part.properties)]));
      if (identity === undefined) open.push(part);
    }
  }
  // One of a kind says it for all of them.
  for (const part of new Map(open.map((one) => [one.declares, one])).values())
    for (const whole of wholes) {
      const own = set.get(whole);
      const isSet = Object.keys(part.properties).some((name) => own?.has(name));
      if (whole.type === part.declares.as && !isSet) mayHave(whole, part);
    }
  return [...wholes, ...elsewhere.values()];
};
