import { isIntrinsic } from '../support/intrinsics.ts';
import { namedIn } from '../support/named-in.ts';
import { asRecord, isRecord } from '../support/untyped.ts';
import type { Declaration } from './template.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a function gives counts as one value. */
const isFunction = (tree: Fields): boolean => {
  const [key = '', ...others] = Object.keys(tree);
  return others.length === 0 && (key === 'Condition' || isIntrinsic(key));
};
const isMap = (tree: unknown): boolean => isRecord(tree) && !isFunction(tree);

/** A resource's own settings count before those of Globals; maps and lists of both are put together. */
export const merged = (globals: Fields, own: Fields): Fields => {
  const names = new Set([...Object.keys(globals), ...Object.keys(own)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [shared, mine] = [namedIn(globals, name), namedIn(own, name)];
      if (mine === undefined) return [name, shared];
      if (shared === undefined) return [name, mine];
      if (Array.isArray(shared) && Array.isArray(mine)) return [name, [...shared, ...mine]];
      const areMaps = [shared, mine].every(isMap);
      return [name, areMaps ? merged(asRecord(shared), asRecord(mine)) : mine];
    }),
  );
};

/** The globals that a resource takes. */
export const globalsFor = (
  globals: Fields,
  kind: string,
  { ignoresGlobals }: Pick<Declaration, 'ignoresGlobals'>,
): Fields => {
  const ignored = [ignoresGlobals].flat();
  return Object.fromEntries(
    Object.entries(asRecord(namedIn(globals, kind))).filter(
      ([name]) => !ignored.includes('*') && !ignored.includes(name),
    ),
  );
};
