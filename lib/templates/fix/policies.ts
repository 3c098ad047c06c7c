import { isDeepStrictEqual } from 'node:util';
import { asRecord, list } from '../../support/untyped.ts';
import { isIncompletePolicy, policyText } from '../answers/policy-text.ts';
import { type Named, namedParts } from '../edit/named-parts.ts';
import { CannotEdit, differences, type Edit } from '../edit/tree-edits.ts';
import type { Part } from '../part.ts';
import { arnVariable } from '../resolution/identities.ts';
import type { Resource, Stack } from '../stack.ts';
import type { Declaration } from '../template.ts';
import { inProperties, type Writing } from './write.ts';

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
const escaped = (text: string): string => text.replaceAll('${', '${!');

/** A text with references in the place of what only this reading of the template gives. */
const referring = (text: string, names: readonly Named[]): unknown => {
  const written = namedParts(text, names);
  if (!written.some(({ isNamed }) => isNamed)) {
    if (/<[^>]*>/.test(text)) throw new CannotEdit('it names what only a deployment knows');
    return text;
  }
  if (written.some((part) => !part.isNamed && /<[^>]*>/.test(part.text)))
    throw new CannotEdit('it names what only a deployment knows');
  const [only, ...more] = written;
  const [, id, attribute] = /^\$\{([\w:]+)(?:\.(\w+))?\}$/.exec(only?.text ?? '') ?? [];
  if (more.length === 0 && id !== undefined)
    return attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
  return {
    'Fn::Sub': written.map((part) => (part.isNamed ? part.text : escaped(part.text))).join(''),
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

/** A policy of a plan as a template writes it; Terraform takes its text. */
export const asWritten = (policy: string, { stack }: Writing): unknown =>
  stack.template.proposalFor ? policy : referringIn(JSON.parse(policy), namesIn(stack));

/** A policy of Terraform's is one text: it is replaced as a whole, where all that stands in it is known or a name. */
const replaced = (
  document: Part,
  declared: Declaration,
  policy: string,
  owner: Parameters<typeof policyText>[1],
): readonly Edit[] => {
  if (!document.isText) {
    const marked = list(asRecord(document.marked())[statementKey(document)]);
    const read = list(asRecord(JSON.parse(policyText(document, owner)))['Statement']);
    if (!isDeepStrictEqual(marked, read))
      throw new CannotEdit('the policy holds what is known only after it is applied');
  }
  return [{ path: inProperties(declared, document.path), value: policy }];
};

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
  const owner = { ...stack.template.deployment, arn: resource.arn };
  if (isIncompletePolicy(document, owner))
    throw new CannotEdit('a statement lacks its effect or its actions');
  if (stack.template.proposalFor) return replaced(document, declared, after, owner);
  if (document.isText) return undefined;
  const before: unknown = JSON.parse(policyText(document, owner));
  const wanted: unknown = JSON.parse(after);
  const key = statementKey(document);
  const [was, then] = [before, wanted].map((one) => list(asRecord(one)['Statement']));
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
