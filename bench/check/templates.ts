import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

const example = new URL('../../test/templates/examples/everything.json', import.meta.url);
interface Example {
  readonly Parameters: object;
  readonly Conditions: object;
  readonly Mappings: object;
  readonly Resources: Readonly<Record<string, { readonly Properties?: object }>>;
}

/** The names that stand anywhere in a tree. */
const namesIn = (tree: unknown): readonly string[] =>
  typeof tree === 'string'
    ? tree.split(/[^A-Za-z]+/)
    : Object.values(Object(tree)).flatMap((one) => namesIn(one));

/** A resource with those that it refers to. */
const withReferred = (all: Example['Resources'], name: string): ReadonlySet<string> => {
  const found = new Set([name]);
  for (const one of found)
    for (const each of namesIn(all[one])) if (Object.hasOwn(all, each)) found.add(each);
  return found;
};

/** Without every so many property: what is declared differs from file to file. */
const thinned = <T extends { readonly Properties?: object }>(resource: T, n: number): T => {
  const { Properties: all = {} } = resource;
  const kept = Object.entries(all).filter((_, index) => index === 0 || (index + n) % 5 !== 0);
  return { ...resource, Properties: Object.fromEntries(kept) };
};

/** Templates of one to several resources, in YAML, made of an example of every type. */
export const writeTemplates = (folder: string, count = 100): void => {
  const { Resources: all, ...head }: Example = JSON.parse(readFileSync(example, 'utf8'));
  const names = Object.keys(all);
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < count; n += 1) {
    const kept = withReferred(all, names[n % names.length] ?? '');
    const resources = Object.entries(all)
      .filter(([name]) => kept.has(name))
      .map(([name, one]) => [name, thinned(one, n)] as const);
    const text = stringify({ ...head, Resources: Object.fromEntries(resources) });
    writeFileSync(join(folder, `template-${n}.yaml`), text);
  }
};
