import type { Clients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import type { AnyResourceType, Reader, Where } from '../../../lib/model/resource-type.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import {
  account,
  createWorld,
  findingIn,
  region as home,
  rowOf,
} from '../../fakes/fake-resource.ts';

const away = 'eu-west-1';
const open = { front: 'open', back: 'shut' } as const;
const fault = (name: string, httpStatusCode = 400) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

interface Imported {
  readonly Id: string;
  readonly ProductArn: string;
  readonly Region: string;
}
/** A world of two regions; what each is read by and told is kept. */
const inTwoRegions = (takesAway: () => void = () => {}) => {
  const world = createWorld();
  const readers: string[] = [];
  const imported: Imported[] = [];
  const { hub } = world.runtime;
  const there = {
    batchImportFindings: async ({ Findings }: { Findings: readonly Imported[] }) => {
      takesAway();
      imported.push(...Findings);
      return { FailedCount: 0, FailedFindings: [] };
    },
    getFindings: async () => ({ Findings: [] }),
  };
  Object.assign(world.runtime, {
    place: { account, homeRegion: home, regions: [home, away] },
    hub: async (where: Where) => (where.region === home ? hub(where, 'imports') : there),
    reader: (where: Where) => {
      readers.push(`${where.account} ${where.region}`);
      return createReader({
        ...where,
        clients: () => Promise.reject(new Error('no client')),
        clock: world.runtime.clock,
      });
    },
  });
  world.doors.set('home', open);
  const at = (region: string, name = 'alice') => {
    const event = world.event(name, ['front'], 0);
    return { ...event, ref: { ...event.ref, region } };
  };
  return { world, readers, imported, at };
};

describe('one batch of two regions', () => {
  it('is read by one reader in each, and told to the Security Hub of each', async () => {
    const { world, readers, imported, at } = inTwoRegions();
    const outcomes = await world.deliver(at(home), at(away, 'bob'), at(away, 'carol'));
    expect(outcomes).toEqual([{ done: 1 }, { done: 1 }, { done: 1 }]);
    expect([...readers].sort()).toEqual([`${account} ${away}`, `${account} ${home}`]);
    expect(findingIn(world, 'T.1')).toMatchObject({ Region: home });
    const ProductArn = `arn:aws:securityhub:${away}:${account}:product/${account}/default`;
    expect(imported).toMatchObject([{ ProductArn, Region: away }]);
    expect(imported[0]?.Id).toBe(`plumbline/${account}/${away}/T.1/arn:aws:house:::home`);
    // Two rows, though both have one name.
    expect(world.rows.size).toBe(2);
    expect(rowOf(world)?.ref.region).toBe(home);
  });

  it.each([
    ['is off', fault('InvalidAccessException', 401)],
    ['may not be called', fault('AccessDeniedException', 403)],
    ['is in a region that is not enabled', fault('UnrecognizedClientException', 403)],
  ])(
    'is done where Security Hub %s: nothing is tried again, and people are told',
    async (_, why) => {
      const { world, at } = inTwoRegions(() => {
        throw why;
      });
      expect(await world.deliver(at(home), at(away, 'bob'))).toEqual([{ done: 1 }, { done: 0 }]);
      expect(findingIn(world, 'T.1')).toBeDefined();
      expect(world.notices).toEqual([expect.stringContaining(why.message)]);
      await world.deliver({ ...at(away), facets: 'all', cause: { kind: 'sweep' } });
      expect(world.notices).toHaveLength(1);
    },
  );

  it('comes again for the region alone whose Security Hub is throttled', async () => {
    const { world, at } = inTwoRegions(() => {
      throw fault('TooManyRequestsException', 429);
    });
    expect(await world.deliver(at(home), at(away, 'bob'))).toEqual([
      { done: 1 },
      { failure: expect.any(Error) },
    ]);
  });

  it('that comes twice, or late, changes nothing more', async () => {
    const { world, imported, at } = inTwoRegions();
    await world.deliver(at(away));
    await world.deliver(at(away), at(home));
    await world.deliver(at(away));
    expect(imported).toHaveLength(1);
    expect(world.rows.size).toBe(2);
  });
});

describe('a sweep of everything', () => {
  it('is of each region, one after the other', async () => {
    const { world } = inTwoRegions();
    const sent: (readonly [readonly string[], number | undefined])[] = [];
    Object.assign(world.runtime.queues, {
      sweepPlaces: async (sweeps: readonly { region: string }[], delay?: number) => {
        sent.push([sweeps.map(({ region }) => region), delay]);
      },
    });
    expect(await sweep([{ begin: 'all' }], world.runtime)).toEqual([{ done: 2 }]);
    expect(sent).toEqual([
      [[home], 0],
      [[away], 30],
    ]);
  });

  it('of one region is listed there, and its failure is that of no other', async () => {
    const { world, readers } = inTwoRegions();
    const step = (region: string) =>
      ({
        version: 1,
        sweep: 'Plumbline::House',
        account,
        region,
        facets: 'all',
        cause: { kind: 'sweep' },
      }) as const;
    const { reader } = world.runtime;
    Object.assign(world.runtime, {
      reader: (where: Where) => {
        if (where.region === home) throw fault('RequestLimitExceeded', 503);
        return reader(where);
      },
    });
    expect(await sweep([step(home), step(away)], world.runtime)).toEqual([
      { failure: expect.any(Error) },
      { done: 1 },
    ]);
    expect(readers).toEqual([`${account} ${away}`]);
    expect(world.swept).toMatchObject([{ ref: { account, region: away, id: 'home' } }]);
  });
});

const day = 86_400_000;

describe('a region that the baseline names no more', () => {
  it('has its rows looked at once a day, and not read: others that are due are reached', async () => {
    const { world, at, readers } = inTwoRegions();
    await world.deliver(at(home), at(away));
    await sweep([{ begin: 'due' }], world.runtime);
    Object.assign(world.runtime, { place: { account, homeRegion: home, regions: [home] } });
    /** What is due at a time, delivered; the day's sweep of everything goes by first. */
    const due = async (after: number) => {
      world.at(after);
      await world.runtime.posture.claimSweep(
        new Date(world.now()).toISOString(),
        new Date(world.now() - day).toISOString(),
      );
      await sweep([{ begin: 'due' }], world.runtime);
      const sent = world.swept.splice(0).filter(({ ref }) => ref.region === away);
      return world.deliver(...sent);
    };
    readers.splice(0);
    expect(await due(30 * day)).toEqual([{ dropped: 'ungoverned' }]);
    expect(await due(30 * day + 900_000)).toEqual([]);
    expect(await due(31 * day)).toEqual([{ dropped: 'ungoverned' }]);
    expect(readers).toEqual([]);
    const row = [...world.rows.values()].find(({ ref }) => ref.region === away);
    expect(row?.controls['T.1']?.verdict.status).toBe('FAIL');
  });
});

describe('a region that is denied as a whole', () => {
  const services = ['ec2', 'sqs', 'lambda'];
  /** Houses are read by the first of three services; those that are refused are so in the other region alone. */
  const denying = (refused: readonly string[], code = 'AccessDenied') => {
    const { world, ...others } = inTwoRegions();
    const looks: string[] = [];
    const { house } = world;
    const clientsOf = (region: string) => async (service: string) => {
      const answer = async () => {
        looks.push(`${service} ${region}`);
        if (refused.includes(service) && region === away) throw fault(code, 403);
        return {};
      };
      return { describeNetworkInterfaces: answer, listQueues: answer, listFunctions: answer };
    };
    const read = async (reader: Reader) => {
      await reader.call('ec2', 'describeNetworkInterfaces', {});
      return 'open';
    };
    const { live } = house;
    const list: typeof live.list.page = async (reader) => {
      await read(reader);
      return { resources: [{ id: 'home' }] };
    };
    const type: AnyResourceType = {
      ...house,
      live: { ...live, list: { ...live.list, page: list } },
      facets: { ...house.facets, front: { actions: [], read } },
    };
    Object.assign(world.runtime, {
      types: typesIn([type]),
      reader: ({ account: id, region }: Where) =>
        createReader({
          account: id,
          region,
          clients: clientsOf(region) as unknown as Clients,
          clock: world.runtime.clock,
        }),
    });
    return { world, looks, ...others };
  };
  const step = (region: string) =>
    ({
      version: 1,
      sweep: 'Plumbline::House',
      account,
      region,
      facets: 'all',
      cause: { kind: 'sweep' },
    }) as const;
  const look = { type: 'Plumbline::GovernedRegion', ref: { id: `${account}/${away}` } };

  it('is listed as empty, by three services that refuse, which are asked once', async () => {
    const { world, looks } = denying(services);
    expect(await sweep([step(away), step(home)], world.runtime)).toEqual([
      { done: 0 },
      { done: 1 },
    ]);
    expect(await sweep([step(away)], world.runtime)).toEqual([{ done: 0 }]);
    expect(looks.filter((one) => one.endsWith(away))).toHaveLength(1 + 3 + 1);
  });

  it('keeps what is known of its resources as it is, and has one row say so', async () => {
    const { world, at } = denying(services);
    expect(await world.deliver(at(away))).toEqual([{ dropped: 'closed' }]);
    expect(world.rows.size).toBe(0);
    expect(world.settles.filter(({ change }) => change.type === look.type)).toMatchObject([
      { change: { ...look, cause: { kind: 'review' } } },
    ]);
    const note = { closedSince: new Date(world.now()).toISOString() };
    expect(world.notes.get(`${account}/${away}`)).toMatchObject(note);
    world.at(3_600_000);
    await world.deliver({ ...at(away), cause: { kind: 'sweep' } });
    expect(world.notes.get(`${account}/${away}`)).toMatchObject(note);
  });

  it('is in use where somebody calls there, though nothing was ever read', async () => {
    const { world, at } = denying(services);
    await world.deliver({ ...at(away), cause: { kind: 'sweep' } });
    expect(world.notes.get(`${account}/${away}`)).not.toHaveProperty('heldAt');
    await world.deliver(at(away));
    expect(world.notes.get(`${account}/${away}`)).toMatchObject({
      heldAt: expect.any(String),
      heardAt: expect.any(String),
    });
  });

  it.each(['AuthFailure', 'InvalidClientTokenId', 'UnrecognizedClientException', 'OptInRequired'])(
    'is meant where the account has not enabled it: %s',
    async (code) => {
      const { world, at } = denying(services, code);
      expect(await world.deliver(at(away))).toEqual([{ dropped: 'closed' }]);
      expect(world.rows.size).toBe(0);
    },
  );

  it.each([
    ['where one service answers', away, ['ec2', 'sqs']],
    ['of our own, which are old', away, services, 'ExpiredToken'],
  ])('is not meant by bad credentials %s', async (_, region, refused, code = 'AuthFailure') => {
    const { world, at } = denying(refused, code);
    expect(await world.deliver(at(region))).toEqual([{ failure: expect.any(Error) }]);
    expect(world.notes.get(`${account}/${away}`)?.closedSince).toBeUndefined();
  });

  it('has a row that was due be due again a day later', async () => {
    const { world, at } = denying([]);
    await world.deliver(at(away));
    Object.assign(world.runtime, { reader: denying(services).world.runtime.reader });
    const dueAt = async (after: number) =>
      world.runtime.posture.due(new Date(world.now() + after).toISOString(), 10);
    world.at(30 * day);
    expect(await dueAt(0)).toHaveLength(1);
    const due = { ...at(away), cause: { kind: 'sweep' } } as const;
    expect(await world.deliver(due)).toEqual([{ dropped: 'closed' }]);
    expect(await dueAt(day - 1)).toEqual([]);
    expect(await dueAt(day)).toHaveLength(1);
  });

  it('is not meant where one service answers: what is refused is unknown, and fails to be listed', async () => {
    const { world } = denying(['ec2', 'sqs']);
    expect(await sweep([step(away)], world.runtime)).toEqual([{ failure: expect.any(Error) }]);
    const other = denying(['ec2', 'sqs']);
    expect(await other.world.deliver(other.at(away))).toEqual([{ done: 1 }]);
  });

  it('is never where Plumbline stands', async () => {
    const { world, at } = denying(services);
    const reader = world.runtime.reader({ account, region: away });
    Object.assign(world.runtime, { reader: () => reader });
    expect(await world.deliver(at(home))).toEqual([{ done: 1 }]);
    expect(rowOf(world)?.controls['T.1']?.verdict.status).toBe('UNKNOWN');
  });
});
