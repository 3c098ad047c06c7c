import { keysIn } from './json-keys.ts';

const keysOf = (value: unknown): number => {
  let keys = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== 'object' || one === null) continue;
    const values: readonly unknown[] = Object.values(one);
    if (!Array.isArray(one)) keys += values.length;
    for (const inner of values) left.push(inner);
  }
  return keys;
};

/** What stands in it is JSON, and can be read in two ways. */
export class RepeatedKey extends SyntaxError {
  override readonly name = 'RepeatedKey';
}

/**
 * Reads JSON in which no object has a key twice. Which of the two counts, readers do not agree on, and `JSON.parse`
 * keeps the last without a word: what one reader refuses another would grant. Throws a SyntaxError, which is a RepeatedKey there.
 */
export const parseJson = (json: string): unknown => {
  const value: unknown = JSON.parse(json);
  if (keysOf(value) < keysIn(json)) throw new RepeatedKey('an object has a key twice');
  return value;
};
