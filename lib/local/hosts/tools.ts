import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../support/user-error.ts';
import { archives, unpackPackages } from './apt.ts';
import { cacheFolder, madeOnce } from './cache.ts';
import type { Distribution } from './distributions.ts';

/** What a program is run with: its path and the environment that it finds its own libraries in. */
export interface Tool {
  readonly path: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** The programs that making and running hosts needs, and the package of each. */
const packages = {
  ip: 'iproute2',
  mmdebstrap: 'mmdebstrap',
  'systemd-nspawn': 'systemd-container',
} as const;
export type ToolName = keyof typeof packages;

const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const toolsFolder = cacheFolder('tools-2');

/** This machine's own program, else the one that was fetched. */
export const tool = (name: ToolName): Tool => {
  const installed = installedAt(name);
  if (installed) return { path: installed, environment: environment() };
  const own = folders.map((folder) => join(toolsFolder, folder, name)).find(existsSync);
  if (!own) throw new Error(`${name} has not been fetched`);
  return { path: own, environment: environment(toolsFolder) };
};

export const missingTools = (): readonly ToolName[] =>
  names.filter((name) => installedAt(name) === undefined);

const names: readonly ToolName[] = ['ip', 'mmdebstrap', 'systemd-nspawn'];
const installedAt = (name: ToolName) =>
  folders.map((folder) => join(folder, name)).find((path) => existsSync(path));

/** Fetches what this machine lacks, without installing it. */
export const fetchTools = async (
  onStep: (sentence: string) => void = () => {},
  signal?: AbortSignal,
): Promise<void> => {
  const missing = missingTools();
  if (missing.length === 0) return;
  await madeOnce(toolsFolder, async (folder) => {
    onStep(`fetching ${missing.join(', ')}, which this machine has not, into ${toolsFolder}`);
    const wanted = missing.map((name) => packages[name]);
    await unpackPackages(wanted, folder, { signal }).catch(unreachable(wanted.join(', ')));
  });
};

/** The keyring that a distribution's archive is verified with: installed, or from a package that apt has verified. */
export const keyringOf = async (
  { keyring, keyringPackage }: Distribution,
  signal?: AbortSignal,
): Promise<string> => {
  const place = join('usr', 'share', 'keyrings', keyring);
  if (existsSync(join('/', place))) return join('/', place);
  const folder = await madeOnce(cacheFolder(keyringPackage), async (partial) => {
    const extraSource = await backports(signal);
    await unpackPackages([keyringPackage], partial, { extraSource, signal }).catch(
      unreachable(keyringPackage),
    );
  });
  return join(folder, place);
};

// Debian 12 has Ubuntu's keyring only there.
const backports = async (signal?: AbortSignal) => {
  const own = (await archives(signal)).find(({ label }) => label === 'Debian');
  if (!own) return undefined;
  const signedBy = '[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]';
  return `deb ${signedBy} ${own.uri} ${own.codename}-backports main`;
};

export const unreachable = (what: string) => (cause: unknown) => {
  const said = cause instanceof Error ? cause.message : String(cause);
  // apt and mmdebstrap put the error after all that went well.
  const reason = /\bE: (.*)$/s.exec(said)?.[1]?.split(/ [EWI]: /)[0] ?? said;
  throw new UserError(
    `${what} could not be fetched; disposable hosts are made of packages, which takes a network: ${reason}`,
    { cause },
  );
};

const environment = (folder?: string): NodeJS.ProcessEnv => {
  const own = folder === undefined ? [] : folders.map((path) => join(folder, path));
  const base = { ...process.env, LC_ALL: 'C', PATH: [...folders, ...own].join(':') };
  if (folder === undefined) return base;
  const library = join(folder, 'usr/lib', `${machine()}-linux-gnu`);
  return {
    ...base,
    LD_LIBRARY_PATH: `${library}:${library}/systemd`,
    PERL5LIB: perlFolders(folder).join(':'),
  };
};

/** Where the modules of a fetched perl are, as a machine may have only its base: `usr/share/perl/5.36.0`. */
const perlFolders = (folder: string): readonly string[] =>
  ['usr/share', join('usr/lib', `${machine()}-linux-gnu`)]
    .map((path) => join(folder, path, 'perl'))
    .filter(existsSync)
    .flatMap((path) => readdirSync(path).map((version) => join(path, version)));

const machine = () => ({ x64: 'x86_64', arm64: 'aarch64' })[String(process.arch)] ?? process.arch;
