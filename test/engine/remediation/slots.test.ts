import fc from 'fast-check';
import {
  limitsFor,
  principalOf,
  type Refusal,
  slotFor,
  type Taker,
  takersWithin,
} from '../../../lib/engine/remediation/slots.ts';

const start = Date.parse('2026-06-15T12:00:00Z');
const minute = 60_000;
const at = (minutes: number) => new Date(start + minutes * minute);
const user = (name: string) => `arn:aws:iam::123456789012:user/${name}`;
const session = (name: string) => `arn:aws:sts::123456789012:assumed-role/ci/${name}`;
const limits = { all: 20, actor: 3, reserve: 2 };

/** The slots of a control, as actions take them one after the other. */
const given = () => {
  let takers: readonly Taker[] = [];
  let count = 0;
  return (actors: readonly string[], minutes = 0, isUrgent = false): Taker | Refusal => {
    count += 1;
    const within = takersWithin(takers, at(minutes));
    const asked = {
      control: 'S3.8',
      account: '123456789012',
      type: 'T',
      action: `pl-${count}`,
      actors,
      isUrgent,
    };
    const slot = slotFor(within, asked, limits, at(minutes));
    if ('id' in slot) takers = [...within, slot];
    return slot;
  };
};
const isRefused = (slot: Taker | Refusal): boolean => 'limit' in slot;

describe('the limits in force', () => {
  const breaker = { perHour: 20, share: 0.1, atLeast: 3, reserve: 5, closesAfterMinutes: 60 };
  it.each([
    ['a small account', 8, 3],
    ['one of a hundred', 100, 10],
    ['a large account', 5000, 20],
  ])('are of %s', (_, population, actor) => {
    expect(limitsFor(breaker, population)).toEqual({ all: 20, actor, reserve: 5 });
  });
});

describe('a slot', () => {
  it('is taken once by an action, however often it asks', () => {
    const taken: Taker = { id: 'pl-1', at: start, actors: ['x'] };
    const asked = {
      control: 'S3.8',
      account: '123456789012',
      type: 'T',
      action: 'pl-1',
      actors: [],
      isUrgent: false,
    };
    expect(slotFor([taken], asked, { all: 1, actor: 1, reserve: 0 }, at(1))).toBe(taken);
  });

  it('of one who drifts three throw-away groups is used up for him, and for nobody else', () => {
    const take = given();
    for (let time = 0; time < 3; time += 1) expect(isRefused(take([user('mallory')]))).toBe(false);
    expect(take([user('mallory')])).toMatchObject({ limit: 3, actors: [user('mallory')] });
    expect(isRefused(take([user('alice')]))).toBe(false);
  });

  it('is of the role, never of its session', () => {
    const take = given();
    for (const name of ['a', 'b', 'c']) take([session(name)]);
    expect(take([session('d')])).toMatchObject({
      limit: 3,
      actors: ['arn:aws:iam::123456789012:role/ci'],
    });
    expect(principalOf(user('alice'))).toBe(user('alice'));
  });

  it('is there while one of those who can have done it has one left', () => {
    const take = given();
    for (let time = 0; time < 3; time += 1) take([user('mallory')]);
    expect(isRefused(take([user('mallory'), user('alice')]))).toBe(false);
  });

  it('is free an hour after it was taken, whatever the hour of the clock', () => {
    const take = given();
    take([user('mallory')], 50);
    take([user('mallory')], 55);
    take([user('mallory')], 65);
    expect(take([user('mallory')], 70)).toMatchObject({ limit: 3, until: at(110) });
    expect(isRefused(take([user('mallory')], 111))).toBe(false);
    expect(isRefused(take([user('mallory')], 112))).toBe(true);
  });

  it('is kept for what is urgent, and that has an end too', () => {
    const take = given();
    for (let time = 0; time < 3; time += 1) take([user('mallory')]);
    expect(take([user('mallory')], 0, true)).toMatchObject({ isReserve: true });
    expect(take([user('mallory')], 0, true)).toMatchObject({ isReserve: true });
    expect(take([user('mallory')], 0, true)).toMatchObject({ limit: 3 });
    expect(take([user('alice')], 0, true)).not.toHaveProperty('isReserve');
  });

  it('is left by nobody beyond the limits, however many come and whoever they are', () => {
    const asks = fc.array(
      fc.record({
        who: fc.subarray(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']),
        after: fc.integer({ min: 0, max: 10 }),
        isUrgent: fc.boolean(),
      }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(asks, (all) => {
        const take = given();
        const taken: { slot: Taker; minutes: number }[] = [];
        let minutes = 0;
        for (const { who, after, isUrgent } of all) {
          minutes += after;
          const slot = take(who.map(user), minutes, isUrgent);
          if ('id' in slot) taken.push({ slot, minutes });
          const hour = taken.filter((one) => one.minutes > minutes - 60);
          const regular = hour.filter((one) => !one.slot.isReserve);
          expect(regular.length).toBeLessThanOrEqual(limits.all);
          expect(hour.length - regular.length).toBeLessThanOrEqual(limits.all);
        }
      }),
    );
  });
});
