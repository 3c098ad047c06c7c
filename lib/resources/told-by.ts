import { borrowersOf, tellers } from './index.ts';

/** What an index says of a name, which may be anybody's, as `toString`. */
export const namesIn = (
  index: Readonly<Record<string, readonly string[]>>,
  key: string,
): readonly string[] => (Object.hasOwn(index, key) && index[key]) || [];

/** Those of which a source tells something by that name; what is dated has the name and more. */
const namesToldBy = (source: string, told: string): readonly string[] =>
  Object.entries((Object.hasOwn(tellers, source) && tellers[source]) || {}).flatMap(
    ([type, names]) => (names.split(',').some((name) => told.startsWith(name)) ? [type] : []),
  );

/** Some types, and those that borrow of them. */
export const withBorrowers = (names: readonly string[]): readonly string[] => [
  ...new Set([...names, ...names.flatMap((name) => namesIn(borrowersOf, name))]),
];

/** The names of all types that a message of a source can be about. */
export const typesToldBy = (source: string, told: string): readonly string[] =>
  withBorrowers([...namesToldBy(source, told), ...namesToldBy('any', told)]);
