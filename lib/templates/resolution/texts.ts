import { asRecord, list, said } from '../../support/untyped.ts';
import { type Hole, Holed, open } from './hole.ts';
import { type Head, head, type Scope } from './scope.ts';

type Parts = readonly (string | Hole)[];
const textOf = (value: Exclude<Head, Holed>): string => {
  if (Array.isArray(value)) return value.map(said).join(',');
  return typeof value === 'object' ? '' : said(value ?? '');
};
const partsOf = (value: Head): Parts => (value instanceof Holed ? value.parts : [textOf(value)]);

/** What a secret or a parameter of SSM holds is known when the stack is deployed. */
const dynamic = /\{\{resolve:([\w-]+):/;
const resolvedLater = (text: string, id: string): Holed | undefined => {
  const [, from] = text.includes('{{resolve:') ? (dynamic.exec(text) ?? []) : [];
  return from === undefined ? undefined : open(id, `a dynamic reference to ${from}`);
};
/** A text as somebody wrote it. */
export const written = (text: string): string | Holed => resolvedLater(text, text) ?? text;

/** A text where every part is one. */
export const textFrom = (parts: Parts): string | Holed => {
  const texts = parts.filter((part) => typeof part === 'string');
  // Nothing is open, as in most.
  if (texts.length === parts.length) return written(texts.join(''));
  const together: (string | Hole)[] = [];
  for (const part of parts) {
    const last = together.at(-1);
    if (typeof part === 'string' && typeof last === 'string')
      together[together.length - 1] = last + part;
    else together.push(part);
  }
  const made = new Holed(together.filter((part) => part !== ''));
  return resolvedLater(texts.join(''), made.marked) ?? made;
};

/** The beginning of a dynamic reference that the next items of a list end. */
const isBegun = (item: unknown): item is string =>
  typeof item === 'string' && /\{\{resolve:[^}]*$/.test(item);

export const joined = (scope: Scope, argument: unknown): Head => {
  const [by, from] = list(argument);
  const items = head(from, scope);
  if (items instanceof Holed) return items;
  if (!Array.isArray(items)) return open('Join', 'a list that cannot be joined');
  const between = said(by);
  const parts: (string | Hole)[] = [];
  const add = (value: Head): void => {
    if (value instanceof Holed) for (const one of value.parts) parts.push(one);
    else parts.push(textOf(value));
  };
  for (let index = 0; index < items.length; index += 1) {
    const item: unknown = items[index];
    const value = isBegun(item) ? item : head(item, scope);
    if (index > 0) parts.push(between);
    if (!Array.isArray(value)) add(value);
    else
      for (let at = 0; at < value.length; at += 1) {
        if (at > 0) parts.push(between);
        add(head(value[at], scope));
      }
  }
  return textFrom(parts);
};

type Lookup<T> = (scope: Scope, name: T) => Head;
// Another `$` begins another one: a text that opens many and ends none is walked once.
const variable = /\$\{(!?)([^}$]*)\}/g;

export const substituted = (
  scope: Scope,
  argument: unknown,
  reference: Lookup<string>,
  attribute: Lookup<unknown>,
): Head => {
  const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
  const values = asRecord(given);
  const template = head(text, scope);
  if (typeof template !== 'string') return template;
  const parts: (string | Hole)[] = [];
  let from = 0;
  for (const { 0: whole, 1: isLiteral, 2: written = '', index } of template.matchAll(variable)) {
    const name = written.trim();
    parts.push(template.slice(from, index));
    from = index + whole.length;
    if (isLiteral) parts.push(`\${${name}}`);
    else if (Object.hasOwn(values, name)) parts.push(...partsOf(head(values[name], scope)));
    else if (name.includes('.')) parts.push(...partsOf(attribute(scope, name)));
    else parts.push(...partsOf(reference(scope, name)));
  }
  return textFrom([...parts, template.slice(from)]);
};
