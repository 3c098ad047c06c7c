import { createBudget } from '../../lib/aws/budget.ts';
import { createReader } from '../../lib/aws/reader.ts';
import type { Sdk, Service } from '../../lib/model/control.ts';

const loud = { account: '444455556666', region: 'us-east-1' };
const quiet = { account: '777788889999', region: 'us-east-1' };

/** A budget in simulated time: nobody waits for real, and each call is known by when it may be made. */
const simulated = () => {
  let now = 0;
  const waits: number[] = [];
  const budget = createBudget({
    now: () => now,
    wait: async (ms) => void waits.push(ms),
  });
  const spend = async (where: typeof loud, service: Service, times: number) => {
    const before = waits.length;
    for (let n = 0; n < times; n += 1) await budget.spend(where, service);
    return waits.slice(before);
  };
  return { budget, spend, later: (ms: number) => (now += ms) };
};

describe('the budget of what is read', () => {
  it('lets a hundred calls of a service through at once, and then twenty a second', async () => {
    const { spend } = simulated();
    expect(await spend(loud, 'ec2', 100)).toEqual([]);
    expect(await spend(loud, 'ec2', 3)).toEqual([50, 100, 150]);
  });

  it('is of each service, and of all services of a place together', async () => {
    const { spend } = simulated();
    expect(await spend(loud, 'ec2', 100)).toEqual([]);
    expect(await spend(loud, 's3', 100)).toEqual([]);
    expect(await spend(loud, 'rds', 50)).toEqual([]);
    expect(await spend(loud, 'rds', 2)).toEqual([20, 40]);
  });

  it('of one account is spent by nobody else, nor of a region by another', async () => {
    const { spend } = simulated();
    expect((await spend(loud, 'ec2', 500)).length).toBeGreaterThan(300);
    expect(await spend(quiet, 'ec2', 20)).toEqual([]);
    expect(await spend({ ...loud, region: 'eu-west-1' }, 'ec2', 20)).toEqual([]);
  });

  it('comes back with time, and no more of it than there was', async () => {
    const { spend, later } = simulated();
    await spend(loud, 'ec2', 100);
    later(3000);
    expect(await spend(loud, 'ec2', 60)).toEqual([]);
    later(3_600_000);
    expect(await spend(loud, 'ec2', 100)).toEqual([]);
    expect(await spend(loud, 'ec2', 1)).toEqual([50]);
  });

  it('keeps no call waiting for longer than two seconds, however many came before', async () => {
    const { spend, later } = simulated();
    expect(Math.max(...(await spend(loud, 'ec2', 10_000)))).toBe(2000);
    later(2000);
    expect(Math.max(0, ...(await spend(loud, 'ec2', 1)))).toBeLessThanOrEqual(100);
  });

  it('counts what a reader asks for once, once', async () => {
    const spent: Service[] = [];
    const clients = async <S extends Service>() =>
      ({ describeInstances: async () => ({ Reservations: [] }) }) as unknown as Sdk[S];
    const reader = createReader({
      ...loud,
      clients,
      budget: { spend: async (_, service) => void spent.push(service) },
    });
    const ask = () => reader.call('ec2', 'describeInstances', { MaxResults: 5 });
    await Promise.all([ask(), ask()]);
    await reader.call('ec2', 'describeInstances', { MaxResults: 6 });
    expect(spent).toEqual(['ec2', 'ec2']);
  });
});
