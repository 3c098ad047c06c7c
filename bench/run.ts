import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { messageOf } from '../lib/aws/errors.ts';
import { type Other, withOther } from './against.ts';
import { benchCheck } from './check/check.ts';
import { judgeHosts } from './judges/run.ts';
import { headline, partNames, parts, type Said } from './parts.ts';
import { pageOfBenchmarks, readme, writeSection } from './readme.ts';
import { loadNow, usageOf } from './usage.ts';

// The SDK warns on Node 20 each time that a client is made.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    only: { type: 'string' },
    against: { type: 'string' },
  },
});
const { only, write, against } = values;
const say = (sentence: string) => process.stderr.isTTY && process.stderr.write(`${sentence}\n`);
const refuse = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
};

/** What takes minutes, and others beside ours: each has a section of its own. */
const besideOthers: Readonly<Record<string, (tell: typeof say) => Promise<string>>> = {
  check: benchCheck,
  judges: judgeHosts,
};
const apart = only === undefined ? undefined : besideOthers[only];
const othersNames = Object.keys(besideOthers).join(' and ');
const isPart = only === undefined || apart !== undefined || Object.hasOwn(parts, only);
if (!isPart || (only !== undefined && write && !apart))
  refuse(
    `--only takes one of ${[...partNames, ...Object.keys(besideOthers)].join(', ')}, and goes without --write but for ${othersNames}`,
  );
if (against !== undefined && (write || apart))
  refuse(`--against compares two commits: it goes without --write, and not for ${othersNames}`);

const machine = (): string =>
  `Node ${process.versions.node}, ${cpus().length} cores, load ${loadNow()} before`;

/** What a part said, and what it took; the processor's time is that of all processes that it started and ended. */
const measured = async (name: string): Promise<Said & { readonly took: string }> => {
  const part = parts[name];
  if (!part) throw new Error(`no part ${name}`);
  say(`${name} …`);
  const [said, { wallSeconds, cpuSeconds }] = await usageOf(() => part(say));
  const cpu = cpuSeconds === undefined ? '' : `, ${cpuSeconds.toFixed(0)} s of the processor`;
  return { ...said, took: `${name}: ${wallSeconds.toFixed(0)} s${cpu}, load ${loadNow()} after` };
};

/** Each part of the other commit, and then of this one. */
const compared = async (names: readonly string[], other: Other): Promise<string> => {
  const texts: string[] = [];
  for (const name of names) {
    say(`${name} of ${other.commit} …`);
    const before = (await other.measure(name)) ?? 'has no such measurement.';
    const now = await measured(name);
    texts.push(
      `## ${name}\n\n### ${other.commit}\n\n${before}\n\n### This commit\n\n${now.text}\n\n${now.took}.`,
    );
  }
  return texts.join('\n\n');
};

/** A part that fails is told, and the others go on; nothing is written then. */
const whole = async (names: readonly string[]): Promise<string> => {
  const begun = machine();
  const said: Record<string, Awaited<ReturnType<typeof measured>>> = {};
  // In this order: what takes the processor alone comes first; the local AWS leaves things to be collected.
  for (const name of names) {
    try {
      said[name] = await measured(name);
    } catch (error) {
      process.stderr.write(`${name} could not be measured: ${messageOf(error)}\n`);
      process.exitCode = 1;
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

const asked = only === undefined ? partNames : [only];
/** In the order in which they are measured. */
const ordered = [
  'engine',
  'cold',
  'share',
  'warm',
  'writes',
  'storm',
  'bundle',
  'manifests',
  'scan',
  'path',
  'fix',
  'hosts',
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
if (write && !process.exitCode)
  await writeSection(apart && only ? only : 'bench', text, pageOfBenchmarks);
