import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, resolve, sep } from 'node:path';

/** What is known of a process that was started. */
export interface Started {
  /** Path of the program, as Node was given it. */
  readonly program: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const nameOf = 'plumbline';
const realOf = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
};
const parentsOf = (folder: string): readonly string[] => {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...parentsOf(parent)];
};

/** Whether a shell that is told `plumbline` runs this program: npm puts folders of its own before what people have. */
const isOnPath = (real: string, { env }: Started): boolean => {
  const folders = (env['PATH'] ?? '').split(delimiter);
  const first = folders
    .filter((folder) => !folder.endsWith(`node_modules${sep}.bin`))
    .map((folder) => join(folder, nameOf))
    .find(existsSync);
  return first !== undefined && realOf(first) === real;
};

/** Whether `npx --no-install plumbline` runs it here: npm looks in the nearest folder that has a package. */
const isFoundByNpx = (real: string, { cwd }: Started): boolean => {
  const home = parentsOf(cwd).find(
    (folder) =>
      existsSync(join(folder, 'package.json')) || existsSync(join(folder, 'node_modules')),
  );
  if (home === undefined) return false;
  return (
    real.startsWith(`${realOf(join(home, 'bin'))}${sep}${nameOf}.`) ||
    realOf(join(home, 'node_modules', '.bin', nameOf)) === real
  );
};

const quoted = (path: string): string =>
  /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** How to run again, from here, the program that runs now. */
export const howStarted = (started: Started): string => {
  const { program, cwd } = started;
  const path = resolve(cwd, program);
  // The sources are started by npm; people start what is beside them.
  const real = (realOf(path) ?? path).replace(/\.ts$/, '.cjs');
  if (isOnPath(real, started)) return nameOf;
  if (isFoundByNpx(real, started)) return `npx --no-install ${nameOf}`;
  return `node ${quoted(real)}`;
};
