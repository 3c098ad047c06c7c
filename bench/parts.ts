import { benchBundle } from './bundle.ts';
import { benchCold } from './cold.ts';
import { benchEngine } from './engine.ts';
import { megabytes, milliseconds, table } from './figures.ts';
import { benchFix } from './fix.ts';
import { benchGrowth } from './growth.ts';
import { hostsText } from './hosts-text.ts';
import { benchManifests } from './manifests.ts';
import { organizationText } from './organization.ts';
import type { PartName } from './part-names.ts';
import { benchPath } from './path.ts';
import { reportText } from './report.ts';
import { benchScan } from './scan.ts';
import { benchShare } from './share.ts';
import type { Bundled } from './stub/bundled.ts';
import { kindNames } from './stub/events.ts';
import {
  bundleTable,
  coldTable,
  engineLine,
  fixTable,
  growthTable,
  pathTable,
  scanTable,
  shareTable,
  stagesTable,
  warmTable,
  writesTable,
} from './tables.ts';
import { benchWarm } from './warm.ts';
import { benchWrites } from './writes.ts';

/** What a part has to say, and of that what the README shows. */
export interface Said {
  readonly text: string;
  readonly lines?: readonly string[];
}
type Say = (sentence: string) => void;
type Part = (say: Say) => Promise<Said>;
/** A part that measures a bundled function, of whichever commit. */
type BundledPart = (bundled?: Bundled) => Promise<Said>;

const path: Part = async () => {
  const figures = await benchPath();
  return {
    text: [
      `Call to finding, through the deployed rules, queue and handler on the local AWS:\n\n${pathTable(figures)}`,
      `Where that time goes, medians; most of it is the local AWS at work:\n\n${stagesTable(figures)}`,
    ].join('\n\n'),
    lines: [`call to finding on the local AWS | ${milliseconds(figures.medianMs)}`],
  };
};

const engine: Part = async (say) => {
  const figures = await benchEngine();
  const { slowest, evaluationsPerSecond } = figures;
  say(
    `slowest: ${slowest.map(({ id, share }) => `${id} ${(share * 100).toFixed(0)} %`).join(', ')}`,
  );
  const growth = await benchGrowth();
  return {
    text: [
      engineLine(figures),
      `Each control on as many rules, statements, principals or whatever else it looks at, of the shape that takes it longest; time of the processor, where any is over 5 ms:\n\n${growthTable(growth)}`,
    ].join('\n\n'),
    lines: [`evaluations a second | ${evaluationsPerSecond.toLocaleString('en')}`],
  };
};

const cold: BundledPart = async (bundled) => {
  const figures = await benchCold(bundled);
  const all = figures.map((one) => `${kindNames[one.kind]} ${milliseconds(one.eventToImportMs)}`);
  return {
    text: `A cold start of the function that evaluates, against a stub that answers at once:\n\n${coldTable(figures)}`,
    lines: [`the product's own share of an event, the first of a cold start | ${all.join(', ')}`],
  };
};

const share: BundledPart = async (bundled) => {
  const figures = await benchShare(bundled);
  const all = figures.map((one) => `${kindNames[one.kind]} ${milliseconds(one.eventToImportMs)}`);
  return {
    text: `The same function, warm, against the same stub, which is the product's own share of an event:\n\n${shareTable(figures)}`,
    lines: [`the same of a later event | ${all.join(', ')}`],
  };
};

const scan: Part = async () => {
  const figures = await benchScan();
  const all = figures.map(
    ({ resources, seconds, peakBytes }) =>
      `${resources}: ${seconds.toFixed(1)} s, ${megabytes(peakBytes)}`,
  );
  return {
    text: `\`plumbline scan\`, bundled as in the package, of two accounts on moto:\n\n${scanTable(figures)}`,
    lines: [`a scan of an account, by resources | ${all.join('; ')}`],
  };
};

const manifests: Part = async (say) => {
  const rows = (await benchManifests(say)).map(({ title, bytes, cpuSeconds }) => [
    title,
    megabytes(bytes),
    `${cpuSeconds.toFixed(1)} s`,
  ]);
  return {
    text: `\`plumbline check\` of manifests, bundled as in the package, every control, the whole process:\n\n${table(['files', 'size', 'processor'], rows)}`,
  };
};

const warm: BundledPart = async (bundled) => ({
  text: `A warm handler, against a stub as late as AWS (S3 30 ms, EC2 60, DynamoDB 5, SQS 10, Security Hub 150):\n\n${warmTable(await benchWarm(bundled))}`,
});

// Other commits may know one form alone.
const writes: BundledPart = async (bundled) => ({
  text: writesTable(await benchWrites(bundled, bundled ? ['json'] : undefined)),
});

/** What is measured of another commit by the means of this one. */
export const bundledParts: Readonly<Record<string, BundledPart>> = { cold, share, warm, writes };
const here =
  (part: BundledPart): Part =>
  () =>
    part();

/** In the order of the report. */
export const parts: Readonly<Record<PartName, Part>> = {
  path,
  fix: async () => ({
    text: `Call to verified fix, note included; with settle 0 reads are trusted at once, by default as late as each type of resource says:\n\n${fixTable(await benchFix())}`,
  }),
  cold: here(cold),
  share: here(share),
  warm: here(warm),
  writes: here(writes),
  bundle: async () => ({ text: bundleTable(await benchBundle()) }),
  engine,
  manifests,
  scan,
  report: async () => ({ text: await reportText() }),
  hosts: async () => ({ text: await hostsText() }),
  organization: async () => ({ text: await organizationText() }),
};

/** Five lines for the README. */
export const headline = (machine: string, lines: readonly string[]): string =>
  [`| measured with ${machine} | |`, '| --- | --- |', ...lines.map((line) => `| ${line} |`)].join(
    '\n',
  );
