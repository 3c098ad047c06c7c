import { isRecord } from './untyped.ts';

/** JSON with the keys of each object in order, so that the same value is always the same text. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    isRecord(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  ) ?? 'null';
