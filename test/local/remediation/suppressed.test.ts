import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
} from '../../remediation/stack.ts';
import { bucketType, busy, control, driftOf, isBlocked, newBucket, recorder } from './buckets.ts';
import { limits, operator, suppress } from './obstacles.ts';

const day = 86_400_000;

let stack: TestStack;
let plumbline: Plumbline;
let ahead = 0;
const messages: string[] = [];
const { at, fault } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: { ...limits({}), operators: [operator] },
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
  plumbline.asks.length = 0;
});

/** A bucket that mallory opened, whose finding somebody has suppressed. */
const given = async (who: string, by?: string): Promise<string> => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id, by === undefined ? {} : { by });
  await suppress(stack, id, control, 'SUPPRESSED', who);
  await plumbline.drive();
  return id;
};
const pending = async (id: string) =>
  (await plumbline.row(bucketType, id))?.controls[control]?.remediation;

describe('a suppressed finding', () => {
  it('of an operator stops the fix for thirty days, and then it is made', async () => {
    const id = await given('alice');
    expect(await isBlocked(stack, id)).toBe(false);
    expect(await pending(id)).toMatchObject({ state: 'waiting', guard: 'suppressed' });
    expect((await pending(id))?.why).toContain(`${operator} suppressed the finding, until`);
    ahead = 31 * day;
    plumbline.changes.push({ ...changed(bucketType, id), cause: { kind: 'sweep' } });
    await plumbline.drive();
    expect(await isBlocked(stack, id)).toBe(true);
  });

  it('of anybody else is told, and the fix goes on', async () => {
    const id = await given('bob');
    expect(await isBlocked(stack, id)).toBe(true);
    expect(messages).toContainEqual(expect.stringMatching(/user\/bob is no operator/));
  });

  it('of an operator who may have brought it about is told, and the fix goes on', async () => {
    const id = await given('alice', operator);
    expect(await isBlocked(stack, id)).toBe(true);
    expect(messages).toContainEqual(expect.stringMatching(/may have brought the failure about/));
  });
});

describe('while Security Hub cannot be asked', () => {
  it('what it never had is put right, and what it had is pending until it can', async () => {
    at.set('before securityhub.getFindings', busy);
    const id = await newBucket(stack);
    await driftOf(stack, plumbline, id);
    const asks = plumbline.asks
      .splice(0)
      .map((ask) => ({ ...ask, delivery: { message: ask.id, receive: 4 } }));
    await plumbline.act(asks);
    expect(await pending(id)).toMatchObject({ state: 'waiting', guard: 'suppressed' });
    at.clear();
    ahead = 16 * 60_000;
    plumbline.changes.push({ ...changed(bucketType, id), cause: { kind: 'sweep' } });
    await plumbline.drive();
    expect(await isBlocked(stack, id)).toBe(true);
  });

  it('and is off, drift is put right', async () => {
    const id = await newBucket(stack);
    await driftOf(stack, plumbline, id);
    const hub = await stack.clients('securityhub');
    await hub.disableSecurityHub({});
    await plumbline.act(plumbline.asks.splice(0));
    expect(await isBlocked(stack, id)).toBe(true);
    await hub.enableSecurityHub({});
  });
});
