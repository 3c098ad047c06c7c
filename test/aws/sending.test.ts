import { createQueues } from '../../lib/aws/queues.ts';
import type { Change } from '../../lib/engine/changes/change.ts';
import { ownChanges } from '../../lib/engine/changes/own-message.ts';
import { parseChanges } from '../../lib/pipeline/evaluate/parse-changes.ts';
import { catalogueTypes } from '../../lib/pipeline/runtime/catalogue.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { createWorld } from '../fakes/fake-resource.ts';
import { heard, provenanceOf } from '../fakes/heard.ts';

const settleOf = (number: number): Change => ({
  version: 1,
  type: 'AWS::EC2::SecurityGroup',
  ref: { account: '123456789012', region: 'us-east-1', id: `sg-${number}` },
  facets: ['rules'],
  cause: { kind: 'settle', attempt: 0 },
});
const settles = (count: number) => Array.from({ length: count }, (_, number) => settleOf(number));

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly DelaySeconds: number;
}
/** A queue that refuses what names one of these. */
const queue = (...refused: readonly string[]) => {
  const calls: (readonly Entry[])[] = [];
  const sendMessageBatch = async ({ Entries }: { readonly Entries: readonly Entry[] }) => {
    calls.push(Entries);
    const isRefused = ({ MessageBody }: Entry) => refused.some((id) => MessageBody.includes(id));
    return { Failed: Entries.filter(isRefused).map(({ Id }) => ({ Id, Message: 'too large' })) };
  };
  const sqs = { sendMessageBatch } as unknown as Parameters<typeof createQueues>[0];
  const urls = { changes: 'changes', sweeps: 'sweeps', pages: 'pages' };
  const create = (areSettlesJoined = false) => createQueues(sqs, urls, { areSettlesJoined });
  return { calls, create };
};
const place = { account: '123456789012', homeRegion: 'us-east-1', regions: ['us-east-1'] };
const own = { ...provenanceOf({ version: 1 }), types: resourceTypes, place };
const read = ({ MessageBody }: Entry): readonly Change[] => {
  const said = ownChanges(JSON.parse(MessageBody), own);
  return 'dropped' in said ? [] : said;
};

it('sends what is sent at one moment in one call, each with its own delay', async () => {
  const { calls, create } = queue();
  const queues = create();
  await Promise.all(settles(12).map((one, number) => queues.settle(one, 20 + number)));
  expect(calls.map(({ length }) => length)).toEqual([10, 2]);
  expect(calls.flat().map(({ DelaySeconds }) => DelaySeconds)).toEqual(
    settles(12).map((_, number) => 20 + number),
  );
  expect(calls.flat().flatMap(read)).toEqual(settles(12));
});

it('sends what is sent later in a call of its own', async () => {
  const { calls, create } = queue();
  const queues = create();
  for (const one of settles(2)) await queues.settle(one, 20);
  expect(calls.map(({ length }) => length)).toEqual([1, 1]);
});

it('fails for whom the queue did not take it, and for nobody else', async () => {
  const { create } = queue('sg-1');
  const queues = create();
  const said = await Promise.allSettled(settles(3).map((one) => queues.settle(one, 20)));
  expect(said.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(said[1]).toMatchObject({ reason: { message: expect.stringContaining('too large') } });
});

describe('where settles are joined', () => {
  it('one message has those of one moment, and comes with the latest of them', async () => {
    const { calls, create } = queue();
    const queues = create(true);
    const delays = [19, 20, 60, 20];
    await Promise.all(settles(4).map((one, number) => queues.settle(one, delays[number] ?? 0)));
    expect(calls).toHaveLength(1);
    const [late, soon] = calls.flat();
    expect([late?.DelaySeconds, soon?.DelaySeconds]).toEqual([60, 20]);
    expect(late && read(late)).toEqual([settleOf(2)]);
    expect(soon && read(soon)).toEqual([settleOf(1), settleOf(3), settleOf(0)]);
  });

  it('all fail where the message was not taken', async () => {
    const { create } = queue('sg-1');
    const queues = create(true);
    const said = await Promise.allSettled(settles(3).map((one) => queues.settle(one, 20)));
    expect(said.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('other messages are not', async () => {
    const { calls, create } = queue();
    const queues = create(true);
    await Promise.all(settles(3).map((one) => queues.review(one)));
    expect(calls.map(({ length }) => length)).toEqual([3]);
  });
});

describe('a message of several changes', () => {
  const message = { version: 1, changes: settles(3) };
  const provenance = provenanceOf(message);

  it('is believed of our own roles alone', () => {
    const outsider = { ...own, sender: { kind: 'principal', id: 'AIDAEXAMPLE' } as const };
    expect(ownChanges(message, outsider)).toEqual({ dropped: 'outsider' });
  });
  it('has no part that could not come alone', () => {
    const foreign = { ...settleOf(1), ref: { ...settleOf(1).ref, account: '999999999999' } };
    const mixed = { version: 1, changes: [settleOf(0), foreign, 'nothing', settleOf(2)] };
    expect(ownChanges(mixed, own)).toEqual([settleOf(0), settleOf(2)]);
    expect(ownChanges({ version: 1, changes: [foreign] }, own)).toEqual({ dropped: 'foreign' });
  });
  it.each([
    ['none', []],
    ['a text', 'all'],
    ['more than any batch has', settles(101)],
  ])('is malformed with %s', (_, changes) => {
    expect(ownChanges({ version: 1, changes }, own)).toEqual({ dropped: 'malformed' });
  });

  const received = async (receive: number) => {
    const { calls, create } = queue();
    const { runtime } = createWorld();
    const how = { ...heard(message), provenance };
    const parsed = await parseChanges(
      message,
      { ...runtime, types: catalogueTypes, queues: create(true) },
      { ...how, delivery: { message: 'm', receive } },
    );
    await parsed.afterwards?.();
    return { items: parsed.items, sent: calls.flat().flatMap(read) };
  };
  it.each([1, 3])('is evaluated when it comes for the %d. time', async (receive) => {
    expect(await received(receive)).toEqual({ items: settles(3), sent: [] });
  });
  it('comes apart once it failed three times: each change again, alone', async () => {
    expect(await received(4)).toEqual({ items: [], sent: settles(3) });
  });
});
