import { asRecord, list } from '../../../support/untyped.ts';
import type { Path } from '../../document/document.ts';
import { CannotEdit, editedTree } from '../../edit/tree-edits.ts';
import { originOf, ownPath, type Plan, type Planned } from '../plan.ts';
import { mappingOf } from '../types/index.ts';
import type { Change } from './change.ts';

/** What refers to a resource by one of its attributes. */
export class Reference {
  readonly to: Planned;
  readonly attribute: string;
  constructor(to: Planned, attribute: string) {
    this.to = to;
    this.attribute = attribute;
  }
  /** As it is written in the module of the resource. */
  get written(): string {
    return `${ownPath(this.to)}.${this.attribute}`;
  }
  /** What it gives, where the plan knows it. */
  get value(): unknown {
    return this.to.unknown[this.attribute] === true ? undefined : this.to.after[this.attribute];
  }
}
export type Values = Readonly<Record<string, unknown>>;

/** The attributes of a resource that is added, as a tree. */
export const valuesOf = ({ values, owner }: Extract<Change, { kind: 'add' }>): Values => {
  const tree = values.reduce<unknown>((at, { path, value }) => {
    const isReference = typeof asRecord(value)['Ref'] === 'string';
    const names = mappingOf(owner.type)?.names ?? ['id'];
    const wanted = /arns?$/.test(String(path[0])) ? 'arn' : (names[0] ?? 'id');
    return editedTree(at, { path, value: isReference ? new Reference(owner, wanted) : value });
  }, {});
  return asRecord(tree);
};

/** The name that nothing of its type has in the module. */
export const nameOf = (
  { owner, type }: Extract<Change, { kind: 'add' }>,
  { planned }: Plan,
): string => {
  const taken = planned.filter((one) => one.type === type && one.module.key === owner.module.key);
  const base = [owner.name, owner.index]
    .filter((part) => part !== undefined)
    .join('_')
    .replace(/[^\w-]/g, '_');
  let free = base;
  for (let number = 2; taken.some(({ name }) => name === free); number += 1)
    free = `${base}_${number}`;
  return free;
};
export const addressOf = (change: Extract<Change, { kind: 'add' }>, plan: Plan): string =>
  [change.owner.module.address, change.type, nameOf(change, plan)]
    .filter((part) => part !== '')
    .join('.');

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields => value as Fields;

/** The instances that one block makes, whichever calls of its module make them. */
export const instancesOf = (
  { module, mode, type, name }: Planned,
  { planned }: Plan,
): readonly Planned[] => {
  const origin = originOf(module);
  return planned.filter(
    (one) =>
      one.mode === mode &&
      one.type === type &&
      one.name === name &&
      (one.module.key === module.key || originOf(one.module) === origin),
  );
};

/** Takes `true`, which says that it is not known, away at a path or above it. */
const withoutMark = (tree: unknown, path: Path): unknown => {
  const [key, ...rest] = path;
  if (tree === true || key === undefined) return false;
  if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, key)) return tree;
  const inner = withoutMark(Reflect.get(tree, key), rest);
  if (Array.isArray(tree)) return tree.map((one, index) => (index === Number(key) ? inner : one));
  return { ...tree, [key]: inner };
};

/** A plan's tree, of which parts are changed in place: it is a copy. */
class Copy {
  readonly tree: unknown;
  readonly plan: Plan;
  constructor(tree: unknown, plan: Plan) {
    this.tree = structuredClone(tree);
    this.plan = plan;
  }
  get #root(): Fields {
    return fields(asRecord(asRecord(this.tree)['planned_values'])['root_module']);
  }
  *#modules(at: Fields = this.#root): Generator<Fields> {
    yield at;
    for (const child of list(at['child_modules'])) yield* this.#modules(fields(child));
  }
  get #changes(): unknown[] {
    return list(asRecord(this.tree)['resource_changes']) as unknown[];
  }
  valuesOf(address: string): unknown {
    for (const module of this.#modules())
      for (const one of list(module['resources']).map(asRecord))
        if (one['address'] === address) return one['values'];
    return undefined;
  }
  edit(resource: Planned, edit: (values: unknown) => unknown, path: Path): void {
    for (const module of this.#modules())
      for (const one of list(module['resources']).map(fields))
        if (one['address'] === resource.address) {
          one['values'] = edit(one['values']);
          one['sensitive_values'] = withoutMark(one['sensitive_values'], path);
        }
    for (const one of this.#changes.map(fields))
      if (one['address'] === resource.address && one['deposed'] === undefined) {
        const change = fields(one['change']);
        change['after'] = edit(change['after']);
        change['after_unknown'] = withoutMark(change['after_unknown'], path);
        change['after_sensitive'] = withoutMark(change['after_sensitive'], path);
      }
  }
  drop({ address }: Planned): void {
    const isOther = (one: unknown) => asRecord(one)['address'] !== address;
    for (const module of this.#modules())
      module['resources'] = list(module['resources']).filter(isOther);
    fields(this.tree)['resource_changes'] = this.#changes.filter(isOther);
  }
  add(change: Extract<Change, { kind: 'add' }>): void {
    const { owner, type } = change;
    const name = nameOf(change, this.plan);
    const address = addressOf(change, this.plan);
    const all = Object.entries(valuesOf(change)).map(([key, value]): readonly [string, unknown] => [
      key,
      value instanceof Reference ? (value.value ?? value) : value,
    ]);
    const known = Object.fromEntries(all.filter(([, value]) => !(value instanceof Reference)));
    const references = all.flatMap(([key, value]) =>
      value instanceof Reference ? [[key, value] as const] : [],
    );
    const named = { mode: 'managed', type, name };
    for (const module of this.#modules())
      if ((module['address'] ?? '') === owner.module.address)
        module['resources'] = [
          ...list(module['resources']),
          { address, ...named, values: known, sensitive_values: {} },
        ];
    const unknown = Object.fromEntries(references.map(([key]) => [key, true]));
    this.#changes.push({
      address,
      ...named,
      change: { actions: ['create'], after: known, after_unknown: unknown, after_sensitive: {} },
    });
    const expressions = Object.fromEntries([
      ...Object.entries(known).map(([key, value]) => [key, { constant_value: value }]),
      ...references.map(([key, { written }]) => [key, { references: [written] }]),
    ]);
    const configuration = this.#configurationOf(owner.module.key);
    configuration['resources'] = [
      ...list(configuration['resources']),
      { address: `${type}.${name}`, ...named, provider_config_key: owner.providerKey, expressions },
    ];
  }
  #configurationOf(key: string): Fields {
    const root = asRecord(asRecord(this.tree)['configuration'])['root_module'];
    return fields(
      (key === '' ? [] : key.split('.')).reduce<unknown>(
        (at, name) => asRecord(asRecord(asRecord(at)['module_calls'])[name])['module'],
        root ?? {},
      ) ?? {},
    );
  }
}

const isOne = (resource: Planned, plan: Plan): boolean => instancesOf(resource, plan).length === 1;

/** What is added in a module is there in each of its instances, beside each of what it belongs to. */
const refuseRepeated = ({ module }: Planned, { modules }: Plan): void => {
  const origin = originOf(module);
  if ([...modules.values()].filter((one) => originOf(one) === origin).length > 1)
    throw new CannotEdit(
      `${module.address} is one of several of its module, each of which would have what is added`,
    );
};

export interface Applied {
  /** Of the plan. */
  readonly text: string;
  /** The attributes of a resource in it. */
  valuesOf(address: string): unknown;
}

/** A plan as it would be with these changes: what a block says it says for all that it makes. */
export const applied = (tree: unknown, plan: Plan, changes: readonly Change[]): Applied => {
  const copy = new Copy(tree, plan);
  for (const change of changes) {
    if (change.kind === 'add') {
      refuseRepeated(change.owner, plan);
      copy.add(change);
      continue;
    }
    const { resource } = change;
    const isOwn =
      change.kind !== 'set' || typeof change.value === 'object' || /^\s*\{/.test(`${change.value}`);
    if (isOwn && !isOne(resource, plan))
      throw new CannotEdit(`the block of ${resource.address} makes several resources`);
    if (change.kind === 'drop') copy.drop(resource);
    else if (change.kind === 'take') {
      const { path } = change;
      copy.edit(
        resource,
        (values) => editedTree(values, { path, remove: true }),
        path.slice(0, -1),
      );
    } else {
      const { path, value = null } = change;
      for (const one of instancesOf(resource, plan))
        copy.edit(one, (values) => editedTree(values, { path, value }), path);
    }
  }
  return { text: JSON.stringify(copy.tree), valuesOf: (address) => copy.valuesOf(address) };
};
