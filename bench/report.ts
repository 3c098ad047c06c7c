import { type AskChild, withChild } from './bundled-child.ts';
import { megabytes, table } from './figures.ts';

const rows = 100_000;
const formats = ['html', 'csv', 'json', 'ocsf', 'markdown'] as const;

/** One report, from rows to a file of a format, in a fresh process. */
interface ReportFigures {
  readonly failures: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Of the processor. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** @param each of so many rows one fails */
const reportOf = (ask: AskChild, each: number, format: string): Promise<ReportFigures> =>
  ask(String(rows), String(each), format);

/** Reports of 100,000 rows in each format, and of as many of which each fails. */
export const reportText = (): Promise<string> =>
  withChild(new URL('./report-child.ts', import.meta.url), async (ask) => {
    const lines: string[][] = [];
    for (const [each, format] of [10, 1].flatMap((each) =>
      formats.map((one) => [each, one] as const),
    )) {
      const { failures, bytes, seconds, cpuSeconds, peakBytes } = await reportOf(ask, each, format);
      lines.push([
        format,
        failures.toLocaleString('en'),
        megabytes(bytes),
        `${seconds.toFixed(1)} s`,
        `${cpuSeconds.toFixed(1)} s`,
        megabytes(peakBytes),
      ]);
    }
    const head = ['format', 'failures', 'size', 'time', 'processor', 'peak memory'];
    return `A report by FSBP of ${rows.toLocaleString('en')} rows of buckets, from the row to the file, in a fresh process:\n\n${table(head, lines)}`;
  });
