import { engineOf } from '../../resources/rds/db-engine.ts';

const deepest = 64;
const isTree = (tree: unknown): tree is object => typeof tree === 'object' && tree !== null;
const inner = (tree: unknown, step: string): unknown =>
  isTree(tree) && Object.hasOwn(tree, step) ? Reflect.get(tree, step) : undefined;

/** Trees that are `true` at what is secret, as one. */
export const bothMarked = (one: unknown, other: unknown, depth = 0): unknown => {
  if (one === true || other === true || depth > deepest) return true;
  if (!isTree(one)) return other;
  if (!isTree(other)) return one;
  const steps = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    steps.map((step) => [step, bothMarked(inner(one, step), inner(other, step), depth + 1)]),
  );
};

/** A shorter one is a part of too much that is none. */
const shortest = 6;
/** The name of an engine tells nobody anything: `postgres` as a password is no part of the log `postgresql`. */
const canHide = (text: string): boolean => text.length >= shortest && engineOf(text) === undefined;
const textsIn = (tree: unknown, depth = 0): readonly string[] => {
  if (typeof tree === 'string') return canHide(tree) ? [tree] : [];
  if (!isTree(tree) || depth > deepest) return [];
  return Object.values(tree).flatMap((one) => textsIn(one, depth + 1));
};

/** The texts that are marked as secret. */
export const secretsIn = (tree: unknown, marks: unknown, depth = 0): readonly string[] => {
  if (marks === true) return textsIn(tree);
  if (!isTree(tree) || !isTree(marks) || depth > deepest) return [];
  return Object.keys(marks).flatMap((step) =>
    secretsIn(inner(tree, step), inner(marks, step), depth + 1),
  );
};

/** A tree without what is marked as secret in it. */
export const withoutSecrets = (tree: unknown, marks: unknown, depth = 0): unknown => {
  if (marks === true || depth > deepest) return undefined;
  if (!isTree(tree) || !isTree(marks)) return tree;
  if (Array.isArray(tree))
    return tree.map((one, index) => withoutSecrets(one, inner(marks, String(index)), depth + 1));
  return Object.fromEntries(
    Object.entries(tree).map(([step, one]) => [
      step,
      withoutSecrets(one, inner(marks, step), depth + 1),
    ]),
  );
};
