const names = ['describe', 'it', 'test', 'expect', 'beforeAll', 'afterAll'] as const;
const skip = Object.assign(() => {}, { each: () => () => {} });
let before: readonly (readonly [name: string, value: unknown])[] = [];
/** Several can load at once, since modules that wait are loaded side by side: the last of them puts the tests back. */
let loading = 0;

/** Imports files of tests for what they export or list, without the tests in them; outside Jest too, so that none may need `expect`. */
export const loadedWithoutTests = async (
  files: readonly URL[],
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  if (loading === 0) before = names.map((name) => [name, Reflect.get(globalThis, name)] as const);
  loading += 1;
  for (const name of names) Reflect.set(globalThis, name, name === 'expect' ? undefined : skip);
  const loaded: Readonly<Record<string, unknown>>[] = [];
  try {
    for (const file of files) loaded.push(await import(file.href));
  } finally {
    loading -= 1;
    if (loading === 0) for (const [name, value] of before) Reflect.set(globalThis, name, value);
  }
  return loaded;
};
