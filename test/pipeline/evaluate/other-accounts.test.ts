import { NotEnteredError } from '../../../lib/aws/entry.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import type { Change } from '../../../lib/engine/changes/change.ts';
import type { Ref, Where } from '../../../lib/model/resource-type.ts';
import { parseChanges } from '../../../lib/pipeline/evaluate/parse-changes.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import { createWorld, region as home, account as hub } from '../../fakes/fake-resource.ts';
import { heard } from '../../fakes/heard.ts';

const member = '444455556666';
const open = { front: 'open', back: 'shut' } as const;

interface Imported {
  readonly Id: string;
  readonly AwsAccountId: string;
  readonly ProductArn: string;
}
/** A world of two accounts; what each is read by and told is kept, and either role of the member can be shut. */
const inTwoAccounts = (options: Parameters<typeof createWorld>[0] = {}) => {
  const world = createWorld(options);
  const readers: string[] = [];
  const imported: Imported[] = [];
  const shut = { reading: false, publishing: false, throttled: false };
  const refusal = () => new NotEnteredError(member, new Error('AccessDenied'));
  const slowDown = () =>
    Object.assign(new Error('slow down'), {
      name: 'RequestLimitExceeded',
      $metadata: { httpStatusCode: 503 },
    });
  const { hub: own } = world.runtime;
  const there = {
    batchImportFindings: async ({ Findings }: { Findings: readonly Imported[] }) => {
      if (shut.publishing) throw refusal();
      imported.push(...Findings);
      return { FailedCount: 0, FailedFindings: [] };
    },
    getFindings: async () => ({ Findings: [] }),
  };
  Object.assign(world.runtime, {
    place: { account: hub, homeRegion: home, regions: [home], members: [member] },
    hub: async (where: Where) => (where.account === hub ? own(where, 'imports') : there),
    reader: (where: Where) => {
      readers.push(`${where.account} ${where.region}`);
      const reader = createReader({
        ...where,
        clients: () => Promise.reject(new Error('no client')),
        clock: world.runtime.clock,
      });
      if (where.account === member && shut.throttled)
        return { ...reader, read: () => Promise.reject(slowDown()) };
      if (where.account === hub || !shut.reading) return reader;
      return { ...reader, read: () => Promise.reject(refusal()) };
    },
  });
  world.doors.set('home', open);
  const at = (account: string, name = 'alice'): Change => {
    const event = world.event(name, ['front'], 0);
    return { ...event, ref: { ...event.ref, account } };
  };
  const looks = () =>
    world.settles.flatMap(({ change }) => (change.type === 'Plumbline::Member' ? change.ref : []));
  return { world, readers, imported, shut, at, looks };
};

describe('one batch of two accounts', () => {
  it('is read by one reader in each, and told to the Security Hub of each', async () => {
    const { world, readers, imported, at } = inTwoAccounts();
    expect(await world.deliver(at(hub), at(member, 'bob'))).toEqual([{ done: 1 }, { done: 1 }]);
    expect([...readers].sort()).toEqual([`${hub} ${home}`, `${member} ${home}`]);
    const ProductArn = `arn:aws:securityhub:${home}:${member}:product/${member}/default`;
    expect(imported).toMatchObject([{ AwsAccountId: member, ProductArn }]);
    expect(imported[0]?.Id).toBe(`plumbline/${member}/${home}/T.1/arn:aws:house:::home`);
    // Two rows, though both have one name.
    expect(world.rows.size).toBe(2);
  });

  it('asks for nothing to be put right in another account, and plans it', async () => {
    const { world, at } = inTwoAccounts({ isRemediated: true });
    world.doors.set('home', { front: 'shut', back: 'shut' });
    await world.deliver(at(hub), at(member));
    world.doors.set('home', open);
    world.at(60_000);
    const again = (account: string): Change => {
      const event = world.event('mallory', ['front'], 60_000);
      return { ...event, ref: { ...event.ref, account } };
    };
    await world.deliver(again(hub), again(member));
    world.at(120_000);
    await world.settleAll();
    expect(world.asks.map(({ ref }) => ref.account)).toEqual([hub]);
    const row = [...world.rows.values()].find(({ ref }) => ref.account === member);
    expect(row?.controls['T.1']).toMatchObject({ lastKnown: 'FAIL', plan: { isCalls: true } });
    expect(row?.controls['T.1']).not.toHaveProperty('remediation');
  });
});

describe('an account that lets us not in', () => {
  it('keeps what is known of it, is tried no more, and is looked at once', async () => {
    const { world, at, shut, looks } = inTwoAccounts();
    await world.deliver(at(member));
    const before = structuredClone([...world.rows.values()]);
    shut.reading = true;
    world.doors.set('home', { front: 'shut', back: 'shut' });
    world.at(60_000);
    const event = world.event('bob', ['front'], 60_000);
    const later = { ...event, ref: { ...event.ref, account: member } };
    expect(await world.deliver(later, { ...later, ref: { ...later.ref, id: 'other' } })).toEqual([
      { dropped: 'notEntered' },
      { dropped: 'notEntered' },
    ]);
    expect(await world.deliver(later)).toEqual([{ dropped: 'notEntered' }]);
    expect([...world.rows.values()]).toEqual(before);
    expect(looks()).toEqual([{ account: hub, region: home, id: member }]);
    world.at(60_000 + 600_000);
    await world.deliver(later);
    expect(looks()).toHaveLength(2);
  });

  it('does not keep the other account from being evaluated', async () => {
    const { world, at, shut } = inTwoAccounts();
    shut.reading = true;
    expect(await world.deliver(at(member), at(hub))).toEqual([
      { dropped: 'notEntered' },
      { done: 1 },
    ]);
  });

  it('has nothing to list', async () => {
    const { world, looks } = inTwoAccounts();
    const { house } = world;
    const page = async () => {
      throw new NotEnteredError(member, new Error('AccessDenied'));
    };
    Object.assign(world.runtime, {
      types: typesIn([{ ...house, live: { ...house.live, list: { actions: [], page } } }]),
    });
    const step = {
      version: 1,
      sweep: house.type,
      account: member,
      region: home,
      facets: 'all',
      cause: { kind: 'sweep' },
    } as const;
    expect(await sweep([step], world.runtime)).toEqual([{ done: 0 }]);
    expect(looks()).toHaveLength(1);
  });

  it('whose publisher alone is shut is recorded, and people are told once', async () => {
    const { world, at, shut, looks } = inTwoAccounts();
    shut.publishing = true;
    expect(await world.deliver(at(member))).toEqual([{ done: 0 }]);
    expect(world.notices).toEqual([
      expect.stringContaining(`account ${member} could not be entered`),
    ]);
    await world.deliver({ ...at(member), facets: 'all', cause: { kind: 'sweep' } });
    expect(world.notices).toHaveLength(1);
    expect(looks()).toHaveLength(1);
    expect(world.rows.size).toBe(1);
  });
});

describe('an account whose reads are throttled', () => {
  it('has its own messages alone come again, and is evaluated once AWS takes them', async () => {
    const { world, at, shut, looks } = inTwoAccounts();
    shut.throttled = true;
    expect(await world.deliver(at(member), at(hub), at(member, 'bob'))).toEqual([
      { failure: expect.objectContaining({ name: 'RequestLimitExceeded' }) },
      { done: 1 },
      { failure: expect.objectContaining({ name: 'RequestLimitExceeded' }) },
    ]);
    expect(looks()).toEqual([]);
    shut.throttled = false;
    expect(await world.deliver(at(member))).toEqual([{ done: 1 }]);
  });
});

describe('an account that is heard by two hubs, or by two rules', () => {
  it('has one finding of what comes twice, by whoever did it', async () => {
    const { world, imported, at } = inTwoAccounts();
    const once = at(member);
    await world.deliver(once);
    const before = structuredClone([...world.rows.values()].map(({ controls }) => controls));
    expect(await world.deliver(once, structuredClone(once))).toEqual([{ done: 0 }, { done: 0 }]);
    expect([...world.rows.values()].map(({ controls }) => controls['T.1']?.causes)).toEqual(
      before.map((controls) => controls['T.1']?.causes),
    );
    expect(new Set(imported.map(({ Id }) => Id)).size).toBe(1);
  });
});

describe('an account that the baseline names no more', () => {
  it('has its rows put off, and is not read', async () => {
    const { world, at, readers } = inTwoAccounts();
    await world.deliver(at(member));
    Object.assign(world.runtime, { place: { account: hub, homeRegion: home, regions: [home] } });
    readers.splice(0);
    const due: Change = { ...at(member), facets: 'all', cause: { kind: 'sweep' } };
    expect(await world.deliver(due)).toEqual([{ dropped: 'ungoverned' }]);
    expect(readers).toEqual([]);
    const { items } = await parseChanges(due, world.runtime, heard(due));
    expect(items).toHaveLength(1);
  });
});

describe('a host of another account', () => {
  it('is handed to those who listen to hosts, as one of the hub is', async () => {
    const { world } = inTwoAccounts();
    const reviewed: string[] = [];
    const queues = {
      ...world.runtime.queues,
      reviewHost: async ({ account, id }: Ref) => void reviewed.push(`${account} ${id}`),
    };
    const asked = (account: string) => ({
      version: 1,
      type: 'Host::EC2::Instance',
      ref: { account, region: home, id: 'i-0123456789abcdef0' },
      facets: 'all',
      cause: { kind: 'review' },
    });
    for (const account of [member, hub]) {
      const body = asked(account);
      const parsed = await parseChanges(body, { ...world.runtime, queues }, heard(body));
      await parsed.afterwards?.();
    }
    expect(reviewed).toEqual([`${member} i-0123456789abcdef0`, `${hub} i-0123456789abcdef0`]);
  });
});
