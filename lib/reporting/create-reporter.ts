import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rosterOf } from '../aws/stores/roster.ts';
import type { ReportEvery } from '../engine/baseline/baseline.ts';
import { inOrganization } from '../engine/baseline/in-organization.ts';
import { deployedClients, deployedDocuments } from '../pipeline/runtime/deployed-clients.ts';
import { deployedBaseline, required } from '../pipeline/runtime/environment.ts';
import { type Attestation, attestationsBundled } from '../reports/compliance/attestation.ts';
import type { FrameworkData } from '../reports/frameworks/framework.ts';
import { frameworksBundled } from '../reports/frameworks/own-framework.ts';
import { asRecord, text } from '../support/untyped.ts';
import { putOnce } from './put-once.ts';
import type { Reporter } from './write-reports.ts';

/** What lies beside the handlers, as it was when the stack was deployed; `none` where no such file does. */
const besideHandlers = async <T>(name: string, none: T): Promise<T> => {
  const file = join(required('LAMBDA_TASK_ROOT'), name);
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : none;
};

/** What writes reports by the clock, from the environment of its function. */
export const createReporter = async (account: string): Promise<Reporter> => {
  const region = required('AWS_REGION');
  const clients = deployedClients(region);
  const dynamoDb = await deployedDocuments(region);
  const table = required('POSTURE_TABLE');
  const deployed = await deployedBaseline();
  const roster = await rosterOf(deployed, dynamoDb, table);
  const baseline = inOrganization(deployed, roster, account);
  const { LEDGER_TABLE: ledger, IMAGES_BUCKET: images, HISTORY_BUCKET: history } = process.env;
  const bucket = required('REPORTS_BUCKET');
  return {
    installed: {
      stack: required('STACK_NAME'),
      account,
      // Said where the handlers are bundled.
      plumbline: process.env['PLUMBLINE_RELEASE'] ?? '',
      baseline,
      dynamoDb,
      table,
      ...(ledger === undefined || images === undefined
        ? {}
        : { acting: { table: ledger, images } }),
      s3: () => clients('s3'),
    },
    history,
    schedules: baseline.reports ?? [],
    attestations: await besideHandlers<readonly Attestation[]>(attestationsBundled, []),
    own: await besideHandlers<Readonly<Record<string, FrameworkData>>>(frameworksBundled, {}),
    bucket,
    clock: () => new Date(),
    async put(Key, Body, ContentType) {
      const object = { Bucket: bucket, Key, Body, ContentType, ExpectedBucketOwner: account };
      return putOnce(await clients('s3'), object);
    },
    async tell(Subject, Message) {
      const TopicArn = required('NOTICES_TOPIC_ARN');
      await (await clients('sns')).publish({ TopicArn, Subject, Message });
    },
  };
};

/** Which reports a rule asks for. */
export const everyIn = (event: unknown): ReportEvery => {
  const asked = text(asRecord(event)['every']);
  const every = (['day', 'week', 'month'] as const).find((each) => each === asked);
  if (every) return every;
  throw new Error(`the function was asked for reports every ${asked}; allowed: day, week, month`);
};
