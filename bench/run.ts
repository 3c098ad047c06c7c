import { cpus } from 'node:os';
import { attempted, messageOf } from '../lib/aws/errors.ts';
import { askedOf } from '../scripts/script-arguments.ts';
import type { Other } from './against.ts';
import { type PartName, partNames } from './part-names.ts';
import type { Said } from './parts.ts';
import { pageOfBenchmarks, readme, writeSection } from './readme.ts';
import { sideBySide } from './side-by-side.ts';
import { loadNow, usageOf } from './usage.ts';

// The SDK warns on Node 20 each time that a client is made.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const say = (sentence: string) => process.stderr.isTTY && process.stderr.write(`${sentence}\n`);
const refuse = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
};

/** What takes minutes, and others beside ours: each has a section of its own. */
const besideOthers: Readonly<Record<string, (tell: typeof say) => Promise<string>>> = {
  check: async (tell) => (await import('./check/check.ts')).benchCheck(tell),
  scanners: async (tell) => (await import('./scanners/run.ts')).scanHosts(tell),
  prowler: async (tell) => (await import('./prowler/prowler.ts')).benchProwler(tell),
  storm: async (tell) => (await import('./storm/storm-text.ts')).stormText(tell),
};
const othersNames = Object.keys(besideOthers).join(', ');
const { values } = askedOf(
  {
    write: { type: 'boolean', default: false },
    only: { type: 'string' },
    against: { type: 'string' },
  },
  `Usage: npm run bench -- [options]

Measures how fast this commit is, and prints tables: all parts, or those that are named.

  --only <parts>      with commas between them: ${partNames.join(', ')}; or one alone of ${othersNames}
  --against <commit>  measures that commit beside this one, in a checkout of its own
  --write             writes the tables into docs/reference/benchmarks.md and the README: those of one whole run, of
                      --against, or of one of ${othersNames}

Exit code: 0, or 1 when a part could not be measured, or 2 when it cannot run.`,
);
const { only, write, against } = values;
/** Parts that are named, with commas between them. */
const wanted = only?.split(',');
const [sole = ''] = wanted ?? [];
const apart = wanted?.length === 1 ? besideOthers[sole] : undefined;
const isPart =
  apart !== undefined || (wanted ?? []).every((name) => partNames.some((one) => one === name));
if (!isPart || (wanted && write && !apart && against === undefined))
  refuse(
    `--only takes, with commas between them, ${[...partNames, ...Object.keys(besideOthers)].join(', ')}, and goes without --write but for ${othersNames} and with --against`,
  );
if (against !== undefined && apart)
  refuse(`--against compares two commits: it goes not for ${othersNames}`);
// What measures is loaded only where it is to.
const { bundledParts, headline, parts } = await import('./parts.ts');
const { withOther } = await import('./against.ts');

/** Where on the page of benchmarks the report is written. */
const section = against === undefined ? (apart ? sole : 'bench') : 'against';

const machine = (): string =>
  `Node ${process.versions.node}, ${cpus().length} cores, load ${loadNow()} before`;

/** What work took; the processor's time is that of all processes that it started and ended. */
const withUsage = async <T>(name: string, work: () => Promise<T>) => {
  say(`${name} …`);
  const [said, { wallSeconds, cpuSeconds }] = await usageOf(work);
  const cpu = cpuSeconds === undefined ? '' : `, ${cpuSeconds.toFixed(0)} s of the processor`;
  return { said, took: `${name}: ${wallSeconds.toFixed(0)} s${cpu}, load ${loadNow()} after` };
};

const measured = async (name: PartName): Promise<Said & { readonly took: string }> => {
  const part = parts[name];
  const { said, took } = await withUsage(name, () => part(say));
  return { ...said, took };
};

/** A part of the other commit: its function by our means, or what it says itself. */
const measuredOf = async (name: PartName, other: Other): Promise<string | undefined> => {
  const part = bundledParts[name];
  return part ? (await part(other.bundled)).text : other.measure(name);
};

const tellUnmeasured = (name: string, failure: unknown): void => {
  process.stderr.write(`${name} could not be measured: ${messageOf(failure)}\n`);
  process.exitCode = 1;
};

/** One part of the other commit, and then of this one. */
const comparedIn = async (name: PartName, other: Other): Promise<readonly string[]> => {
  const before = await withUsage(`${name} of ${other.commit}`, () => measuredOf(name, other));
  const now = await measured(name);
  const { said = 'has no such measurement.' } = before;
  const both = sideBySide(said, now.text);
  return [
    `**${name}**`,
    ...(both === '' ? [`Before: ${said}`, `Now: ${now.text}`] : [both]),
    `${before.took}; ${now.took}.`,
  ];
};

/** Each part of both; one that fails is told, and the others go on. */
const compared = async (names: readonly PartName[], other: Other): Promise<string> => {
  const day = new Date().toISOString().slice(0, 10);
  const texts = [`${machine()}; ${day}: before is ${other.commit}, now ${other.now}.`];
  for (const name of names) {
    const both = await attempted(() => comparedIn(name, other));
    if ('value' in both) texts.push(...both.value);
    else tellUnmeasured(name, both.failure);
  }
  return texts.join('\n\n');
};

/** A part that fails is told, and the others go on; nothing is written then. */
const whole = async (names: readonly PartName[]): Promise<string> => {
  const begun = machine();
  const said: Record<string, Awaited<ReturnType<typeof measured>>> = {};
  // In this order: what takes the processor alone comes first; the local AWS leaves things to be collected.
  for (const name of names) {
    try {
      said[name] = await measured(name);
    } catch (error) {
      tellUnmeasured(name, error);
    }
  }
  const took = names.flatMap((name) => said[name]?.took ?? []).join('; ');
  const texts = partNames.flatMap((name) => said[name]?.text ?? []);
  if (write && !process.exitCode) {
    const lines = names.flatMap((name) => said[name]?.lines ?? []);
    await writeSection('bench', headline(begun, lines), readme);
  }
  return [`${begun}. What each part took: ${took}.`, ...texts].join('\n\n');
};

const asked: readonly string[] = wanted ?? partNames;
/** In the order in which they are measured. */
const ordered: readonly PartName[] = [
  'engine',
  'cold',
  'share',
  'warm',
  'writes',
  'bundle',
  'manifests',
  'report',
  'scan',
  'path',
  'fix',
  'hosts',
  'organization',
];
const names = ordered.filter((name) => asked.includes(name));

const report = async (): Promise<string> => {
  if (apart) return apart(say);
  return against === undefined
    ? whole(names)
    : withOther(against, (other) => compared(names, other));
};
const text = await report();
process.stdout.write(`${text}\n`);
if (write && !process.exitCode) await writeSection(section, text, pageOfBenchmarks);
