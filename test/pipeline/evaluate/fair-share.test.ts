import { allControls } from '../../../lib/controls/index.ts';
import { defaultBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { parseChanges } from '../../../lib/pipeline/evaluate/parse-changes.ts';
import { catalogueTypes } from '../../../lib/pipeline/runtime/catalogue.ts';
import type { Runtime } from '../../../lib/pipeline/runtime/runtime.ts';
import { longTest, nightTest } from '../../extent.ts';
import { createWorld, account as hub, start } from '../../fakes/fake-resource.ts';
import { heard, provenanceOf } from '../../fakes/heard.ts';
import { memoryRegions } from '../../fakes/memory-regions.ts';

const [loud, quiet] = ['444455556666', '777788889999'];
const region = 'us-east-1';

let ids = 0;
const eventOf = (account: string, at: number) => {
  ids += 1;
  const time = `${new Date(start + at).toISOString().slice(0, 19)}Z`;
  return {
    version: '0',
    id: `5f6a9d1e-0000-4000-8000-${String(ids).padStart(12, '0')}`,
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ec2',
    account,
    time,
    region,
    detail: {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'AuthorizeSecurityGroupIngress',
      eventTime: time,
      eventID: `0b0b0b0b-0000-4000-8000-${String(ids).padStart(12, '0')}`,
      awsRegion: region,
      recipientAccountId: account,
      requestParameters: { groupId: `sg-${ids}` },
      readOnly: false,
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/alice` },
    },
  };
};

/** Functions that take from the queue of changes, as many as the stack has, each with what it knows by itself. */
const functions = 5;
const batch = 10;
const [evaluatingMs, handingOnMs] = [250, 25];

interface Message {
  readonly account: string;
  readonly at: number;
}
interface Taken {
  readonly message: Message;
  readonly doneAt: number;
}

const workers = (members: readonly string[]) => {
  const world = createWorld();
  const surplus: object[] = [];
  const runtime = (): Runtime => ({
    ...world.runtime,
    types: catalogueTypes,
    place: { account: hub, homeRegion: region, regions: [region], members },
    regions: memoryRegions(),
    queues: {
      ...world.runtime.queues,
      sweepChanges: async (changes) => {
        surplus.push(...changes);
      },
    },
  });
  return { world, surplus, runtimes: Array.from({ length: functions }, runtime) };
};

/** Has the messages taken in the order in which they came, by functions that are free; times are of the simulation. */
const takeAll = async (messages: readonly Message[], members = [loud, quiet]) => {
  const { world, surplus, runtimes } = workers(members);
  const freeAt = runtimes.map(() => 0);
  const evaluated: Taken[] = [];
  for (let next = 0; next < messages.length; ) {
    const first = messages[next];
    const worker = freeAt.indexOf(Math.min(...freeAt));
    const runtime = runtimes[worker];
    if (!first || !runtime) throw new Error('nobody takes nothing');
    const now = Math.max(freeAt[worker] ?? 0, first.at);
    world.at(now);
    const taken = messages.slice(next, next + batch).filter(({ at }) => at <= now);
    next += taken.length;
    const ours: Message[] = [];
    for (const message of taken) {
      const body = eventOf(message.account, message.at);
      const parsed = await parseChanges(body, runtime, {
        ...heard(body),
        provenance: provenanceOf(body, new Date(start + now)),
      });
      await parsed.afterwards?.();
      if (parsed.items.length > 0) ours.push(message);
    }
    const doneAt = now + (ours.length > 0 ? evaluatingMs : handingOnMs);
    freeAt[worker] = doneAt;
    evaluated.push(...ours.map((message) => ({ message, doneAt })));
  }
  return { evaluated, surplus };
};

const each = (account: string, count: number, aSecond: number): readonly Message[] =>
  Array.from({ length: count }, (_, n) => ({ account, at: Math.floor((n * 1000) / aSecond) }));
const p95Of = (evaluated: readonly Taken[], account: string): number => {
  const waits = evaluated
    .filter(({ message }) => message.account === account)
    .map(({ message, doneAt }) => doneAt - message.at)
    .toSorted((a, b) => a - b);
  return waits[Math.floor(waits.length * 0.95)] ?? Number.NaN;
};
const inOrder = (...all: readonly (readonly Message[])[]) =>
  all.flat().toSorted((a, b) => a.at - b.at);

const calm = each(quiet, 180, 1);
const storm = each(loud, 20_000, 400);

describe('an account that changes once a second', () => {
  longTest(
    'waits at most twice as long beside a storm of 20,000 changes in another',
    async () => {
      const alone = await takeAll(calm);
      const { evaluated, surplus } = await takeAll(inOrder(calm, storm));
      expect(p95Of(alone.evaluated, quiet)).toBe(evaluatingMs);
      expect(p95Of(evaluated, quiet)).toBeLessThanOrEqual(2 * evaluatingMs);
      // Nothing is lost: what is not evaluated now waits in the other queue, as it was heard.
      expect(evaluated.length + surplus.length).toBe(calm.length + storm.length);
      expect(surplus).toHaveLength(storm.length - evaluated.length + calm.length);
      expect(surplus[0]).toMatchObject({
        ref: { account: loud, region },
        cause: { kind: 'event', call: 'ec2:AuthorizeSecurityGroupIngress' },
      });
    },
    60_000,
  );

  // That the measure above can tell.
  nightTest(
    'would wait much longer were both one account',
    async () => {
      const one = inOrder(
        calm,
        storm.map((message) => ({ ...message, account: quiet })),
      );
      const { evaluated, surplus } = await takeAll(one);
      expect(surplus).toEqual([]);
      expect(p95Of(evaluated, quiet)).toBeGreaterThan(20 * evaluatingMs);
    },
    60_000,
  );
});

describe('a storm in an account', () => {
  it('is evaluated at once where nothing is heard of another', async () => {
    const { evaluated, surplus } = await takeAll(storm.slice(0, 2000));
    expect([evaluated.length, surplus.length]).toEqual([2000, 0]);
  });

  it('is not put off a second time by what we sent ourselves', async () => {
    const { runtimes } = workers([loud, quiet]);
    const [runtime] = runtimes;
    if (!runtime) throw new Error('nobody takes it');
    const change = {
      version: 1,
      type: 'AWS::EC2::SecurityGroup',
      ref: { account: loud, region, id: 'sg-1' },
      facets: 'all',
      cause: { kind: 'sweep' },
    };
    await parseChanges(eventOf(quiet, 0), runtime, heard({}));
    for (let n = 0; n < 200; n += 1)
      expect((await parseChanges(change, runtime, heard(change))).items).toHaveLength(1);
  });

  it('is drained by what can expose something first', async () => {
    const { runtimes } = workers([loud, quiet]);
    const sent: { readonly ids: readonly string[]; readonly delaySeconds: number }[] = [];
    const [first] = runtimes;
    if (!first) throw new Error('nobody takes it');
    const controls = await allControls();
    const runtime: Runtime = {
      ...first,
      baseline: { ...first.baseline, ...defaultBaseline(controls) },
      controlsOf: async (type) =>
        controls.filter(({ resources }) => resources.some((one) => one.type === type)),
      queues: {
        ...first.queues,
        sweepChanges: async (changes, delaySeconds = 0) => {
          const ids = [...new Set(changes.map(({ ref }) => ref.id))];
          if (ids.length > 0) sent.push({ ids, delaySeconds });
        },
      },
    };
    const s3 = (eventName: string, bucketName: string) => {
      const event = eventOf(loud, 0);
      const detail = {
        ...event.detail,
        eventSource: 's3.amazonaws.com',
        eventName,
        requestParameters: { bucketName },
      };
      return { ...event, source: 'aws.s3', detail };
    };
    const take = async (body: object) => {
      const parsed = await parseChanges(body, runtime, heard(body));
      await parsed.afterwards?.();
    };
    await take(eventOf(quiet, 0));
    for (let n = 0; n < 60; n += 1) await take(s3('PutBucketVersioning', `filler-${n}`));
    expect(sent).toEqual([]);
    await take(s3('PutBucketVersioning', 'versioned'));
    await take(s3('PutBucketPolicy', 'opened'));
    await take(s3('DeleteBucketPublicAccessBlock', 'unblocked'));
    expect(sent).toEqual([
      { ids: ['versioned'], delaySeconds: 120 },
      { ids: ['opened'], delaySeconds: 0 },
      { ids: ['unblocked'], delaySeconds: 0 },
    ]);
  });

  it('is none where its records are proven to be nobody’s', async () => {
    const { runtimes, surplus } = workers([loud, quiet]);
    const [runtime] = runtimes;
    if (!runtime) throw new Error('nobody takes it');
    const take = (account: string, isOurs: boolean) => {
      const body = eventOf(account, 0);
      return parseChanges(body, runtime, { ...heard(body), isOurs: Promise.resolve(isOurs) });
    };
    await take(quiet, true);
    for (let n = 0; n < 200; n += 1) await take(loud, false);
    expect((await take(loud, true)).items).toHaveLength(1);
    expect(surplus).toEqual([]);
  });
});
