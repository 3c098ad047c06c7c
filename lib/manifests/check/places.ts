import type { Document, Path, Range } from '../../templates/document/document.ts';

/** How many steps of a path lead somewhere. */
const leadingSteps = (tree: unknown, path: Path): number => {
  let value: unknown = tree;
  for (const [index, step] of path.entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return index;
    value = Reflect.get(value, step);
  }
  return path.length;
};

/** The first line of a part: its key, or where it begins. */
const headOf = (document: Document, path: Path): Range => {
  const { line, column, endLine, endColumn } = document.rangeOf(path);
  if (endLine === line) return { line, column, endLine, endColumn };
  const last = path.at(-1);
  const length = typeof last === 'string' ? last.length : 1;
  return { line, column, endLine: line, endColumn: column + length };
};

/** Where a part stands, or where what would hold it does. */
export const placeOf = (document: Document, path: Path): Range => {
  const steps = leadingSteps(document.tree, path);
  return steps === path.length && steps > 0
    ? document.rangeOf(path)
    : headOf(document, path.slice(0, steps));
};

/** `spec.containers[0].image`; a key that is no word stands in quotes. */
export const pathText = (path: Path): string =>
  path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
