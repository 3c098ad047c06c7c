/**
 * What stands under a name that somebody else gave; `undefined` where there is nothing. `record[name]` also finds what every
 * object has, under `constructor`, `toString` or `__proto__`.
 */
export const namedIn = <T>(
  record: Readonly<Partial<Record<string, T>>>,
  name: string,
): T | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);
