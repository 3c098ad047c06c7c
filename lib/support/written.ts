import { blocksOf } from './blocks.ts';
import { UserError } from './user-error.ts';
import { isWithin } from './within.ts';

/** Not at each start of `check`: on Node 20 this module takes some milliseconds. */
const files = () => import('node:fs/promises');

/** Of the system, such as `/dev/stdout`. */
const ofSystem = /^\/(?:dev|proc)\//;
const isAbsolute = (path: string): boolean => /^(?:[/\\]|[a-z]:)/i.test(path);
const climbs = (path: string): boolean => path.split(/[/\\]/).includes('..');

/** Whether a path that is written as one below this folder leads out of it. */
const leadsOut = async (path: string): Promise<boolean> => {
  const { realpath } = await files();
  const here = await realpath('.');
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (folder === '' || climbs(path) || (isAbsolute(path) && !isWithin(path, here))) return false;
  const real = await realpath(folder).catch(() => undefined);
  return real !== undefined && !isWithin(real, here);
};

/** Throws where a path is a symbolic link. A change of a repository can bring one, and the text would land where it leads. */
const refuseLink = async (path: string): Promise<void> => {
  if (ofSystem.test(path)) return;
  const { lstat } = await files();
  const found = await lstat(path).catch(() => undefined);
  const isLink = found?.isSymbolicLink() === true;
  if (isLink || (await leadsOut(path)))
    throw new UserError(
      `${path} ${isLink ? 'is a link' : 'leads out of this folder by a link'}, and nothing is written through one: name the file that is meant`,
    );
};

/** Writes a file, also in pieces; what the system refuses then has its path, which Node leaves out where a disk is full. */
export const written = async (
  path: string,
  contents: string | Uint8Array | Iterable<string>,
): Promise<void> => {
  await refuseLink(path);
  const isWhole = typeof contents === 'string' || contents instanceof Uint8Array;
  const { writeFile } = await files();
  try {
    await writeFile(path, isWhole ? contents : blocksOf(contents));
  } catch (error) {
    throw Object.assign(Object(error), { path });
  }
};
