import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Spot } from '../../lib/local/hosts/fleet.ts';
import type { Credentials } from '../../lib/local/lambda/runner-pool.ts';
import type { LocalFunction } from '../../lib/local/lambda/runner-process.ts';
import type { LocalAwsOptions } from '../../lib/local/local-aws.ts';
import { extent } from '../extent.ts';

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
  /** It, and those that were asked for elsewhere, in order. */
  readonly instanceIds?: readonly string[];
  /** Of the function that remediates, where there is one. */
  readonly remediate?: Started;
}

/** What a baseline begins with whose stack has the controls that it names alone; every night it has all. */
export const namedAlone = extent === 'exhaustive' ? '' : 'presets: []\n';
/** A baseline of these, in a folder of its own. */
const baselineOf = async (controls: readonly string[]) => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-served-'));
  const baseline = join(folder, 'plumbline.yaml');
  const said = Object.fromEntries(controls.map((id) => [id, { mode: 'observe' }]));
  await writeFile(baseline, `${namedAlone}controls: ${JSON.stringify(said)}\n`);
  return { baseline, remove: () => rm(folder, { recursive: true }) };
};

/** A local AWS of a test's own, from the pool. */
export const serve = async ({
  controls,
  ...given
}: Pick<
  LocalAwsOptions,
  | 'accounts'
  | 'baseline'
  | 'latency'
  | 'members'
  | 'regions'
  | 'scheduleSpeed'
  | 'settleMs'
  | 'settlesAfterSeconds'
  | 'unattended'
  | 'updates'
> & {
  /** Of all controls these alone: what only others look at is not read and evaluated; every night all. @default - as the baseline says */
  readonly controls?: readonly string[];
  /** Whether there is a host, of which every audit fails. */
  readonly hasHost?: boolean;
  /** Where there are more such hosts: in which account and region. */
  readonly hostsAt?: readonly Spot[];
  /** Whether the switch stays off, as it is in a new stack. @default - alice turns it on */
  readonly isLeftOff?: boolean;
}) => {
  const few = controls && (await baselineOf(controls));
  const options = { ...given, ...(few && { baseline: few.baseline }) };
  const connection = connect(process.env['PLUMBLINE_TEST_POOL'] ?? '');
  const closed = once(connection, 'close');
  connection.write(`${JSON.stringify(options)}\n`);
  const [line] = await Promise.race([
    once(createInterface({ input: connection }), 'line'),
    closed.then(() => []),
  ]);
  await few?.remove();
  if (line === undefined) throw new Error('the local AWS did not start; what it said stands above');
  const served: Served = JSON.parse(line);
  const end = async () => {
    connection.end();
    await closed;
  };
  /** Lets this process end while it is there: it ends then too. */
  const unref = () => connection.unref();
  return { ...served, end, unref };
};
