import { isUtf8 } from 'node:buffer';
import { open, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { whyNotRead, whyNotWritten } from '../../support/file-failures.ts';
import { UserError } from '../../support/user-error.ts';
import { isWithin } from '../../support/within.ts';
import type { HiddenPlace } from '../check/hidden-lines.ts';
import type { Located } from '../check/located.ts';
import type { Setting } from '../proposal.ts';

/** A failure that a change of the source puts right. */
export interface Fixed<T = Located> {
  readonly checked: T;
  readonly summary: string;
  readonly proposal?: string;
  /** What is to be set in the sources of a plan, which a person does. */
  readonly settings?: readonly Setting[];
}
/** A failure that stays, and why. */
export interface Left<T = Located> {
  readonly checked: T;
  readonly why: string;
}
/** What of one file is put right. */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly fixed: readonly Fixed[];
  readonly left: readonly Left[];
  /** Where secrets stand, as far as what evaluated it tells. @default - nowhere */
  readonly secrets?: readonly HiddenPlace['range'][];
  /** It is a plan of Terraform: what is put right is proposed, and the file stays. */
  readonly isProposal?: boolean;
}

const whys = { 'read again': whyNotRead, written: whyNotWritten };
/** Does something with a file; what the system refuses is a sentence. */
const asked = async <T>(file: string, what: keyof typeof whys, work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const why = whys[what](cause) ?? String(Reflect.get(Object(cause), 'code'));
    throw new UserError(`${file} could not be ${what}: ${why}`, { cause });
  }
};

/** The folder that somebody named, or that a named file stands in, where it really is. */
const folderOf = async (path: string): Promise<string | undefined> => {
  // What is not there was told, and nothing stands in it.
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return undefined;
  return (await stat(real)).isDirectory() ? real : dirname(real);
};

/** Refuses what a link, or a stack that names another one, leads to outside of what somebody named. */
const refuseOutside = async (file: string, paths: readonly string[]): Promise<void> => {
  if (paths.some((path) => resolve(path) === resolve(file))) return;
  const real = await realpath(file);
  const folders = await Promise.all(paths.map(folderOf));
  if (!folders.some((folder) => folder !== undefined && isWithin(real, folder)))
    throw new UserError(
      `${file} leads to ${real}, which is outside of what was named, and is left as it is: name that file`,
    );
};

/**
 * Puts a text in the place of another one. Where the disk is full the other one is put back, for which its own blocks are still
 * there: a file that is emptied first would be lost.
 */
const overwrite = async (file: string, before: Buffer, after: Buffer): Promise<void> => {
  const handle = await open(file, 'r+');
  const put = async (bytes: Buffer): Promise<void> => {
    for (let at = 0; at < bytes.length; )
      at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
    await handle.truncate(bytes.length);
  };
  try {
    await put(after);
  } catch (error) {
    await put(before);
    throw error;
  } finally {
    await handle.close();
  }
};

/**
 * Writes what was put right, unless the file is another one by now. Throws a UserError where it is not written.
 * @param paths what somebody named: nothing outside of it is written
 */
export const writeFixed = async (
  { file, before, after }: FixedFile,
  paths: readonly string[],
): Promise<void> => {
  if (before === after) return;
  await asked(file, 'read again', refuseOutside(file, paths));
  const bytes = await asked(file, 'read again', readFile(file));
  const now = bytes.toString('utf8');
  // A shell of Windows writes UTF-16. In other encodings the letters that are no ASCII would be lost.
  if (!isUtf8(bytes)) throw new UserError(`${file} is no UTF-8: save it as UTF-8`);
  if (now.replace(/^\uFEFF/, '') !== before)
    throw new UserError(`${file} was changed while it was read: it is left as it is`);
  const text = now.slice(0, now.length - before.length) + after;
  await asked(file, 'written', overwrite(file, bytes, Buffer.from(text)));
};
