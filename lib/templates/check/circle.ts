/** Names that lead from one to the next and from the last to the first; `undefined` where there are none. */
export const circleIn = (
  references: ReadonlyMap<string, ReadonlySet<string>>,
): readonly [string, ...string[]] | undefined => {
  const left = new Map<string, number>();
  const users = new Map<string, string[]>();
  const settled: string[] = [];
  for (const [name, all] of references) {
    const own = [...all].filter((one) => references.has(one));
    left.set(name, own.length);
    if (own.length === 0) settled.push(name);
    for (const one of own) {
      const using = users.get(one);
      if (using) using.push(name);
      else users.set(one, [name]);
    }
  }
  // What refers to nothing that is left is in no circle.
  for (const name of settled) {
    left.delete(name);
    for (const user of users.get(name) ?? []) {
      const count = (left.get(user) ?? 0) - 1;
      left.set(user, count);
      if (count === 0) settled.push(user);
    }
  }
  const way: string[] = [];
  let [at] = left.keys();
  while (at !== undefined && !way.includes(at)) {
    way.push(at);
    at = [...(references.get(at) ?? [])].find((one) => left.has(one));
  }
  if (at === undefined) return undefined;
  const [first = at, ...others] = way.slice(way.indexOf(at));
  return [first, ...others];
};
