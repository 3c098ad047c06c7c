/** Items by a key of theirs, those of one key in their order. */
export const groupsBy = <T, K>(
  items: Iterable<T>,
  keyOf: (item: T) => K,
): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

/** The first item of each key. */
export const firstBy = <T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, T> => {
  const first = new Map<K, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return first;
};

/** How often each item is there. */
export const countsOf = <T>(items: Iterable<T>): ReadonlyMap<T, number> => {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};
