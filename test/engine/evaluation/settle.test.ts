import type { EventCause } from '../../../lib/engine/changes/change.ts';
import { joined, nextSettle } from '../../../lib/engine/evaluation/settle.ts';

type Moment = Parameters<typeof nextSettle>[0];

const now = new Date('2026-06-15T12:00:00Z');
const seconds = (count: number) => new Date(now.getTime() + count * 1000).toISOString();
const event = (at: number): EventCause => ({
  kind: 'event',
  via: 'cloudtrail',
  id: `at ${at}`,
  time: seconds(at),
});
const settling = (some: Partial<Moment>): Moment => ({
  before: undefined,
  times: [],
  delivered: undefined,
  facets: ['a'],
  isUnsettled: false,
  settlesAfterSeconds: 20,
  now,
  ...some,
});
const pending = { arrivesAt: seconds(15), wantedAt: seconds(15), facets: ['b'], attempt: 0 };

describe('the settle of a resource', () => {
  it('comes when its latest event can be trusted to show', () => {
    expect(nextSettle(settling({ times: [event(-1).time, event(-5).time] }))).toEqual({
      delaySeconds: 19,
      settle: { arrivesAt: seconds(19), wantedAt: seconds(19), facets: ['a'], attempt: 0 },
    });
  });

  it('is not needed for an event that settled long ago', () => {
    expect(nextSettle(settling({ times: [event(-60).time] }))).toEqual({});
  });

  it('that is pending waits for a later event, and takes its facets along', () => {
    expect(nextSettle(settling({ before: pending, times: [event(0).time] }))).toEqual({
      settle: { ...pending, wantedAt: seconds(20), facets: ['b', 'a'] },
    });
  });

  it('that is long overdue is taken for lost and sent again', () => {
    const lost = { ...pending, arrivesAt: seconds(-600), wantedAt: seconds(-600) };
    expect(nextSettle(settling({ before: lost, times: [event(0).time] }))).toMatchObject({
      delaySeconds: 20,
    });
  });

  it('that arrives too early for a later event goes round once more', () => {
    const moved = { ...pending, arrivesAt: seconds(0), wantedAt: seconds(7) };
    expect(nextSettle(settling({ before: moved, delivered: 0 }))).toMatchObject({
      delaySeconds: 7,
      settle: { attempt: 1, wantedAt: seconds(7) },
    });
  });

  it('that arrives in time ends it', () => {
    expect(
      nextSettle(settling({ before: { ...pending, wantedAt: now.toISOString() }, delivered: 0 })),
    ).toEqual({});
  });

  it('goes on, slower and slower, while AWS is at work, and not for ever', () => {
    const delays = [0, 1, 2, 6, 49].map(
      (delivered) => nextSettle(settling({ delivered, isUnsettled: true })).delaySeconds,
    );
    expect(delays).toEqual([40, 80, 160, 900, undefined]);
  });

  it('says that it was given up where AWS has not finished after so many looks', () => {
    expect(nextSettle(settling({ delivered: 49, isUnsettled: true }))).toEqual({ isGivenUp: true });
  });

  it('is given up for an event that says it is of a far future', () => {
    const before = { ...pending, arrivesAt: seconds(0), wantedAt: '2099-01-01T00:00:00.000Z' };
    expect(
      nextSettle(settling({ before: { ...before, attempt: 48 }, delivered: 48 })),
    ).toMatchObject({ delaySeconds: 900, settle: { attempt: 49 } });
    expect(nextSettle(settling({ before: { ...before, attempt: 49 }, delivered: 49 }))).toEqual({
      isGivenUp: true,
    });
  });

  it('is counted from the latest event: who goes on changing a resource is followed for ever', () => {
    const tired = { ...pending, attempt: 49 };
    const moved = nextSettle(settling({ before: tired, times: [event(0).time] })).settle;
    expect(moved).toMatchObject({ attempt: 0, wantedAt: seconds(20) });
    // The message that was sent before that event still says 49.
    const arrived = settling({ before: moved, delivered: 49, now: new Date(seconds(15)) });
    expect(nextSettle(arrived)).toMatchObject({ delaySeconds: 5, settle: { attempt: 1 } });
    const together = settling({ before: tired, delivered: 49, times: [event(0).time] });
    expect(nextSettle(together)).toMatchObject({ delaySeconds: 20, settle: { attempt: 0 } });
  });

  it('that is pending counts on where no event moves it', () => {
    const tired = { ...pending, attempt: 7 };
    expect(nextSettle(settling({ before: tired, times: [event(-10).time] })).settle).toMatchObject({
      attempt: 7,
    });
  });

  it('of everything stays of everything', () => {
    const all = { ...pending, facets: 'all' as const };
    expect(nextSettle(settling({ before: all, times: [event(0).time] })).settle?.facets).toBe(
      'all',
    );
  });

  it('is one of two that are under way, and waits for both', () => {
    const other = { ...pending, arrivesAt: seconds(3), wantedAt: seconds(30), facets: ['c'] };
    expect(joined(pending, other)).toEqual({
      ...pending,
      wantedAt: seconds(30),
      facets: ['c', 'b'],
    });
    expect(joined(pending, undefined)).toBe(pending);
  });
});
