import { canonicalJson } from '../../support/canonical-json.ts';
import { clip } from '../../support/clip.ts';
import { asRecord, isRecord } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';

const mostOnALine = 300;

/** A policy is kept as a text: what it says is compared, not how it is written. */
const readable = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value ?? null;
  return decode(value) ?? value;
};

const line = (sign: string, path: string, value: unknown): string => {
  const name = path === '' ? '' : `${path}: `;
  return `${sign} ${name}${clip(canonicalJson(value), mostOnALine)}`;
};

const ofObjects = (before: unknown, after: unknown, path: string): readonly string[] => {
  const [a, b] = [asRecord(before), asRecord(after)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differenceLines(a[key], b[key], path === '' ? key : `${path}.${key}`),
  );
};
/** Of lists what is in one and not in the other: where an element stands says nothing. */
const ofLists = (before: readonly unknown[], after: readonly unknown[], path: string) => {
  const lacks = (list: readonly unknown[]) => {
    const known = new Set(list.map(canonicalJson));
    return (value: unknown) => !known.has(canonicalJson(value));
  };
  return [
    ...before.filter(lacks(after)).map((value) => line('-', `${path}[]`, value)),
    ...after.filter(lacks(before)).map((value) => line('+', `${path}[]`, value)),
  ];
};

/** What was there and is no more, with a minus, and what is there now, with a plus. */
export const differenceLines = (
  beforeValue: unknown,
  afterValue: unknown,
  path = '',
): readonly string[] => {
  const [before, after] = [readable(beforeValue), readable(afterValue)];
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (isRecord(before) && isRecord(after)) return ofObjects(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path);
  return [
    ...(before === null ? [] : [line('-', path, before)]),
    ...(after === null ? [] : [line('+', path, after)]),
  ];
};
