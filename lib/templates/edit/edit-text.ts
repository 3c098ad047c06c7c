import { isDeepStrictEqual } from 'node:util';
import { type Document as Ast, isMap, isScalar, parseAllDocuments } from 'yaml';
import { UserError } from '../../support/user-error.ts';
import { splice, spliced } from './splices.ts';
import { CannotEdit, type Edit, editedTree, joinedEdits } from './tree-edits.ts';

const stepIn = (ast: Ast): number => {
  const { contents } = ast;
  if (!isMap(contents) || contents.flow) return 2;
  for (const { value } of contents.items)
    if (isMap(value) && !value.flow && isScalar(value.items[0]?.key)) {
      const token: unknown = Reflect.get(Object(value.srcToken), 'indent');
      if (typeof token === 'number' && token > 0) return token;
    }
  return 2;
};
const jsonStep = (text: string): number => /\n( +)"/.exec(text)?.[1]?.length ?? 2;

export interface EditOptions {
  /** Which of the documents of a YAML stream. @default 0 */
  readonly at?: number;
  /** The documents that a text holds, by which the outcome is proved. @default - what YAML says of them, tags left out */
  readonly read?: (text: string) => readonly unknown[];
  /** Tries them together, which takes one reading however many there are. @default false */
  readonly isTogether?: boolean;
}

const documentsIn = (text: string): readonly Ast[] => {
  const all = parseAllDocuments(text, { keepSourceTokens: true, logLevel: 'silent' });
  return Array.isArray(all) ? all : [];
};
const plainly = (text: string): readonly unknown[] =>
  documentsIn(text).map((ast): unknown => ast.toJS());

interface Editing {
  readonly text: string;
  readonly trees: readonly unknown[];
}
/** Makes changes that do not meet. The outcome has to be the documents with these changes, and no other. */
const edited = (
  { text, trees }: Editing,
  edits: readonly Edit[],
  { at = 0, read = plainly }: EditOptions,
): Editing | undefined => {
  const ast = documentsIn(text)[at];
  if (!ast) throw new CannotEdit('there is no such document');
  const isJson = /^\s*[{[]/.test(text);
  const style = { isJson, step: isJson ? jsonStep(text) : stepIn(ast) };
  const next = spliced(
    text,
    edits.flatMap((edit) => splice({ text, style }, ast, edit) ?? []),
  );
  if (next === undefined) return undefined;
  const after = read(next);
  const wanted = trees.map((tree, index) => (index === at ? edits.reduce(editedTree, tree) : tree));
  return isDeepStrictEqual(after, wanted) ? { text: next, trees: after } : undefined;
};

/** The changes at once, where none is in the way of another. */
const together = (
  before: Editing,
  edits: readonly Edit[],
  options: EditOptions,
): Editing | undefined => {
  const joined = joinedEdits(before.trees[options.at ?? 0], edits);
  if (!joined) return undefined;
  try {
    return edited(before, joined, options);
  } catch (error) {
    if (error instanceof CannotEdit || error instanceof UserError) return undefined;
    throw error;
  }
};

/**
 * A text with these changes, one after the other; every byte outside of them stays, comments and formatting too. It works
 * on any YAML or JSON: of a stream of several documents, such as manifests of Kubernetes, `at` says which. The outcome is
 * read again and has to be the documents with these changes and no other, whatever anchors and merges do: else it throws
 * a CannotEdit, which says why, as it does where a function, an alias or a merge gives what is to be changed.
 */
export const editText = (
  text: string,
  edits: readonly Edit[],
  options: EditOptions = {},
): string => {
  const { read = plainly } = options;
  let current: Editing = { text, trees: read(text) };
  const made =
    options.isTogether && edits.length > 1 ? together(current, edits, options) : undefined;
  if (made) return made.text;
  for (const edit of edits) {
    const next = edited(current, [edit], options);
    if (!next) throw new CannotEdit('it cannot be changed without changing something else');
    current = next;
  }
  return current.text;
};
