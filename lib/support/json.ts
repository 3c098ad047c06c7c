import { keysWritten } from './json-text.ts';

const keysIn = (value: unknown): number => {
  let keys = 0;
  const left: unknown[] = [value];
  const add = (inner: unknown): void => {
    if (typeof inner === 'object' && inner !== null) left.push(inner);
  };
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (Array.isArray(one)) {
      for (const inner of one) add(inner);
      continue;
    }
    const names = Object.keys(Object(one));
    keys += names.length;
    for (const name of names) add(Reflect.get(Object(one), name));
  }
  return keys;
};

/**
 * Reads JSON in which no object has a key twice. Which of the two counts, readers do not agree on, and `JSON.parse`
 * keeps the last without a word: what one reader refuses another would grant. Throws a SyntaxError.
 */
export const parseJson = (json: string): unknown => {
  const value: unknown = JSON.parse(json);
  if (keysIn(value) < keysWritten(json)) throw new SyntaxError('an object has a key twice');
  return value;
};
