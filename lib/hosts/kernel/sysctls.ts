import type { Setting, Value } from '../control.ts';

/** Each key must be this value. */
export const keysAre = (value: string | number, keys: readonly string[]): readonly Setting[] =>
  keys.map((name) => ({ name, expect: { is: value } }));

/** Each key must be at least this, and is set to `set`. */
export const keysFrom = (
  from: Value,
  set: string | number,
  keys: readonly string[],
): readonly Setting[] => keys.map((name) => ({ name, expect: { from }, set }));

/** A key of "all", "default" and each interface: the kernel listens to the interface, whatever "all" says. */
export const everywhere = (family: 'ipv4' | 'ipv6', key: string): readonly string[] => [
  `net.${family}.conf.all.${key}`,
  `net.${family}.conf.*.${key}`,
];
/** Where "all" decides, new interfaces must still begin as it says. */
export const allAndDefault = (family: 'ipv4' | 'ipv6', key: string): readonly string[] => [
  `net.${family}.conf.all.${key}`,
  `net.${family}.conf.default.${key}`,
];
