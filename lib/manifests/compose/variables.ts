import { Unresolved } from '../../model/unresolved.ts';
import type { Field } from '../model/field.ts';

interface Put {
  readonly text: string;
  /** The variables that nothing in the file gives a value. */
  readonly missing: readonly string[];
}
const deepest = 20;

/** Where the brace that opened before `from` is closed. */
const closing = (text: string, from: number): number => {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('${', at)) depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
};

/** What stands for `${…}`: its default where it has one. What takes another value where it is set is not known. */
const braced = (inner: string, depth: number): Put => {
  const [, name, form, rest = ''] = /^([A-Za-z_]\w*)(?:(:?[-?+])([\s\S]*))?$/.exec(inner) ?? [];
  if (name === undefined) return { text: `\${${inner}}`, missing: [] };
  return form?.endsWith('-') ? put(rest, depth + 1) : { text: '', missing: [name] };
};

const put = (text: string, depth = 0): Put => {
  const missing: string[] = [];
  let made = '';
  for (let at = 0; at < text.length; at += 1) {
    const [, plain] = /^\$([A-Za-z_]\w*)/.exec(text.slice(at, at + 200)) ?? [];
    const end = text.startsWith('${', at) && depth < deepest ? closing(text, at + 2) : -1;
    if (text.startsWith('$$', at)) {
      // It stays as it is written: else what it means, a dollar, would be read as the beginning of a variable.
      made += '$$';
      at += 1;
    } else if (plain !== undefined) {
      missing.push(plain);
      at += plain.length;
    } else if (end !== -1) {
      const inner = braced(text.slice(at + 2, end), depth);
      made += inner.text;
      missing.push(...inner.missing);
      at = end;
    } else if (text.startsWith('${', at)) {
      // Nothing closes it: compose refuses such a text.
      made += text.slice(at);
      break;
    } else made += text[at];
  }
  return { text: made, missing };
};

/** A text with its variables replaced by their defaults; as it stands where one has none. */
const withDefaults = (text: string): string => {
  if (!text.includes('$')) return text;
  const { text: made, missing } = put(text);
  return missing.length === 0 ? made : text;
};

const listOf = (list: readonly unknown[], of: (value: unknown) => unknown): readonly unknown[] => {
  const made = list.map(of);
  return made.every((one, index) => one === list[index]) ? list : made;
};
/** A mapping with other values; itself where all of them are what they were, as most are. */
const mappingOf = (mapping: object, of: (value: unknown) => unknown): object => {
  let made: Record<string, unknown> | undefined;
  for (const [key, value] of Object.entries(mapping)) {
    const next = of(value);
    if (next === value) continue;
    made ??= { ...mapping };
    Object.defineProperty(made, key, { value: next, enumerable: true, writable: true });
  }
  return made ?? mapping;
};

/**
 * A tree with the defaults of its variables put in: what the file says where nobody sets them.
 * https://docs.docker.com/reference/compose-file/interpolation/
 */
export const interpolated = (tree: unknown): unknown => {
  // What an anchor stands for is one object, however often it is named.
  const done = new Map<object, unknown>();
  const of = (value: unknown): unknown => {
    if (typeof value === 'string') return withDefaults(value);
    if (typeof value !== 'object' || value === null) return value;
    const known = done.get(value);
    if (known !== undefined) return known;
    const made = Array.isArray(value) ? listOf(value, of) : mappingOf(value, of);
    done.set(value, made);
    return made;
  };
  return of(tree);
};

/** The variables that a text still needs. */
export const missingIn = (text: string): readonly string[] =>
  text.includes('$') ? [...new Set(put(text).missing)] : [];

const refuseOpen = (text: string): void => {
  const missing = missingIn(text);
  if (missing.length > 0)
    throw new Unresolved(`the value of ${missing.map((name) => `$${name}`).join(', ')}`);
};

/** A text, with dollars for what stands for one. Throws Unresolved where a variable of it has no value. */
export const sureText = (field: Field): string | undefined => {
  const text = field.text();
  if (text === undefined) return undefined;
  refuseOpen(text);
  return text.replaceAll('$$', '$');
};
/** A boolean. Throws Unresolved where a variable of it has no value. */
export const sureFlag = (field: Field): boolean | undefined => {
  refuseOpen(field.text() ?? '');
  return field.wordOfFlag();
};

/** How items are read of which some are not known. */
export interface Reading {
  /** What these say; throws Unresolved where one of them does, or leaves that one out. */
  each<T>(fields: readonly Field[], read: (field: Field) => readonly T[]): readonly T[];
}
/** Nothing is said where not all is known. */
export const strictly: Reading = { each: (fields, read) => fields.flatMap(read) };
/** What is not known is left out: what departs departs still. */
export const asKnown: Reading = {
  each: (fields, read) =>
    fields.flatMap((field) => {
      try {
        return read(field);
      } catch (error) {
        if (error instanceof Unresolved) return [];
        throw error;
      }
    }),
};

/** Items of which one is looked for: where none that is known is it, all have to be known. */
export const firstKnown = <T>(
  read: (reading: Reading) => readonly T[],
  isIt: (one: T) => boolean,
): T | undefined => read(asKnown).find(isIt) ?? read(strictly).find(isIt);
