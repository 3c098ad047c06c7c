import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { output } from './execute.ts';
import type { Overlay } from './overlay.ts';
import { tool } from './tools.ts';

/** Namespaces of an overlay's own (mounts, network, processes, names), which live as long as it does. */
export interface Namespaces {
  /** A process of the network namespace. */
  readonly pid: number;
  /** What a program of the overlay is run behind. */
  readonly enter: readonly string[];
}

const shell = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');

/** The functions that put plain files in the place of kernel values. */
export const standIns = () => shell('./stand-ins.sh');

export const openNamespaces = async ({ path, will }: Overlay): Promise<Namespaces> => {
  const script = `${await standIns()}\n${await shell('./confine.sh')}`;
  const apart = ['--mount', '--net', '--uts', '--ipc', '--pid', '--fork', '--kill-child'];
  const child = spawn(
    'unshare',
    [...apart, '--propagation', 'private', 'sh', '-c', script, 'sh', path],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error('unshare could not be started');
  will.add(`kill -KILL ${pid} 2>/dev/null`);
  let trouble = '';
  child.stderr.on('data', (chunk) => {
    trouble += chunk;
  });
  const isReady = await firstLine(child.stdout);
  child.unref();
  child.stdout.destroy();
  child.stderr.destroy();
  if (!isReady) throw new Error(`no namespaces for ${path}: ${trouble.trim()}`);
  const { path: ip, environment } = tool('ip');
  await output('nsenter', [`--target=${pid}`, '--net', ip, 'link', 'set', 'lo', 'up'], {
    environment,
  });
  return { pid, enter: entering(pid, path) };
};

const firstLine = async (stream: Readable) => {
  for await (const line of createInterface({ input: stream })) return line;
  return undefined;
};

const entering = (pid: number, path: string) => [
  'nsenter',
  `--target=${pid}`,
  ...['--mount', '--net', '--uts', '--ipc'],
  // unshare itself stays outside of the process namespace that its children have.
  `--pid=/proc/${pid}/ns/pid_for_children`,
  'chroot',
  path,
];
