import { createPostureListing } from '../../../lib/aws/stores/posture-listing.ts';
import { pendingOn } from '../../../lib/cli/commands/actions-pending.ts';
import { exempt } from '../../../lib/pipeline/remediate/exempt.ts';
import { changed, openSite, type Plant, plant, type Site } from '../../remediation/site.ts';
import {
  askOn,
  bucketType,
  busy,
  control,
  deny,
  driftOf,
  isBlocked,
  newBucket,
  recorder,
  unblock,
} from './buckets.ts';
import { findingIn } from './looking.ts';
import { exemption, keyFor, limits, setBreaker, turn, windowIn } from './obstacles.ts';

const minute = 60_000;
const hour = 60 * minute;

let site: Site;
let plumbline: Plant;
let ahead = 0;
const { at, fault } = recorder();
const now = () => new Date(Date.now() + ahead);
beforeAll(async () => {
  site = await openSite();
  plumbline = await plant(site, {
    controls: { [control]: {} },
    baseline: limits({}),
    fault,
    clock: now,
  });
}, 180_000);
afterAll(() => site.end(), 60_000);
beforeEach(async () => {
  at.clear();
  ahead = 0;
  plumbline.asks.length = 0;
  plumbline.changes.length = 0;
  Object.assign(plumbline.runtime.baseline, limits({}));
  await turn(plumbline, 'on');
  await plumbline.remediation.breaker.close(control);
});

/** The daily sweep, as far as it is about this bucket. */
const sweep = async (id: string) => {
  plumbline.changes.push({ ...changed(bucketType, id), cause: { kind: 'sweep' } });
  await plumbline.drive();
};
const drifted = async (arrange: () => unknown): Promise<string> => {
  const id = await newBucket(site);
  await arrange();
  await driftOf(site, plumbline, id);
  await plumbline.drive();
  return id;
};
const pending = async (id: string) => {
  const { baseline } = plumbline.runtime;
  const found = [];
  for await (const row of createPostureListing(plumbline.documents, plumbline.table).pending())
    if (row.ref.id === id) found.push(...pendingOn(row, baseline, now()));
  return found;
};
const isDue = async (id: string) =>
  (await plumbline.runtime.posture.due(now().toISOString(), 100)).includes(keyFor(id));
const shut = () => turn(plumbline, 'off');

describe('drift while the switch is off', () => {
  it('is pending, and put right by the next sweep once it is on, without a new drift', async () => {
    const id = await drifted(shut);
    expect(await pending(id)).toEqual([
      {
        control,
        resource: `arn:aws:s3:::${id}`,
        action: expect.stringMatching(/^pl-/),
        guard: 'killSwitch',
        why: 'remediation is switched off',
        since: expect.any(String),
        tries: 0,
      },
    ]);
    expect((await findingIn(site, id, control))?.Note?.Text).toBe(
      'Plumbline waits to put it right: killSwitch, remediation is switched off.',
    );
    ahead = 24 * hour;
    await sweep(id);
    expect(await pending(id)).toMatchObject([{ guard: 'killSwitch', tries: 1 }]);
    expect(await isBlocked(site, id)).toBe(false);
    await turn(plumbline, 'on');
    ahead = 48 * hour;
    await sweep(id);
    expect(await isBlocked(site, id)).toBe(true);
    expect(await pending(id)).toEqual([]);
  });

  it('is not asked again by each look at the resource', async () => {
    const id = await drifted(shut);
    await plumbline.evaluate([{ ...changed(bucketType, id), cause: { kind: 'sweep' } }]);
    expect(plumbline.asks).toEqual([]);
  });

  it('is pending no more once somebody puts it right', async () => {
    const id = await drifted(shut);
    await (await site.clients('s3')).putPublicAccessBlock({
      Bucket: id,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    await sweep(id);
    expect(await pending(id)).toEqual([]);
  });

  it('is pending no more once it is gone', async () => {
    const id = await drifted(shut);
    await (await site.clients('s3')).deleteBucket({ Bucket: id });
    await sweep(id);
    await sweep(id);
    expect(await pending(id)).toEqual([]);
  });

  it('is pending no more while somebody answers for it, and asked for again after', async () => {
    const id = await drifted(shut);
    const until = new Date(Date.now() + 72 * hour).toISOString();
    await exempt(keyFor(id), control, { ...exemption, expires: until }, plumbline.runtime);
    await plumbline.drive();
    expect(await pending(id)).toEqual([]);
    await turn(plumbline, 'on');
    ahead = 24 * hour;
    await sweep(id);
    expect(await isBlocked(site, id)).toBe(false);
    const action = (await plumbline.row(bucketType, id))?.controls[control]?.remediation?.action;
    expect((await plumbline.remediation.ledger.get(action ?? ''))?.action).toMatchObject({
      state: 'BLOCKED',
      guard: 'exemption',
    });
    // The next look learns that it was let be for that.
    ahead = 48 * hour;
    await sweep(id);
    ahead = 73 * hour;
    await sweep(id);
    expect(await isBlocked(site, id)).toBe(true);
  });
});

describe('what has a known end is asked again by its own clock', () => {
  it('an open breaker', async () => {
    const until = new Date(Date.now() + 2 * hour).toISOString();
    const id = await drifted(() =>
      setBreaker(plumbline, control, JSON.stringify({ until, actions: 20 })),
    );
    expect(await pending(id)).toMatchObject([{ guard: 'breaker' }]);
    const [{ askedAgain = '' } = {}] = await pending(id);
    expect(Math.abs(Date.parse(askedAgain) - Date.parse(until))).toBeLessThan(minute);
    expect(await isDue(id)).toBe(false);
    ahead = 2 * hour + minute;
    expect(await isDue(id)).toBe(true);
    await sweep(id);
    expect(await isBlocked(site, id)).toBe(true);
  });

  it('a maintenance window', async () => {
    const id = await drifted(() =>
      Object.assign(plumbline.runtime.baseline, limits({ windows: [windowIn(3)] })),
    );
    expect(await pending(id)).toMatchObject([{ guard: 'maintenanceWindow' }]);
    ahead = 3 * hour + 20 * minute;
    expect(await isDue(id)).toBe(true);
    await sweep(id);
    expect(await isBlocked(site, id)).toBe(true);
  });

  it('what AWS did not answer: after a quarter of an hour, then twice as long each time', async () => {
    const id = await drifted(() => at.set('before securityhub.getFindings', deny));
    expect(await pending(id)).toMatchObject([{ guard: 'suppressed' }]);
    expect(await isDue(id)).toBe(false);
    ahead = 16 * minute;
    expect(await isDue(id)).toBe(true);
    await sweep(id);
    ahead = 40 * minute;
    expect(await isDue(id)).toBe(false);
    ahead = 50 * minute;
    expect(await isDue(id)).toBe(true);
    at.clear();
    await sweep(id);
    expect(await isBlocked(site, id)).toBe(true);
  });

  it('a resource that could not be read', async () => {
    const id = await newBucket(site);
    await driftOf(site, plumbline, id);
    at.set('before s3.getPublicAccessBlock', deny);
    await plumbline.act(plumbline.asks.splice(0));
    expect(await pending(id)).toMatchObject([{ guard: 'verdict' }]);
    at.clear();
    ahead = 16 * minute;
    await sweep(id);
    expect(await isBlocked(site, id)).toBe(true);
  });

  it('an ask that was given up', async () => {
    const id = await newBucket(site);
    await driftOf(site, plumbline, id);
    at.set('before s3.getPublicAccessBlock', busy);
    const asks = plumbline.asks.splice(0);
    const last = asks.map((ask) => ({ ...ask, delivery: { message: ask.id, receive: 10 } }));
    expect(await plumbline.act(last)).toEqual([{ done: 1 }]);
    expect(await pending(id)).toMatchObject([{ guard: 'delivery' }]);
    at.clear();
    ahead = 16 * minute;
    await sweep(id);
    expect(await isBlocked(site, id)).toBe(true);
  });
});

it('an ask that was lost is made again after a day', async () => {
  const id = await newBucket(site);
  await driftOf(site, plumbline, id);
  plumbline.asks.length = 0;
  await sweep(id);
  expect(await isBlocked(site, id)).toBe(false);
  ahead = 24 * hour;
  await sweep(id);
  expect(await isBlocked(site, id)).toBe(true);
});

it('a person is told at once', async () => {
  const id = await newBucket(site);
  await unblock(site, id);
  await shut();
  const ask = askOn(id, { askedBy: { kind: 'person' } });
  await plumbline.act([ask]);
  expect((await plumbline.remediation.ledger.get(ask.id))?.action).toMatchObject({
    state: 'BLOCKED',
    guard: 'killSwitch',
  });
});
