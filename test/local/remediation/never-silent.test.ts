import type { FixRequest } from '../../../lib/engine/remediation/request.ts';
import { drifts } from '../../remediation/drifts/index.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
  undoOf,
} from '../../remediation/stack.ts';
import {
  askOn,
  bucketType,
  busy,
  control,
  deny,
  driftOf,
  mallory,
  newBucket,
  recorder,
} from './buckets.ts';
import { findingIn } from './looking.ts';
import { exemption, limits } from './obstacles.ts';

const group = 'AWS::EC2::SecurityGroup';
const ssh = 'EC2.13';
const rdp = 'EC2.14';

let stack: TestStack;
let plumbline: Plumbline;
let ahead = 0;
const messages: string[] = [];
const { at, fault } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {}, [ssh]: {}, [rdp]: {} },
    baseline: limits({}),
    fault,
    clock: () => new Date(Date.now() + ahead),
  });
  Object.assign(plumbline.remediation, {
    notify: async (_: string, message: string) => void messages.push(message),
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(() => {
  at.clear();
  ahead = 0;
  messages.length = 0;
  Object.assign(plumbline.runtime.baseline, limits({}), { exemptions: [] });
});

const actionOf = async (id: string) => (await plumbline.remediation.ledger.get(id))?.action;
const noteOn = async (type: string, id: string, controlId: string) => {
  const arn = (await plumbline.row(type, id))?.arn ?? '';
  return (await findingIn(stack, id, controlId, arn))?.Note?.Text ?? '';
};
const drifted = async (): Promise<string> => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  plumbline.asks.length = 0;
  return id;
};
const lastTry = <T extends { readonly id: string }>(ask: T) => ({
  ...ask,
  delivery: { message: ask.id, receive: 10 },
});

describe('the last try of a delivery', () => {
  const why = 'given up after 10 tries, at last: come again';

  it('that cannot even read the resource leaves a block, and a note', async () => {
    const id = await drifted();
    const ask = askOn(id);
    at.set('before s3.getPublicAccessBlock', busy);
    expect(await plumbline.act([ask])).toEqual([{ failure: expect.any(Error) }]);
    expect(await actionOf(ask.id)).toBeUndefined();
    expect(await plumbline.act([lastTry(ask)])).toEqual([{ done: 1 }]);
    expect(await actionOf(ask.id)).toMatchObject({ state: 'BLOCKED', guard: 'delivery', why });
    expect(await noteOn(bucketType, id, control)).toContain(why);
  });

  it('leaves the block though Security Hub takes no note', async () => {
    const ask = askOn(await drifted(), { controls: ['S3.9'] });
    at.set('before securityhub.batchUpdateFindings', deny);
    expect(await plumbline.act([lastTry(ask)])).toEqual([{ done: 1 }]);
    expect(await actionOf(ask.id)).toMatchObject({ state: 'BLOCKED', guard: 'mode' });
  });

  it('of a fix whose call AWS does not take is PARTIAL, and people are told', async () => {
    const ask = askOn(await drifted());
    at.set('before s3.putPublicAccessBlock', busy);
    await plumbline.act([ask]);
    expect(await plumbline.act([lastTry(ask)])).toEqual([{ done: 1 }]);
    at.clear();
    await plumbline.drive();
    expect(await actionOf(ask.id)).toMatchObject({
      state: 'PARTIAL',
      why: `s3:putPublicAccessBlock failed after 0 calls: ${why}`,
    });
    expect(messages).toHaveLength(1);
  });

  it('of an undo that cannot be begun leaves a block', async () => {
    const ask = askOn(await drifted());
    await plumbline.act([ask]);
    await plumbline.drive();
    const action = await actionOf(ask.id);
    if (!action) throw new Error('nothing was done');
    const undo = lastTry(undoOf(action));
    at.set('before s3.getPublicAccessBlock', busy);
    expect(await plumbline.act([undo])).toEqual([{ done: 1 }]);
    expect(await actionOf(undo.id)).toMatchObject({
      state: 'BLOCKED',
      guard: 'delivery',
      undoes: action.id,
      controls: [control],
      why,
    });
  });
});

it('a control that a guard takes out of a combined plan is named on its own finding', async () => {
  const opened = drifts.find((one) => one.control === ssh);
  if (!opened) throw new Error(`there is no drift of ${ssh}`);
  const id = await opened.arrange(stack.clients);
  await plumbline.evaluate([{ ...changed(group, id), cause: { kind: 'sweep' } }]);
  await opened.drift(stack.clients, id);
  Object.assign(plumbline.runtime.baseline, {
    exemptions: [{ ...exemption, control: rdp, resource: '*' }],
  });
  await plumbline.evaluate([changed(group, id)]);
  const [ask] = plumbline.asks.splice(0);
  if (ask?.ask !== 'remediate') throw new Error('nothing was asked');
  const both: FixRequest = { ...ask, controls: [ssh, rdp] };
  await plumbline.act([both]);
  await plumbline.drive();
  const action = await actionOf(ask.id);
  const why = 'web team answers for it until 2999-01-01T00:00:00.000Z: migration';
  expect(action).toMatchObject({
    state: 'VERIFIED',
    controls: [ssh],
    leftOut: { [rdp]: { guard: 'exemption', why } },
  });
  expect(await noteOn(group, id, rdp)).toBe(
    `remediation BLOCKED by the guard exemption; ${why}; drift by ${mallory}.`,
  );
  expect(await noteOn(group, id, ssh)).toContain('remediation VERIFIED');
});

describe('people are told of somebody who undoes what Plumbline does', () => {
  const hour = 3_600_000;
  beforeEach(() => {
    Object.assign(
      plumbline.runtime.baseline,
      limits({ flapping: { drifts: 1, hours: 24 }, holdHours: 1 }),
    );
  });

  it('once in the window, and again when that is over', async () => {
    const id = await drifted();
    const blocked = async () => {
      const ask = askOn(id);
      await plumbline.act([ask]);
      return (await actionOf(ask.id))?.guard;
    };
    expect([await blocked(), await blocked()]).toEqual(['flapping', 'flapping']);
    expect(messages).toHaveLength(1);
    for (const party of ['Plumbline', mallory, `arn:aws:s3:::${id}`]) {
      expect(messages[0]).toContain(party);
    }
    ahead = 25 * hour;
    Object.assign(
      plumbline.runtime.baseline,
      limits({ flapping: { drifts: 1, hours: 26 }, holdHours: 1 }),
    );
    expect(await blocked()).toBe('flapping');
    expect(messages).toHaveLength(2);
  });

  it('though the count has passed the limit before anybody was told', async () => {
    const id = await drifted();
    Object.assign(plumbline.runtime.baseline, limits({ flapping: { drifts: 0, hours: 24 } }));
    await plumbline.act([askOn(id)]);
    expect(messages).toHaveLength(1);
  });
});
