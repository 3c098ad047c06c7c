import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../support/untyped.ts';
import type { Path } from '../document/document.ts';

/** One change of a document, by the path of its keys and indexes. Parents that are missing are made. */
export type Edit =
  | { readonly path: Path; readonly value: unknown }
  | { readonly path: Path; readonly remove: true }
  /** To the list at the path, as its last item. */
  | { readonly path: Path; readonly append: unknown };

/** What keeps a change from being written into a text: a sentence's end, `… a function gives it`. */
export class CannotEdit extends Error {
  override readonly name = 'CannotEdit';
}

/** What is missing of a path, around a value. */
export const wrappedIn = (path: Path, value: unknown): unknown =>
  path.reduceRight<unknown>(
    (inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }),
    value,
  );

/** A tree with one change, the rest of it as it was. */
export const editedTree = (tree: unknown, edit: Edit): unknown => {
  const [key, ...path] = edit.path;
  if (key === undefined) {
    if ('append' in edit) return [...(Array.isArray(tree) ? tree : []), edit.append];
    return 'value' in edit ? edit.value : undefined;
  }
  const inner = { ...edit, path };
  const held: unknown = typeof tree === 'object' && tree !== null ? Reflect.get(tree, key) : null;
  const isLast = path.length === 0;
  if (Array.isArray(tree)) {
    const at = Number(key);
    if ('remove' in edit && isLast) return tree.filter((_, index) => index !== at);
    if (at >= tree.length) return [...tree, editedTree(undefined, inner)];
    return tree.map((one, index) => (index === at ? editedTree(one, inner) : one));
  }
  if (typeof key === 'number' && !isRecord(tree)) return [editedTree(undefined, inner)];
  const map = isRecord(tree) ? tree : {};
  if ('remove' in edit && isLast)
    return Object.fromEntries(Object.entries(map).filter(([name]) => name !== String(key)));
  return { ...map, [key]: editedTree(held, inner) };
};

/** How many steps of a path lead to something. */
const stepsIn = (tree: unknown, path: Path): number => {
  let held: unknown = tree;
  for (const [index, key] of path.entries()) {
    held = typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined;
    if (held === undefined || held === null) return index;
  }
  return path.length;
};

/**
 * The same changes with those joined that make the same missing parent; `undefined` where one of them changes what another
 * changes, too.
 */
export const joinedEdits = (tree: unknown, edits: readonly Edit[]): readonly Edit[] | undefined => {
  const made = new Map<string, unknown>();
  const joined: Edit[] = [];
  const paths: Path[] = [];
  const changed = new Set<string>();
  for (const edit of edits) {
    const steps = stepsIn(tree, edit.path);
    if (steps === edit.path.length) {
      const key = JSON.stringify(edit.path);
      if (!('append' in edit) && changed.has(key)) return undefined;
      changed.add(key);
      joined.push(edit);
    } else if (!('remove' in edit)) {
      const path = edit.path.slice(0, steps + 1);
      const key = JSON.stringify(path);
      if (!made.has(key)) paths.push(path);
      made.set(key, editedTree(made.get(key), { ...edit, path: edit.path.slice(steps + 1) }));
    }
  }
  return [...joined, ...paths.map((path) => ({ path, value: made.get(JSON.stringify(path)) }))];
};

/** Pairs of equal items of two lists, in order: the longest there are. */
const common = (
  before: readonly unknown[],
  after: readonly unknown[],
): readonly (readonly [number, number])[] => {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row)
        row[j] = isDeepStrictEqual(before[i], after[j])
          ? at(i + 1, j + 1) + 1
          : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < before.length && j < after.length; ) {
    if (isDeepStrictEqual(before[i], after[j])) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
};

/** What of two lists stands between two pairs of equal items is changed one by one; more of it is added at the end. */
const ofLists = (before: readonly unknown[], after: readonly unknown[], path: Path): Edit[] => {
  const changed: Edit[] = [];
  const removed: number[] = [];
  const added: unknown[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...common(before, after), [before.length, after.length] as const]) {
    for (; i < nextI && j < nextJ; i += 1, j += 1)
      changed.push(...differences(before[i], after[j], [...path, i]));
    for (; i < nextI; i += 1) removed.push(i);
    for (; j < nextJ; j += 1) added.push(after[j]);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return [
    ...changed,
    ...added.map((append) => ({ path, append })),
    // From behind, so that indexes stay what they are.
    ...removed.toReversed().map((index) => ({ path: [...path, index], remove: true as const })),
  ];
};

/**
 * The fewest changes that make of one value another one: what is equal is not touched, so that whatever stands for it in
 * a document stays. Lists count as sets where something is added in the middle: it comes last.
 */
export const differences = (before: unknown, after: unknown, path: Path = []): Edit[] => {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path);
  if (!isRecord(before) || !isRecord(after)) return [{ path, value: after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key): Edit[] => {
    const inner = [...path, key];
    if (!Object.hasOwn(after, key)) return [{ path: inner, remove: true }];
    if (!Object.hasOwn(before, key)) return [{ path: inner, value: after[key] }];
    return differences(before[key], after[key], inner);
  });
};
