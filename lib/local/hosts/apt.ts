import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { execute, output } from './execute.ts';

export interface Archive {
  /** `Debian`, `Debian-Security`, `Ubuntu`. */
  readonly label: string;
  readonly uri: string;
  readonly codename: string;
}
interface Apt {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Settings of this machine's apt that concern the way to its archives: proxies, certificates, checks of dates. */
export const acquireSettings = async (): Promise<string> => {
  const dump = await output('apt-config', ['dump', 'Acquire']);
  return dump
    .split('\n')
    .filter((line) => / "[^"]+";$/.test(line) && !/^Acquire::(IndexT|Changel|Compr)/.test(line))
    .join('\n');
};

const askForArchives = (signal?: AbortSignal): Promise<readonly Archive[]> =>
  withOwnApt(async ({ environment }) => {
    await execute('apt-get', ['update', '--quiet'], { environment, signal });
    const format = '$(LABEL)|$(REPO_URI)|$(CODENAME)';
    const targets = ['indextargets', '--format', format, 'Created-By: Packages'];
    const lines = (await output('apt-get', targets, { environment })).trim().split('\n');
    return [...new Set(lines)].map((line) => {
      const [label = '', uri = '', codename = ''] = line.split('|');
      return { label, uri: uri.replace(/\/$/, ''), codename };
    });
  });

let known: readonly Archive[] | undefined;
let asking: Promise<readonly Archive[]> | undefined;
/** One question for all that ask at once, but for whoever may give it up. */
const askTogether = (signal?: AbortSignal): Promise<readonly Archive[]> => {
  if (signal) return askForArchives(signal);
  asking ??= askForArchives().finally(() => {
    asking = undefined;
  });
  return asking;
};
/** The archives of this machine's apt: once they have answered they are known, as asking takes seconds of processor time. */
export const archives = async (signal?: AbortSignal): Promise<readonly Archive[]> => {
  if (known) return known;
  const told = await askTogether(signal);
  if (told.some(({ label }) => label !== '')) known = told;
  return told;
};

/** Fetches packages with what they need and this machine lacks, verified by apt, and unpacks them into a folder. */
export const unpackPackages = (
  packages: readonly string[],
  into: string,
  {
    extraSource = '',
    signal,
  }: { extraSource?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<void> =>
  withOwnApt(async ({ folder, environment }) => {
    const source = join(folder, 'extra.list');
    await writeFile(source, extraSource);
    const options = ['-o', `Dir::Etc::SourceList=${source}`];
    const update = [...options, 'update', '--quiet'];
    const updated = await execute('apt-get', update, { environment, signal });
    const install = ['install', '--yes', '--download-only', '--no-install-recommends'];
    const got = output('apt-get', [...options, ...install, ...packages], { environment, signal });
    await got.catch(because(updated.stderr));
    const unpack = 'for file in "$1"/*.deb; do dpkg-deb --extract "$file" "$2" || exit; done';
    await output('sh', ['-c', unpack, 'sh', join(folder, 'cache', 'archives'), into]);
  });

/** Without its lists apt only says that it knows no such package: why it has none it said before. */
const because = (said: string) => (cause: unknown) => {
  const why = /^[EW]: (Failed to fetch .*)$/m.exec(said)?.[1];
  throw why === undefined ? cause : new Error(why, { cause });
};

// With lists and a cache of our own nothing of this machine's changes: its archives and the way to them are used, what
// it hooks into an update is not.
const withOwnApt = async <T>(use: (apt: Apt) => Promise<T>): Promise<T> => {
  await mkdir(cacheFolder(), { recursive: true });
  const folder = await mkdtemp(cacheFolder('apt-'));
  try {
    await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
    await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
    const file = join(folder, 'apt.conf');
    await writeFile(file, await configuration(folder));
    return await use({ folder, environment: { ...process.env, APT_CONFIG: file, LC_ALL: 'C' } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const configuration = async (folder: string) => `
Dir::Etc::Main "/dev/null";
Dir::Etc::Parts "/dev/null";
Dir::State::Lists "${folder}/lists";
Dir::Cache "${folder}/cache";
Debug::NoLocking "1";
APT::Sandbox::User "root";
${await acquireSettings()}
`;
