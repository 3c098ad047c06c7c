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
  /** 137 where it was killed. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}
type Stdio = 'pipe' | number;

/** As what a command runs that is run by systemd. */
const own = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
};

// What reaches beyond a namespace: the machine's clock, its kernel's modules and log.
const forbidden = '--bounding-set=-sys_time,-sys_module,-sys_rawio,-syslog,-wake_alarm';

/** Runs a program of a guest, given what enters it (nsenter and the like) and where its output goes. */
export const runInGuest = async (
  enter: readonly string[],
  program: readonly string[],
  { environment = {}, timeoutSeconds, signal, input }: RunOptions,
  [out, err]: readonly [Stdio, Stdio] = ['pipe', 'pipe'],
): Promise<RunResult> => {
  const variables = Object.entries({ ...own, ...environment });
  const settings = variables.map(([name, value]) => `${name}=${value}`);
  const [command = '', ...args] = enter;
  const child = spawn(
    command,
    [...args, 'setpriv', forbidden, 'env', '--ignore-environment', ...settings, ...program],
    { detached: true, stdio: ['pipe', out, err], cwd: '/' },
  );
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input ?? '');
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const kill = () => child.pid !== undefined && child.exitCode === null && killGroup(child.pid);
  let timedOut = false;
  const onTime = () => {
    timedOut = true;
    kill();
  };
  const timer =
    timeoutSeconds === undefined ? undefined : setTimeout(onTime, timeoutSeconds * 1000);
  signal?.addEventListener('abort', kill);
  try {
    const exitCode = await ending(child, 'exit');
    // What it leaves running may hold its output: what is not there a moment later is not waited for.
    await drained(child.stdout, child.stderr);
    return { exitCode, stdout: stdout(), stderr: stderr(), timedOut };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
};

const killGroup = (leader: number) => {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has just ended.
  }
};

type Output = Readable | null;

const collect = (stream: Output) => {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
};

const drained = (...streams: readonly Output[]) => {
  const ends = streams.map(
    (stream) =>
      stream?.closed || new Promise<void>((resolve) => stream?.once('close', resolve) ?? resolve()),
  );
  const aMoment = new Promise<void>((resolve) => setTimeout(resolve, 100));
  return Promise.race([Promise.all(ends), aMoment]);
};
