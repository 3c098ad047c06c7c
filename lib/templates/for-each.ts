import { list, said } from '../support/untyped.ts';
import { withOpenRest } from './resolution/hole.ts';

/** What `Fn::ForEach` repeats at most; CloudFormation takes 500 resources. */
const most = 2_000;
const prefix = 'Fn::ForEach::';

/** A body with the variable in place; `${A}` and, for names of letters and digits alone, `&{A}`. */
const filled = (tree: unknown, name: string, value: string): unknown => {
  if (typeof tree === 'string')
    return tree.replaceAll(`\${${name}}`, value).replaceAll(`&{${name}}`, value.replace(/\W/g, ''));
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((one) => filled(one, name, value));
  const entries = Object.entries(tree);
  const [[key, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && key === 'Ref' && argument === name) return value;
  return Object.fromEntries(
    entries.map(([inner, one]) => [said(filled(inner, name, value)), filled(one, name, value)]),
  );
};

/** What a mapping holds once its loops are written out; a loop over what is not known is left, and told. */
export const withoutLoops = (
  entries: readonly (readonly [string, unknown])[],
  itemsOf: (collection: unknown) => readonly string[] | undefined,
  tell: (name: string) => void,
  depth = 0,
): readonly (readonly [name: string, value: unknown, written: string])[] =>
  entries.flatMap(([name, value]) => {
    if (!name.startsWith(prefix)) return [[name, value, name] as const];
    const [variable, collection, body] = list(value);
    const items = typeof variable === 'string' && depth < 5 ? itemsOf(collection) : undefined;
    if (!items || items.length > most) {
      tell(name);
      return [];
    }
    const repeated = items.flatMap((item) =>
      Object.entries(Object(filled(body, said(variable), item))),
    );
    return withoutLoops(repeated, itemsOf, tell, depth + 1).map(
      ([inner, one]) => [inner, one, name] as const,
    );
  });

/** A tree whose maps have their loops written out; of one over what is not known more is set than is written. */
export const withoutInnerLoops = (
  tree: unknown,
  itemsOf: (collection: unknown) => readonly string[] | undefined,
): unknown => {
  if (typeof tree !== 'object' || tree === null) return tree;
  const inner = (one: unknown) => withoutInnerLoops(one, itemsOf);
  if (Array.isArray(tree)) return tree.map(inner);
  const entries = Object.entries(tree);
  const left: string[] = [];
  const made = withoutLoops(entries, itemsOf, (name) => left.push(name));
  const all = Object.fromEntries(made.map(([name, value]) => [name, inner(value)]));
  return left.length === 0
    ? all
    : withOpenRest(all, left.join(), `${left[0]}, which goes over what only the deployment knows`);
};
