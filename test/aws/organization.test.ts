import type { Organizations } from '@aws-sdk/client-organizations';
import { jest } from '@jest/globals';
import { listOrganization } from '../../lib/aws/organization.ts';

const units = 100;
const [aUnit, aPage] = [10, 5];
const latencyMs = 150;

const failureOf = (name: string) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: 400 } });

/** An organization of a thousand accounts in a hundred units, that answers slowly and takes so many calls in a second. */
const large = (aSecond: number) => {
  const calls: number[] = [];
  let [running, most] = [0, 0];
  const answer = async <T>(value: T): Promise<T> => {
    const now = Date.now();
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, latencyMs));
    running -= 1;
    if (calls.filter((at) => at > now - 1000).length >= aSecond)
      throw failureOf('TooManyRequestsException');
    calls.push(now);
    return value;
  };
  const page = ({ NextToken = '0' }: { NextToken?: string }, parent: string) => {
    const from = Number(NextToken);
    const end = from + aPage;
    return {
      Accounts: Array.from({ length: aPage }, (_, n) => ({ Id: `${parent}-${from + n}` })),
      ...(end < aUnit ? { NextToken: `${end}` } : {}),
    };
  };
  const client = {
    describeOrganization: () => answer({ Organization: { Id: 'o-abcdef1234' } }),
    listRoots: () => answer({ Roots: [{ Id: 'r-ab12' }] }),
    listOrganizationalUnitsForParent: ({ ParentId }: { ParentId: string }) =>
      answer({
        OrganizationalUnits:
          ParentId === 'r-ab12' ? Array.from({ length: units }, (_, n) => ({ Id: `ou-${n}` })) : [],
      }),
    listAccountsForParent: (input: { ParentId: string; NextToken?: string }) =>
      answer(input.ParentId === 'r-ab12' ? {} : page(input, input.ParentId)),
  } as unknown as Organizations;
  return { client, mostAtOnce: () => most };
};

describe('an organization of a thousand accounts in a hundred units', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => void jest.useRealTimers());

  it.each([
    ['answers as it is asked', 1000, 15_000],
    ['takes eight calls a second', 8, 120_000],
  ])('is listed whole in time where it %s', async (_, aSecond, mostMs) => {
    const { client, mostAtOnce } = large(aSecond);
    const listing = listOrganization(async () => client);
    let doneAt = Number.POSITIVE_INFINITY;
    void listing.then(() => {
      doneAt = Date.now();
    });
    await jest.advanceTimersByTimeAsync(200_000);
    const { accounts } = await listing;
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(units * aUnit);
    expect(accounts[0]?.path).toEqual(['r-ab12', expect.stringMatching(/^ou-/)]);
    expect(doneAt).toBeLessThan(mostMs);
    expect(mostAtOnce()).toBeLessThanOrEqual(4);
  });

  it('that never takes another call is given up in time', async () => {
    const { client } = large(5);
    const refused = large(0).client.listAccountsForParent;
    Object.assign(client, { listAccountsForParent: refused });
    const listing = listOrganization(async () => client);
    const failed = expect(listing).rejects.toThrow('could not be listed');
    await jest.advanceTimersByTimeAsync(200_000);
    await failed;
  });
});
