import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface Outcome {
  /** 128 and the signal's number where a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
export interface ExecuteOptions {
  /** In place of this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly onLine?: (line: string) => void;
  /** Kills it, and fails. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end; how it ends is for the caller to evaluate. */
export const execute = async (
  command: string,
  args: readonly string[],
  { environment = process.env, input, onLine, signal }: ExecuteOptions = {},
): Promise<Outcome> => {
  signal?.throwIfAborted();
  const child = spawn(command, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  // A program that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const [stdout, stderr] = [gather(child.stdout, onLine), gather(child.stderr)];
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill);
  const exitCode = await ending(child, 'close').finally(() =>
    signal?.removeEventListener('abort', kill),
  );
  signal?.throwIfAborted();
  return { exitCode, stdout: stdout(), stderr: stderr() };
};

/** What a program wrote to standard output; an Error with the end of its standard error where it fails. */
export const output = async (
  command: string,
  args: readonly string[],
  options?: ExecuteOptions,
): Promise<string> => {
  const { exitCode, stdout, stderr } = await execute(command, args, options);
  if (exitCode === 0) return stdout;
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' ');
  throw new Error(`${command} ${args.slice(0, 4).join(' ')} ended with ${exitCode}: ${said}`);
};

/** The exit code, once the program has ended, or also all that hold its output. */
export const ending = (child: ChildProcess, event: 'exit' | 'close') =>
  new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once(event, (code: number | null, signal: NodeJS.Signals | null) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });

const gather = (stream: NodeJS.ReadableStream, onLine?: (line: string) => void) => {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const whole = text.lastIndexOf('\n') + 1;
    text += chunk;
    if (!onLine) return;
    for (const line of text.slice(whole, text.lastIndexOf('\n') + 1).split('\n'))
      if (line !== '') onLine(line);
  });
  return () => text;
};
