import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { missingTools } from './tools.ts';

// All that a host takes of the kernel, tried at once and gone with the shell.
const trial = `
set -e
mount -t tmpfs trial /mnt
mkdir /mnt/lower /mnt/upper /mnt/work /mnt/root /mnt/proc
mount -t overlay -o lowerdir=/mnt/lower,upperdir=/mnt/upper,workdir=/mnt/work trial /mnt/root
mount -t proc proc /mnt/proc
`;
const apart = ['--mount', '--net', '--uts', '--ipc', '--pid', '--fork', '--propagation', 'private'];

/** Why this machine can have no disposable hosts, as a part of a sentence; undefined where it can. */
export const whyNoHosts = (): string | undefined => {
  if (process.platform !== 'linux') return 'disposable hosts need Linux';
  if (process.getuid?.() !== 0) return 'disposable hosts need root';
  if (!existsSync('/usr/bin/apt-get')) {
    const missing = missingTools();
    if (missing.length > 0) return `this machine has neither ${missing.join(', ')} nor apt`;
  }
  const { status, stderr } = spawnSync('unshare', [...apart, 'sh', '-c', trial], {
    encoding: 'utf8',
  });
  if (status === 0) return undefined;
  return `this machine lets root make no namespaces: ${String(stderr).trim().split('\n').at(-1)}`;
};
