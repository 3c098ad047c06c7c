import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { ending } from './execute.ts';

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  /** Ends it and all it has started, as kill -9 does. */
  readonly signal?: AbortSignal;
  readonly input?: string;
}
export interface RunResult {
  /** 137 where it was killed, also because its time was over. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}
export interface Program {
  /** What the guest is entered by: nsenter and the like. */
  readonly enter: readonly string[];
  readonly command: readonly string[];
  /** Whether what it leaves running is waited for as long as that holds its output. */
  readonly waitsForOutput: boolean;
  /** What a text that was written becomes. */
  readonly cut?: { stdout(text: Buffer): Buffer; stderr(text: Buffer): Buffer };
}

/** As what a command has that systemd runs. */
const own = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
};

// What reaches beyond a namespace: the machine's clock, its kernel's modules and log.
const forbidden = '--bounding-set=-sys_time,-sys_module,-sys_rawio,-syslog,-wake_alarm';
const killed = 137;

/** A pipe of Node is a socket: a bash that has one for its input takes itself for logged into, and reads ~/.bashrc. */
const begun = (program: string, args: readonly string[], hasInput: boolean) => {
  const options = { detached: true, cwd: '/' } as const;
  return hasInput
    ? spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
    : spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
};

/** Runs a program of a guest. */
export const runInGuest = async (
  { enter, command, waitsForOutput, cut }: Program,
  { environment = {}, timeoutSeconds, signal, input = '' }: RunOptions,
): Promise<RunResult> => {
  const variables = Object.entries({ ...own, ...environment });
  const settings = variables.map(([name, value]) => `${name}=${value}`);
  const [first = '', ...others] = enter;
  const args = [...others, 'setpriv', forbidden, 'env', '--ignore-environment', ...settings];
  const child = begun(first, [...args, ...command], input !== '');
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const stop = stopper(child.pid, timeoutSeconds, signal);
  try {
    const exitCode = await ending(child, 'exit');
    const written = Promise.all([closed(child.stdout), closed(child.stderr)]);
    await Promise.race([written, waitsForOutput ? stop.stopped : aMoment()]);
    return {
      exitCode: stop.timedOut() ? killed : exitCode,
      stdout: (cut?.stdout(stdout()) ?? stdout()).toString(),
      stderr: (cut?.stderr(stderr()) ?? stderr()).toString(),
      timedOut: stop.timedOut(),
    };
  } finally {
    stop.end();
    child.stdout.destroy();
    child.stderr.destroy();
  }
};

/** Kills a group of processes when its time is over or when it is told to. */
const stopper = (leader: number | undefined, seconds?: number, signal?: AbortSignal) => {
  let timedOut = false;
  let resolve = () => {};
  const stopped = new Promise<void>((done) => {
    resolve = done;
  });
  const kill = () => {
    if (leader !== undefined) killGroup(leader);
    resolve();
  };
  const onTime = () => {
    timedOut = true;
    kill();
  };
  const timer = seconds === undefined ? undefined : setTimeout(onTime, seconds * 1000);
  if (signal?.aborted) kill();
  signal?.addEventListener('abort', kill);
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
  };
  return { stopped, timedOut: () => timedOut, end };
};

const killGroup = (leader: number) => {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // None of it is left.
  }
};

const collect = (stream: Readable) => {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks);
};

const closed = (stream: Readable) =>
  stream.closed ? undefined : new Promise<void>((resolve) => stream.once('close', resolve));

const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 100));
