import { parseJson } from '../../support/json.ts';
import { asRecord, list, said } from '../../support/untyped.ts';
import { Holed } from '../resolution/hole.ts';
import type { Planned } from './plan.ts';
import { type Opener, View } from './view.ts';

const notEmpty = (tree: unknown): unknown =>
  Array.isArray(tree) && tree.length === 0 ? undefined : tree;

/** `principals` and `condition` blocks as an object of lists, or a hole where it is not known which there are. */
const grouped = (
  items: readonly View[] | Holed,
  keysOf: (item: View) => readonly unknown[],
  values: string,
): unknown => {
  if (items instanceof Holed) return items;
  const made: Record<string, unknown> = {};
  for (const item of items) {
    const keys = keysOf(item);
    const found = item.get(values).tree();
    if (keys.some((key) => typeof key !== 'string'))
      return item.hole('has a key that is known after it is applied');
    let inner = made;
    const names = keys.map(said);
    for (const name of names.slice(0, -1)) {
      inner[name] = Object.hasOwn(inner, name) ? inner[name] : {};
      inner = Object(inner[name]);
    }
    const last = names.at(-1) ?? '';
    const before = Object.hasOwn(inner, last) ? list(inner[last]) : [];
    // Open as a whole, or put together with what stands there already.
    inner[last] =
      found instanceof Holed && before.length === 0 ? found : [...before, ...[found ?? []].flat()];
  }
  return notEmptyObject(made);
};
/** Blocks, of which only a `dynamic` one is not known: the provider makes none of its own. */
const blocksOf = (view: View): readonly View[] | Holed =>
  view.unknown === true ? view.hole('is known after it is applied') : view.items();
const notEmptyObject = (made: object): unknown =>
  Object.keys(made).length === 0 ? undefined : made;

const principalsOf = (view: View): unknown => {
  const items = blocksOf(view);
  const isEverybody =
    !(items instanceof Holed) && items.some((item) => item.get('type').tree() === '*');
  return isEverybody ? '*' : grouped(items, (item) => [item.get('type').tree()], 'identifiers');
};
const conditionOf = (view: View): unknown =>
  grouped(
    blocksOf(view),
    (item) => [item.get('test').tree(), item.get('variable').tree()],
    'values',
  );

const statementOf = (view: View): unknown => {
  const fields: Readonly<Record<string, unknown>> = {
    Sid: view.get('sid').tree(),
    Effect: view.get('effect').tree() ?? 'Allow',
    Principal: principalsOf(view.get('principals')),
    NotPrincipal: principalsOf(view.get('not_principals')),
    Action: notEmpty(view.get('actions').tree()),
    NotAction: notEmpty(view.get('not_actions').tree()),
    Resource: notEmpty(view.get('resources').tree()),
    NotResource: notEmpty(view.get('not_resources').tree()),
    Condition: conditionOf(view.get('condition')),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
};

/** Documents that it is put together with, or that override it, but for `source_policy_documents`. */
const others = ['override_policy_documents', 'source_json', 'override_json'];

const sidOf = (statement: unknown): unknown => asRecord(statement)['Sid'];
/** The statements of documents; `undefined` where not all of them are known. */
const statementsIn = (documents: unknown): readonly unknown[] | undefined => {
  if (!Array.isArray(documents)) return undefined;
  const all = documents
    .filter((one) => one !== '' && one !== undefined)
    .map((one: unknown) => {
      const document = typeof one === 'string' ? parsed(one) : one;
      return document instanceof Holed ? undefined : asRecord(document)['Statement'];
    });
  return all.some((one) => one === undefined || one instanceof Holed) ? undefined : all.flat();
};
const parsed = (text: string): unknown => {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
};
/** Whether no statement replaces another, as one with the same Sid does: that is not evaluated here. */
const isApart = (statements: readonly unknown[]): boolean => {
  const sids = statements.map(sidOf).filter((sid) => sid !== undefined && sid !== '');
  return sids.every((sid) => typeof sid === 'string') && new Set(sids).size === sids.length;
};

/**
 * What an `aws_iam_policy_document` that is read while the plan is applied will say: its blocks are known, but for what comes
 * from resources that are not there yet.
 */
export const policyDocumentOf = (data: Planned, opener: Opener): unknown => {
  const view = new View(data, opener);
  const put = (name: string) => view.get(name).hole('is put together when it is applied');
  const other = others.find((name) => {
    const tree = notEmpty(view.get(name).tree());
    return tree !== undefined && tree !== '';
  });
  if (other !== undefined) return put(other);
  const sources = notEmpty(view.get('source_policy_documents').tree());
  const before = sources === undefined ? [] : statementsIn(sources);
  const statements = blocksOf(view.get('statement'));
  if (statements instanceof Holed && before?.length === 0) return statements;
  if (statements instanceof Holed || !before) return put('source_policy_documents');
  const all = [...before, ...statements.map(statementOf)];
  if (before.length > 0 && !isApart(all)) return put('source_policy_documents');
  return { Version: view.get('version').tree() ?? '2012-10-17', Statement: all };
};
