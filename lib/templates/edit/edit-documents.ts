import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { jsonIn } from '../document/read-document.ts';
import { readYamlDocuments } from '../document/yaml-document.ts';
import { editText } from './edit-text.ts';
import { CannotEdit, type Edit, editedTree } from './tree-edits.ts';

/** What is changed of each document of a text, by its number. */
export type Changes = ReadonlyMap<number, readonly Edit[]>;

const treesIn = (text: string): readonly unknown[] => {
  const json = jsonIn(text, '');
  return json ? [json.tree] : readYamlDocuments(text, '').map(({ tree }) => tree);
};

/** A stream as the texts of its documents, so that one change does not read all of it. */
const slicesOf = (text: string): readonly string[] => {
  const all = parseAllDocuments(text, { logLevel: 'silent' });
  const starts = Array.isArray(all) ? all.map(({ range }) => range[0]) : [];
  return starts.map((from, index) =>
    text.slice(index === 0 ? 0 : from, starts[index + 1] ?? text.length),
  );
};

/**
 * A text of one or several documents with these changes, every byte outside of them as it was. Throws a CannotEdit where
 * the documents would not be what they are with these changes and no other.
 */
export const editDocuments = (text: string, changes: Changes): string => {
  const trees = treesIn(text);
  const slices = trees.length === 1 ? [text] : slicesOf(text);
  if (slices.length !== trees.length) throw new CannotEdit('its documents cannot be told apart');
  const next = slices
    .map((slice, index) =>
      editText(slice, changes.get(index) ?? [], { read: treesIn, isTogether: true }),
    )
    .join('');
  const wanted = trees.map((tree, index) => (changes.get(index) ?? []).reduce(editedTree, tree));
  if (trees.length > 1 && !isDeepStrictEqual(treesIn(next), wanted))
    throw new CannotEdit('it cannot be changed without changing something else');
  return next;
};
