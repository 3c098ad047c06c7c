import { asRecord, list, text } from '../../../support/untyped.ts';
import type { Path } from '../../document/document.ts';
import { CannotEdit, type Edit } from '../../edit/tree-edits.ts';
import { Holed } from '../../resolution/hole.ts';
import type { Shaped } from '../declared.ts';
import type { Declares, Wanted } from '../mapping.ts';
import type { Whole } from '../owners.ts';
import { mappingOf, mappings } from '../types/index.ts';
import type { Change, Planning } from './change.ts';
import { attributesFor } from './inverse.ts';
import { isRule, rulesTaken, ruleWritten } from './rules.ts';

const unsaid = (property: unknown): CannotEdit =>
  new CannotEdit(`no attribute of Terraform is known that says ${property}`);

type Fields = Readonly<Record<string, unknown>>;
const hasProperty = ({ properties }: Declares, name: string): boolean =>
  typeof properties !== 'function' && Object.hasOwn(properties, name);

/** The type of Terraform's that declares a type of CloudFormation by itself, or a property of one. */
const typeFor = (is: (one: Declares) => boolean): readonly [string, Declares] | undefined => {
  for (const [type, { declares }] of Object.entries(mappings)) {
    const [first] = declares;
    if (first && is(first)) return [type, first];
  }
  return undefined;
};
const apartFor = ({ type }: Whole, property: string) =>
  typeFor(
    ({ as, of, ...one }) =>
      as === type && of !== undefined && hasProperty({ as, ...one }, property),
  );

/** Of a bucket the provider shows what is set apart of it, and takes it there no more. */
const isApart = ({ main: { resource } }: Whole, [attribute]: Path): boolean =>
  resource.type === 'aws_s3_bucket' &&
  asRecord(resource.expressions)[String(attribute)] === undefined;

const shapesWith = ({ shapes }: Whole, property: string): readonly Shaped[] =>
  shapes.filter(({ declares }) => hasProperty(declares, property)).toReversed();

const wantedIn = (
  { declares, resource }: Pick<Shaped, 'declares' | 'resource'>,
  wanted: Wanted,
  { viewOf }: Planning,
): readonly Wanted[] => {
  const { properties } = declares;
  const found =
    typeof properties === 'function'
      ? undefined
      : attributesFor(properties, wanted, viewOf(resource));
  if (!found) throw unsaid(wanted.path.join('.'));
  return found;
};

const setIn = (whole: Whole, wanted: Wanted, planning: Planning): readonly Change[] => {
  const property = String(wanted.path[0]);
  const [shape] = shapesWith(whole, property);
  const isPart = shape?.declares.of !== undefined;
  const found = shape && wantedIn(shape, wanted, planning);
  const apart = isPart ? undefined : apartFor(whole, property);
  const owner = whole.main.resource;
  if (apart && (!found || isApart(whole, found[0]?.path ?? []))) {
    const [type, declares] = apart;
    const values = wantedIn({ declares, resource: owner }, wanted, planning);
    const by = { path: [declares.of?.by ?? ''], value: { Ref: whole.address } };
    return [{ kind: 'add', owner, type, values: [by, ...values] }];
  }
  if (!shape || !found) throw unsaid(property);
  return found.map((one) => ({ kind: 'set', resource: shape.resource, ...one }));
};

const listAt = ({ properties }: Whole, path: Path): readonly unknown[] =>
  list(path.reduce<unknown>((at, step) => Reflect.get(Object(at), step), properties));

/** What attaches a policy: an item of a list, or a resource of its own. */
const detached = (whole: Whole, index: number): readonly Change[] => {
  const policy = listAt(whole, ['ManagedPolicyArns'])[index];
  for (const { resource, properties, declares } of whole.shapes) {
    const own = list(properties['ManagedPolicyArns']);
    const at = own.findIndex((one) => JSON.stringify(one) === JSON.stringify(policy));
    if (at === -1) continue;
    if (declares.of && own.length === 1) return [{ kind: 'drop', resource }];
    const path = [declares.of ? 'policy_arns' : 'managed_policy_arns', at];
    return [{ kind: 'take', resource, path }];
  }
  throw unsaid('which policies are attached');
};

/** A resource that is taken away as a whole: some stand in another one. */
const dropped = ({ address, main: { resource, declares } }: Whole): readonly Change[] => {
  if (declares.when !== undefined)
    return [{ kind: 'set', resource, path: [declares.when], value: undefined }];
  // What the provider adds by itself goes with what it adds it for.
  return address === resource.address ? [{ kind: 'drop', resource }] : [];
};

const referenceIn = (value: unknown): string | undefined =>
  Object.values(asRecord(value))
    .flatMap((one) => [one].flat())
    .map((one) => text(asRecord(one)['Ref']))
    .find((one) => one !== undefined);

/** A resource that the plan lacks: a block of what it is a part of, where that has such blocks already. */
const added = (value: unknown, planning: Planning): readonly Change[] => {
  const { Type, Properties } = asRecord(value);
  const owner = planning.wholes.get(referenceIn(Properties) ?? '')?.main.resource;
  if (!owner) throw unsaid(Type);
  const view = planning.viewOf(owner);
  for (const declares of mappingOf(owner.type)?.declares ?? []) {
    const { as, each, properties } = declares;
    if (as !== Type || each === undefined || typeof properties === 'function') continue;
    const items = view.get(each).items();
    const values = attributesFor(properties, { path: [], value: Properties }, view);
    if (values && !(items instanceof Holed) && items.length > 0)
      return values.map((one) => ({
        kind: 'set',
        resource: owner,
        path: [each, items.length, ...one.path],
        value: one.value,
      }));
  }
  const found = typeFor(
    ({ as, of, when, each, properties }) =>
      as === Type && (of ?? when ?? each) === undefined && typeof properties !== 'function',
  );
  if (!found) throw unsaid(Type);
  const [type, declares] = found;
  const values = wantedIn({ declares, resource: owner }, { path: [], value: Properties }, planning);
  return [{ kind: 'add', owner, type, values }];
};

const changeOf = (edit: Edit, planning: Planning): readonly Change[] => {
  const [top, name = '', , ...path] = edit.path;
  if (top === 'Resources') return 'value' in edit ? added(edit.value, planning) : [];
  const whole = planning.wholes.get(String(name));
  if (!whole) throw unsaid(name);
  if (edit.path.length === 2) return dropped(whole);
  if (path[0] === 'ManagedPolicyArns' && 'remove' in edit) return detached(whole, Number(path[1]));
  if ('append' in edit) {
    if (isRule(whole, path))
      return added({ Type: ruleType, Properties: ofGroup(edit.append, whole) }, planning);
    return setIn(
      whole,
      { path: [...path, listAt(whole, path).length], value: edit.append },
      planning,
    );
  }
  const value = 'value' in edit ? edit.value : undefined;
  if (isRule(whole, path)) return ruleWritten(whole, { path, value }, planning);
  return setIn(whole, { path, value }, planning);
};
const ruleType = 'AWS::EC2::SecurityGroupIngress';
const ofGroup = (rule: unknown, { address }: Whole): Fields => ({
  ...asRecord(rule),
  GroupId: { Ref: address },
});

/** Rules of a group share blocks: what goes of them is looked at together. */
const goesAsRule = (edit: Edit, { wholes }: Planning): readonly (readonly [Whole, Path])[] => {
  const [top, name, , ...path] = edit.path;
  const whole = top === 'Resources' ? undefined : wholes.get(String(name));
  const isWhole = edit.path.length === 2 || path.length === 2;
  return whole && 'remove' in edit && isWhole && isRule(whole, path) ? [[whole, path]] : [];
};

/** What is added of one type to one resource is one. */
const together = (changes: readonly Change[]): readonly Change[] => {
  const made: Change[] = [];
  for (const change of changes) {
    const at = made.findIndex(
      (one) =>
        one.kind === 'add' &&
        change.kind === 'add' &&
        one.owner === change.owner &&
        one.type === change.type,
    );
    const before = made[at];
    if (change.kind !== 'add' || before?.kind !== 'add') made.push(change);
    else {
      const known = new Set(before.values.map(({ path }) => path.join('.')));
      const more = change.values.filter(({ path }) => !known.has(path.join('.')));
      made[at] = { ...before, values: [...before.values, ...more] };
    }
  }
  return made;
};

/** What of a plan's resources is to be changed for changes of what they declare. Throws CannotEdit where that is not known. */
export const changesFor = (edits: readonly Edit[], planning: Planning): readonly Change[] => {
  const rules = edits.flatMap((edit) => goesAsRule(edit, planning));
  const others = edits.filter((edit) => goesAsRule(edit, planning).length === 0);
  return together([
    ...rulesTaken(rules, planning),
    ...others.flatMap((edit) => changeOf(edit, planning)),
  ]);
};
