import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQS } from '@aws-sdk/client-sqs';
import { keyOf } from '../../../lib/engine/changes/change.ts';
import { type Action, actionId } from '../../../lib/engine/remediation/action.ts';
import { differences } from '../../../lib/engine/remediation/outcome.ts';
import type { RemediationRequest } from '../../../lib/engine/remediation/request.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { sampled } from '../../extent.ts';
import type { Drift } from '../../remediation/drift.ts';
import { drifts } from '../../remediation/drifts/index.ts';
import {
  callsIn,
  environmentOf,
  killed,
  messageOf,
  startProcess,
} from '../../remediation/killed-process.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
  undoOf,
} from '../../remediation/stack.ts';
import { region } from '../../resources/aws.ts';

const driftOf = (control: string, title: string): Drift => {
  const found = drifts.find((one) => one.control === control && one.title === title);
  if (!found) throw new Error(`there is no drift of ${control} in which ${title}`);
  return found;
};
/** Each with the calls that change its resource when nothing happens. */
const subjects = [
  {
    title: 'one call',
    drift: driftOf('S3.17', 'somebody turns to keys of S3'),
    writes: ['s3 PUT encryption'],
  },
  {
    title: 'a policy that is merged',
    drift: driftOf('S3.5', 'somebody takes the refusal out of the policy'),
    writes: ['s3 PUT policy'],
  },
  {
    title: 'several calls',
    drift: driftOf('EC2.13', 'somebody opens every port of TCP'),
    writes: ['ec2 AuthorizeSecurityGroupIngress', 'ec2 ModifySecurityGroupRules'],
    undoes: ['ec2 ModifySecurityGroupRules', 'ec2 RevokeSecurityGroupIngress'],
  },
];
const here = { account: '123456789012', region, id: region };
const accountRegion = 'Plumbline::AccountRegion';
/** Processes at the same time. */
const lanes = 3;

let stack: TestStack;
let plumbline: Plumbline;
let folder: string;
const calls = () => join(folder, 'calls');
const warm: ReturnType<typeof startProcess>[] = [];

beforeAll(async () => {
  stack = await openStack({ breaker: { perHour: 1000, share: 1, atLeast: 1000 } });
  folder = await mkdtemp(join(tmpdir(), 'plumbline-killed-'));
  const { POSTURE_TABLE: table = '' } = environmentOf(stack);
  plumbline = await plumblineOn(stack, {
    controls: Object.fromEntries(subjects.map(({ drift }) => [drift.control, {}])),
    table,
  });
  warm.push(...Array.from({ length: lanes }, () => startProcess(stack, calls())));
  const on = await messageOf(stack, turnOn);
  expect(await warm[0]?.invoke(await on.receive())).toEqual({ batchItemFailures: [] });
}, 180_000);
afterAll(async () => {
  await Promise.all(warm.map((one) => one.stop()));
  await stack?.end();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** A new stack begins with remediation off. */
const turnOn: RemediationRequest = {
  version: 1,
  ask: 'turnOn',
  id: actionId({ type: accountRegion, ref: here, controls: [], episodes: [], attempt: 0 }),
  type: accountRegion,
  ref: here,
  askedBy: { kind: 'person' },
};

const inLanes = async <T>(all: readonly T[], work: (one: T, lane: number) => Promise<unknown>) => {
  const left = [...all];
  const take = async (lane: number) => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one, lane);
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => take(lane)));
};

/** The process ends at a point; when the message is received again, another one does what is left. */
const killAndFinish = async (
  ask: RemediationRequest,
  point: string,
  lane: number,
): Promise<void> => {
  const message = await messageOf(stack, ask);
  const received = await message.receive();
  expect(await startProcess(stack, calls(), point).invoke(received)).toBe(killed);
  const next = warm[lane];
  const answer = await next?.invoke(await message.receive());
  expect({ answer, said: next?.lines.splice(0) }).toMatchObject({
    answer: { batchItemFailures: [] },
  });
};

/** Evaluates what the processes have asked to be evaluated, as the deployed function does. */
const verified = async (): Promise<void> => {
  const sqs = new SQS({ region, endpoint: stack.url, credentials: stack.evaluator });
  const { CHANGES_QUEUE_URL: QueueUrl } = environmentOf(stack);
  const receive = () => sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  for (let { Messages } = await receive(); Messages?.length; { Messages } = await receive()) {
    const bodies = Messages.map(({ Body = '{}' }) => JSON.parse(Body));
    await plumbline.evaluate(bodies.filter(({ cause }) => cause?.kind === 'verify'));
    await plumbline.conclude();
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    await sqs.deleteMessageBatch({ QueueUrl, Entries });
  }
};
const actionOf = async ({ id }: { readonly id: string }): Promise<Action> => {
  const entry = await plumbline.remediation.ledger.get(id);
  if (!entry) throw new Error(`the ledger does not know ${id}`);
  return entry.action;
};

/**
 * Each point at which a process that makes so many calls can end. Before a call is after the one before it: AWS sees
 * nothing of what lies between them.
 */
const pointsIn = (count: number): readonly string[] => [
  'before 1',
  ...Array.from({ length: count }, (_, index) => `after ${index + 1}`),
];

/** What was asked for so many resources that have drifted. */
const drifted = async (
  { type, arrange, drift }: Drift,
  count: number,
): Promise<readonly RemediationRequest[]> => {
  const asks: RemediationRequest[] = [];
  while (asks.length < count) {
    const ids: string[] = [];
    await inLanes(Array(count - asks.length).fill(0), async () => {
      const id = await arrange(stack.clients);
      ids.push(id);
      await plumbline.evaluate([changed(type, id)]);
      await drift(stack.clients, id);
      await plumbline.evaluate([changed(type, id)]);
    });
    const asked = plumbline.asks.splice(0);
    expect(asked).not.toEqual([]);
    asks.push(...asked);
    for (const id of ids.filter((one) => !asked.some(({ ref }) => ref.id === one)))
      process.stderr.write(`not asked: ${JSON.stringify(await plumbline.row(type, id))}\n`);
  }
  return asks;
};
/** Carries one out that nothing disturbs, in a process of its own: how many calls that takes, and where it leads. */
const undisturbed = async (ask: RemediationRequest | undefined) => {
  if (!ask) throw new Error('nothing was asked');
  const file = join(folder, ask.id);
  const process = startProcess(stack, file);
  const message = await messageOf(stack, ask);
  expect(await process.invoke(await message.receive())).toEqual({ batchItemFailures: [] });
  await process.stop();
  await verified();
  return {
    id: ask.ref.id,
    action: await actionOf(ask),
    points: sampled(pointsIn(callsIn(file).length), { usual: 20 }),
  };
};
/** Ends a process at each of these points, each on a resource of its own. */
const killedAtEach = async (points: readonly string[], asks: readonly RemediationRequest[]) => {
  const pairs = points.flatMap((point, index) => {
    const ask = asks[index];
    return ask ? [{ point, ask }] : [];
  });
  expect(pairs).toHaveLength(points.length);
  await inLanes(pairs, ({ ask, point }, lane) => killAndFinish(ask, point, lane));
  await verified();
  return pairs;
};

/** The calls that changed a resource, in order. */
const writesOn = (id: string): readonly string[] =>
  callsIn(calls())
    .filter(({ name, body, path, statusCode }) => {
      const isWrite = /^(s3 (PUT|DELETE)|ec2 (?!Describe))/.test(name);
      return isWrite && statusCode < 300 && `${path} ${body}`.includes(id);
    })
    .map(({ name }) => name.replace(/\/.*\?/, '').replace(/=$/, ''));
const keptOf = ({ calls: made }: Action) =>
  made.map(({ operation, result }) => (result === 'failed' ? `${operation} failed` : operation));
const differing = (type: string, one: object = {}, other: object = {}) => {
  const found = resourceTypes.find((each) => each.type === type);
  return found ? differences(found, { ...one }, { ...other }) : [`there is no ${type}`];
};
/** As it would be on any resource: ids and names are those of one. */
const unnamed = (value: unknown, id: string) =>
  JSON.parse(
    JSON.stringify(value ?? {})
      .replaceAll(id, 'it')
      .replace(/drift-\d+-\w+-\d+/g, 'it'),
  );
const isLocked = async ({ type, ref }: RemediationRequest): Promise<boolean> => {
  const { dynamoDb, ledgerTable } = plumbline;
  const Key = { pk: keyOf({ type, ref }), sk: 'lock' };
  return (await dynamoDb.get({ TableName: ledgerTable, Key })).Item !== undefined;
};
/** The actions that took a slot of a control's breaker, each as often as it is counted. */
const takersOf = async (control: string): Promise<readonly string[]> => {
  const { dynamoDb, ledgerTable } = plumbline;
  const Key = { pk: `breaker#${control}`, sk: 'breaker' };
  const { Item } = await dynamoDb.get({ TableName: ledgerTable, Key, ConsistentRead: true });
  const takers: readonly { readonly id: string }[] = Item?.['takers'] ?? [];
  return takers.map(({ id }) => id).sort();
};

/** How an action ended, beside how it does where nothing disturbs it. */
const endOf = async (
  ask: RemediationRequest,
  plain: { readonly id: string; readonly action: Action },
) => {
  const action = await actionOf(ask);
  return {
    state: action.state,
    differs: differing(
      ask.type,
      unnamed(plain.action.after, plain.id),
      unnamed(action.after, ask.ref.id),
    ),
    writes: writesOn(ask.ref.id),
    kept: keptOf(action),
    isLocked: await isLocked(ask),
  };
};
const done = { state: 'VERIFIED', differs: [], isLocked: false };

// What is merged is one call too.
describe.each(sampled(subjects, { usual: 2 }))('$title', ({ drift, writes, undoes }) => {
  it('ends as if nothing had been, wherever its process is killed', async () => {
    const [first] = await drifted(drift, 1);
    const plain = await undisturbed(first);
    expect(plain.action.state).toBe('VERIFIED');
    const asks = await drifted(drift, plain.points.length);
    const ends: Record<string, unknown> = {};
    for (const { ask, point } of await killedAtEach(plain.points, asks)) {
      ends[point] = await endOf(ask, plain);
    }
    const end = { ...done, writes, kept: keptOf(plain.action) };
    expect(ends).toEqual(Object.fromEntries(plain.points.map((point) => [point, end])));
    const acted = [plain.action, ...asks].map(({ id }) => id);
    expect(await takersOf(drift.control)).toEqual(acted.sort());

    if (!undoes) return;
    const undoing = async (fixed: Pick<RemediationRequest, 'id'>) => undoOf(await actionOf(fixed));
    const plainUndo = await undisturbed(await undoing(plain.action));
    const undos = await Promise.all(asks.slice(0, plainUndo.points.length).map(undoing));
    const undone: Record<string, unknown> = {};
    for (const { ask, point } of await killedAtEach(plainUndo.points, undos)) {
      const found = await endOf(ask, plainUndo);
      // The call whose outcome was not kept is made again: it changes nothing any more.
      undone[point] = { ...found, writes: [...new Set(found.writes.slice(writes.length))] };
    }
    const undoEnd = { ...done, writes: undoes, kept: keptOf(plainUndo.action) };
    expect(undone).toEqual(Object.fromEntries(plainUndo.points.map((point) => [point, undoEnd])));
  }, 300_000);
});
