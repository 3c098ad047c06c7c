import { keyOf } from '../../../lib/engine/changes/change.ts';
import type { Action } from '../../../lib/engine/remediation/action.ts';
import { encode } from '../../../lib/support/wire.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
  undoOf,
} from '../../remediation/stack.ts';
import { refOf } from '../../resources/aws.ts';
import {
  askOn,
  bucketType,
  control,
  driftOf,
  isBlocked,
  newBucket,
  recorder,
  unblock,
} from './buckets.ts';
import { actionIn } from './looking.ts';
import { limits } from './obstacles.ts';

// What a release that kept the ledger in the posture table, and sealed nothing, has left there.

let stack: TestStack;
let plumbline: Plumbline;
const { calls, fault, writes } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: limits({ flapping: { drifts: 10, hours: 24 } }),
    fault,
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(() => {
  plumbline.notices.length = 0;
  plumbline.asks.length = 0;
  plumbline.changes.length = 0;
});

const outcome = ['state', 'why', 'meanwhile', 'concludedAt', 'after'];
const actionOf = (id: string) => actionIn(plumbline, id);

/** Puts an action where that release kept it, and takes it from where it is now. */
const leave = async (action: Action): Promise<void> => {
  const { dynamoDb, table, ledgerTable } = plumbline;
  const Key = { pk: `action#${action.id}`, sk: 'action' };
  const { basis: _, ...known } = action;
  const isOver = action.concludedAt !== undefined;
  const [said, began] = [true, false].map((isSaid) =>
    Object.fromEntries(Object.entries(known).filter(([name]) => outcome.includes(name) === isSaid)),
  );
  await dynamoDb.put({
    TableName: table,
    Item: {
      ...Key,
      version: isOver ? 5 : 3,
      month: action.startedAt.slice(0, 7),
      startedAt: action.startedAt,
      state: action.state,
      resource: keyOf(action),
      action: encode(isOver ? { ...began, state: 'VERIFYING' } : known),
      ...(isOver ? { concluded: encode(said) } : {}),
    },
  });
  await dynamoDb.delete({ TableName: ledgerTable, Key });
};
/** A fix as it stands once its calls are made, with what was sent to have it evaluated. */
const acted = async () => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  const [ask] = plumbline.asks.splice(0);
  if (!ask) throw new Error('nothing was asked for');
  await plumbline.act([ask]);
  return { id, ask };
};
const over = async () => {
  const { id, ask } = await acted();
  await plumbline.drive();
  const action = await actionOf(ask.id);
  await leave(action);
  calls.length = 0;
  return { id, action };
};

describe('an action of an earlier release', () => {
  it('is shown with its outcome, and listed with the later ones, each once', async () => {
    const { action } = await over();
    const { basis: _, ...shown } = action;
    expect(await actionOf(action.id)).toEqual(shown);
    const later = await acted();
    await plumbline.drive();
    const ids = (await plumbline.actions()).map((one) => one.id);
    expect(ids.slice(0, 2)).toEqual([later.ask.id, action.id]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is not taken back: a person makes its calls', async () => {
    const { id, action } = await over();
    const ask = undoOf(action);
    await plumbline.act([ask]);
    expect(await actionOf(ask.id)).toMatchObject({
      state: 'BLOCKED',
      guard: 'undo',
      why: expect.stringContaining('a person takes it back'),
    });
    expect([writes(), await isBlocked(stack, id)]).toEqual([[], true]);
  });

  it('whose verdict was awaited is concluded, and its outcome proves nothing of it', async () => {
    const { id, ask } = await acted();
    await leave(await actionOf(ask.id));
    await plumbline.drive();
    const action = await actionOf(ask.id);
    expect(action).toMatchObject({ state: 'VERIFIED' });
    expect(action).not.toHaveProperty('basis');
    const undo = undoOf(action);
    calls.length = 0;
    await plumbline.act([undo]);
    expect(await actionOf(undo.id)).toMatchObject({ state: 'BLOCKED' });
    expect([writes(), await isBlocked(stack, id)]).toEqual([[], true]);
  });

  it('that was under way is ended: nothing more is called, and people are told how far it came', async () => {
    const { id, ask } = await acted();
    const { actedAt: _, ...action } = await actionOf(ask.id);
    await leave({ ...action, state: 'ACTING', calls: [] });
    await unblock(stack, id);
    plumbline.changes.length = 0;
    calls.length = 0;
    await plumbline.act([ask]);
    await plumbline.drive();
    expect(await actionOf(ask.id)).toMatchObject({
      state: 'PARTIAL',
      why: expect.stringContaining('an earlier release began it'),
    });
    expect([writes(), await isBlocked(stack, id)]).toEqual([[], false]);
    expect(plumbline.notices).toHaveLength(1);
  });

  it('is known as ours by its calls', async () => {
    const { id, action } = await over();
    const role = stack.started.environment['REMEDIATOR_ROLE_ARN']?.split('/').at(-1);
    const by = `arn:aws:sts::123456789012:assumed-role/${role}/session`;
    await plumbline.evaluate([changed(bucketType, id, { by, sourceIdentity: action.id })]);
    const row = await plumbline.row(bucketType, id);
    expect(row?.controls[control]?.causes.find((one) => one.by === by)).toMatchObject({
      ours: true,
    });
  });
});

it('what a person had taken back is left alone for as long as was said', async () => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  plumbline.asks.length = 0;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const pk = keyOf({ type: bucketType, ref: refOf(id) });
  const Item = { pk, sk: `hold#${control}`, until };
  await plumbline.dynamoDb.put({ TableName: plumbline.table, Item });
  const ask = askOn(id);
  await plumbline.act([ask]);
  expect(await actionOf(ask.id)).toMatchObject({ state: 'BLOCKED', guard: 'hold' });
});
