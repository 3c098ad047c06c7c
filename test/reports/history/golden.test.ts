import { createHash } from 'node:crypto';
import type { HistoryLine } from '../../../lib/engine/history/line.ts';
import type { Attestation } from '../../../lib/reports/compliance/attestation.ts';
import { type Report, reportOf } from '../../../lib/reports/compliance/report.ts';
import type { Framework, Requirement } from '../../../lib/reports/frameworks/resolve.ts';
import { periodReport } from '../../../lib/reports/history/period-report.ts';
import { allowedDays } from '../../../lib/reports/history/standing-over.ts';
import { extent } from '../../extent.ts';
import { frameworkOf, requirement } from '../compliance/sample.ts';
import { reportCsv, reportHtml, reportJson } from '../formats/rendered.ts';
import { day, historyOf, severityOf, start } from './generated.ts';
import { slowStandings } from './slow.ts';

const name = (id: string) => ({ title: id, severity: severityOf[id] ?? 'LOW' });
const mostHours = (control: string) => (allowedDays[severityOf[control] ?? 'LOW'] ?? 0) * 24;

const requirements: readonly Requirement[] = [
  requirement('1', ['A.1']),
  requirement('2', ['A.2', 'A.3']),
  requirement('3', ['A.3'], { kind: 'shared' }),
  requirement('4', ['A.2'], { kind: 'shared' }),
  requirement('5', [], { kind: 'manual' }),
  requirement('6', [], { kind: 'manual' }),
  requirement('7', ['B.1']),
  requirement('8', [], { missing: ['ACM.1'] }),
  requirement('9', ['PL.BLIND.1']),
];
const framework: Framework = frameworkOf(requirements);
const attestationsUntil = (until: string, late: string): readonly Attestation[] =>
  ['3', '5', '6'].map((id) => ({
    standard: framework.id,
    requirement: id,
    by: 'ann',
    until: id === '6' ? late : until,
    link: 'https://wiki.example.com',
  }));

/** What each requirement comes to, by another hand: from the standings that were found hour by hour. */
const slowly = (
  lines: readonly HistoryLine[],
  period: { from: number; to: number },
  attested: ReadonlySet<string>,
) => {
  const counts: Record<string, Record<string, number>> = {};
  for (const { key, status } of slowStandings(lines, period, mostHours)) {
    const control = key.split('|').at(-1) ?? '';
    const own = counts[control] ?? {};
    counts[control] = own;
    own[status] = (own[status] ?? 0) + 1;
  }
  const controlStatus = (id: string): string => {
    const own = counts[id];
    if (own === undefined) return 'NOT_ASSESSED';
    if (own['FAIL']) return 'FAILED';
    if (own['UNKNOWN']) return 'UNKNOWN';
    if (own['EXEMPTED']) return 'EXEMPTED';
    return own['PASS'] ? 'MET' : 'NO_RESOURCES';
  };
  const statusOf = ({ id, kind, controls, missing }: Requirement): string => {
    const all = controls.map(controlStatus);
    const worst = ['FAILED', 'UNKNOWN', 'EXEMPTED', 'MET', 'NO_RESOURCES'].find((one) =>
      all.includes(one),
    );
    const hasWord = attested.has(id);
    if (worst !== undefined && worst !== 'MET' && worst !== 'NO_RESOURCES') return worst;
    if (worst !== undefined) return kind !== 'shared' || hasWord ? worst : 'MANUAL';
    if (controls.length > 0) return 'NOT_ASSESSED';
    if (hasWord) return 'ATTESTED';
    return missing.length > 0 ? 'NOT_YET' : 'MANUAL';
  };
  const statuses = requirements.map((one) => [one.id, statusOf(one)] as const);
  const number = (...some: readonly string[]) =>
    statuses.filter(([, status]) => some.includes(status)).length;
  const used = new Set(requirements.flatMap(({ controls }) => controls));
  const sum = (...some: readonly string[]) =>
    [...used].reduce(
      (all, id) => all + some.reduce((own, status) => own + (counts[id]?.[status] ?? 0), 0),
      0,
    );
  return {
    statuses,
    assessed: requirements.length - number('MANUAL', 'NOT_ASSESSED', 'NOT_YET'),
    met: number('MET', 'NO_RESOURCES', 'ATTESTED'),
    exceptions: sum('EXEMPTED'),
    verdicts: { passed: sum('PASS'), of: sum('PASS', 'FAIL', 'EXEMPTED', 'UNKNOWN') },
    failures: sum('FAIL'),
    unknown: sum('UNKNOWN'),
  };
};

const made = (
  lines: readonly HistoryLine[],
  period: { from: number; to: number },
  attestations: readonly Attestation[],
): Report => {
  const { records, about } = periodReport(lines, period, name);
  return reportOf({
    plumbline: '0.1.0',
    sources: records.map((scan) => ({ scan, sha256: '' })),
    period: about,
    frameworks: [framework],
    attestations,
    about: (id) => ({ ...name(id), advice: '', url: '' }),
  });
};

const isAsFoundSlowly = (seed: number, days: number, from: number, to: number) => {
  const lines = historyOf(seed, days);
  const period = { from: start + from * day, to: start + to * day };
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  // One of three words ended before the period did.
  const attestations = attestationsUntil(dayOf(period.to), dayOf(period.to - 2 * day));
  const report = made(lines, period, attestations);
  const slow = slowly(lines, period, new Set(['3', '5']));
  const [found] = report.frameworks;
  expect(found?.requirements.map(({ id, status }) => [id, status])).toEqual(slow.statuses);
  expect(found?.summary).toMatchObject({
    assessed: slow.assessed,
    met: slow.met,
    exceptions: slow.exceptions,
    verdicts: slow.verdicts,
  });
  expect([report.failures.length, report.unknown.length]).toEqual([slow.failures, slow.unknown]);
  expect(report.scans.map(({ account }) => account)).toEqual([
    '111111111111',
    '222222222222',
    '333333333333',
  ]);
  return { report, slow };
};

describe('a report of a generated history of three accounts', () => {
  it.each([0, 1])(
    'of seed %d, with gaps, exemptions and attestations, is as it is found slowly',
    (seed) => {
      isAsFoundSlowly(seed, 40, 5 + seed, 30 + seed);
    },
    120_000,
  );

  (extent === 'exhaustive' ? it : it.skip)(
    'of a year is as it is found slowly',
    () => {
      const { report } = isAsFoundSlowly(1000, 365, 0, 365);
      expect(report.period?.gaps.length).toBeGreaterThan(5);
    },
    120_000,
  );

  it('met every status that it can have, so that each was compared', () => {
    const statuses = [0, 3, 5].flatMap((seed) =>
      [3, 25].flatMap((from) => {
        const period = { from: start + from * day, to: start + (from + 8) * day };
        return slowly(historyOf(seed, 40), period, new Set(['3', '5'])).statuses.map(
          ([, status]) => status,
        );
      }),
    );
    for (const one of ['FAILED', 'UNKNOWN', 'ATTESTED', 'MANUAL', 'NOT_ASSESSED', 'NOT_YET'])
      expect(statuses).toContain(one);
  });

  it('is the same bytes in each format, whenever it is made', () => {
    const sums = () => {
      const report = made(
        historyOf(7, 30),
        { from: start + 5 * day, to: start + 25 * day },
        attestationsUntil('2026-01-31', '2026-01-31'),
      );
      return [reportHtml, reportJson, reportCsv].map((render) =>
        createHash('sha256').update(render(report)).digest('hex'),
      );
    };
    expect(sums()).toEqual(sums());
  });
});
