import { type Document as Ast, isScalar, visit } from 'yaml';

/** The key that stands at a place of a mapping which has it already, and where it stands first. */
export const duplicateAt = (
  ast: Ast,
  at: number,
): { readonly key: string; readonly first: number } | undefined => {
  let found: { readonly key: string; readonly first: number } | undefined;
  visit(ast, {
    Map: (_, { items }) => {
      const keys = items.flatMap(({ key }) => (isScalar(key) && key.range ? [key] : []));
      const again = keys.find(({ range }) => range?.[0] === at);
      const first = again && keys.find(({ value }) => value === again.value);
      if (!first?.range || first === again) return undefined;
      found = { key: String(again?.value), first: first.range[0] };
      return visit.BREAK;
    },
  });
  return found;
};
