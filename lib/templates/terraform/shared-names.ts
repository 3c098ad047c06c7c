import { Holed, open } from '../resolution/hole.ts';
import { namePropertyOf } from '../resolution/identities.ts';
import { nearTo, type Whole } from './owners.ts';
import type { ProviderPlace } from './places.ts';
import type { Planned } from './plan.ts';
import { mappingOf } from './types/index.ts';

/** A name as a text, of which a part can be open; `undefined` for what is none, or refers to something. */
const nameOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  let isOpen = false;
  const told = JSON.stringify(value, (_, one: unknown) => {
    if (!(one instanceof Holed)) return one;
    isOpen = true;
    return one.marked;
  });
  return isOpen && !Array.isArray(value) ? told : undefined;
};

/** Addresses by type and name; those of several accounts or regions can share one. */
export type Names = ReadonlyMap<string, readonly string[]>;
export const namesOf = (wholes: readonly Whole[]): Names => {
  const byName = new Map<string, readonly string[]>();
  for (const { type, address, properties, main } of wholes) {
    const names = mappingOf(main.resource.type)?.names ?? ['id', 'name'];
    const values = [...names, 'arn'].map((name) =>
      main.resource.unknown[name] === true ? undefined : main.resource.after[name],
    );
    const property = namePropertyOf(type);
    const own = property === undefined ? undefined : properties[property];
    for (const value of new Set([...values, nameOf(own)]))
      if (typeof value === 'string' && value !== '') {
        const key = `${type}\n${value}`;
        byName.set(key, [...new Set([...(byName.get(key) ?? []), address])]);
      }
  }
  return byName;
};
/** What alone has a name. */
export const onlyNamed = (byName: Names, key: string): string | undefined => {
  const all = byName.get(key);
  return all?.length === 1 ? all[0] : undefined;
};

/** Two of one name stand in two places: each is told apart by its address, and what names them leads to the one beside it. */
export const withoutSharedNames = (
  wholes: readonly Whole[],
  byName: Names,
  placeOf: (resource: Planned) => ProviderPlace,
): void => {
  const byAddress = new Map(wholes.map((one) => [one.address, one]));
  const shared = new Map<string, readonly Whole[]>();
  for (const [key, addresses] of byName)
    if (addresses.length > 1) {
      const name = key.slice(key.indexOf('\n') + 1);
      const all = addresses.flatMap((one) => byAddress.get(one) ?? []);
      shared.set(name, [...(shared.get(name) ?? []), ...all]);
    }
  if (shared.size === 0) return;
  for (const whole of wholes) {
    const { resource } = whole.main;
    const led = (value: unknown): unknown => {
      const said = nameOf(value);
      const all = said === undefined ? undefined : shared.get(said);
      if (!all) return Array.isArray(value) ? value.map(led) : value;
      const [only, ...more] = nearTo(resource, all, placeOf);
      if (only && more.length === 0) return { Ref: only.address };
      const name = `${resource.address} ${said}`;
      return open(name, `which ${said} is meant: several have that name`, true);
    };
    const own = namePropertyOf(whole.type);
    const name = nameOf(whole.properties[own ?? '']) ?? '';
    const isShared = shared.get(name)?.includes(whole) === true;
    whole.properties = Object.fromEntries(
      Object.entries(whole.properties).flatMap(([property, value]) =>
        property === own ? (isShared ? [] : [[property, value]]) : [[property, led(value)]],
      ),
    );
  }
};
