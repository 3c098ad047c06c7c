import { controlsOf } from '../../controls/index.ts';
import type { ToldOf } from '../../engine/changes/told-of.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import { borrowersOf, tellers, typeLoads, typesRecordedAs } from '../../resources/index.ts';
import type { Types } from './types.ts';

// Types and controls are found by indexes, which grow with them: what needs no type does not load this either.

/** Every control of a type, enabled or not; none of a name that is no type, which may be anybody's, as `toString`. */
export const controlsOn = async (type: string): Promise<readonly Control[]> =>
  Object.hasOwn(controlsOf, type) ? ((await controlsOf[type]?.()) ?? []) : [];

const namesIn = (index: Readonly<Record<string, readonly string[]>>, key: string) =>
  (Object.hasOwn(index, key) && index[key]) || [];

/** Those of which a source tells something by that name; what is dated has the name and more. */
const namesToldBy = (source: string, told: string): readonly string[] =>
  Object.entries((Object.hasOwn(tellers, source) && tellers[source]) || {}).flatMap(
    ([type, names]) => (names.split(',').some((name) => told.startsWith(name)) ? [type] : []),
  );

const namesAbout = (told: Exclude<ToldOf, { names: unknown }>): readonly string[] => {
  const first =
    'source' in told
      ? [...namesToldBy(told.source, told.told), ...namesToldBy('any', told.told)]
      : [told.recordedAs, ...namesIn(typesRecordedAs, told.recordedAs)];
  return [...new Set([...first, ...first.flatMap((name) => namesIn(borrowersOf, name))])];
};

const named: Types['named'] = async (name) =>
  Object.hasOwn(typeLoads, name) ? typeLoads[name]?.() : undefined;

/** Those of some names, in their order. */
const allNamed = async (names: readonly string[]): Promise<readonly AnyResourceType[]> => {
  const types: AnyResourceType[] = [];
  // One after the other: Jest links modules that are imported at the same time wrongly.
  for (const name of names) {
    const type = await named(name);
    if (type) types.push(type);
  }
  return types;
};

/** By their names, of what AWS tells: our own messages can name any. */
const lists = new Map<string, Promise<readonly AnyResourceType[]>>();
const listOf = (names: readonly string[]): Promise<readonly AnyResourceType[]> => {
  const key = names.join();
  const list =
    lists.get(key) ??
    allNamed(names).catch((error: unknown) => {
      lists.delete(key);
      throw error;
    });
  lists.set(key, list);
  return list;
};

/** The catalogue's: each is loaded with the first message that can be about it. */
export const catalogueTypes: Types = {
  named,
  about: (told) => ('names' in told ? allNamed(told.names) : listOf(namesAbout(told))),
  all: () => allNamed(Object.keys(typeLoads)),
};
