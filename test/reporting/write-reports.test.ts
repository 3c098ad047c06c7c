import { periodOf } from '../../lib/reporting/write-reports.ts';

describe('what a report by the clock tells of', () => {
  it.each([
    ['day', '2026-11-30T08:00:00Z', '2026-11-29', '2026-11-30'],
    ['week', '2026-11-30T08:00:00Z', '2026-11-23', '2026-11-30'],
    ['month', '2026-12-01T08:00:00Z', '2026-11-01', '2026-12-01'],
    ['month', '2027-01-01T08:00:00Z', '2026-12-01', '2027-01-01'],
    ['month', '2027-03-01T08:00:00Z', '2027-02-01', '2027-03-01'],
    // It was begun again a day late: what the next one tells of is not told twice.
    ['month', '2027-03-02T08:00:00Z', '2027-02-01', '2027-03-01'],
  ] as const)('every %s at %s is from %s until %s', (every, at, from, to) => {
    const midnight = (date: string) => Date.parse(`${date}T00:00:00Z`);
    expect(periodOf(every, new Date(at))).toEqual({ from: midnight(from), to: midnight(to) });
  });
});
