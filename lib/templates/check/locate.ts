import { Unresolved } from '../../model/unresolved.ts';
import type { Document, Path, Range } from '../document/document.ts';
import { sourceLinesOf } from '../document/secret-lines.ts';
import type { Stack } from '../stack.ts';
import type { Declaration, Written } from '../template.ts';
import type { Checked } from './check-template.ts';

/** Whether a path leads somewhere in a tree, as far as it is asked. */
const leads = (tree: unknown, path: Path): boolean => {
  const inner = path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined,
    tree,
  );
  return inner !== undefined;
};

const place = ({ verdict, type, declared }: Checked, stack: Stack) => {
  const evidence = verdict.status === 'FAIL' ? verdict.evidence[0]?.path : undefined;
  if (evidence === undefined) return undefined;
  try {
    return type.placeOf(stack.resource(declared), stack, evidence);
  } catch (error) {
    if (error instanceof Unresolved) return undefined;
    throw error;
  }
};

const headOf = (document: Document, path: Path): Range => {
  const { line, column } = document.rangeOf(path);
  return { line, column, endLine: line, endColumn: column + String(path.at(-1) ?? '').length };
};

/** What is made of another resource, as SAM's second stage of an API, does not have what is written there. */
const isSet = ({ properties }: Declaration, [name = '']: Path): boolean =>
  leads(properties, [name]);

const inDocument = (document: Document, declared: Declaration, property: Path): Range => {
  const { path } = declared;
  if (property.length === 0 || !isSet(declared, property)) return headOf(document, path);
  const inner = [...path, 'Properties', ...property];
  const depth = path.length + 2;
  return leads(document.tree, inner.slice(0, depth))
    ? document.rangeOf(inner)
    : headOf(document, path);
};

type Shown = Written & { readonly property?: string };

/** Where a resource is written. */
export const writtenOf = ({
  template,
  declared,
}: Pick<Checked, 'template' | 'declared'>): Shown => {
  const { document, writtenAt: told } = template;
  if (told) return told(declared, []);
  const { file, text } = document;
  return { file, text, lines: sourceLinesOf(document), range: headOf(document, declared.path) };
};

/**
 * Where a verdict shows: at the property that decides, else at the resource.
 * @param stack in the world that shows it
 */
export const writtenAt = (checked: Checked, stack: Stack): Shown => {
  const { declared, path } = place(checked, stack) ?? { declared: checked.declared, path: [] };
  const { document, writtenAt: told } = checked.template;
  if (told) return told(declared, path);
  const { file, text } = document;
  const range = inDocument(document, declared, path);
  const written = { file, text, lines: sourceLinesOf(document), range };
  if (path.length === 0 || declared !== checked.declared) return written;
  return { ...written, property: ['Properties', ...path].join('.') };
};
