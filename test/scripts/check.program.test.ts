import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Runs the checks with an npm and a git that do what these shell scripts say, as CI does or as a person. */
const checkWith = (
  { npm, git = 'exit 0', ci }: { npm: string; git?: string | undefined; ci?: string | undefined },
  ...options: readonly string[]
) => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-npm-'));
  for (const [name, script] of Object.entries({ npm, git })) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/check.mjs', ...options],
    {
      encoding: 'utf8',
      env: { ...process.env, CI: ci, PATH: `${folder}${delimiter}${process.env['PATH']}` },
    },
  );
  rmSync(folder, { recursive: true });
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
};
const check = (npm: string, ...options: readonly string[]) => checkWith({ npm }, ...options);
const jestSays = (totals: object) =>
  `for each in "$@"; do case $each in --outputFile=*) echo '${JSON.stringify(totals)}' > "\${each#*=}";; esac; done`;
const result = (
  file: string,
  tests: Partial<Record<'passed' | 'failed' | 'pending', number>>,
  seconds = 1,
) => ({
  name: join(process.cwd(), file),
  status: 'failed' in tests ? 'failed' : 'passed',
  startTime: 1000,
  endTime: 1000 + seconds * 1000,
  assertionResults: Object.entries(tests).flatMap(([status, times]) =>
    Array.from({ length: times }, () => ({ status, fullName: file, invocations: 1 })),
  ),
});
/** The lines without their seconds, and without the files that took longest. */
const named = (lines: readonly string[]) =>
  lines.filter((line) => !line.includes(' test/')).map((line) => line.replace(/ +[\d.]+ s$/, ''));
const totals = { testResults: [result('test/a.test.ts', { passed: 7 })] };

describe('npm test', () => {
  it('runs each check and ends with what the tests came to', () => {
    const { status, lines } = check(jestSays(totals));
    expect(named(lines)).toEqual([
      'ok     lint',
      'ok     types',
      'ok     generated files',
      'ok     synth',
      'ok     unit tests',
      'ok     tests',
      '       in all',
      '14 passed, 0 failed',
    ]);
    expect(status).toBe(0);
  });

  it.each(['--quick', '--changed'])('leaves out local AWS, hosts and synth with %s', (option) => {
    // Files that this checkout changes are named to Jest by their paths, whatever these hold.
    const refuse =
      'for each in "$@"; do case $each in [!-]*/*) ;; *local*|*hosts*) echo too much; exit 1;; esac; done';
    const { status, lines } = check(`${refuse}\n${jestSays(totals)}`, option);
    expect(named(lines)).toEqual([
      'ok     lint',
      'ok     types',
      'ok     generated files',
      'ok     tests',
      expect.stringContaining('not run: the bash of hosts'),
      expect.stringContaining('not run: what starts programs'),
      '       in all',
      '7 passed, 0 failed',
    ]);
    expect(status).toBe(0);
  });

  const ofAll = ['knip --cache', 'node scripts/lint.mjs'];
  const linted = [
    {
      what: 'what changed alone',
      changed: ['scripts/check.mjs', 'scripts/gone.mjs'],
      asked: ['check --error-on-warnings --no-errors-on-unmatched scripts/check.mjs', ...ofAll],
    },
    { what: 'for what nobody uses where files are gone', changed: ['gone.mjs'], asked: ofAll },
    { what: 'all where its rules changed', changed: ['biome.json'], asked: ['lint'] },
  ].flatMap((one) => ['--quick', '--changed'].map((option) => ({ ...one, option })));
  it.each([
    ...linted,
    { what: 'all in CI', changed: ['gone.mjs'], asked: ['lint'], option: '--quick', ci: 'true' },
  ])('lints $what with $option', ({ changed, asked, option, ...where }) => {
    const git = `case "$1" in diff) printf '%s\\n' ${changed.join(' ')};; esac`;
    const npm = 'case "$*" in *biome*|*knip*|*lint*) echo "$*"; exit 1;; esac';
    const { status, stderr } = checkWith({ npm, git, ...where }, option);
    const said = stderr.trim().split('\n');
    expect(said.map((line) => line.replace(/^(exec -- (biome )?|run -s )/, '')).toSorted()).toEqual(
      asked,
    );
    expect(status).toBe(1);
  });

  it.each([
    { when: 'in CI', ci: 'true' },
    {
      when: 'where a change is of it',
      git: 'case "$*" in *lib/hosts*) echo lib/hosts/a.sh;; esac',
    },
    { when: 'where git does not say what changed', git: 'exit 1' },
  ])('runs the bash of hosts with --quick $when', ({ ci, git }) => {
    const { status, lines } = checkWith({ npm: jestSays(totals), git, ci }, '--quick');
    expect(lines.at(-1)).toBe('14 passed, 0 failed');
    expect(lines.join()).not.toContain('not run: the bash');
    expect(status).toBe(0);
  });

  it.each([
    { when: 'in CI', ci: 'true' },
    {
      when: 'where the command line changed',
      git: 'case "$*" in *lib/cli*) echo lib/cli/a.ts;; esac',
    },
    { when: 'where git does not say what changed', git: 'exit 1' },
  ])('runs what starts programs with --quick $when', ({ ci, git }) => {
    const refuse = 'case "$*" in *program*) exit 1;; esac';
    const npm = `${refuse}\n${jestSays(totals)}`;
    const { status, lines } = checkWith({ npm, git, ci }, '--quick');
    expect(lines.join()).not.toContain('not run: what starts');
    expect(status).toBe(1);
    expect(checkWith({ npm, git: 'exit 0' }, '--quick').status).toBe(0);
  });

  it('knows by their names all files of tests that start Node', () => {
    // These ask in a moment what a shell, or Node alone, says.
    const quick = [
      'cli/report/report',
      'estimate/estimate',
      'manifests/host-paths',
      'support/quick-to-copy',
    ];
    const others = /\.(?:local|program)\.test\.ts$|^(?:local|hosts|resources)\//;
    const starting = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && !others.test(name))
      .filter((name) => readFileSync(join('test', name), 'utf8').includes("'node:child_process'"));
    expect(starting.toSorted()).toEqual(quick.map((name) => `${name}.test.ts`));
  });

  it('runs no test where a check before them fails, and shows what it said', () => {
    const { status, lines, stderr } = check('case "$*" in *types*) echo broken; exit 1;; esac');
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^FAILED types/),
      expect.stringMatching(/^ok {5}generated files/),
      expect.stringMatching(/^ok {5}synth/),
      'stopped: types failed',
      expect.stringMatching(/^ {7}in all/),
      '0 passed, 0 failed (the tests were not reached)',
    ]);
    expect(stderr).toBe('broken\n');
    expect(status).toBe(1);
  });

  it('runs nothing on a local AWS or a host where a unit test fails', () => {
    const testResults = [result('test/a.test.ts', { passed: 7, failed: 1 })];
    const npm = `case "$*" in *unit.json*) ${jestSays({ testResults })}; exit 1;; *all.json*) ${jestSays(totals)};; esac`;
    const { status, lines } = check(npm);
    expect(lines).toContain('stopped: unit tests failed');
    expect(lines.at(-1)).toBe('7 passed, 1 failed');
    expect(status).toBe(1);
  });

  it('names the ten files that took longest, the longest first', () => {
    const testResults = Array.from({ length: 12 }, (_, index) =>
      result(`test/${index}.test.ts`, {}, index),
    );
    const longest = check(jestSays({ testResults }), '--quick').lines.filter((line) =>
      line.includes('test/'),
    );
    expect(longest).toHaveLength(10);
    expect(longest[0]?.trim()).toBe('11.0 s test/11.test.ts');
    expect(longest.at(-1)?.trim()).toBe('2.0 s test/2.test.ts');
  });

  it('counts a suite that died as a failure', () => {
    const npm = `case "$*" in *shell.json*) exit 1;; esac\n${jestSays(totals)}`;
    expect(checkWith({ npm, ci: 'true' }, '--quick').lines.at(-1)).toBe('7 passed, 1 failed');
  });

  it('counts tests that fail, that are skipped, and files that do not load', () => {
    const testResults = [
      result('test/a.test.ts', { passed: 7, pending: 1 }),
      result('test/b.test.ts', { failed: 2 }),
    ];
    const tests = 'case "$*" in *unit*) exit 1;; esac';
    const some = check(`${jestSays({ testResults })}\n${tests}`);
    expect(some.status).toBe(1);
    expect(some.lines.at(-1)).toBe('7 passed, 2 failed, 1 skipped');
    const unloaded = { ...result('test/c.test.ts', {}), status: 'failed' };
    expect(check(`${jestSays({ testResults: [unloaded] })}\n${tests}`).lines.at(-1)).toBe(
      '0 passed, 1 failed',
    );
  });
});

describe('files that failed run again alone', () => {
  const after = (first: readonly object[], alone: readonly object[], status: number) =>
    check(
      `case "$*" in
        *runTestsByPath*) ${jestSays({ testResults: alone })}; exit ${status};;
        *unit.json*) ${jestSays({ testResults: [] })};;
        *all.json*) ${jestSays({ testResults: first })}; exit 1;;
      esac`,
    );
  const file = 'test/local/x.test.ts';
  const passing = result('test/a.test.ts', { passed: 7 });
  const failing = result(file, { passed: 1, failed: 1 });

  it('pass where they pass then, and are named', () => {
    const { status, lines } = after([passing, failing], [result(file, { passed: 2 })], 0);
    expect(status).toBe(0);
    expect(lines).toContain(`passed when it ran again alone: ${file}`);
    expect(lines.at(-1)).toBe('9 passed, 0 failed');
  });

  it('fail where what failed did not run', () => {
    const { status, lines } = after([failing], [], 0);
    expect(status).toBe(1);
    expect(lines.join()).not.toContain('passed when');
    expect(lines.at(-1)).toBe('1 passed, 1 failed');
  });

  it('fail where they fail then too', () => {
    const { status, lines } = after([passing, failing], [failing], 1);
    expect(status).toBe(1);
    expect(lines.join()).not.toContain('passed when');
    expect(lines).toContain('stopped: tests failed');
    expect(lines.at(-1)).toBe('8 passed, 1 failed');
  });

  it.each([
    {
      when: 'one of them needs no local AWS',
      first: [failing, result('test/a.test.ts', { failed: 1 })],
    },
    {
      when: 'one of them is the bash of hosts',
      first: [failing, result('test/hosts/a.test.ts', { failed: 1 })],
    },
    {
      when: 'they are many',
      first: [1, 2, 3, 4, 5, 6].map((number) =>
        result(`test/local/${number}.test.ts`, { failed: 1 }),
      ),
    },
  ])('but not where $when', ({ first }) => {
    const { status, lines } = after(first, [], 0);
    expect(status).toBe(1);
    expect(lines.join()).not.toContain('alone');
  });
});

it('nothing is installed where all of the lockfile is', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/prepare.mjs'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it('the lockfile names the packages of every platform, or npm ci would refuse it', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const locked = Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, ''));
  const wanted = Object.values<{ optionalDependencies?: object }>(packages).flatMap(
    ({ optionalDependencies = {} }) => Object.keys(optionalDependencies),
  );
  expect(wanted.filter((name) => !locked.includes(name))).toEqual([]);
});
