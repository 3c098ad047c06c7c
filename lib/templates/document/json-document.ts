import { keysIn } from '../../support/json-keys.ts';
import { UserError } from '../../support/user-error.ts';
import { type Document, linesOf, rangeBetween } from './document.ts';
import { duplicateIn, spansIn } from './json-walk.ts';

/** Plans of Terraform nest deeper than templates, by their modules. */
const deepest = 5000;
/** The keys of a tree; a key that was written twice it has once. */
const keysOf = (tree: unknown, fail: () => never, depth = 0): number => {
  if (typeof tree !== 'object' || tree === null) return 0;
  if (depth > deepest) fail();
  let count = 0;
  if (Array.isArray(tree)) for (const one of tree) count += keysOf(one, fail, depth + 1);
  else for (const key in tree) count += 1 + keysOf(Reflect.get(tree, key), fail, depth + 1);
  return count;
};

const refuseDuplicates = (text: string, file: string, tree: unknown): void => {
  const fail = (): never => {
    throw new UserError(`${file}: it is nested too deeply`);
  };
  if (keysOf(tree, fail) === keysIn(text)) return;
  const duplicate = duplicateIn(text);
  if (!duplicate) return;
  const placeOf = linesOf(text);
  const [line, column] = placeOf(duplicate.at);
  const [first] = placeOf(duplicate.first);
  throw new UserError(
    `${file}:${line}:${column}: a duplicate key: ${duplicate.key} stands in line ${first} already; take one of them out`,
  );
};

/** Throws a SyntaxError for what is no JSON. */
export const readJson = (text: string, file: string): Document => {
  const tree: unknown = JSON.parse(text);
  refuseDuplicates(text, file, tree);
  const placeOf = linesOf(text);
  const spanOf = spansIn(text);
  return {
    file,
    text,
    tree,
    rangeOf(path) {
      const { from, to } = spanOf(path);
      return rangeBetween(placeOf, from, to);
    },
    rangeFrom(offset) {
      return rangeBetween(placeOf, offset, offset);
    },
  };
};
