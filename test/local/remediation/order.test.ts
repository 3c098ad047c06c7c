import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Change } from '../../../lib/engine/changes/change.ts';
import type { RemediationRequest } from '../../../lib/engine/remediation/request.ts';
import { extent } from '../../extent.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
} from '../../remediation/stack.ts';
import { bucketType, control, isBlocked, newBucket, recorder, unblock } from './buckets.ts';
import { limits } from './obstacles.ts';

let stack: TestStack;
let plumbline: Plumbline;
const { calls, fault, writes } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: limits({}),
    fault,
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);

/** What comes from outside, and what Plumbline has sent itself: that waits, or came before and comes once more. */
const news = ['event', 'config', 'olderEvent', 'sweep'] as const;
const own = ['ask', 'twoRequests', 'change', 'twoChanges', 'askAndChange'] as const;
const delivery = fc.record({ what: fc.constantFrom(...news, ...own), pick: fc.nat(7) });
type Delivery = { readonly what: (typeof news | typeof own)[number]; readonly pick: number };

/** Every message that tells of one bucket that somebody has unblocked. */
const newsOf = (id: string): Readonly<Record<(typeof news)[number], Change>> => {
  const event = changed(bucketType, id);
  const time = new Date().toISOString();
  const by = 'arn:aws:iam::123456789012:user/bob';
  const before = new Date(Date.now() - 60_000).toISOString();
  return {
    event,
    config: { ...event, cause: { kind: 'event', via: 'config', id: randomUUID(), time } },
    olderEvent: changed(bucketType, id, { time: before, by }),
    sweep: { ...event, cause: { kind: 'sweep' } },
  };
};

/** A bucket that passed and drifted, with all that was ever sent about it: nothing is taken off. */
const openCase = async () => {
  const id = await newBucket(stack);
  await plumbline.evaluate([newsOf(id).sweep]);
  await unblock(stack, id);
  const told = newsOf(id);
  const asks: RemediationRequest[] = [];
  const changes: Change[] = [];
  // A delivery that fails comes again: here some of the times, and at last until all are done.
  const tried = async (work: () => Promise<boolean>) => {
    for (let tries = 0; tries < 5 && !(await work()); tries += 1);
    asks.push(...plumbline.asks.splice(0));
    changes.push(...plumbline.changes.splice(0));
  };
  const evaluate = (change: Change | undefined) =>
    tried(async () => {
      const evaluated = plumbline.evaluate(change ? [change] : []);
      return evaluated.then(
        () => true,
        () => false,
      );
    });
  const act = (ask: RemediationRequest | undefined) =>
    tried(async () => {
      const outcomes = await plumbline.act(ask ? [ask] : []);
      return outcomes.every((outcome) => 'done' in outcome);
    });
  const deliver = async ({ what, pick }: Delivery) => {
    const ask = asks[pick % Math.max(1, asks.length)];
    const change = changes[pick % Math.max(1, changes.length)];
    const ways: Record<(typeof own)[number], () => Promise<unknown>> = {
      ask: () => act(ask),
      twoRequests: () => Promise.all([act(ask), act(ask)]),
      change: () => evaluate(change),
      twoChanges: () => Promise.all([evaluate(change), evaluate(change)]),
      askAndChange: () => Promise.all([act(ask), evaluate(change)]),
    };
    const isOwn = (one: string): one is (typeof own)[number] => Object.hasOwn(ways, one);
    await (isOwn(what) ? ways[what]() : evaluate(told[what]));
  };
  const deliverAll = async () => {
    await evaluate(told.event);
    for (let seen = -1; seen !== asks.length + changes.length; ) {
      seen = asks.length + changes.length;
      for (const ask of [...asks]) await act(ask);
      for (const change of [...changes]) await evaluate(change);
      await evaluate(told.sweep);
    }
  };
  return { id, asks, deliver, deliverAll };
};

it('order and duplication of deliveries do not change the outcome, and no call is made twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(delivery, { maxLength: 10 }), async (deliveries) => {
      const { id, asks, deliver, deliverAll } = await openCase();
      calls.length = 0;
      for (const one of deliveries) await deliver(one);
      await deliverAll();
      expect(new Set(asks.map((ask) => ask.id)).size).toBe(1);
      const action = (await plumbline.remediation.ledger.get(asks[0]?.id ?? ''))?.action;
      expect(action).toMatchObject({ state: 'VERIFIED', calls: [{ result: 'done' }] });
      expect(writes()).toEqual(['s3.putPublicAccessBlock']);
      expect(await isBlocked(stack, id)).toBe(true);
      const row = await plumbline.row(bucketType, id);
      expect(row?.awaits).toBeUndefined();
      expect(row?.controls[control]).toMatchObject({
        lastKnown: 'PASS',
        episodes: 1,
        drifts: [expect.any(String)],
        lastAction: action?.id,
      });
    }),
    { numRuns: extent === 'exhaustive' ? 25 : 4 },
  );
}, 180_000);
