import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../support/user-error.ts';
import { installMoto, ownVenv, pythonsAtHand } from './python.ts';

export interface MotoOptions {
  /**
   * The interpreter to use and no other. @default - a fork of the moto that listens on the socket PLUMBLINE_MOTO, else
   * PLUMBLINE_PYTHON, else whichever has a fitting moto
   */
  readonly python?: string;
  /** Where moto is installed when no interpreter at hand has it; `.venv` of the repository by default. */
  readonly venv?: string;
  /**
   * A Unix socket to listen on: moto is loaded once, and each `startMoto` of a process that has this path in
   * PLUMBLINE_MOTO gets a fork of it, which takes a fifth of the time.
   */
  readonly socket?: string;
  /** Told before moto is installed, which takes a while. */
  readonly onInstall?: (venv: string) => void;
}
export interface Moto {
  /** Of a moto that listens on a socket: no address, since only its forks answer. */
  readonly url: string;
  readonly pid: number;
  /** Settles when the process is gone, with the end of what it wrote to standard error. */
  readonly ended: Promise<string>;
  /** Ends the server and waits until its process is gone. */
  stop(): Promise<void>;
}
type Python = ChildProcessByStdio<Writable, Readable, Readable>;
type Launch = Moto | { readonly unfit: string };

const launcher = fileURLToPath(new URL('./launcher.py', import.meta.url));
const needed = 'the local AWS needs Python 3.10 or newer with moto[server] 5.2.1 or newer, below 6';

/** Starts moto on a free loopback port; it dies with this process, however that ends. */
export const startMoto = async (options: MotoOptions = {}): Promise<Moto> => {
  const loaded = process.env['PLUMBLINE_MOTO'];
  const { python: named, venv: own, socket } = options;
  if (loaded !== undefined && named === undefined && own === undefined && socket === undefined)
    return fork(loaded);
  const chosen = options.python ?? process.env['PLUMBLINE_PYTHON'];
  const venv = options.venv ?? ownVenv;
  const failures: { python: string; unfit: string }[] = [];
  for (const python of chosen === undefined ? pythonsAtHand(venv) : [chosen]) {
    const launched = await launch(python, options.socket);
    if ('url' in launched) return launched;
    failures.push({ python, unfit: launched.unfit });
  }
  const base = failures.find(({ unfit }) => !/^(absent|Python)/.test(unfit))?.python;
  if (chosen !== undefined || base === undefined) throw new UserError(found(failures));
  options.onInstall?.(venv);
  const installed = await launch(await installMoto(base, venv), options.socket);
  if ('url' in installed) return installed;
  throw new UserError(found([{ python: venv, unfit: installed.unfit }]));
};

const found = (failures: readonly { python: string; unfit: string }[]) =>
  `${needed}; found ${failures.map(({ python, unfit }) => `${python}: ${unfit}`).join(', ')}`;

const launch = async (python: string, socket?: string): Promise<Launch> => {
  const program = [launcher, ...(socket === undefined ? [] : [socket])];
  const child = spawn(python, program, { stdio: ['pipe', 'pipe', 'pipe'], env: environment() });
  const ended = endOf(child);
  const first = await Promise.race([
    firstLine(child.stdout),
    ended.then(
      () => undefined,
      () => undefined,
    ),
  ]);
  if (first?.port === undefined) return { unfit: first?.unfit ?? (await ended) };
  return {
    url: `http://127.0.0.1:${first.port}`,
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
      await ended;
      clearTimeout(timer);
    },
  };
};

/** A moto of its own from the one that is loaded already, by `startMoto` with a socket. */
const fork = async (path: string): Promise<Moto> => {
  const socket = connect(path);
  const closed = once(socket, 'close');
  const { port = 0, pid = 0 } = (await firstLine(socket)) ?? {};
  socket.resume();
  return {
    url: `http://127.0.0.1:${port}`,
    pid,
    ended: closed.then(() => ''),
    stop: async () => {
      socket.end();
      await closed;
    },
  };
};

const environment = () => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|MOTO)_/.test(name))),
  // Without them a managed policy like AdministratorAccess cannot be attached.
  MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
  // A fifth of a millisecond for each request, and no browser asks.
  MOTO_DISABLE_GLOBAL_CORS: 'true',
  PYTHONDONTWRITEBYTECODE: '1',
});

interface FirstLine {
  readonly port?: number;
  readonly pid?: number;
  readonly unfit?: string;
}
const firstLine = async (from: Readable): Promise<FirstLine | undefined> => {
  for await (const line of createInterface(from)) return JSON.parse(line);
  return undefined;
};

const endOf = async (child: Python): Promise<string> => {
  let tail = '';
  child.stderr.on('data', (chunk) => {
    tail = (tail + chunk).slice(-2000);
  });
  child.stdin.on('error', () => undefined);
  try {
    await once(child, 'close');
  } catch {
    return 'absent';
  }
  return tail.trim();
};
