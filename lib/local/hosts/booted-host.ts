import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlGroups, endOf } from './control-groups.ts';
import { execute, output } from './execute.ts';
import type { RunOptions, RunResult } from './guest.ts';
import { consoleOf, type Machine, startMachine } from './nspawn.ts';
import { mountOverlay, type Overlay } from './overlay.ts';
import type { OverlayRoot } from './overlay-root.ts';
import { runAsAgent } from './run-as-agent.ts';
import { connect } from './wire.ts';

export interface BootOptions {
  /** The root that it copies. Several are laid over one another, the first on top. */
  readonly base: string | readonly string[];
  /** Changes the root before it boots for the first time. */
  readonly prepare?: (root: string) => Promise<void>;
  /** A machine to connect it with. @default - it has only a loopback interface */
  readonly client?: Pick<OverlayRoot, 'network'>;
  /** @default - one of its own */
  readonly instanceId?: string;
}
export interface HostRunOptions extends RunOptions {
  /** @default - a new one */
  readonly commandId?: string;
  /** The name of the document's step. */
  readonly step?: string;
}

/** A host: systemd and its services in namespaces of their own. */
export interface BootedHost {
  readonly instanceId: string;
  /** The folder of its files on this machine, without those of /run, /dev and the like. */
  readonly path: string;
  /** The id on this machine of its process 1; it changes with each boot. */
  leader(): number;
  /** Whether its services are started, and with them the agent. */
  isRunning(): boolean;
  /** Runs a script as the SSM agent runs a step of a Command document. Exit code 194 boots the host and runs it again. */
  run(script: string, options?: HostRunOptions): Promise<RunResult>;
  /** Shuts it down and boots it again. */
  reboot(): Promise<void>;
  /** Resolves when it has booted again, after something on it requested that. */
  booted(): Promise<void>;
  /** Kills every process at once, as a power cut does; `boot` starts it again. */
  kill(): Promise<void>;
  boot(): Promise<void>;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

const shutDownAndBoot = 34 + 5;
const rebootAsked = 133;
const runAgain = 194;
const mostBoots = 10;
const bootSeconds = 120;

/** Boots a copy of a root and resolves once its services are started. */
export const bootHost = async (options: BootOptions): Promise<BootedHost> => {
  const { base, prepare } = options;
  const overlay = await mountOverlay(...[base].flat());
  try {
    await prepare?.(overlay.path);
    const groups = await controlGroups(basename(overlay.folder), overlay.will);
    const host = hostOf(overlay, groups, options);
    await host.boot();
    return host;
  } catch (error) {
    await overlay.will.execute();
    throw error;
  }
};

const hostOf = (overlay: Overlay, groups: readonly string[], options: BootOptions): BootedHost => {
  const { client, instanceId = `i-0${randomUUID().replaceAll('-', '').slice(0, 16)}` } = options;
  let machine: Machine | undefined;
  let isUp = false;
  let booting = Promise.resolve();
  const running = () => {
    if (!machine) throw new Error(`${instanceId} is not running`);
    return machine;
  };
  const start = async () => {
    const started = await startMachine(overlay, basename(overlay.folder), groups);
    machine = started;
    if (client) await connect(started.leader, await client.network());
    started.ended.then((code) => {
      if (machine === started) {
        machine = undefined;
        isUp = false;
      }
      if (code === rebootAsked) booting = start();
      // Whoever waits for it hears of it.
      booting.catch(() => undefined);
    });
    await servicesStarted(started, overlay);
    isUp = true;
  };
  const boot = () => {
    booting = start();
    return booting;
  };
  const reboot = async () => {
    const { leader, end } = running();
    process.kill(leader, shutDownAndBoot);
    await end();
    await booting;
  };
  return {
    instanceId,
    path: overlay.path,
    leader: () => running().leader,
    isRunning: () => isUp,
    run: async (script, { commandId = randomUUID(), ...more } = {}) => {
      for (let boots = 0; ; boots++) {
        const { enter } = running();
        const result = await runAsAgent(overlay.path, enter, script, {
          ...more,
          instanceId,
          commandId,
        });
        if (result.exitCode !== runAgain || boots === mostBoots) return result;
        await reboot();
      }
    },
    reboot,
    booted: () => booting,
    kill: async () => {
      const { end } = running();
      for (const group of groups) await output('sh', ['-c', endOf(group)]);
      await end();
    },
    boot,
    stop: () => overlay.will.execute(),
  };
};

const servicesStarted = async ({ enter }: Machine, overlay: Overlay) => {
  const [command = '', ...args] = enter;
  const end = performance.now() + bootSeconds * 1000;
  while (performance.now() < end) {
    // It waits from the moment on at which systemd answers.
    const wait = ['timeout', `${bootSeconds}`, 'systemctl', 'is-system-running', '--wait'];
    const { stdout } = await execute(command, [...args, ...wait]);
    // Degraded: some unit has failed, as some do without hardware, or because the test has it so.
    if (/^(running|degraded)$/m.test(stdout)) return;
    await sleep(20);
  }
  const said = (await readFile(consoleOf(overlay), 'utf8')).trim().split('\n').slice(-5).join('\n');
  throw new Error(`the host did not boot within ${bootSeconds} s: ${said}`);
};
