import { setTimeout as sleep } from 'node:timers/promises';
import type { ResourceRow } from '../../../lib/engine/posture/row.ts';
import type { Planned } from '../../../lib/engine/remediation/planning.ts';
import { decode } from '../../../lib/support/wire.ts';
import { extent } from '../../extent.ts';
import { type Deployed, openDeployed } from './deployed.ts';

/** A thousand every night, of which twenty may be put right. */
const [many, most] = extent === 'exhaustive' ? [1000, 20] : [12, 4];
// What takes the fewest reads: a new bucket keeps no versions.
const control = 'S3.14';
const baseline = `
presets: []
controls:
  ${control}: { mode: remediate, risk: disruptive }
  PL.BREAKER.1: {}
remediation:
  breaker: { perHour: ${most}, share: 1, atLeast: ${most}, closesAfterMinutes: 60 }
`;

let local: Deployed;
beforeAll(async () => {
  local = await openDeployed(baseline, 0);
}, 180_000);
afterAll(() => local.end(), 120_000);

const inLanes = async <T>(all: readonly T[], work: (one: T) => Promise<unknown>) => {
  const left = [...all];
  const lane = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: 16 }, lane));
};

/** A queue that gets what people are told. */
const mailbox = async () => {
  const [sqs, sns] = await Promise.all([local.clients('sqs'), local.clients('sns')]);
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'people' });
  await sns.subscribe({
    TopicArn: local.outputs['AlarmTopic'],
    Protocol: 'sqs',
    Endpoint: 'arn:aws:sqs:us-east-1:123456789012:people',
  });
  return async (): Promise<readonly string[]> => {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    return Messages.map(({ Body = '{}' }) => JSON.parse(Body).Subject);
  };
};

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;
/** Once nothing waits, is worked on or was given up in any of the stack's queues. */
const calm = async () => {
  const sqs = await local.clients('sqs');
  const { QueueUrls = [] } = await sqs.listQueues({ QueueNamePrefix: 'Plumbline' });
  const isEmpty = async (QueueUrl: string) => {
    const asked = { QueueUrl, AttributeNames: [...counts] };
    const { Attributes = {} } = await sqs.getQueueAttributes(asked);
    return Object.values(Attributes).every((count) => Number(count) === 0);
  };
  // A message that goes from queue to queue can be missed once, hardly three times.
  for (let looks = 0; looks < 3; ) {
    await sleep(2000);
    let isCalm = true;
    for (const url of QueueUrls) isCalm &&= await isEmpty(url);
    looks = isCalm ? looks + 1 : 0;
  }
};

const inTable = async (
  TableName = local.outputs['PostureTable'],
): Promise<readonly Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await local.dynamoDb.scan({ TableName, ExclusiveStartKey: from });
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
};
const bodiesOf = <T>(items: readonly Record<string, unknown>[], sk: string, name: string) =>
  items.flatMap((item) => (item['sk'] === sk ? [decode(String(item[name])) as T] : []));

const versioned = async (ids: readonly string[]): Promise<readonly string[]> => {
  const s3 = await local.clients('s3');
  const found: string[] = [];
  await inLanes(ids, async (Bucket) => {
    if ((await s3.getBucketVersioning({ Bucket })).Status === 'Enabled') found.push(Bucket);
  });
  return found.toSorted();
};

it(`of ${many} drifts puts right ${most}, plans the others, says so once and loses none`, async () => {
  const [s3, config, told] = await Promise.all([
    local.clients('s3'),
    local.clients('config'),
    mailbox(),
  ]);
  await config.stopConfigurationRecorder({ ConfigurationRecorderName: 'default' });
  const ids = Array.from({ length: many }, (_, index) => `storm-${index}`);
  await inLanes(ids, (Bucket) => s3.createBucket({ Bucket }));
  await calm();

  const items = await inTable();
  // An outcome stands beside its action: the ledger puts them together.
  const actions = await local.ledger.list([new Date().toISOString().slice(0, 7)], 2 * many);
  const done = actions.filter(({ state }) => state === 'VERIFIED').map(({ ref }) => ref.id);
  expect(done).toHaveLength(most);
  expect(actions).toHaveLength(most);
  expect(await versioned(ids)).toEqual(done.toSorted());

  const rows = bodiesOf<ResourceRow>(items, 'resource', 'row');
  const failing = rows.filter((row) => row.controls[control]?.lastKnown === 'FAIL');
  expect(failing).toHaveLength(many - most);
  // Each is pending until the breaker closes, and its finding says so.
  const waiting = failing.map((row) => row.controls[control]?.remediation);
  expect(waiting.filter((one) => one?.state === 'waiting' && one.guard === 'breaker')).toHaveLength(
    many - most,
  );
  const notes = (await local.findingsOf(control)).map(({ Note }) => Note?.Text ?? '');
  // Security Hub gives a hundred at once.
  expect(notes.filter((text) => !/breaker|VERIFIED/.test(text))).toEqual([]);
  const plans = bodiesOf<Planned>(items, `plan#${control}`, 'plan');
  const planned = plans.flatMap(({ plan }) =>
    plan.kind === 'calls' ? plan.calls.map(({ input }) => Reflect.get(input, 'Bucket')) : [],
  );
  expect(planned).toEqual(expect.arrayContaining(failing.map(({ ref }) => ref.id)));

  expect(await local.findingsOf('PL.BREAKER.1')).toMatchObject([
    { Compliance: { Status: 'FAILED' }, RecordState: 'ACTIVE' },
  ]);
  expect(await told()).toEqual([`Plumbline: breaker of ${control} is open`]);
}, 600_000);
