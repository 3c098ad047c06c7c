/** Imports files of tests for what they export or list, without the tests in them; outside Jest too, so that none may need `expect`. */
export const loadedWithoutTests = async (
  files: readonly URL[],
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const names = ['describe', 'it', 'test', 'expect'] as const;
  const before = names.map((name) => [name, Reflect.get(globalThis, name)] as const);
  const skip = Object.assign(() => {}, { each: () => () => {} });
  for (const name of names) Reflect.set(globalThis, name, name === 'expect' ? undefined : skip);
  const loaded: Readonly<Record<string, unknown>>[] = [];
  for (const file of files) loaded.push(await import(file.href));
  for (const [name, value] of before) Reflect.set(globalThis, name, value);
  return loaded;
};
