import { keyOf } from '../../../lib/engine/changes/change.ts';
import type { Delivered } from '../../../lib/engine/remediation/delivery.ts';
import type { ConcludeRequest } from '../../../lib/engine/remediation/request.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
} from '../../remediation/stack.ts';
import { refOf } from '../../resources/aws.ts';
import { bucketType, control, deny, driftOf, newBucket, recorder, unblock } from './buckets.ts';
import { actionIn } from './looking.ts';
import { limits } from './obstacles.ts';

// Whoever evaluates says only that a verdict is in; whoever acts reads it, and says the outcome.

let stack: TestStack;
let plumbline: Plumbline;
const { at, calls, fault } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: limits({}),
    fault,
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(() => {
  at.clear();
  calls.length = 0;
  plumbline.notices.length = 0;
  plumbline.asks.length = 0;
  plumbline.changes.length = 0;
});

const isConclude = (ask: Delivered): ask is ConcludeRequest => ask.ask === 'conclude';
const actionOf = (id: string) => actionIn(plumbline, id);
const stateOf = async (id: string) => (await actionOf(id)).state;
const swept = (id: string) => ({ ...changed(bucketType, id), cause: { kind: 'sweep' as const } });
const versionOf = async (id: string) => (await plumbline.row(bucketType, id))?.version ?? 0;

/** A fix whose verdict is in, and what was sent of it. */
const evaluated = async () => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  const [fix] = plumbline.asks.splice(0);
  if (!fix) throw new Error('nothing was asked for');
  await plumbline.act([fix]);
  await plumbline.evaluate(plumbline.changes.splice(0));
  const [ask, ...more] = plumbline.asks.splice(0);
  if (!ask || !isConclude(ask) || more.length > 0) throw new Error('there is not one reference');
  return { id, action: fix.id, ask };
};

describe('a verdict that is in', () => {
  it('is told of by its place alone: nothing that it says travels', async () => {
    const { id, action, ask } = await evaluated();
    expect(ask).toEqual({
      version: 1,
      ask: 'conclude',
      id: action,
      type: bucketType,
      ref: refOf(id),
      askedBy: { kind: 'drift' },
      row: expect.any(Number),
    });
    expect(await stateOf(action)).toBe('VERIFYING');
    expect(ask.row).toBeLessThanOrEqual(await versionOf(id));
  });

  it('concludes once, however often that is told', async () => {
    const { id, action, ask } = await evaluated();
    await plumbline.act([ask, ask]);
    const first = await actionOf(action);
    expect(first.state).toBe('VERIFIED');
    await plumbline.drive();
    expect((await plumbline.row(bucketType, id))?.awaits).toBeUndefined();
    await plumbline.act([ask]);
    expect(await actionOf(action)).toEqual(first);
    // Nobody has to look again.
    expect([plumbline.changes, plumbline.asks]).toEqual([[], []]);
  });

  it('that is outdated says nothing: what counts is how the row is by now', async () => {
    const { id, action, ask } = await evaluated();
    await unblock(stack, id);
    await plumbline.evaluate([changed(bucketType, id)]);
    await plumbline.act([ask]);
    expect(await actionOf(action)).toMatchObject({
      state: 'SUPERSEDED',
      why: expect.stringContaining('user/mallory (test:Change)'),
    });
    // What was broken again meanwhile is a drift of its own.
    await plumbline.drive();
    expect(await plumbline.row(bucketType, id)).toMatchObject({
      controls: { [control]: { lastKnown: 'PASS', episodes: 2 } },
    });
  });

  it('says nothing from a row that somebody has put back', async () => {
    const id = await newBucket(stack);
    await driftOf(stack, plumbline, id);
    const Key = { pk: keyOf({ type: bucketType, ref: refOf(id) }), sk: 'resource' };
    const TableName = plumbline.table;
    const { Item: before } = await plumbline.dynamoDb.get({ TableName, Key });
    const [fix] = plumbline.asks.splice(0);
    if (!fix) throw new Error('nothing was asked for');
    await plumbline.act([fix]);
    await plumbline.evaluate(plumbline.changes.splice(0));
    await plumbline.dynamoDb.put({ TableName, Item: before });
    await plumbline.act(plumbline.asks.splice(0));
    expect(await stateOf(fix.id)).toBe('VERIFYING');
  });

  it('that is lost is told again by the sweep', async () => {
    const { id, action } = await evaluated();
    await plumbline.evaluate([swept(id)]);
    await plumbline.drive();
    expect(await stateOf(action)).toBe('VERIFIED');
  });

  it('is not believed of another resource', async () => {
    const { action, ask } = await evaluated();
    const other = await evaluated();
    await plumbline.act([{ ...ask, ref: other.ask.ref }]);
    expect(await stateOf(action)).toBe('VERIFYING');
  });

  it('is said while Security Hub is away, and people are told instead', async () => {
    const { id, action, ask } = await evaluated();
    at.set('before securityhub.batchUpdateFindings', deny);
    await plumbline.act([ask]);
    expect(await stateOf(action)).toBe('VERIFIED');
    expect(plumbline.notices).toEqual([`Plumbline: VERIFIED, S3.8 on ${id}`.slice(0, 99)]);
  });

  it('of what is gone is looked for until it is said', async () => {
    const id = await newBucket(stack);
    await driftOf(stack, plumbline, id);
    const [fix] = plumbline.asks.splice(0);
    if (!fix) throw new Error('nothing was asked for');
    await plumbline.act([fix]);
    await (await stack.clients('s3')).deleteBucket({ Bucket: id });
    await plumbline.evaluate(plumbline.changes.splice(0));
    plumbline.asks.length = 0;
    const due = await plumbline.runtime.posture.due('2999-01-01T00:00:00.000Z', 1000);
    expect(due).toContain(keyOf({ type: bucketType, ref: refOf(id) }));
    await plumbline.evaluate([swept(id)]);
    await plumbline.drive();
    expect(await actionOf(fix.id)).toMatchObject({
      state: 'SUPERSEDED',
      why: 'the resource is gone',
    });
    const left = await plumbline.runtime.posture.due('2999-01-01T00:00:00.000Z', 1000);
    expect(left).not.toContain(keyOf({ type: bucketType, ref: refOf(id) }));
  });
});

describe('a verdict that is too early', () => {
  it('concludes nothing, though somebody says that it is in', async () => {
    let ahead = 0;
    const slow = await plumblineOn(stack, {
      controls: { [control]: {} },
      settlesAfterSeconds: 5,
      clock: () => new Date(Date.now() + ahead),
    });
    const id = await newBucket(stack);
    await driftOf(stack, slow, id);
    const [fix] = slow.asks.splice(0);
    if (!fix) throw new Error('nothing was asked for');
    await slow.act([fix]);
    const { type, ref, askedBy } = fix;
    const ask = { version: 1, ask: 'conclude', id: fix.id, type, ref, askedBy, row: 1 } as const;
    await slow.act([ask]);
    expect(await actionIn(slow, fix.id)).toMatchObject({ state: 'VERIFYING' });
    ahead = 10_000;
    await slow.drive();
    expect(await actionIn(slow, fix.id)).toMatchObject({ state: 'VERIFIED' });
  });
});

describe('who evaluates', () => {
  it('writes nothing to the ledger', async () => {
    const { action } = await evaluated();
    const Key = { pk: { S: `action#${action}` }, sk: { S: 'action' } };
    const { DynamoDB } = await import('@aws-sdk/client-dynamodb');
    const settings = { region: 'us-east-1', endpoint: stack.url, credentials: stack.evaluator };
    const db = new DynamoDB(settings);
    const TableName = stack.started.environment['LEDGER_TABLE'] ?? '';
    await expect(db.putItem({ TableName, Item: Key })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
