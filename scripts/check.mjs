// Everything that must hold before a change lands, in order; stops at the first that does not.
// --quick leaves out what starts a local AWS or a host, and the synth, samples the rest, and lints what changed since main; the
// bash of hosts and what starts programs it runs where that changed (in CI all of it always); --changed leaves out all that no change since main can break.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isTriedTwice, projectsTriedTwice } from '../jest.config.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = {
  quick: { type: 'boolean' },
  changed: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};
const usage = `Usage: npm test [-- --quick | --changed]
       npm run check

Checks everything that must hold before a change lands.

  --quick    leaves out what starts a local AWS or a host, and the synth, and samples the rest: npm run check
  --changed  leaves out all that no change since main can break

Exit code: 0, or 1 when something does not hold, or 2 when it does not know what it is asked for.`;
const askedFor = () => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${error.message.split(/\.\s/)[0]}; see --help`);
    return process.exit(2);
  }
};
const asked = askedFor();
if (asked.help) {
  console.log(usage);
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'plumbline-check-'));
const totalsOf = (name) => join(folder, `${name}.json`);

const jest = (name, projects, ...options) => [
  ...['run', '-s', 'unit', '--', ...projects.flatMap((one) => ['--selectProjects', one])],
  ...['--json', `--outputFile=${totalsOf(name)}`, ...options],
];
const isQuick = asked.quick || asked.changed;

const asking = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
const git = (...args) => (asking(...args).stdout ?? '').split('\n').filter(Boolean);
/** The first of these that git knows: what a change is compared with. */
const base =
  ['origin/main', 'main', 'HEAD'].find(
    (name) => asking('rev-parse', '--verify', '-q', name).status === 0,
  ) ?? 'HEAD';
/** Files that are not as on main, or new; only those below the folders, if any are given. */
const changedFiles = (...folders) => [
  ...git('diff', '--name-only', base, '--', ...folders),
  ...git('ls-files', '--others', '--exclude-standard', '--', ...folders),
];

const isIndex = (file) =>
  /^lib\/controls\/(?:[\w-]+\/index|index|every)\.ts$|\.generated\.ts$/.test(file);
/**
 * What Jest is to look for tests of. A control is loaded with all others by a third of the tests: what a change of it can
 * break is its own table, the catalogue's tests, and what names it. Indexes are held to the files by the generator.
 */
const subjectOf = (file) => {
  const [, control] = /^lib\/controls\/([\w-]+\/[\w-]+)\.ts$/.exec(file) ?? [];
  if (isIndex(file)) return [];
  if (file.endsWith('.md')) return ['test/readme.test.ts'];
  if (control === undefined) return [file];
  const naming = git('grep', '-lF', `/controls/${control}.ts'`, '--', 'test');
  return [`test/controls/${control}.test.ts`, 'test/catalogue.test.ts', ...naming];
};
const subjects = () =>
  [...new Set(changedFiles().flatMap(subjectOf))].filter((file) => existsSync(join(root, file)));
const sinceMain = asked.changed
  ? ['--passWithNoTests', '--findRelatedTests', 'package.json', ...subjects()]
  : [];

/** Where nobody can tell what changed since main, or nobody is to rely on it. */
const isAllTried =
  !isQuick ||
  (!asked.changed && (process.env.CI !== undefined || asking('rev-parse').status !== 0));
const isTriedFor = (...folders) => isAllTried || changedFiles(...folders).length > 0;
// Bash is read as text: Jest does not know which tests a change of it can break.
const isShellTried = isTriedFor('lib/hosts', 'test/hosts');
// They take a third of the time of all others.
const areProgramsTried = isTriedFor(
  'bin',
  'scripts',
  'lib/cli',
  ':(glob)test/**/*.program.test.ts',
);

const suites = isQuick
  ? {
      quick: jest(
        'quick',
        ['unit', ...(areProgramsTried ? ['program'] : [])],
        '--maxWorkers=2',
        ...sinceMain,
      ),
      ...(isShellTried && { shell: jest('shell', ['shell'], '--maxWorkers=2') }),
    }
  : {
      // These only compute: two files at once keep two cores busy, and each worker more would load the catalogue and the CDK again.
      unit: jest('unit', ['unit'], '--maxWorkers=2'),
      // A host waits two thirds of its time and a local AWS a part of it: five files at once keep two cores busy
      // to the end. Of six, three files failed on a busy machine.
      // In one Jest: of two, one ends long before the other and leaves half of the machine unused.
      all: jest('all', ['program', 'shell', ...projectsTriedTwice], '--maxWorkers=5'),
    };

/** What says how all files are to be: a change of it can fail files that did not change. */
const saysHow = /^(?:lint\/|biome\.json$|package(?:-lock)?\.json$)/;
/** Of files, those that changed. What nobody uses, which names are retired and what imports itself are asked of all. */
const lint = () => {
  const files = isAllTried ? [] : changedFiles();
  if (isAllTried || files.some((file) => saysHow.test(file))) return [['run', '-s', 'lint']];
  const there = files.filter((file) => existsSync(join(root, file)));
  const biome = ['exec', '--', 'biome', 'check', '--error-on-warnings', '--no-errors-on-unmatched'];
  const ofAll = [
    ['exec', '--', 'node', 'scripts/lint.mjs'],
    ['exec', '--', 'knip', '--cache'],
  ];
  return [...ofAll, ...(there.length > 0 ? [[...biome, ...there]] : [])];
};

/** `npm run synth`, loaded as tests load modules, in three quarters of the time of tsx; CI runs it as people do. */
const synth = [
  ...['exec', '--', 'cdk', 'synth', '--quiet'],
  ...['--app', 'node --import ./test/runner/register.mjs bin/app.ts'],
];

/** The steps of a stage run at once. */
const stages = [
  [
    { name: 'lint', commands: lint() },
    { name: 'types', commands: [['run', '-s', 'types']] },
    { name: 'generated files', commands: [['run', '-s', 'generate', '--', '--check']] },
    ...(isQuick ? [] : [{ name: 'synth', commands: [synth] }]),
  ],
  ...(isQuick
    ? [[{ name: 'tests', suites: Object.keys(suites), shown: true }]]
    : [
        [{ name: 'unit tests', suites: ['unit'], shown: true }],
        [{ name: 'tests', suites: ['all'], shown: true }],
      ]),
];

// What Node and the SDK say of their own future is no result of a check.
const env = {
  ...process.env,
  NODE_NO_WARNINGS: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  ...(isQuick ? { PLUMBLINE_EXTENT: 'quick' } : {}),
  // What is bundled of handlers is bundled once.
  PLUMBLINE_BUILDS: folder,
  // The compiler ends in seconds: to collect its garbage seldom saves a fifth of its processor time.
  GOGC: process.env.GOGC ?? '400',
};

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  });

/** Runs npm; its output is kept until it is known to have failed, unless it is to be shown as it comes. */
const run = (args, shown) =>
  new Promise((resolve) => {
    const output = [];
    // Jest's report goes to standard output when it writes JSON; people read its standard error.
    const child = spawn('npm', args, {
      cwd: root,
      env,
      stdio: ['ignore', shown ? 'ignore' : 'pipe', shown ? 'inherit' : 'pipe'],
    });
    running.add(child);
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => {
      running.delete(child);
      resolve({ ok: code === 0, output: Buffer.concat(output).toString() });
    });
  });

const reportOf = (name) => {
  try {
    return JSON.parse(readFileSync(totalsOf(name), 'utf8'));
  } catch {
    return undefined;
  }
};

/** What each file came to: where it ran again alone, what it came to then. */
const results = () => {
  const alone = reportOf('alone')?.testResults ?? [];
  const again = new Set(alone.map(({ name }) => name));
  const first = Object.keys(suites).flatMap((name) => reportOf(name)?.testResults ?? []);
  return [...first.filter(({ name }) => !again.has(name)), ...alone];
};
const count = (file, status) =>
  file.assertionResults.filter((test) => test.status === status).length;
const failedIn = (file) =>
  // A file that does not load has no tests that could fail.
  Math.max(count(file, 'failed'), file.status === 'failed' ? 1 : 0);

/** The suites that were begun: what is before them held. */
const begunSuites = [];

const totals = () => {
  const died = begunSuites.filter((name) => reportOf(name) === undefined).length;
  if (died === begunSuites.length) return '0 passed, 0 failed (the tests were not reached)';
  const files = results();
  const sum = (counted) => files.reduce((all, file) => all + counted(file), 0);
  const passed = sum((file) => count(file, 'passed'));
  const skipped = sum((file) => count(file, 'pending'));
  return `${passed} passed, ${died + sum(failedIn)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
};

/**
 * The files to run again alone: those that failed, if they are at most five and all on a local AWS or on hosts. There a busy
 * machine can fail a test, and what its first try left behind can fail the second.
 */
const failedOnBusyMachine = () => {
  if (isQuick || Object.keys(suites).some((name) => reportOf(name) === undefined)) return [];
  const files = results()
    .filter((file) => failedIn(file) > 0)
    .map(({ name }) => relative(root, name));
  return files.length <= 5 && files.every(isTriedTwice) ? files : [];
};

/** The tests that failed once and passed when they were tried again. */
const triedTwice = () =>
  results()
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ invocations, status }) => invocations > 1 && status === 'passed')
    .map(({ fullName }) => fullName);

/** The ten files that took longest, so that growth is seen. */
const longest = () =>
  results()
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, 10)
    .map(
      ({ name, seconds }) => `       ${seconds.toFixed(1).padStart(23)} s ${relative(root, name)}`,
    );

const secondsSince = (start) => ((performance.now() - start) / 1000).toFixed(1);

const done = async ({
  name,
  suites: names = [],
  commands = names.map((one) => suites[one]),
  shown,
}) => {
  const start = performance.now();
  begunSuites.push(...names);
  const ran = await Promise.all(commands.map((args) => run(args, shown)));
  return {
    name,
    ok: ran.every((one) => one.ok),
    output: ran.map((one) => one.output).join(''),
    seconds: secondsSince(start),
  };
};

const tell = ({ name, ok, output, seconds }) => {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${seconds.padStart(6)} s`);
  if (!ok && output) console.error(output.trimEnd());
};

const begun = performance.now();
let failed;
for (const stage of stages) {
  for (const step of await Promise.all(stage.map(done))) {
    tell(step);
    if (!step.ok) failed ??= step.name;
  }
  if (failed) break;
}
const again = failed === 'tests' ? failedOnBusyMachine() : [];
if (again.length > 0) {
  const alone = jest('alone', projectsTriedTwice, '-i', '--runTestsByPath');
  const step = await done({ name: 'tests, alone', commands: [[...alone, ...again]], shown: true });
  tell(step);
  if (step.ok && !results().some((file) => failedIn(file) > 0)) failed = undefined;
}
if (failed) console.log(`stopped: ${failed} failed`);
if (!isShellTried)
  console.log(
    '       not run: the bash of hosts, which is as on main (npm run unit -- --selectProjects shell)',
  );
if (!areProgramsTried)
  console.log(
    '       not run: what starts programs; those are as on main (npm run unit -- --selectProjects program)',
  );
for (const file of again) if (!failed) console.log(`passed when it ran again alone: ${file}`);
for (const test of triedTwice()) console.log(`passed at the second try: ${test}`);
for (const line of longest()) console.log(line);
console.log(`       ${'in all'.padEnd(16)} ${secondsSince(begun).padStart(6)} s`);
console.log(totals());
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
