import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { medianOf } from '../figures.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./measured.py', import.meta.url));

export interface Taken {
  /** `null` where it was ended because it took too long. */
  readonly code: number | null;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** The end of what it wrote to the standard error. */
  readonly said: string;
}

export interface TakenOptions {
  /** @default - that of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** After which it is ended. @default 900 */
  readonly mostSeconds?: number;
  /** Whether what was ended counts, with what it took until then; else it failed. @default false */
  readonly mayBeEnded?: boolean;
}

/** Node reads these certificates whenever it starts, which takes longer than the rest of its start; none of what is measured needs them. */
const withoutCertificates = ({ NODE_EXTRA_CA_CERTS: _, ...env }: NodeJS.ProcessEnv) => env;

/** What a command takes with all that it starts: the run in the middle of several, by time of the processor. */
export const taken = async (
  command: readonly string[],
  times: number,
  isRight: (code: number) => boolean,
  { env = process.env, mostSeconds = 900, mayBeEnded = false }: TakenOptions = {},
): Promise<Taken> => {
  const all: Taken[] = [];
  for (let n = 0; n < times; n += 1) {
    const { stdout } = await run('python3', [script, `${mostSeconds}`, ...command], {
      env: withoutCertificates(env),
      maxBuffer: 2 ** 26,
    });
    const one: Taken = JSON.parse(stdout);
    if (one.code === null && mayBeEnded) return one;
    if (one.code === null) throw new Error(`${command[0]} did not end within ${mostSeconds} s`);
    if (!isRight(one.code)) throw new Error(`${command[0]} ended with ${one.code}: ${one.said}`);
    all.push(one);
  }
  const middle = medianOf(all.map(({ cpuSeconds }) => cpuSeconds));
  const found = all.find(({ cpuSeconds }) => cpuSeconds === middle);
  if (!found) throw new Error(`${command[0]} was not run`);
  return found;
};
