import type { HistoryLine } from '../../../lib/engine/history/line.ts';
import { gapsOf } from '../../../lib/reports/history/gaps.ts';
import { periodReport } from '../../../lib/reports/history/period-report.ts';
import {
  allowedDays,
  allowedMs,
  standingOver,
} from '../../../lib/reports/history/standing-over.ts';
import { timelinesOf } from '../../../lib/reports/history/timeline.ts';
import { nightTest, runs } from '../../extent.ts';
import { day, historyOf, hour, iso, numbersOf, severityOf, start } from './generated.ts';
import { slowStandings } from './slow.ts';

const name = (id: string) => ({ title: id, severity: severityOf[id] ?? 'LOW' });
const mostHours = (control: string) => (allowedDays[severityOf[control] ?? 'LOW'] ?? 0) * 24;

const standingsOf = (lines: readonly HistoryLine[], period: { from: number; to: number }) => {
  const timelines = timelinesOf(lines, period.to);
  const gaps = gapsOf(lines, timelines, period);
  return timelines.map((timeline) => {
    const { account, region, type, id, control } = timeline.subject;
    const most = allowedMs(name(control).severity);
    const { status } = standingOver(timeline, gaps, period, most);
    return { key: [account, region, type, id, control].join('|'), status };
  });
};
const byKey = (all: readonly { key: string }[]) => all.toSorted((a, b) => (a.key < b.key ? -1 : 1));

describe('a period of a generated history', () => {
  const { numRuns } = runs(20);
  const cases = Array.from({ length: numRuns }, (_, seed): readonly [number, number] => [seed, 60]);
  const standsAsHourByHour = (seed: number, days: number) => {
    const lines = historyOf(seed, days);
    const dice = numbersOf(seed + 7);
    const from = start + Math.floor(dice() * days * 12) * hour;
    const period = { from, to: from + Math.ceil(dice() * days * 14) * hour };
    const found = standingsOf(lines, period);
    expect(byKey(found)).toEqual(byKey(slowStandings(lines, period, mostHours)));
    expect(new Set(found.map(({ status }) => status)).size).toBeGreaterThan(1);
  };
  it.each(cases)(
    'of seed %d and %d days stands as hour by hour it does',
    standsAsHourByHour,
    120_000,
  );
  nightTest(
    'of a year stands as hour by hour it does',
    () => standsAsHourByHour(1000, 365),
    120_000,
  );

  it('has every status somewhere, so that each was compared', () => {
    const statuses = Array.from({ length: 12 }, (_, seed) =>
      standingsOf(historyOf(seed, 60), { from: start + 10 * day, to: start + 50 * day }),
    ).flat();
    expect([...new Set(statuses.map(({ status }) => status))].sort()).toEqual([
      'EXEMPTED',
      'FAIL',
      'NONE',
      'PASS',
      'UNKNOWN',
    ]);
  });

  it('gives the same bytes in whatever order its lines come, and however often', () => {
    const lines = historyOf(3, 60);
    const period = { from: start + 5 * day, to: start + 55 * day };
    const said = JSON.stringify(periodReport(lines, period, name));
    const dice = numbersOf(5);
    const shuffled = [...lines, ...lines.filter(({ kind }) => kind === 'turn')]
      .map((line) => ({ line, at: dice() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ line }) => line);
    expect(JSON.stringify(periodReport(shuffled, period, name))).toBe(said);
  });
});

describe('a period', () => {
  const subject = {
    account: '111111111111',
    region: 'us-east-1',
    type: 'AWS::Lamp',
    id: 'hall',
    control: 'A.2',
  };
  const files = (days: number): HistoryLine[] =>
    historyOf(0, 1)
      .filter((line) => line.kind === 'day')
      .slice(0, 1)
      .flatMap((one) =>
        Array.from({ length: days }, (_, index) => ({
          ...one,
          account: subject.account,
          from: iso(start + index * day),
          to: iso(start + (index + 1) * day),
          regions: ['us-east-1'],
          controls: { 'A.2': 's' },
        })),
      );
  const turn = (
    at: number,
    from: 'PASS' | 'FAIL' | undefined,
    to: 'PASS' | 'FAIL' | 'UNKNOWN' | 'GONE',
    over: object = {},
  ): HistoryLine => ({
    kind: 'turn',
    ...subject,
    ...(from ? { from } : {}),
    to,
    at: iso(start + at * day),
    cause: from ? 'event' : 'first',
    ...over,
  });
  const period = { from: start + 10 * day, to: start + 40 * day };
  const reportOf = (...lines: readonly HistoryLine[]) =>
    periodReport([...files(40), ...lines], period, name);
  const countsOf = (...lines: readonly HistoryLine[]) => reportOf(...lines).records[0]?.counts;
  const passing = turn(1, undefined, 'PASS');

  it.each([
    [
      'a failure of six days',
      [passing, turn(20, 'PASS', 'FAIL'), turn(26, 'FAIL', 'PASS')],
      'passed',
    ],
    ['one of eight days', [passing, turn(20, 'PASS', 'FAIL'), turn(28, 'FAIL', 'PASS')], 'failed'],
    [
      'one of eight days that ends on the second day',
      [passing, turn(4, 'PASS', 'FAIL'), turn(12, 'FAIL', 'PASS')],
      'failed',
    ],
    [
      'one that ended before',
      [passing, turn(1.5, 'PASS', 'FAIL'), turn(9, 'FAIL', 'PASS')],
      'passed',
    ],
    ['one that has not ended', [passing, turn(38, 'PASS', 'FAIL')], 'unknown'],
    [
      'a failure of two years',
      [{ ...turn(35, 'FAIL', 'PASS'), fromSince: iso(start - 700 * day) }],
      'failed',
    ],
    ['a resource that is gone throughout', [turn(1, undefined, 'GONE')], 'notApplicable'],
    [
      'a failure that is not seen for days in between',
      [
        passing,
        turn(20, 'PASS', 'FAIL'),
        turn(21, 'FAIL', 'UNKNOWN'),
        turn(27, undefined, 'FAIL'),
        turn(28, 'FAIL', 'PASS'),
      ],
      'failed',
    ],
  ] as const)('counts %s', (_, lines, key) => {
    expect(countsOf(...lines)).toMatchObject({ [key]: 1 });
  });

  it('takes for worse or better what somebody did, and not what a baseline or a release did', () => {
    const moves = (...lines: readonly HistoryLine[]) =>
      reportOf(...lines).about.moved.map(({ move }) => move);
    const worse = (over: object) => moves(passing, turn(38, 'PASS', 'FAIL', over));
    expect(worse({})).toEqual(['worse']);
    expect(worse({ cause: 'baseline' })).toEqual(['restated']);
    expect(worse({ cause: 'found' })).toEqual(['worse']);
    const released = files(40).map((line, index) =>
      line.kind === 'day' ? { ...line, plumbline: index < 37 ? '1' : '2' } : line,
    );
    const found = turn(38, 'PASS', 'FAIL', { cause: 'found' });
    const { about } = periodReport([...released, passing, found], period, name);
    expect(about.moved.map(({ move }) => move)).toEqual(['restated']);
    expect(about.changes).toEqual([{ at: iso(start + 37 * day), what: 'release' }]);
    expect(moves(turn(1, undefined, 'FAIL'), turn(30, 'FAIL', 'PASS'))).toEqual(['better']);
    expect(moves(turn(20, undefined, 'FAIL'))).toEqual(['fresh']);
    expect(moves(turn(1, undefined, 'FAIL'), turn(30, 'FAIL', 'GONE'))).toEqual(['ended']);
  });

  it('says how long it took to detect and to repair', () => {
    const { about } = reportOf(
      passing,
      turn(20, 'PASS', 'FAIL', { calledAt: iso(start + 20 * day - 90_000) }),
      turn(21, 'FAIL', 'PASS'),
    );
    expect(about.detected).toEqual({ count: 1, median: 90, ninth: 90, longest: 90 });
    expect(about.repaired).toEqual({ count: 1, median: 86_400, ninth: 86_400, longest: 86_400 });
  });

  it('takes nothing for right of a control that was off, or of a region that was not governed, in every file', () => {
    const off = files(40).map((line) => (line.kind === 'day' ? { ...line, controls: {} } : line));
    const away = files(40).map((line) =>
      line.kind === 'day' ? { ...line, regions: ['eu-west-1'] } : line,
    );
    for (const heads of [off, away])
      expect(periodReport([...heads, passing], period, name).records[0]?.counts).toMatchObject({
        passed: 0,
        unknown: 1,
      });
  });

  it('says when no history was kept, and takes nothing for right in that time', () => {
    const some = files(40).filter((_, index) => index < 20 || index >= 30);
    const { records, about } = periodReport([...some, passing], period, name);
    expect(about.gaps).toEqual([
      {
        account: subject.account,
        from: iso(start + 20 * day),
        to: iso(start + 30 * day),
        why: 'no history was kept',
      },
    ]);
    expect(records[0]?.results).toMatchObject([{ status: 'UNKNOWN' }]);
  });

  describe('of resources with a tag', () => {
    const team = [{ key: 'team', value: 'web' }];
    const kept = files(40).map((line) =>
      line.kind === 'day' ? { ...line, reportTags: ['team'] } : line,
    );
    const tagged = (
      line: HistoryLine,
      at: number,
      values: Record<string, string | null>,
    ): HistoryLine =>
      line.kind === 'turn'
        ? { ...line, reportTags: { since: iso(start + at * day), values } }
        : line;
    const of = (...lines: readonly HistoryLine[]) =>
      periodReport(lines, period, name, () => true, team).records[0];
    const mine = tagged(passing, 1, { team: 'web' });

    it('counts those that have it', () => {
      expect(of(...kept, mine)).toMatchObject({ resources: 1, counts: { passed: 1 } });
    });

    it.each([
      ['another value', tagged(passing, 1, { team: 'data' })],
      ['none', tagged(passing, 1, { team: null })],
    ])('leaves those with %s out', (_, line) => {
      const left = of(...kept, line);
      expect(left).toMatchObject({ resources: 0, counts: { passed: 0 } });
      expect(left?.notLookedAt).toBeUndefined();
    });

    it.each<[string, readonly HistoryLine[]]>([
      ['a line of an earlier release', [...kept, passing]],
      ['tags that could not be read', [...kept, tagged(passing, 1, {})]],
      ['tags that could be read once', [...kept, mine, tagged(passing, 20, {})]],
      ['a key that is no longer kept', [...files(40), mine]],
      [
        'tags that were read after the period only',
        [...kept, tagged(passing, 200, { team: 'web' })],
      ],
    ])('neither counts nor leaves out in silence %s', (_, lines) => {
      const left = of(...lines);
      expect(left).toMatchObject({
        resources: 0,
        notLookedAt: [
          {
            why: 'nobody knows whether 1 resource has the tag team=web',
            controls: [subject.control],
          },
        ],
      });
      expect(left?.gaps?.[0]).toMatch(/No figure counts them/);
    });

    it('takes the tags that a resource had last, in whatever order its lines come', () => {
      const later = tagged(passing, 20, { team: 'web' });
      const before = tagged(passing, 1, { team: 'data' });
      for (const lines of [
        [before, later],
        [later, before],
      ])
        expect(of(...kept, ...lines)).toMatchObject({ resources: 1, counts: { passed: 1 } });
    });

    it('says nothing of what was gone before it began', () => {
      const gone = [turn(0, undefined, 'PASS'), turn(1, 'PASS', 'GONE')];
      expect(of(...kept, ...gone)?.notLookedAt).toBeUndefined();
    });
  });
});
