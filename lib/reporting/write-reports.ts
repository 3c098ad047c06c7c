import type { ReportEvery, ReportSchedule } from '../engine/baseline/baseline.ts';
import { reportHour } from '../engine/baseline/report-hour.ts';
import { sha256 } from '../engine/history/manifest.ts';
import type { Attestation } from '../reports/compliance/attestation.ts';
import { recordPieces, sourceOf } from '../reports/compliance/read-record.ts';
import { type Report, reportOf, type Source } from '../reports/compliance/report.ts';
import { threeNumbers } from '../reports/compliance/summary.ts';
import { reportHtml } from '../reports/formats/html/page.ts';
import { reportJson } from '../reports/formats/json.ts';
import type { FrameworkData } from '../reports/frameworks/framework.ts';
import { frameworks, resolved } from '../reports/frameworks/index.ts';
import type { Period } from '../reports/history/gaps.ts';
import { type PeriodAbout, periodReport } from '../reports/history/period-report.ts';
import { bytesOf } from '../support/blocks.ts';
import { kept } from '../support/once.ts';
import { plural } from '../support/plural.ts';
import { UserError } from '../support/user-error.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { type Installed, knownRecords } from './installed.ts';
import { keptHistory } from './kept-history.ts';

/** What writes reports by the clock. */
export interface Reporter {
  readonly installed: Installed;
  /** The bucket of the history; none where nothing is kept of what happened. */
  readonly history: string | undefined;
  readonly schedules: readonly ReportSchedule[];
  readonly attestations: readonly Attestation[];
  /** Frameworks of somebody's own, by their files. */
  readonly own: Readonly<Record<string, FrameworkData>>;
  /** Where the reports are. */
  readonly bucket: string;
  readonly clock: () => Date;
  /** Writes a file, where there is none of this key; false where there is one. */
  put(key: string, body: Uint8Array, type: string): Promise<boolean>;
  tell(subject: string, message: string): Promise<void>;
}

const hour = 3_600_000;
const day = 24 * hour;

/** What a report tells of: the day, the week or the whole month before the day on which it is written. */
export const periodOf = (every: ReportEvery, at: Date): Period => {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (every === 'month') return { from: Date.UTC(year, month - 1), to: Date.UTC(year, month) };
  const to = Date.UTC(year, month, at.getUTCDate());
  return { from: to - (every === 'week' ? 7 : 1) * day, to };
};

/** What happened in the days before, where that is kept; a sentence where it can not be told. */
const happened = async (
  { installed, history }: Reporter,
  period: Period,
  { about }: Catalogue,
): Promise<{ readonly period?: PeriodAbout; readonly gaps: readonly string[] }> => {
  if (history === undefined) return { gaps: [] };
  try {
    const { lines, faults } = await keptHistory(installed, history, period);
    return { period: periodReport(lines, period, about).about, gaps: faults };
  } catch (error) {
    if (error instanceof UserError) return { gaps: [`${error.message}.`] };
    throw error;
  }
};

/** A file that is to be written, in pieces. */
interface File {
  readonly key: string;
  readonly pieces: Iterable<string>;
  readonly type: string;
}
interface WrittenFile {
  readonly key: string;
  readonly sha256: string;
}

/** What the topic says of a report: numbers and where it is, nothing that somebody else could name. */
const toldOf = (report: Report, bucket: string, files: readonly WrittenFile[]): string =>
  [
    ...report.frameworks.flatMap(({ title, summary }) => [
      title,
      ...threeNumbers(summary).map(([name, share, of]) => `  ${name} ${share}: ${of}`),
    ]),
    `${plural(report.failures.length, 'failure')}, ${report.unknown.length} unknown, ${plural(report.exceptions.length, 'exception')}.`,
    '',
    ...files.flatMap(({ key, sha256: sum }) => [
      `aws s3 cp s3://${bucket}/${key} .`,
      `  SHA-256 ${sum}`,
    ]),
  ].join('\n');

const typeOf = { html: 'text/html; charset=utf-8', json: 'application/json' } as const;

/** Writes files of which there is none yet; answers those. */
const written = async (
  files: readonly File[],
  { put }: Reporter,
): Promise<readonly WrittenFile[]> => {
  const fresh: WrittenFile[] = [];
  for (const { key, pieces, type } of files) {
    // One at a time: each is held once, as bytes.
    const bytes = bytesOf(pieces);
    if (await put(key, bytes, type)) fresh.push({ key, sha256: sha256(bytes) });
  }
  return fresh;
};

/** Writes a report, and tells of it. A day has one: whoever asks for it again gets nothing, and is told nothing. */
const writeOne = async (
  { standard, every }: ReportSchedule,
  made: (standard: string) => Report,
  {
    today,
    saved,
  }: { readonly today: string; readonly saved: () => Promise<readonly WrittenFile[]> },
  reporter: Reporter,
): Promise<readonly string[]> => {
  const report = made(standard);
  const id = report.frameworks[0]?.id ?? standard;
  const below = `reports/${id}/${today}-${every}`;
  const files = [
    { key: `${below}.html`, pieces: reportHtml(report), type: typeOf.html },
    { key: `${below}.json`, pieces: reportJson(report), type: typeOf.json },
  ];
  const fresh = await written(files, reporter);
  if (fresh.length === 0) return [];
  const sources = await saved();
  const { bucket, tell } = reporter;
  await tell(`Plumbline: ${id}, every ${every}`, toldOf(report, bucket, fresh));
  return [...sources, ...fresh].map(({ key }) => key);
};

/**
 * Writes the reports that are due every day, week or month: how everything stands, what happened since, and what was done.
 * What they were made from is written as well, so that `report --scan` makes them again. A day begins at the hour of the
 * schedules: whoever asks earlier asks for the report of the day before, and none is written without that day's history.
 * @returns the keys of what was written
 */
export const writeReports = async (
  reporter: Reporter,
  every: ReportEvery,
): Promise<readonly string[]> => {
  const { schedules, attestations, own, installed, clock } = reporter;
  const due = schedules.filter((each) => each.every === every);
  if (due.length === 0) return [];
  const at = clock();
  const reported = new Date(at.getTime() - reportHour * hour);
  const today = reported.toISOString().slice(0, 10);
  const span = periodOf(every, reported);
  const known = await catalogue();
  const meanwhile = await happened(reporter, span, known);
  const [from, to] = [new Date(span.from), new Date(span.to)];
  // What was done since the period ended is told by the next report.
  const records = await knownRecords(installed, at, { from, to });
  const keys: string[] = [];
  const sources: Source[] = [];
  const madeFrom: File[] = [];
  for (const record of records) {
    const source = sourceOf(record);
    const key = `reports/made-from/${today}-${every}-${source.scan.account}.json`;
    madeFrom.push({ key, pieces: recordPieces(record), type: typeOf.json });
    // The history is the installation's own, and not of each account that it governs.
    const isOwn = source.scan.account === installed.account;
    const gaps = [...(source.scan.gaps ?? []), ...(isOwn ? meanwhile.gaps : [])];
    sources.push({ ...source, scan: { ...source.scan, gaps } });
  }
  const made = (standard: string): Report => {
    const data = Object.hasOwn(own, standard)
      ? own[standard]
      : frameworks.find(({ id }) => id === standard);
    if (!data) throw new Error(`there is no framework ${standard}: deploy the stack again`);
    return reportOf({
      plumbline: installed.plumbline,
      sources,
      ...(meanwhile.period ? { period: meanwhile.period } : {}),
      frameworks: [resolved(data, known.controls)],
      attestations,
      about: known.about,
      isPlanned: known.canFix,
    });
  };
  // Reports of several frameworks are made from the same.
  const saved = kept(() => written(madeFrom, reporter));
  for (const one of due) keys.push(...(await writeOne(one, made, { today, saved }, reporter)));
  return [...new Set(keys)];
};
