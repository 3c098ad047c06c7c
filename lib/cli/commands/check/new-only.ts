import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isInManifest } from '../../../manifests/fix/run.ts';
import type { Evidence } from '../../../model/control.ts';
import type { Located } from '../../../reports/declared/declared-result.ts';
import { groupsBy } from '../../../support/groups.ts';
import { UserError } from '../../../support/user-error.ts';
import { isWithin } from '../../../support/within.ts';
import type { CheckOptions, CheckResult } from '../../../templates/check/check-files.ts';
import { isInTemplate } from '../../../templates/check/located-in-template.ts';
import { showsNoMore } from '../../../templates/check/shown.ts';
import { createComparison } from '../../../templates/check/wider.ts';
import { input } from '../../../templates/files.ts';
import { untilInterrupted } from '../../interruption.ts';

const run = promisify(execFile);
/** Of a repository the list of files can be long. */
const maxBuffer = 100_000_000;

/** What was found, less what a base has too. */
export interface Compared extends CheckResult {
  /** How many verdicts the base has too. */
  readonly known: number;
}
type Check = (paths: readonly string[]) => Promise<CheckResult>;
type Told = readonly Located[];
/** The verdicts of a base, by file, control, resource and status. */
type Known = ReadonlyMap<string, Told>;

const keyOf = ({ control, name, verdict }: Located, file: string): string =>
  JSON.stringify([file, control.id, name, verdict.status]);

const isTold = ({ verdict: { status } }: Located): boolean =>
  status === 'FAIL' || status === 'UNKNOWN';

const toldIn = (all: readonly Located[], nameOf: (file: string) => string): Known =>
  groupsBy(all.filter(isTold), (one) => keyOf(one, nameOf(one.file)));

/** The evidence with whole values: that of a manifest is shortened for reports. */
const evidenceOf = (one: Located): readonly Evidence[] => {
  if (one.verdict.status !== 'FAIL') return [];
  const values = isInManifest(one) ? (one.values?.() ?? []) : [];
  const { evidence } = one.verdict;
  return evidence.map((each, at) => ({ ...each, actual: values[at] ?? each.actual }));
};

/** Whether a base has the same verdict, and a failure is no wider than there. */
const isKnown = async (
  one: Located,
  before: Told,
  isNoWider: ReturnType<typeof createComparison>,
): Promise<boolean> => {
  if (before.length === 0) return false;
  if (one.verdict.status !== 'FAIL') return true;
  if (isInTemplate(one)) return isNoWider(one, before.filter(isInTemplate));
  return showsNoMore(evidenceOf(one), before.flatMap(evidenceOf));
};

/** Paths in a folder, each looked up once; the real ones, for a folder of temporary files is often a link. */
const pathsWithin = (folder: string): ((file: string) => string) => {
  const known = new Map<string, string>();
  let top: string | undefined;
  return (file) => {
    top ??= realpathSync(folder);
    const path = resolve(file);
    const found = known.get(path) ?? relative(top, existsSync(path) ? realpathSync(path) : path);
    known.set(path, found);
    return found;
  };
};

const git = async (cwd: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
  const { stdout } = await run('git', [...args], {
    cwd,
    maxBuffer,
    env: { ...process.env, ...more },
  });
  return stdout;
};

/** What cannot be meant as a commit. */
const isPath = (base: string): boolean => isAbsolute(base) || /^\.{1,2}(?:[/\\]|$)/.test(base);

/**
 * The commit that git knows by a name. It is asked before a path is looked for: whoever sends a pull request can put a file or
 * a link there that is called as the branch is.
 * @returns `undefined` where it knows none, or there is no repository
 */
const commitOf = async (base: string): Promise<string | undefined> => {
  try {
    const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`];
    return (await git(process.cwd(), asked, { LC_ALL: 'C' })).trim();
  } catch (cause) {
    const { code, stderr } = Object.assign({ code: undefined, stderr: '' }, cause);
    if (code === 1 || /^fatal: not a git repository/m.test(stderr)) return undefined;
    const why = code === 'ENOENT' ? 'there is no git' : (stderr.trim().split('\n')[0] ?? '');
    throw new UserError(
      `--new-only ${base}: whether this is a commit cannot be told (${why}); a file or folder is named with ./ before it`,
      { cause },
    );
  }
};

const topOf = async (base: string): Promise<string> => {
  try {
    return (await git(process.cwd(), ['rev-parse', '--show-toplevel'])).trim();
  } catch (cause) {
    throw new UserError(
      `--new-only ${base}: there is no such file, and this folder is in no repository of git`,
      { cause },
    );
  }
};

/** The files of a commit in a folder of their own; the repository and its index stay as they are. */
const checkOut = async (commit: string, top: string, folder: string): Promise<void> => {
  const index = { GIT_INDEX_FILE: join(folder, 'index') };
  await git(top, ['read-tree', commit], index);
  await git(top, ['checkout-index', '--all', `--prefix=${join(folder, 'base')}/`], index);
};

/** What the paths had in a commit of the repository that the command is run in. */
const ofCommit = async (
  { base, commit }: { readonly base: string; readonly commit: string },
  paths: readonly string[],
  check: Check,
) => {
  const top = await topOf(base);
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-base-'));
  const before = join(folder, 'base');
  const nameOf = pathsWithin(top);
  try {
    // Ctrl-C would leave the files of the commit behind.
    return await untilInterrupted(async () => {
      await checkOut(commit, top, folder);
      const then = paths.map((path) => join(before, nameOf(path))).filter((one) => existsSync(one));
      const found = then.length > 0 ? (await check(then)).located : [];
      return { told: toldIn(found, pathsWithin(before)), nameOf, read: undefined };
    });
  } finally {
    // Git, which is ended by the same Ctrl-C, may write for a moment still.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const isFileAt = (path: string): boolean => existsSync(path) && statSync(path).isFile();
/** The folder in which a path has its name: a file is compared with the one of that name. */
const folderOf = (path: string): string => (isFileAt(path) ? dirname(path) : path);

/** What is compared with itself has nothing new: such as with a link to it. */
const refuseItself = (base: string, paths: readonly string[]): void => {
  const real = realpathSync(base);
  const isFile = isFileAt(real);
  const same = paths
    .filter((path) => existsSync(path))
    .find((path) => {
      const checked = realpathSync(path);
      return folderOf(checked) === real || (isFile && isWithin(real, checked));
    });
  if (same !== undefined)
    throw new UserError(
      `--new-only ${base}: this is among what is checked with ${same}, and nothing is new beside itself; name what it was before`,
    );
};

/** What another file or folder has: of a folder by the names of its files, of a file whatever the name. */
const ofPath = async (base: string, paths: readonly string[], check: Check) => {
  refuseItself(base, paths);
  const { located, files, problems, read } = await check([base]);
  // Of what cannot be read everything would be new, and nobody would know why.
  const [problem] = problems;
  if (files === 0 && problem) throw new UserError(`--new-only ${base}: ${problem.message}`);
  if (files === 0)
    throw new UserError(
      `--new-only ${base}: there is nothing to evaluate in it, and everything would be new; name what there was before`,
    );
  const [first = '.'] = paths;
  const within = pathsWithin(base);
  const isFile = located.every(({ file }) => within(file) === '');
  const unnamed = () => '';
  return {
    told: toldIn(located, isFile ? unnamed : within),
    nameOf: isFile ? unnamed : pathsWithin(folderOf(first)),
    read,
  };
};

/** What the base has, and what a file is called in it. */
const baseOf = async (base: string, paths: readonly string[], check: Check) => {
  const commit = isPath(base) ? undefined : await commitOf(base);
  if (paths.includes(input) && (commit !== undefined || folderOf(base) === base))
    throw new UserError(
      `--new-only ${base}: the standard input has no name to look for there; give a file, with ./ before its name`,
    );
  if (commit !== undefined) return ofCommit({ base, commit }, paths, check);
  if (existsSync(base)) return ofPath(base, paths, check);
  if (isPath(base)) throw new UserError(`--new-only ${base}: there is no such file or folder`);
  await topOf(base);
  throw new UserError(
    `--new-only ${base}: git knows no commit, branch or tag of this name, and there is no such file or folder`,
  );
};

/**
 * The verdicts of paths that a base does not have, and the failures that are wider than there.
 * The base is read first: what is wrong with it is said before anything is evaluated, or awaited from the standard input.
 * @param base a commit, branch or tag of git, else a file or folder
 * @param check evaluates paths
 */
export const newOnly = async (
  { base, paths }: { readonly base: string; readonly paths: readonly string[] },
  options: CheckOptions,
  check: Check,
): Promise<Compared> => {
  const { told, nameOf, read = [] } = await baseOf(base, paths, check);
  const result = await check(paths);
  const isNoWider = createComparison(options);
  const located: Located[] = [];
  for (const one of result.located) {
    const before = isTold(one) ? (told.get(keyOf(one, nameOf(one.file))) ?? []) : [];
    if (!(await isKnown(one, before, isNoWider))) located.push(one);
  }
  return {
    ...result,
    read: new Set([...(result.read ?? []), ...read]),
    located,
    known: result.located.length - located.length,
  };
};
