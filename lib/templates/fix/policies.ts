import { list, record } from '../../support/untyped.ts';
import { policyText } from '../answers/policy-text.ts';
import { CannotEdit, differences, type Edit } from '../edit/tree-edits.ts';
import type { Part } from '../part.ts';
import { arnVariable } from '../resolution/identities.ts';
import type { Resource, Stack } from '../stack.ts';
import { inProperties, type Writing } from './write.ts';

type Named = readonly [text: string, variable: string];

/** What stands in a policy as it is read for what its source refers to. */
const namesIn = (stack: Stack): readonly Named[] => {
  const { template } = stack;
  const { account } = template.deployment;
  const resources = [...template.declarations.values()].map(
    (declared): Named => [stack.resource(declared).arn, arnVariable(declared)],
  );
  const own: Named = [account, `\${AWS::AccountId}`];
  return [...resources, own].toSorted(([a], [b]) => b.length - a.length);
};
/** A name that ends there, and not the beginning of a longer one. */
const whole = (name: string): RegExp =>
  new RegExp(`${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.-])`);

const escaped = (text: string): string => text.replaceAll('${', '${!');

/** A text with references in the place of what only this reading of the template gives. */
const referring = (text: string, names: readonly Named[]): unknown => {
  let parts: readonly { readonly text: string; readonly isVariable: boolean }[] = [
    { text, isVariable: false },
  ];
  for (const [name, variable] of names)
    parts = parts.flatMap((part) =>
      part.isVariable
        ? [part]
        : part.text
            .split(whole(name))
            .flatMap((one, index) => [
              ...(index > 0 ? [{ text: variable, isVariable: true }] : []),
              { text: one, isVariable: false },
            ]),
    );
  const written = parts.filter((part) => part.text !== '');
  if (!written.some(({ isVariable }) => isVariable)) {
    if (/<[^>]*>/.test(text)) throw new CannotEdit('it names what only a deployment knows');
    return text;
  }
  if (written.some((part) => !part.isVariable && /<[^>]*>/.test(part.text)))
    throw new CannotEdit('it names what only a deployment knows');
  const [only, ...more] = written;
  const [, id, attribute] = /^\$\{([\w:]+)(?:\.(\w+))?\}$/.exec(only?.text ?? '') ?? [];
  if (more.length === 0 && id !== undefined)
    return attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
  return {
    'Fn::Sub': written.map((part) => (part.isVariable ? part.text : escaped(part.text))).join(''),
  };
};
const referringIn = (value: unknown, names: readonly Named[]): unknown => {
  if (typeof value === 'string') return referring(value, names);
  if (Array.isArray(value)) return value.map((one) => referringIn(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, referringIn(one, names)]),
  );
};

/** A value of a plan as a template writes it. */
export const asWritten = (value: unknown, { stack }: Writing): unknown =>
  referringIn(value, namesIn(stack));

const statementKey = (document: Part): string =>
  document.names.find((name) => name.toLowerCase() === 'statement') ?? 'Statement';

const isConditional = (one: unknown): boolean => {
  const keys = Object.keys(Object(one));
  return keys.length === 1 && /^(?:Ref|Fn::)/.test(keys[0] ?? '');
};

/** The same change at another place, with references in what it adds. */
const moved = (edit: Edit, base: Edit['path'], names: readonly Named[]): Edit => {
  const path = [...base, ...edit.path];
  if ('remove' in edit) return { path, remove: true };
  return 'append' in edit
    ? { path, append: referringIn(edit.append, names) }
    : { path, value: referringIn(edit.value, names) };
};

/**
 * What makes of the policy that stands in a property the one that a plan writes: statements that the plan leaves as they
 * are stay as they are written.
 */
export const policyEdits = (
  document: Part,
  { declared }: Pick<Resource, 'declared'>,
  after: string,
  writing: Writing,
): readonly Edit[] | undefined => {
  const { stack, resource } = writing;
  if (document.name() !== undefined) return undefined;
  const owner = { ...stack.template.deployment, arn: resource.arn };
  const before: unknown = JSON.parse(policyText(document, owner));
  const wanted: unknown = JSON.parse(after);
  const key = statementKey(document);
  const [was, then] = [before, wanted].map((one) => list(record(one)['Statement']));
  const edits = differences(was, then);
  const names = namesIn(stack);
  const base = inProperties(declared, [...document.path, key]);
  const source = document.tree(key);
  if (Array.isArray(source)) {
    const isByIndex = edits.some(({ path }) => path.length > 0);
    if (isByIndex && source.some(isConditional))
      throw new CannotEdit('a condition decides which statements there are');
    return edits.map((edit) => moved(edit, base, names));
  }
  // A single statement, which stands without a list.
  return edits.map((edit): Edit => {
    const [index, ...path] = edit.path;
    if (index === undefined && 'append' in edit)
      return { path: base, value: [source, referringIn(edit.append, names)] };
    if (path.length === 0 && 'remove' in edit) return { path: base, value: [] };
    return moved({ ...edit, path }, base, names);
  });
};
