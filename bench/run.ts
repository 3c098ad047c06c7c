import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type BundleFigures, benchBundle } from './bundle.ts';
import { benchCold, type ColdFigures } from './cold.ts';
import { benchEngine, type EngineFigures } from './engine.ts';
import { kilobytes, megabytes, milliseconds, table } from './figures.ts';
import { benchFix, type FixFigures } from './fix.ts';
import { hostsText } from './hosts-text.ts';
import { judgeHosts } from './judges/run.ts';
import { benchPath, type PathFigures } from './path.ts';
import { writeSection } from './readme.ts';
import { benchScan, type ScanFigures } from './scan.ts';
import { benchWarm, type WarmFigures } from './warm.ts';
import { benchWrites, type WriteFigures } from './writes.ts';

// The SDK warns on Node 20 each time that a client is made.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const pathTable = ({ events, medianMs, p95Ms }: PathFigures): string =>
  table(
    [
      'call',
      'finding',
      'median',
      'p95',
      'read calls of one event',
      'facets that the verdicts need',
    ],
    [
      ...events.map((event) => [
        `\`${event.call}\``,
        event.control,
        milliseconds(event.medianMs),
        milliseconds(event.p95Ms),
        Object.entries(event.readCalls)
          .map(([call, times]) => (times === 1 ? call : `${times} × ${call}`))
          .join(', '),
        event.needs.join(', '),
      ]),
      ['all', '', `**${milliseconds(medianMs)}**`, `**${milliseconds(p95Ms)}**`, '', ''],
    ],
  );

const bundleTable = (figures: readonly BundleFigures[]): string =>
  table(
    ['handler', 'loaded at import', 'import', 'whole bundle'],
    figures.map(({ handler, importedBytes, importMs, wholeBytes }) => [
      handler,
      kilobytes(importedBytes),
      milliseconds(importMs),
      kilobytes(wholeBytes),
    ]),
  );

const coldTable = (figures: readonly ColdFigures[]): string =>
  table(
    [
      'first event of',
      'event to import',
      'init',
      'start of the process to import',
      'memory after init',
    ],
    figures.map(({ kind, eventToImportMs, initMs, spawnToImportMs, initRssBytes }) => [
      kind === 's3' ? 'a bucket' : 'a security group',
      `**${milliseconds(eventToImportMs)}**`,
      milliseconds(initMs),
      milliseconds(spawnToImportMs),
      megabytes(initRssBytes),
    ]),
  );

const warmTable = (figures: readonly WarmFigures[]): string =>
  table(
    ['event of', 'FAIL: event to import', 'PASS: event to the end'],
    figures.map(({ kind, failImportMs, passWholeMs }) => [
      kind === 's3' ? 'a bucket' : 'a security group',
      `**${milliseconds(failImportMs)}**`,
      `**${milliseconds(passWholeMs)}**`,
    ]),
  );

const writesTable = (figures: readonly WriteFigures[]): string =>
  table(
    ['write units of an event of', 'rows', 'that fails', 'that passes'],
    figures.map(({ kind, form, failing, passing }) => [
      kind === 's3' ? 'a bucket' : 'a security group',
      form === 'json' ? 'as text, by default' : 'compressed',
      `**${failing}**`,
      `**${passing}**`,
    ]),
  );

const engineLine = ({ rows, controls, evaluationsPerSecond }: EngineFigures): string =>
  `Pure engine, ${rows} rows of ${controls} controls a round, policies unparsed: ` +
  `**${evaluationsPerSecond.toLocaleString('en')} evaluations a second**.`;

const scanLine = ({ resources, verdicts, calls, seconds, peakBytes }: ScanFigures): string =>
  `\`plumbline scan\` of 200 buckets, 200 security groups, 100 users and 50 databases (${resources} resources, ` +
  `${verdicts} verdicts): **${seconds.toFixed(1)} s**, ${calls} calls, ${megabytes(peakBytes)} at the peak.`;

const secondsOf = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
const fixTable = ({ atOnce, byDefault, samples }: FixFigures): string =>
  table(
    [
      'drift',
      'control',
      `settle 0, median of ${samples.atOnce}`,
      'p95',
      `default settle, median of ${samples.byDefault}`,
      'p95',
      'AWS calls of one fix, drift to note',
    ],
    atOnce.map(({ control, title, medianMs, p95Ms, calls }) => {
      const slow = byDefault.find((one) => one.control === control);
      const { reads, changes, table: ofTable, other } = calls;
      return [
        title,
        control,
        `**${secondsOf(medianMs)}**`,
        secondsOf(p95Ms),
        secondsOf(slow?.medianMs ?? Number.NaN),
        secondsOf(slow?.p95Ms ?? Number.NaN),
        `${reads} reads, ${changes} changed, ${ofTable} DynamoDB, ${other} others`,
      ];
    }),
  );

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const say = (sentence: string) => process.stderr.isTTY && process.stderr.write(`${sentence}\n`);

const pathText = async () =>
  `Call to finding, through the deployed rules, queue and handler on the local AWS:\n\n${pathTable(await benchPath())}`;
const fixText = async () =>
  `Call to verified fix, note included; with settle 0 reads are trusted at once, by default as late as each type of resource says:\n\n${fixTable(await benchFix())}`;
const engineText = async () => {
  const engine = await benchEngine();
  const { slowest } = engine;
  say(
    `slowest: ${slowest.map(({ id, share }) => `${id} ${(share * 100).toFixed(0)} %`).join(', ')}`,
  );
  return engineLine(engine);
};
/** In the order of the report. */
const parts: Readonly<Record<string, () => Promise<string>>> = {
  path: pathText,
  fix: fixText,
  cold: async () =>
    `A cold start of the function that evaluates, against a stub that answers at once:\n\n${coldTable(await benchCold())}`,
  warm: async () =>
    `A warm handler, against a stub as late as AWS (S3 30 ms, EC2 60, DynamoDB 5, SQS 10, Security Hub 150):\n\n${warmTable(await benchWarm())}`,
  writes: async () => writesTable(await benchWrites()),
  bundle: async () => bundleTable(await benchBundle()),
  engine: engineText,
  scan: async () => scanLine(await benchScan()),
  hosts: hostsText,
  judges: () => judgeHosts(say),
};
const { only, write } = values;
// Outside judges take minutes and have a section of their own.
const isForJudges = only === 'judges';
if (only !== undefined && ((write && !isForJudges) || !Object.hasOwn(parts, only))) {
  const names = Object.keys(parts).join(', ');
  process.stderr.write(`--only takes one of ${names}, and goes without --write but for judges\n`);
  process.exit(2);
}
// What takes the processor alone comes first; the local AWS leaves things to be collected.
const measured: Record<string, string> = {};
for (const name of [
  'engine',
  'cold',
  'warm',
  'writes',
  'bundle',
  'scan',
  'path',
  'fix',
  'hosts',
  'judges',
]) {
  if (name !== (only ?? name) || (name === 'judges' && !isForJudges)) continue;
  say(`${name} …`);
  measured[name] = (await parts[name]?.()) ?? '';
}
const report = [
  ...(isForJudges ? [] : [`Node ${process.versions.node}, ${cpus().length} cores.`]),
  ...Object.keys(parts).flatMap((name) => measured[name] ?? []),
].join('\n\n');
process.stdout.write(`${report}\n`);

if (write) await writeSection(isForJudges ? 'judges' : 'bench', report);
