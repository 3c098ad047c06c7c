import { NotEnteredError } from '../../../lib/aws/entry.ts';
import { parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { inOrganization } from '../../../lib/engine/baseline/in-organization.ts';
import { endedBetween, nextRoster } from '../../../lib/engine/baseline/next-roster.ts';
import type { Roster } from '../../../lib/engine/baseline/organization.ts';
import type { Change } from '../../../lib/engine/changes/change.ts';
import { type Governing, placeOf } from '../../../lib/pipeline/runtime/governed.ts';
import type { Runtime } from '../../../lib/pipeline/runtime/runtime.ts';
import {
  governedNow,
  listAfterEvent,
  listAnew,
  sweepNewAccounts,
} from '../../../lib/pipeline/sweep/organization.ts';

const hub = '123456789012';
const [first, second] = ['444455556666', '777788889999'];
const id = 'o-abcdef1234';
const start = Date.parse('2026-06-15T12:00:00Z');
const minute = 60_000;

/** An organization whose listing and roles are as a test says. */
const world = () => {
  const accounts = new Map([
    [first, 'ACTIVE'],
    [hub, 'ACTIVE'],
  ]);
  const state = {
    now: start,
    letIn: new Set([first, second]),
    roster: undefined as Roster | undefined,
    isBusy: (_account: string) => false,
    callMs: 0,
    fails: 0,
    lists: 0,
    writes: 0,
  };
  const claims: string[] = [];
  const ends: { readonly of: string; readonly why: string }[] = [];
  const later: string[] = [];
  const delays: number[] = [];
  const looked: { readonly id: string; readonly inSeconds: number }[] = [];
  const baseline = parseBaseline(
    `organization: { id: ${id}, exclude: ['${'9'.repeat(12)}'] }\n`,
    'x',
    [],
  );
  const governed = () => {
    const counting = inOrganization(baseline, state.roster, hub);
    return { baseline: counting, place: placeOf(counting, hub), members: [] };
  };
  const governing: Governing = {
    now: async () => governed(),
    roster: {
      read: async () => state.roster,
      async write(roster, before) {
        if (state.roster?.listedAt !== before?.listedAt) return false;
        state.roster = roster;
        state.writes += 1;
        return true;
      },
      async claim(at, since) {
        if ((claims.at(-1) ?? '') > since) return false;
        claims.push(at);
        return true;
      },
      async claimLater(at, since) {
        if ((later.at(-1) ?? '') > since) return false;
        later.push(at);
        return true;
      },
    },
    async list() {
      state.lists += 1;
      if (state.fails-- > 0) throw new Error('Organizations is busy');
      const listed = [...accounts].map(([account, is]) => ({
        id: account,
        name: 'shop',
        path: ['r-ab12'],
        state: is,
      }));
      const before = state.roster;
      state.roster = nextRoster(
        before,
        { organization: id, accounts: listed },
        new Date(state.now),
      );
      return endedBetween(before, state.roster);
    },
    confirm: async () => undefined,
  };
  const runtime = () =>
    ({
      ...governed(),
      governing,
      clock: () => new Date(state.now),
      posture: {},
      endChain: ({ of, why }: { of: string; why: string }) => void ends.push({ of, why }),
      queues: {
        settle: async ({ ref }: Change, inSeconds: number) =>
          void looked.push({ id: ref.id, inSeconds }),
        sweepRoster: async (seconds: number) => void delays.push(seconds),
      },
      reader: ({ account }: { account: string }) => ({
        call: async () => {
          state.now += state.callMs;
          if (state.isBusy(account))
            throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
          if (!state.letIn.has(account)) throw new NotEnteredError(account, 'no');
          return {};
        },
      }),
    }) as unknown as Runtime;
  return { accounts, state, looked, runtime, delays, ends };
};

const begin = async () => undefined;

describe('accounts of an organization', () => {
  it('are listed once in the seconds that are asked for', async () => {
    const { runtime, state } = world();
    expect(await listAnew(runtime(), 30)).toBe(true);
    state.now += 20_000;
    expect(await listAnew(runtime(), 30)).toBe(false);
    state.now += 11_000;
    expect(await listAnew(runtime(), 30)).toBe(true);
  });

  it('are listed once more where events come just after a listing, which may not show them', async () => {
    const { runtime, state, delays, accounts } = world();
    expect(await listAfterEvent(runtime())).toBe(1);
    accounts.set(second, 'ACTIVE');
    for (let event = 0; event < 3; event += 1) {
      state.now += 5000;
      expect(await listAfterEvent(runtime())).toBe(0);
    }
    expect(delays).toEqual([30]);
    expect(state.roster?.accounts.map((one) => one.id)).not.toContain(second);
    // The message comes that was sent with the first of them.
    state.now += 20_000;
    expect(await listAfterEvent(runtime())).toBe(1);
    expect(state.roster?.accounts.map((one) => one.id)).toContain(second);
    expect(delays).toEqual([30]);
  });

  it('are swept a quarter of an hour after they came, once, and the hub is none of them', async () => {
    const { runtime, state } = world();
    await listAnew(runtime(), 30);
    expect(await sweepNewAccounts(runtime(), begin)).toEqual([]);
    state.now += 15 * minute;
    expect(await sweepNewAccounts(runtime(), begin)).toEqual([first]);
    expect(await sweepNewAccounts(runtime(), begin)).toEqual([]);
  });

  it('that let nobody in yet are told of, tried again in an hour, and then swept', async () => {
    const { runtime, state, looked, accounts } = world();
    await listAnew(runtime(), 30);
    accounts.set(second, 'ACTIVE');
    state.letIn.delete(second);
    state.now += 20 * minute;
    await listAnew(runtime(), 30);
    await sweepNewAccounts(runtime(), begin);
    state.now += 15 * minute;
    expect(await sweepNewAccounts(runtime(), begin)).toEqual([]);
    expect(looked.map((one) => one.id)).toEqual([second]);
    state.now += 30 * minute;
    expect(await sweepNewAccounts(runtime(), begin)).toEqual([]);
    expect(looked).toHaveLength(1);
    state.letIn.add(second);
    state.now += 31 * minute;
    expect(await sweepNewAccounts(runtime(), begin)).toEqual([second]);
  });

  it.each(['SUSPENDED', 'CLOSED', 'LEFT'])('that are %s are told of once', async (is) => {
    const { runtime, state, looked, accounts } = world();
    await listAnew(runtime(), 30);
    if (is === 'LEFT') accounts.delete(first);
    else accounts.set(first, is);
    for (let hour = 0; hour < 5; hour += 1) {
      state.now += 60 * minute;
      await listAnew(runtime(), 30);
      expect(await sweepNewAccounts(runtime(), begin)).toEqual([]);
    }
    expect(looked).toEqual([{ id: first, inSeconds: 90 }]);
    expect(runtime().place.members).toEqual([]);
  });
});

describe('a listing that fails', () => {
  it('is begun again at the next tick, and one that is done an hour later', async () => {
    const { runtime, state, ends } = world();
    state.fails = 1;
    const lists: number[] = [];
    for (let tick = 0; tick < 7; tick += 1) {
      await governedNow(runtime());
      lists.push(state.lists);
      state.now += 15 * minute;
    }
    expect(lists).toEqual([1, 2, 2, 2, 2, 3, 3]);
    expect(ends).toHaveLength(1);
  });
});

describe('four hundred accounts that came at once', () => {
  const many = Array.from({ length: 400 }, (_, n) => String(100_000_000_000 + n));
  const crowd = async () => {
    const all = world();
    for (const one of many) {
      all.accounts.set(one, 'ACTIVE');
      all.state.letIn.add(one);
    }
    await listAnew(all.runtime(), 30);
    all.state.now += 15 * minute;
    return all;
  };

  it('are swept by a few ticks, though calls for one fail', async () => {
    const { runtime, state, ends } = await crowd();
    state.isBusy = (account) => account === many[0];
    const swept: string[] = [];
    for (let tick = 0; tick < 6; tick += 1) {
      swept.push(...(await sweepNewAccounts(runtime(), begin)));
      state.now += 15 * minute;
    }
    expect(new Set(swept)).toEqual(new Set([first, ...many.slice(1)]));
    expect(swept).toHaveLength(400);
    expect(ends[0]?.why).toMatch(`${many[0]}: ThrottlingException`);
  });

  it('take no longer of a tick than it has, and what was done is noted', async () => {
    const { runtime, state } = await crowd();
    state.callMs = 1000;
    state.writes = 0;
    const begun = state.now;
    const swept = await sweepNewAccounts(runtime(), begin);
    expect(state.now - begun).toBeLessThanOrEqual(70_000);
    expect([swept.length, state.writes]).toEqual([60, 6]);
    expect(await sweepNewAccounts(runtime(), begin)).not.toContain(swept[0]);
  });

  it('are written off only once their sweep is sent', async () => {
    const { runtime, state } = await crowd();
    const failing = async () => {
      throw new Error('SQS is busy');
    };
    expect(await sweepNewAccounts(runtime(), failing)).toEqual([]);
    state.now += 15 * minute;
    const swept: string[] = [];
    for (let tick = 0; tick < 6; tick += 1)
      swept.push(...(await sweepNewAccounts(runtime(), begin)));
    expect(new Set(swept).size).toBe(401);
  });
});
