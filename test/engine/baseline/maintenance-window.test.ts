import {
  isInWindow,
  isOpen,
  nextOpen,
  weekdays,
} from '../../../lib/engine/baseline/maintenance-window.ts';

const night = {
  days: ['sat'],
  from: '22:00',
  to: '05:00',
  timeZone: 'Europe/Zurich',
} as const;

describe('a maintenance window', () => {
  // 2026-11-21 is a Saturday; Zurich is one hour ahead of UTC then.
  it.each([
    ['2026-11-21T20:59:00Z', false, 'a minute before it begins'],
    ['2026-11-21T21:00:00Z', true, 'as it begins'],
    ['2026-11-22T03:59:00Z', true, 'a minute before it ends, on the day after'],
    ['2026-11-22T04:00:00Z', false, 'as it ends'],
    ['2026-11-22T21:30:00Z', false, 'on another day'],
  ])('%s is in it: %s, %s', (at, isIn) => {
    expect(isInWindow([night], new Date(at))).toBe(isIn);
  });

  it('is always where none is given', () => {
    expect(isInWindow([], new Date('2026-11-21T12:00:00Z'))).toBe(true);
  });

  it('follows daylight saving time', () => {
    const { timeZone } = night;
    const summer = { days: [...weekdays], from: '09:00', to: '10:00', timeZone };
    expect(isInWindow([summer], new Date('2026-07-01T07:30:00Z'))).toBe(true);
    expect(isInWindow([summer], new Date('2026-12-01T08:30:00Z'))).toBe(true);
  });

  it('is open where one of each level is', () => {
    const monday = { days: ['mon'] as const, from: '00:00', to: '12:00', timeZone: 'UTC' };
    const both = { windows: [night], furtherWindows: [[monday]] };
    expect(
      isOpen({ windows: [], furtherWindows: [[monday]] }, new Date('2026-11-23T01:00:00Z')),
    ).toBe(true);
    expect(isOpen({ windows: [night] }, new Date('2026-11-22T01:00:00Z'))).toBe(true);
    expect(isOpen(both, new Date('2026-11-22T01:00:00Z'))).toBe(false);
  });

  it('is found when it comes next', () => {
    expect(nextOpen({ windows: [night] }, new Date('2026-11-22T04:01:00Z'))).toEqual(
      new Date('2026-11-28T21:00:00Z'),
    );
  });
});
