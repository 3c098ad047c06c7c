import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type BundleFigures, benchBundle } from './bundle.ts';
import { benchEngine, type EngineFigures } from './engine.ts';
import { kilobytes, megabytes, milliseconds } from './figures.ts';
import { benchPath, type PathFigures } from './path.ts';
import { benchScan, type ScanFigures } from './scan.ts';

// The SDK warns on Node 20 each time that a client is made.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

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

const engineLine = ({ rows, controls, evaluationsPerSecond }: EngineFigures): string =>
  `Pure engine, ${rows} rows of ${controls} controls a round, policies unparsed: ` +
  `**${evaluationsPerSecond.toLocaleString('en')} evaluations a second**.`;

const scanLine = ({ resources, verdicts, calls, seconds, peakBytes }: ScanFigures): string =>
  `\`plumbline scan\` of 200 buckets, 200 security groups, 100 users and 50 databases (${resources} resources, ` +
  `${verdicts} verdicts): **${seconds.toFixed(1)} s**, ${calls} calls, ${megabytes(peakBytes)} at the peak.`;

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const say = (sentence: string) => process.stderr.isTTY && process.stderr.write(`${sentence}\n`);

say('engine …');
const engine = await benchEngine();
say('bundle …');
const bundles = await benchBundle();
say('scan …');
const scan = await benchScan();
say('path …');
const path = await benchPath();
const report = [
  `Node ${process.versions.node}, ${cpus().length} cores. Call to finding, through the deployed rules, queue and handler on the local AWS:`,
  pathTable(path),
  bundleTable(bundles),
  engineLine(engine),
  scanLine(scan),
].join('\n\n');
process.stdout.write(`${report}\n`);
say(
  `slowest: ${engine.slowest.map(({ id, share }) => `${id} ${(share * 100).toFixed(0)} %`).join(', ')}`,
);

if (values.write) {
  const readme = new URL('../README.md', import.meta.url);
  const [before = '', rest = ''] = (await readFile(readme, 'utf8')).split('<!-- bench -->\n');
  const after = rest.slice(rest.indexOf('<!-- /bench -->'));
  await writeFile(readme, `${before}<!-- bench -->\n${report}\n${after}`);
}
