import { createHash } from 'node:crypto';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireSettings, archives } from './apt.ts';
import { cacheFolder, madeOnce } from './cache.ts';
import type { Distribution } from './distributions.ts';
import { output } from './execute.ts';
import { fetchTools, keyringOf, tool, unreachable } from './tools.ts';

export interface BaseRootOptions {
  /** More packages than the distribution's own list. */
  readonly packages?: readonly string[];
  /** Packages that are only downloaded, with what they need: a host has no network to install them from. */
  readonly downloaded?: readonly string[];
  /** Told of each step that takes a while. */
  readonly onStep?: (sentence: string) => void;
  /** Gives it up: what runs is killed, and nothing is left. */
  readonly signal?: AbortSignal | undefined;
}
interface Wanted {
  readonly packages: readonly string[];
  readonly downloaded: readonly string[];
}

// Changed where roots are made differently from the same packages.
const recipe = 2;

/** A root file system of the distribution, made when it is missing: about a minute. It is only ever read. */
export const baseRoot = async (
  distribution: Distribution,
  { packages = [], downloaded = [], onStep = () => {}, signal }: BaseRootOptions = {},
): Promise<string> => {
  await fetchTools(onStep, signal);
  const own = [...distribution.packages].sort();
  const plain = await madeOnce(placeOf(distribution, own), async (root) => {
    onStep(`making a root of ${distribution.title} in ${cacheFolder('roots')}, once`);
    await make(distribution, root, onStep, signal).catch(unreachable(distribution.title));
  });
  const more = { packages: [...packages].sort(), downloaded: [...downloaded].sort() };
  const names = [...more.packages, ...more.downloaded].join(', ');
  if (names === '') return plain;
  return madeOnce(placeOf(distribution, [own, more]), async (root) => {
    onStep(`adding ${names} to a root of ${distribution.title}, once`);
    await output('cp', ['--archive', '--reflink=auto', `${plain}/.`, root], { signal });
    await install(root, more, signal).catch(unreachable(names));
  });
};

const placeOf = ({ name }: Distribution, content: unknown) => {
  const key = createHash('sha256')
    .update(JSON.stringify([recipe, content]))
    .digest('hex');
  return cacheFolder('roots', `${name}-${key.slice(0, 12)}`);
};

const make = async (
  distribution: Distribution,
  root: string,
  onStep: (sentence: string) => void,
  signal?: AbortSignal,
) => {
  const known = await archives(signal);
  const mirrorOf = (label: string) => known.find((one) => one.label === label)?.uri;
  const mirror = mirrorOf(distribution.label) ?? distribution.archive;
  const security = mirrorOf(`${distribution.label}-Security`);
  const sources = distribution.sources(mirror, security);
  await bootstrap(distribution, root, sources, { onStep, signal });
  for (const name of ['apt/apt.conf.d', 'dpkg/dpkg.cfg.d'])
    await rm(join(root, 'etc', name, '99mmdebstrap'), { force: true });
  await writeFile(join(root, 'etc/apt/sources.list'), `${sources.join('\n')}\n`);
  await writeFile(join(root, 'etc/resolv.conf'), '');
};

/** All packages at once, each in its newest version: mmdebstrap takes less than half of the time of debootstrap. */
const bootstrap = async (
  distribution: Distribution,
  root: string,
  sources: readonly string[],
  { onStep = () => {}, signal }: Pick<BaseRootOptions, 'onStep' | 'signal'>,
) => {
  const { codename, keyringPackage, packages, title } = distribution;
  const { path, environment } = tool('mmdebstrap');
  const settings = `${root}.conf`;
  await writeFile(settings, await acquireSettings());
  const options = [
    '--mode=root',
    '--variant=minbase',
    // /bin is /usr/bin, as on every image of these distributions.
    `--setup-hook=${join(path, '../../share/mmdebstrap/hooks/merged-usr/setup00.sh')}`,
    `--include=${['apt', keyringPackage, ...packages].join(',')}`,
    `--keyring=${await keyringOf(distribution, signal)}`,
    `--aptopt=${settings}`,
    // A root that is only being made is written without waiting for the disk.
    '--dpkgopt=force-unsafe-io',
    // Packages are added to it, and its /run is that of a machine.
    '--skip=cleanup/apt/lists,cleanup/run,cleanup/reproducible',
  ];
  const onLine = (line: string) => {
    const [, stage] = /^I: (.+)\.\.\.$/.exec(line) ?? [];
    if (stage !== undefined) onStep(`${title}: ${stage}`);
  };
  const program = [path, ...options, codename, root, ...sources];
  // What it says is on standard error.
  const said = ['sh', '-c', 'exec "$@" 2>&1', 'sh'];
  try {
    await output('unshare', [...apart, ...said, ...program], { environment, onLine, signal });
  } finally {
    await rm(settings, { force: true });
  }
};

// What is mounted in a root that is being made is gone with the process: removing such a root removes nothing else.
const apart = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];

const installer = `
set -e
mount -t proc proc "$1/proc"
exec chroot "$1" /bin/sh /plumbline-install
`;

// A root knows its archives: it asks them anew only where they have no longer what it knows.
const inRoot = ({ packages, downloaded }: Wanted) => `
set -e
# A root does not have the folder of whoever makes it, in which the scripts of packages would make their files.
unset TMPDIR
export APT_CONFIG=/plumbline-apt.conf DEBIAN_FRONTEND=noninteractive LC_ALL=C
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
get() { apt-get --quiet --yes --no-install-recommends "$@"; }
all() {
  get install ${packages.join(' ')} && get clean && get install --download-only ${downloaded.join(' ')}
}
renew() { get update && get dist-upgrade; }
all || { renew && all; }
`;

const install = async (root: string, wanted: Wanted, signal?: AbortSignal) => {
  const here = (name: string) => join(root, name);
  const own = ['plumbline-install', 'plumbline-apt.conf', 'usr/sbin/policy-rc.d'];
  const settings = `${await acquireSettings()}\nDpkg::Options:: "--force-unsafe-io";\n`;
  await copyFile('/etc/resolv.conf', here('etc/resolv.conf'));
  await writeFile(here('plumbline-install'), inRoot(wanted));
  await writeFile(here('plumbline-apt.conf'), settings);
  // Nothing starts in a root that is not running: invoke-rc.d asks here.
  await writeFile(here('usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  await output('unshare', [...apart, 'sh', '-c', installer, 'sh', root], { signal });
  for (const name of own) await rm(here(name));
  await writeFile(here('etc/resolv.conf'), '');
};
