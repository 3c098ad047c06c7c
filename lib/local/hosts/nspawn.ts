import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ending, output } from './execute.ts';
import { standIns } from './namespaces.ts';
import type { Overlay } from './overlay.ts';
import { tool } from './tools.ts';

/** A systemd that has begun to boot. */
export interface Machine {
  /** Its process 1, as this machine numbers it. */
  readonly leader: number;
  /** What a program of it is run behind. */
  readonly enter: readonly string[];
  /** 133 where it has asked to be started again. */
  readonly ended: Promise<number>;
  /** As `ended`, and keeps this process waiting for it. */
  end(): Promise<number>;
}

// A program that is to be in groups from its beginning has to enter them itself.
const inGroups =
  'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs"; shift; done; shift; exec "$@"';

const options = [
  '--quiet',
  '--settings=no',
  '--private-network',
  // The machine may have no systemd that could be asked for a scope, or be told of the host.
  '--register=no',
  '--keep-unit',
  '--console=pipe',
  '--link-journal=no',
  '--resolv-conf=off',
  '--timezone=off',
  '--hostname=ip-192-0-2-2',
];

/** Starts systemd in the root; kernel values are its own before it sets any. */
export const startMachine = async (
  overlay: Overlay,
  name: string,
  groups: readonly string[],
): Promise<Machine> => {
  const child = spawnMachine(overlay, name, groups);
  const ended = ending(child, 'exit');
  ended.catch(() => undefined);
  const leader = await leaderOf(child, ended, overlay);
  const enter = [
    'nsenter',
    `--target=${leader}`,
    ...['--mount', '--uts', '--ipc', '--net', '--pid'],
  ];
  process.kill(leader, 'SIGSTOP');
  try {
    const [command = '', ...args] = enter;
    await output(command, [...args, 'sh', '-c', `${await standIns()}\nstand_ins ''`]);
  } finally {
    process.kill(leader, 'SIGCONT');
  }
  const end = async () => {
    child.ref();
    const code = await ended;
    child.unref();
    return code;
  };
  return { leader, enter, ended, end };
};

const spawnMachine = (overlay: Overlay, name: string, groups: readonly string[]) => {
  const { path, environment } = tool('systemd-nspawn');
  const console = openSync(consoleOf(overlay), 'a');
  const command = [path, ...options, `--machine=${name}`, `--directory=${overlay.path}`, '--boot'];
  const child = spawn('sh', ['-c', inGroups, 'sh', ...groups, '--', ...command], {
    detached: true,
    stdio: ['ignore', console, console],
    // /tmp is a part of the root, as on EC2.
    env: { ...environment, SYSTEMD_NSPAWN_TMPFS_TMP: '0', SYSTEMD_NSPAWN_LOCK: '0' },
  });
  closeSync(console);
  child.unref();
  return child;
};

/** What a host says while it boots. */
export const consoleOf = ({ folder }: Overlay) => join(folder, 'console.log');

const leaderOf = async (child: ChildProcess, ended: Promise<number>, overlay: Overlay) => {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  ended.then(end, end);
  while (!hasEnded) {
    const leader = await systemdBelow(child.pid);
    if (leader !== undefined) return leader;
    await sleep(5);
  }
  const said = await readFile(consoleOf(overlay), 'utf8');
  throw new Error(
    `systemd-nspawn did not start a host: ${said.trim().split('\n').slice(-3).join(' ')}`,
  );
};

const systemdBelow = async (parent: number | undefined) => {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  for (const child of (await read(`/proc/${parent}/task/${parent}/children`)).split(' ')) {
    if (child === '' || !/^NSpid:.*\t1$/m.test(await read(`/proc/${child}/status`))) continue;
    if ((await read(`/proc/${child}/comm`)).trim() === 'systemd') return Number(child);
  }
  return undefined;
};
