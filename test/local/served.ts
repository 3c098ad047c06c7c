import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Credentials } from '../../lib/local/lambda/runner-pool.ts';
import type { LocalFunction } from '../../lib/local/lambda/runner-process.ts';
import type { LocalAwsOptions } from '../../lib/local/local-aws.ts';

const program = fileURLToPath(new URL('./serve.ts', import.meta.url));

/** What a function of the stack is started with. */
export interface Started {
  readonly target: LocalFunction;
  readonly environment: Readonly<Record<string, string>>;
  readonly credentials: Credentials;
}
interface Served {
  readonly url: string;
  /** Credentials of the function that evaluates. */
  readonly reader: Credentials;
  /** Of each function, by its handler: as whom it sends to the queues that people do not send to. */
  readonly own: Readonly<Record<string, Credentials>>;
  /** The functions' names, by handler. */
  readonly functions: Readonly<Record<string, string>>;
  /** Of a stack that was updated: its physical ids by logical id, before. */
  readonly before?: Readonly<Record<string, string>>;
  /** The host, where one was asked for. */
  readonly instanceId?: string;
  /** Of the function that remediates, where there is one. */
  readonly remediate?: Started;
}

/** A local AWS of a test's own, in a process of its own. */
export const serve = async (
  options: Pick<
    LocalAwsOptions,
    'baseline' | 'scheduleSpeed' | 'settleMs' | 'settlesAfterSeconds' | 'unattended' | 'updates'
  > & {
    /** Whether there is a host, of which every audit fails. */
    readonly hasHost?: boolean;
    /** Whether the switch stays off, as it is in a new stack. @default - alice turns it on */
    readonly isLeftOff?: boolean;
  },
) => {
  const args = ['--import', 'tsx', program, JSON.stringify(options)];
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const end = async () => {
    const gone = child.exitCode === null ? once(child, 'exit') : undefined;
    child.stdin.end();
    await gone;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const served: Served = JSON.parse(line);
    return { ...served, end };
  }
  throw new Error('the local AWS did not start; what it said stands above');
};
