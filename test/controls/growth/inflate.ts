/** A value of JSON, or a date. */
type Value = unknown;

const isObject = (value: Value): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** A policy as a text, `encoded` as IAM answers with it. */
const textIn = (
  value: Value,
): { readonly policy: Value; readonly encoded: boolean } | undefined => {
  if (typeof value !== 'string' || !/^\s*(?:\{|%7B)/i.test(value)) return undefined;
  const encoded = !value.trimStart().startsWith('{');
  try {
    return { policy: JSON.parse(encoded ? decodeURIComponent(value) : value), encoded };
  } catch {
    return undefined;
  }
};

/** What tells the elements of a list apart: to make them differ does not change what they mean to a control. */
const names = /^(?:\w*id|name|arn|key)$/i;

/** The element `item`, as another one where it has a name. */
const another = (item: Value, suffix: string): Value => {
  if (typeof item === 'string') return `${item}${suffix}`;
  if (!isObject(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      names.test(name) && typeof value === 'string' ? `${value}${suffix}` : value,
    ]),
  );
};

interface List {
  /** `policy.Statement[].Action` */
  readonly path: string;
  readonly isEmpty: boolean;
}
const allListsIn = (value: Value, path = ''): readonly List[] => {
  const text = textIn(value);
  if (text) return allListsIn(text.policy, `${path}!`);
  if (Array.isArray(value))
    return [
      { path, isEmpty: value.length === 0 },
      ...value.flatMap((one) => allListsIn(one, `${path}[]`)),
    ];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => allListsIn(one, `${path}.${name}`));
};
const pathsOf = (value: Value, isMeant: (list: List) => boolean): readonly string[] =>
  allListsIn(value)
    .filter(isMeant)
    .map(({ path }) => path);
/** The paths of the lists in a value that hold something; texts of policies are looked into. */
export const listsIn = (value: Value): readonly string[] => pathsOf(value, (one) => !one.isEmpty);
export const emptyListsIn = (value: Value): readonly string[] =>
  pathsOf(value, ({ isEmpty }) => isEmpty);

/**
 * The same value with `size` elements in the lists of this path: its own over and over, the later ones named otherwise.
 * @param salt is part of their names, so that no two rounds have the same
 */
export const inflated = (
  value: Value,
  list: string,
  { size, salt }: { readonly size: number; readonly salt: string },
  path = '',
): Value => {
  const text = textIn(value);
  if (text) {
    const json = JSON.stringify(inflated(text.policy, list, { size, salt }, `${path}!`));
    return text.encoded ? encodeURIComponent(json) : json;
  }
  if (Array.isArray(value)) {
    if (path !== list) return value.map((one) => inflated(one, list, { size, salt }, `${path}[]`));
    // Of several lists at a place one can be empty.
    if (value.length === 0) return value;
    return Array.from({ length: size }, (_, index) => {
      const item = value[index % value.length];
      return index < value.length ? item : another(item, `${salt}${index}`);
    });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      inflated(one, list, { size, salt }, `${path}.${name}`),
    ]),
  );
};
