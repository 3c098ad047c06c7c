import type { STS } from '@aws-sdk/client-sts';
import { createEntry, isNotEntered } from '../../lib/aws/entry.ts';

const hub = {
  region: 'us-east-1',
  externalId: 'stack/Plumbline/5f6a9d1e',
  sessionName: 'evaluate',
};
const member = '444455556666';
const start = Date.parse('2026-06-15T12:00:00Z');
const fault = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(`no: ${name}`), { name, $metadata: { httpStatusCode } });

/** An STS that gives credentials for an hour, or throws; what it is asked for is kept. */
const given = (accounts: readonly string[] = [member], region = hub.region) => {
  const asked: Record<string, unknown>[] = [];
  const world = { now: start, refuses: undefined as Error | undefined };
  const sts = {
    assumeRole: async (input: Record<string, unknown>) => {
      asked.push(input);
      if (world.refuses) throw world.refuses;
      return {
        Credentials: {
          AccessKeyId: `ASIA${asked.length}`,
          SecretAccessKey: 'secret',
          SessionToken: 'token',
          Expiration: new Date(world.now + 3_600_000),
        },
      };
    },
  } as unknown as STS;
  const entry = createEntry({
    ...hub,
    region,
    accounts: () => accounts,
    sts: async () => sts,
    clock: () => new Date(world.now),
  });
  return { asked, world, entry };
};

describe('credentials of a role in another account', () => {
  it('are asked for once for all clients, with what the role asks for', async () => {
    const { asked, entry } = given();
    const [one, other] = await Promise.all([
      entry(member, 'Plumbline-Read')(),
      entry(member, 'Plumbline-Read')(),
    ]);
    expect(one).toEqual(other);
    expect(asked).toEqual([
      {
        RoleArn: `arn:aws:iam::${member}:role/Plumbline-Read`,
        RoleSessionName: 'evaluate',
        ExternalId: hub.externalId,
      },
    ]);
  });

  it('are others for another role', async () => {
    const { asked, entry } = given();
    await entry(member, 'Plumbline-Read')();
    await entry(member, 'Plumbline-Publish')();
    expect(asked.map(({ RoleArn }) => RoleArn)).toEqual([
      `arn:aws:iam::${member}:role/Plumbline-Read`,
      `arn:aws:iam::${member}:role/Plumbline-Publish`,
    ]);
  });

  it('are renewed before they end', async () => {
    const { asked, entry, world } = given();
    const provider = entry(member, 'Plumbline-Read');
    await provider();
    world.now += 50 * 60_000;
    await provider();
    expect(asked).toHaveLength(1);
    world.now += 5 * 60_000;
    expect((await provider()).accessKeyId).toBe('ASIA2');
  });

  it('are of the partition of the region', async () => {
    const { asked, entry } = given([member], 'us-gov-west-1');
    await entry(member, 'Plumbline-Read')();
    expect(asked[0]?.['RoleArn']).toBe(`arn:aws-us-gov:iam::${member}:role/Plumbline-Read`);
  });
});

describe('a role that may not be assumed', () => {
  it('is said with its account, and asked for again only after a minute', async () => {
    const { asked, entry, world } = given();
    world.refuses = fault('AccessDenied', 403);
    const provider = entry(member, 'Plumbline-Read');
    const failures = await Promise.allSettled([provider(), provider(), provider()]);
    for (const one of failures) {
      expect(one.status === 'rejected' && isNotEntered(one.reason)).toBe(true);
      expect(one).toMatchObject({ reason: { account: member } });
    }
    expect(asked).toHaveLength(1);
    world.now += 61_000;
    world.refuses = undefined;
    expect((await provider()).accessKeyId).toBe('ASIA2');
  });

  it('is asked for ever more seldom, and as before once it lets in', async () => {
    const { asked, entry, world } = given();
    world.refuses = fault('AccessDenied', 403);
    const provider = entry(member, 'Plumbline-Read');
    const at: number[] = [];
    // A change each second for six hours.
    for (let second = 0; second < 6 * 3600; second += 1) {
      world.now = start + second * 1000;
      const before = asked.length;
      await provider().catch(() => {});
      if (asked.length > before) at.push(second / 60);
    }
    expect(at.slice(0, 7)).toEqual([0, 1, 3, 7, 15, 31, 47]);
    expect(asked.length).toBeLessThan(30);
    world.refuses = undefined;
    world.now += 960_000;
    await provider();
    world.refuses = fault('AccessDenied', 403);
    world.now += 3_600_000;
    await provider().catch(() => {});
    const [count] = [asked.length];
    world.now += 61_000;
    await provider().catch(() => {});
    expect(asked).toHaveLength(count + 1);
  });

  it('in an account that the baseline does not name is never asked for', async () => {
    const { asked, entry } = given();
    const failure = await entry('999999999999', 'Plumbline-Read')().catch((error) => error);
    expect(isNotEntered(failure)).toBe(true);
    expect(asked).toEqual([]);
  });

  it.each([
    ['is throttled', fault('Throttling', 400)],
    ['is away', fault('ServiceUnavailable', 503)],
  ])('is not what STS says that %s: the next ask counts', async (_, why) => {
    const { asked, entry, world } = given();
    world.refuses = why;
    const provider = entry(member, 'Plumbline-Read');
    const failure = await provider().catch((error) => error);
    expect([isNotEntered(failure), failure]).toEqual([false, why]);
    world.refuses = undefined;
    await provider();
    expect(asked).toHaveLength(2);
  });
});
