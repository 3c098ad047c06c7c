import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Metafile } from 'esbuild';
import { mostUsed } from '../resources/most-used.ts';
import { typesToldBy } from '../resources/told-by.ts';
import { byName, withLoaded } from './joined-parts.ts';

/** The function for whose first event somebody waits. */
const waitedFor = 'lambdas/evaluate.ts';

/** The file that a generated index loads for a name, as it is written there. */
const fileIn = (folder: string, index: string, name: string): string => {
  const path = new RegExp(`\\b${name}\\b'?: (?:Load = )?async \\(\\) =>[^;]*?import\\('(.+?)'\\)`);
  const [, file] = path.exec(index) ?? [];
  if (file === undefined) throw new Error(`${folder}/index.ts loads nothing for ${name}`);
  return posix.join(folder, file);
};

/** What is made ready, by where it is written. */
const filesMadeReady = (root: string): readonly string[] => {
  const indexOf = (folder: string) => readFileSync(join(root, folder, 'index.ts'), 'utf8');
  const resources = 'lib/resources';
  const controls = 'lib/controls';
  const services = 'lib/services';
  const files = ['lib/pipeline/runtime/catalogue.ts'];
  for (const one of mostUsed) {
    if (typeof one === 'string') {
      files.push(fileIn(services, indexOf(services), one));
      continue;
    }
    const types = typesToldBy(one.source, one.told);
    files.push(...types.map((type) => fileIn(resources, indexOf(resources), type)));
    const [, rooms = ''] =
      new RegExp(`evaluating\\('${one.type}', \\[(.+?)\\]`).exec(indexOf(controls)) ?? [];
    files.push(...rooms.split(', ').map((room) => posix.join(controls, room, 'index.ts')));
  }
  return files;
};

/** Of so many clients something is a part, that it is loaded with the first. */
const clientsSharing = 3;

/**
 * Of the parts of a build those that become one file: what the function that evaluates loads at once, what clients share, and
 * what is ours of that which is made ready. Clients themselves stay apart.
 */
export const startedTogether = (
  root: string,
  { outputs: all }: Metafile,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const outputs = byName(all);
  const entries = new Map(
    [...outputs].flatMap(([name, { entryPoint }]) =>
      entryPoint === undefined ? [] : [[entryPoint, name] as const],
    ),
  );
  const entry = entries.get(waitedFor);
  if (entry === undefined) return new Map();
  const apart = new Set([entry]);
  /** All that some parts load and that is in no file before. */
  const rest = (names: Iterable<string>): ReadonlySet<string> => {
    const found = new Set([...withLoaded(outputs, names)].filter((name) => !apart.has(name)));
    for (const name of found) apart.add(name);
    return found;
  };
  const clients = [...entries].flatMap(([file, name]) =>
    file.startsWith('sdk-entry:') ? [name] : [],
  );
  const users = new Map<string, number>();
  for (const client of clients)
    for (const part of withLoaded(outputs, [client])) users.set(part, (users.get(part) ?? 0) + 1);
  const table = [...withLoaded(outputs, [entries.get('sdk-entry:@aws-sdk/lib-dynamodb') ?? ''])];
  const atOnce = rest([entry]);
  for (const client of clients) apart.add(client);
  const shared = [...users].flatMap(([part, count]) => (count >= clientsSharing ? [part] : []));
  return new Map([
    ['parts/at-once.mjs', atOnce],
    ['parts/clients.mjs', rest([...shared, ...table])],
    ['parts/ready.mjs', rest(filesMadeReady(root).flatMap((file) => entries.get(file) ?? []))],
  ]);
};
