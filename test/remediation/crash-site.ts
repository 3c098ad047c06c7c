import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { sdkClients } from '../../lib/aws/clients.ts';
import { createLedger } from '../../lib/aws/ledger.ts';
import { createPosture } from '../../lib/aws/posture.ts';
import { createQueues } from '../../lib/aws/queues.ts';
import { type Action, isConcluded } from '../../lib/engine/action.ts';
import { keyOf } from '../../lib/engine/change.ts';
import type { LocalAwsOptions } from '../../lib/local/local-aws.ts';
import { serve } from '../local/served.ts';
import { refOf, region } from '../resources/aws.ts';
import { processesOf } from './killed-process.ts';

const patience = 60_000;

/** Answers what a look-up finds, once it finds something. */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined>,
  everyMs = 50,
): Promise<T> => {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(everyMs)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
};

/** Work on each of many, a few at a time. */
export const inLanes = async <T>(
  all: readonly T[],
  lanes: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> => {
  const left = [...all];
  const lane = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

/** A deployed stack on a local AWS of its own, with a view of what it keeps. */
export const openDeployed = async (
  baseline: string,
  options: Pick<LocalAwsOptions, 'settlesAfterSeconds' | 'unattended'>,
) => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-deployed-'));
  const file = join(folder, 'plumbline.yaml');
  await writeFile(file, baseline);
  const served = await serve({ baseline: file, scheduleSpeed: 0, ...options });
  const { url, remediate: started } = served;
  if (!started) throw new Error('the stack has no function that remediates');
  const credentials = { accessKeyId: 'mallory', secretAccessKey: 'any' };
  const clients = sdkClients({ region, endpoint: url, credentials });
  const documents = DynamoDBDocument.from(new DynamoDB({ region, endpoint: url, credentials }));
  const processes = processesOf(started, url);
  const { POSTURE_TABLE: table = '', IMAGES_BUCKET: bucket = '' } = started.environment;
  const posture = createPosture(documents, table);
  const ledger = createLedger(documents, table, { bucket, s3: () => clients('s3') });
  const sqs = await clients('sqs');
  const { queueUrl: remediations } = processes;
  const none = { changes: '', sweeps: '', pages: '' };
  const rowsOf = (type: string, ids: readonly string[]) =>
    posture.read(ids.map((id) => keyOf({ type, ref: refOf(id) })));
  return {
    url,
    clients,
    sqs,
    folder,
    processes,
    ledger,
    ...createQueues(sqs, { ...none, remediations }),
    /** Waits until a control is judged so on all of these, with nothing left to settle. */
    judged: (type: string, ids: readonly string[], control: string, status: string) =>
      eventually(`${status} of ${control}`, async () => {
        const rows = [...(await rowsOf(type, ids)).values()];
        const isSo = rows.filter(
          ({ controls, settle }) => controls[control]?.lastKnown === status && !settle,
        );
        return isSo.length === ids.length ? rows : undefined;
      }),
    /** The action, once its outcome is said or it is blocked. */
    concluded: (id: string): Promise<Action> =>
      eventually(`an outcome of ${id}`, async () => {
        const action = (await ledger.get(id))?.action;
        return action && (isConcluded(action) || action.state === 'BLOCKED') ? action : undefined;
      }),
    end: async () => {
      await served.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
export type DeployedSite = Awaited<ReturnType<typeof openDeployed>>;
