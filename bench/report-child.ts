import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allControls } from '../lib/controls/index.ts';
import { defaultBaseline } from '../lib/engine/baseline/baseline.ts';
import type { ControlRow, ResourceRow } from '../lib/engine/posture/row.ts';
import { tuneForOneRun } from '../lib/pipeline/scan/tune-for-one-run.ts';
import { catalogue } from '../lib/reporting/catalogue.ts';
import { createPostureRecord } from '../lib/reports/compliance/posture-record.ts';
import { sourceOf } from '../lib/reports/compliance/read-record.ts';
import { reportOf } from '../lib/reports/compliance/report.ts';
import { reportCsv } from '../lib/reports/formats/csv.ts';
import { reportHtml } from '../lib/reports/formats/html/page.ts';
import { reportJson } from '../lib/reports/formats/json.ts';
import { reportMarkdown } from '../lib/reports/formats/markdown.ts';
import { reportOcsf } from '../lib/reports/formats/ocsf.ts';
import { frameworks, resolved } from '../lib/reports/frameworks/index.ts';
import { written } from '../lib/support/written.ts';

// The process that bench/report.ts measures: a report of so many rows, from the rows to the text of one format.
const [count = '100000', each = '10', format = 'html'] = process.argv.slice(2);
const account = '123456789012';
const at = new Date('2026-11-30T08:00:00.000Z');
const readAt = '2026-11-30T06:00:00.000Z';
const controls = await allControls();
const known = await catalogue();
const own = controls.filter(({ resources }) =>
  resources.every(({ type }) => type === 'AWS::S3::Bucket'),
);

const controlRow = (status: 'PASS' | 'FAIL'): ControlRow => ({
  verdict: {
    status,
    ...(status === 'FAIL'
      ? {
          reason: 'the bucket has no public access block',
          evidence: [
            { path: 'publicAccessBlock', actual: null, expected: { blockPublicAcls: true } },
          ],
        }
      : {}),
  },
  lastKnown: status,
  since: readAt,
  firstSeenAt: readAt,
  readAt,
  episodes: 1,
  causes: [],
});
const rowOf = (index: number): ResourceRow => {
  const id = `company-invoices-of-the-year-${index}`;
  return {
    type: 'AWS::S3::Bucket',
    ref: { account, region: 'us-east-1', id },
    arn: `arn:aws:s3:::${id}`,
    version: 1,
    readAt,
    stampedAt: readAt,
    tags: {},
    controls: Object.fromEntries(
      own.map((control, place) => [
        control.id,
        controlRow((index + place) % (Number(each) * own.length) === 0 ? 'FAIL' : 'PASS'),
      ]),
    ),
  };
};

const renderers = {
  html: reportHtml,
  csv: reportCsv,
  json: reportJson,
  ocsf: reportOcsf,
  markdown: reportMarkdown,
};
const render = Object.entries(renderers).find(([name]) => name === format)?.[1] ?? reportHtml;

tuneForOneRun();
const begun = performance.now();
const before = process.cpuUsage();
const gathered = createPostureRecord({
  stack: 'Plumbline',
  account,
  plumbline: '0.1.0',
  at,
  baseline: defaultBaseline(controls),
  controls,
});
for (let index = 0; index < Number(count); index += 1) gathered.add(rowOf(index));
const sources = gathered.records().map(sourceOf);
const fsbp = frameworks.find(({ id }) => id === 'fsbp-1.0.0');
const report = reportOf({
  plumbline: '0.1.0',
  sources,
  frameworks: fsbp ? [resolved(fsbp, known.controls)] : [],
  attestations: [],
  about: known.about,
  isPlanned: known.canFix,
});
const file = join(tmpdir(), `plumbline-report-${process.pid}`);
await written(file, render(report));
const { size } = await stat(file);
const { user, system } = process.cpuUsage(before);
process.send?.({
  failures: report.failures.length,
  bytes: size,
  seconds: (performance.now() - begun) / 1000,
  cpuSeconds: (user + system) / 1_000_000,
  peakBytes: process.resourceUsage().maxRSS * 1024,
});
await rm(file);
process.disconnect?.();
