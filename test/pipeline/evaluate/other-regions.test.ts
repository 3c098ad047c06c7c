import { createReader } from '../../../lib/aws/reader.ts';
import type { Where } from '../../../lib/model/resource-type.ts';
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
    hub: async (where: Where) => (where.region === home ? hub(where) : there),
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
  it('lists each type once in each region, one region after the other', async () => {
    const { world } = inTwoRegions();
    const sent: (readonly [readonly string[], number | undefined])[] = [];
    Object.assign(world.runtime.queues, {
      sweepTypes: async (sweeps: readonly { region: string }[], delay?: number) => {
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
