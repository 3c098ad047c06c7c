import { createHash } from 'node:crypto';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
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
const recipe = 1;

/** A root file system of the distribution, made when it is missing: a minute or two. It is only ever read. */
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
    await install(root, more, false, signal).catch(unreachable(names));
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
  const mirror = known.find(({ label }) => label === distribution.label)?.uri;
  const security = known.find(({ label }) => label === `${distribution.label}-Security`)?.uri;
  await bootstrap(distribution, root, mirror, { onStep, signal });
  onStep(`installing the packages of ${distribution.title}`);
  const sources = join(root, 'etc/apt/sources.list');
  // Where the machine has no mirror of it debootstrap took the distribution's own, and says here which.
  const [, used = '', ...rest] = (await readFile(sources, 'utf8')).split(/\s+/);
  const updates = distribution.updates(used, security);
  await writeFile(sources, `${[`deb ${used} ${rest.join(' ').trim()}`, ...updates].join('\n')}\n`);
  await install(root, { packages: distribution.packages, downloaded: [] }, true, signal);
};

// Without a mirror of this machine's it takes that of its script.
const bootstrap = async (
  distribution: Distribution,
  root: string,
  mirror: string | undefined,
  { onStep = () => {}, signal }: Pick<BaseRootOptions, 'onStep' | 'signal'>,
) => {
  const { path, environment } = tool('debootstrap');
  const options = [
    '--variant=minbase',
    // An archive may be behind https.
    '--include=ca-certificates',
    `--components=${distribution.components.replace(' ', ',')}`,
    `--keyring=${await keyringOf(distribution, signal)}`,
  ];
  const { codename, script, title } = distribution;
  const program = [path, ...options, codename, root, mirror ?? '', script];
  // It names each package as well, and of a stage only when it begins.
  const onLine = (line: string) => {
    const [, stage] = /^I: (\w+ing (?:\w+ )*(?:dependencies|packages|system))\b/.exec(line) ?? [];
    if (stage !== undefined) onStep(`${title}: ${stage.toLowerCase()}`);
  };
  await output('unshare', [...apart, ...program], { environment, onLine, signal });
};

// What is mounted in a root that is being made is gone with the process: removing such a root removes nothing else.
const apart = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];

const installer = `
set -e
mount -t proc proc "$1/proc"
exec chroot "$1" /bin/sh /plumbline-install
`;

// A root that was made already knows its archives: it asks them anew only where they have no longer what it knows.
const inRoot = ({ packages, downloaded }: Wanted, isNew: boolean) => `
set -e
export APT_CONFIG=/plumbline-apt.conf DEBIAN_FRONTEND=noninteractive LC_ALL=C
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
get() { apt-get --quiet --yes --no-install-recommends "$@"; }
all() {
  get install ${packages.join(' ')} && get clean && get install --download-only ${downloaded.join(' ')}
}
renew() { get update && get dist-upgrade; }
${isNew ? 'renew && all' : 'all || { renew && all; }'}
`;

const install = async (root: string, wanted: Wanted, isNew: boolean, signal?: AbortSignal) => {
  const here = (name: string) => join(root, name);
  const own = ['plumbline-install', 'plumbline-apt.conf', 'usr/sbin/policy-rc.d'];
  // A root that is only being made is written without waiting for the disk.
  const settings = `${await acquireSettings()}\nDpkg::Options:: "--force-unsafe-io";\n`;
  await copyFile('/etc/resolv.conf', here('etc/resolv.conf'));
  await writeFile(here('plumbline-install'), inRoot(wanted, isNew));
  await writeFile(here('plumbline-apt.conf'), settings);
  // Nothing starts in a root that is not running: invoke-rc.d asks here.
  await writeFile(here('usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  await output('unshare', [...apart, 'sh', '-c', installer, 'sh', root], { signal });
  for (const name of own) await rm(here(name));
  await writeFile(here('etc/resolv.conf'), '');
};
