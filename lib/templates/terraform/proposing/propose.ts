import type { Path } from '../../document/document.ts';
import type { Named } from '../../edit/named-parts.ts';
import type { Edit } from '../../edit/tree-edits.ts';
import type { Proposal, Setting } from '../../proposal.ts';
import type { Written } from '../../template.ts';
import type { Plan, Planned } from '../plan.ts';
import { type Applied, addressOf, applied, instancesOf, nameOf, valuesOf } from './applied.ts';
import type { Change, Planning } from './change.ts';
import { changesFor } from './changes.ts';
import { attributeText, bodyText, plainValue, valueText } from './wording.ts';

interface Proposing extends Planning {
  readonly plan: Plan;
  /** Of the plan. */
  readonly tree: unknown;
  /** What is written for texts that only this reading of the plan gives. */
  readonly names: readonly Named[];
  placeOf(resource: Planned, path: Path): Pick<Written, 'file' | 'range'>;
}

const at = (tree: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => Reflect.get(Object(inner), step), tree);

/** A block that comes anew is shown as a whole, and a list, unless its items are blocks. */
const shownPath = (before: unknown, after: unknown, path: Path): Path => {
  const added = path.findIndex(
    (step, index) =>
      typeof step === 'number' &&
      at(before, path.slice(0, index + 1)) === undefined &&
      typeof at(after, path.slice(0, index + 1)) === 'object',
  );
  if (added !== -1) return path.slice(0, added + 1);
  return typeof path.at(-1) === 'number' && typeof at(after, path) !== 'object'
    ? path.slice(0, -1)
    : path;
};

/** What other calls make of the same block, which a change of it changes too. */
const alsoOf = (resource: Planned, plan: Plan): string => {
  const others = instancesOf(resource, plan).filter(
    ({ module }) => module.key !== resource.module.key,
  );
  return others.length === 0
    ? ''
    : ` # also for ${others.map(({ address }) => address).join(', ')}: one source`;
};

const settingOf = (change: Change, after: Applied, proposing: Proposing): Setting => {
  const { names, plan, placeOf } = proposing;
  const placed = (resource: Planned, path: Path) => {
    const { file, range } = placeOf(resource, path);
    return { file, line: range.line };
  };
  if (change.kind === 'add') {
    const values = valuesOf(change);
    const address = addressOf(change, plan);
    const head = `resource ${JSON.stringify(change.type)} ${JSON.stringify(nameOf(change, plan))}`;
    return {
      change: 'add',
      address,
      value: plainValue(values, names),
      ...placed(change.owner, []),
      text: `add ${head} ${bodyText(values, names)}`,
    };
  }
  const { resource } = change;
  const { address } = resource;
  if (change.kind === 'drop')
    return { change: 'remove', address, ...placed(resource, []), text: `remove ${address}` };
  const now = after.valuesOf(address);
  const isBlock = change.kind === 'take' && typeof at(resource.after, change.path) === 'object';
  if (isBlock) {
    const attribute = attributeText(change.path);
    return {
      change: 'remove',
      address,
      attribute,
      ...placed(resource, change.path),
      text: `${address}: remove ${attribute}`,
    };
  }
  const path =
    change.kind === 'take' ? change.path.slice(0, -1) : shownPath(resource.after, now, change.path);
  const attribute = attributeText(path);
  const value = at(now, path) ?? null;
  const isAdded = typeof path.at(-1) === 'number' && typeof value === 'object' && value !== null;
  const said = isAdded
    ? `add ${attributeText(path.slice(0, -1))} ${bodyText(value, names)}`
    : `${attribute} = ${valueText(value, names)}`;
  return {
    change: isAdded ? 'add' : 'set',
    address,
    attribute,
    value: plainValue(value, names),
    ...placed(resource, path),
    text: `${address}: ${said}${alsoOf(resource, plan)}`,
  };
};

/** What is to be set in the sources of a plan for changes of what it declares, and the plan as it then is. */
export const proposalFor = (edits: readonly Edit[], proposing: Proposing): Proposal => {
  const changes = changesFor(edits, proposing);
  const after = applied(proposing.tree, proposing.plan, changes);
  const all = changes.map((change) => settingOf(change, after, proposing));
  const settings = [...new Map(all.map((one) => [one.text, one])).values()];
  return { settings, plan: after.text };
};
