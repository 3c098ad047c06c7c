import { controlsOf } from '../../controls/index.ts';
import type { ToldOf } from '../../engine/changes/told-of.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import { typeLoads, typesRecordedAs } from '../../resources/index.ts';
import { namesIn, typesToldBy, withBorrowers } from '../../resources/told-by.ts';
import type { Types } from './types.ts';

// Types and controls are found by indexes, which grow with them: what needs no type does not load this either.

/** Every control of a type, enabled or not; none of a name that is no type, which may be anybody's, as `toString`. */
export const controlsOn = async (type: string): Promise<readonly Control[]> =>
  Object.hasOwn(controlsOf, type) ? ((await controlsOf[type]?.()) ?? []) : [];

const namesAbout = (told: Exclude<ToldOf, { names: unknown }>): readonly string[] =>
  'source' in told
    ? typesToldBy(told.source, told.told)
    : withBorrowers([told.recordedAs, ...namesIn(typesRecordedAs, told.recordedAs)]);

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
