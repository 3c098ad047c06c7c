import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { diffOf } from '../../reports/declared/declared-diff.ts';
import type { PatchedFile } from '../../reports/declared/declared-patch.ts';
import { isSecretLine } from '../../support/secrets/kept-line.ts';
import { isWithin } from '../../support/within.ts';
import type { FixedFile } from '../../templates/edit/fixed-file.ts';
import { proposesSecret, secretLinesOf } from './secret-lines.ts';

/** The repository that a file stands in. */
const topOf = (path: string): string | undefined => {
  for (let at = dirname(path); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
};

const realOf = (file: string): string => {
  const path = resolve(file);
  // Of the file itself the link is named, which is what git has.
  return existsSync(dirname(path))
    ? join(realpathSync(dirname(path)), path.slice(dirname(path).length))
    : path;
};

/**
 * How a patch names files: from the current folder where all of them stand below it, as `git diff --relative` does; else from the
 * top of the repository of each. What stands in neither has no other name than its path.
 */
const namesIn = (files: readonly string[]) => {
  const here = process.cwd();
  const isHere = files.every((file) => isWithin(realOf(file), here));
  return (file: string) => {
    const path = realOf(file);
    const top = isHere ? here : topOf(path);
    if (top === undefined) return { names: [path, path] as const };
    const name = relative(top, path).replaceAll(sep, '/');
    return { names: [`a/${name}`, `b/${name}`] as const, ...(isHere ? {} : { from: top }) };
  };
};

/** Why git would refuse a patch of a file, and with it that of all others; `undefined` where it takes it. */
const whyRefused = (file: string): string | undefined => {
  // What comes by the standard input is no file.
  if (!existsSync(file)) return undefined;
  if (lstatSync(file).isSymbolicLink())
    return `${file} is a link, through which git changes nothing: name ${realpathSync(file)}`;
  // A shell of Windows writes UTF-16. Of another encoding the lines around a change would not be those of the file.
  return isUtf8(readFileSync(file))
    ? undefined
    : `${file} is no UTF-8, and git takes no patch of it: save it as UTF-8`;
};

/** What is put right and proposed, but for what would show a secret. */
export const withoutSecrets = (file: FixedFile): FixedFile => {
  const { fixed, left } = file;
  const isSecret = ({ settings = [] }: FixedFile['fixed'][number]) => settings.some(proposesSecret);
  const secret = fixed.filter(isSecret);
  const why = 'what is to be set has a secret in it, and is not shown';
  return {
    ...file,
    fixed: fixed.filter((one) => !isSecret(one)),
    left: [...left, ...secret.map(({ checked }) => ({ checked, why }))],
  };
};

const unchanged = (one: FixedFile, why: string): PatchedFile => ({
  ...one,
  after: one.before,
  fixed: [],
  left: [...one.left, ...one.fixed.map(({ checked }) => ({ checked, why }))],
  diff: undefined,
});

/** Files with their changes as diffs that show no secret; where that cannot be, what they put right stays. */
export const patchedFiles = async (
  files: readonly FixedFile[],
): Promise<readonly PatchedFile[]> => {
  const isChanged = ({ before, after }: FixedFile): boolean => before !== after;
  const nameOf = namesIn(files.filter(isChanged).map(({ file }) => file));
  const patched = async (one: FixedFile): Promise<PatchedFile> => {
    if (!isChanged(one)) return { ...withoutSecrets(one), diff: undefined };
    const refused = whyRefused(one.file);
    if (refused !== undefined) return unchanged(one, refused);
    const kept = { lines: await secretLinesOf(one), isKept: isSecretLine };
    const { names, ...from } = nameOf(one.file);
    const diff = diffOf(one, names, kept);
    if ('text' in diff) return { ...one, ...from, diff: diff.text };
    const why = `a secret stands at line ${diff.secretAt}, beside what is changed, and a patch would show it: take --fix`;
    return unchanged(one, why);
  };
  return Promise.all(files.map(patched));
};
