import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { extent, longTest } from '../extent.ts';

const root = process.cwd();
const action = parse(readFileSync('action.yml', 'utf8'));
const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'));
const guide = readFileSync('docs/guide/templates.md', 'utf8');
/** The examples of the guide, by what stands in them. */
const exampleWith = (text: string) =>
  parse(
    [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)]
      .map(([, one = '']) => one)
      .find((one) => one.includes(text)) ?? '',
  );

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-pipeline-'));
  mkdirSync(join(folder, 'templates'));
  writeFileSync(
    join(folder, 'templates', 'a.yaml'),
    'Resources:\n  Open:\n    Type: AWS::S3::Bucket\n    Properties: {AccessControl: PublicRead, PublicAccessBlockConfiguration: {BlockPublicAcls: false}}\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } });

const git = (...args: readonly string[]) =>
  run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args]);
/** How the runner starts `shell: bash`. */
const script = (text: string, env: Readonly<Record<string, string>>) =>
  run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text], env);

/** Runs the step as a runner does: expressions are put into the environment, and the rest is the shell's. */
const check = (given: Readonly<Record<string, string>>) => {
  const { inputs, runs } = action;
  const step = runs.steps.find(({ id }: { id?: string }) => id === 'check');
  const values = Object.fromEntries(
    Object.entries<{ default: string }>(inputs).map(([name, one]) => [
      name,
      given[name] ?? one.default,
    ]),
  );
  const env = Object.fromEntries(
    Object.entries<string>(step.env).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input) => values[input] ?? ''),
    ]),
  );
  const files = {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  };
  expect(step.run).not.toContain('${{');
  const { status, stdout, stderr } = script(step.run, {
    ...env,
    ...files,
    GITHUB_ACTION_PATH: root,
  });
  const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const [output, summary] = [textOf(files.GITHUB_OUTPUT), textOf(files.GITHUB_STEP_SUMMARY)];
  return { status, stdout, stderr, output, summary };
};

describe('the action', () => {
  it('annotates lines, summarises, writes SARIF, and fails from the severity on', () => {
    const { status, stdout, output, summary } = check({ path: 'templates', 'fail-on': 'critical' });
    expect(stdout).toContain('::error file=templates/a.yaml,line=');
    expect(summary).toMatch(/^## Plumbline\n\n1 resource in 1 file: \d+ failed/);
    expect(summary).toContain('| Severity | Control | Where | What | Why |');
    expect(output).toBe('sarif=plumbline.sarif\n');
    const { runs } = JSON.parse(readFileSync(join(folder, 'plumbline.sarif'), 'utf8'));
    expect(runs[0].results.length).toBeGreaterThan(3);
    const isCritical = stdout.includes('title=S3.2 Open') || stdout.includes('title=S3.3 Open');
    expect([status, isCritical]).toEqual([1, true]);
    writeFileSync(
      join(folder, 'templates', 'a.yaml'),
      'Resources:\n  A: {Type: AWS::S3::Bucket}\n',
    );
    expect(check({ path: 'templates', 'fail-on': 'critical' }).status).toBe(0);
  }, 120_000);
  longTest(
    'takes several paths, a baseline, and runs nothing of what it is given',
    () => {
      writeFileSync(join(folder, 'b c.yaml'), 'Resources:\n  B: {Type: AWS::S3::Bucket}\n');
      writeFileSync(join(folder, 'own.yaml'), 'controls: {S3.14: {mode: observe}}\npresets: []\n');
      const { stdout } = check({ path: 'templates\nb c.yaml\n', baseline: 'own.yaml' });
      expect(stdout).toContain('file=b c.yaml,line=2');
      expect(stdout).not.toContain('S3.2 ');
      const { status, stderr } = check({ path: '$(touch pwned)\n; touch pwned\n--help' });
      expect([status, existsSync(join(folder, 'pwned'))]).toEqual([2, false]);
      expect(stderr).toContain('--help: there is no such file');
    },
    120_000,
  );
  longTest(
    'compares with a commit, and never with a file that is called as a branch is',
    () => {
      git('init', '--quiet', '--initial-branch', 'main');
      git('commit', '--quiet', '--allow-empty', '--message', 'a');
      const file = join(folder, 'templates', 'a.yaml');
      copyFileSync(file, join(folder, 'main'));
      copyFileSync(file, join(folder, 'other'));
      const known = check({ path: 'templates', 'new-only': 'main' });
      expect([known.status, known.stdout.includes('title=S3.2 Open')]).toEqual([1, true]);
      const unknown = check({ path: 'templates', 'new-only': 'other' });
      expect([unknown.status, unknown.stdout]).toEqual([
        2,
        '::error::new-only is no branch, tag or commit that was fetched\n',
      ]);
      git('add', 'templates');
      git('commit', '--quiet', '--message', 'b');
      expect(check({ path: 'templates', 'new-only': 'main' }).status).toBe(0);
    },
    120_000,
  );
  longTest(
    'takes in the example the baseline of the branch that is merged into',
    () => {
      const { jobs } = exampleWith('upload-sarif');
      const [, before, step] = jobs.check.steps;
      const base = join(folder, 'base');
      const temporary = join(folder, 'temporary');
      mkdirSync(temporary);
      run('git', ['init', '--quiet', '--initial-branch', 'main', base]);
      writeFileSync(join(base, 'plumbline.yaml'), 'controls: {S3.14: {mode: observe}}\n');
      git('-C', base, 'add', '.');
      git('-C', base, 'commit', '--quiet', '--message', 'a');
      git('init', '--quiet');
      git('remote', 'add', 'origin', base);
      writeFileSync(join(folder, 'plumbline.yaml'), 'presets: []\n');
      const env = { GITHUB_BASE_REF: 'main', RUNNER_TEMP: temporary };
      expect(script(before.run, env)).toMatchObject({ status: 0, stdout: '' });
      const baseline = String(step.with.baseline).replace(/\$\{\{ runner\.temp \}\}/, temporary);
      const own = check({ path: 'templates' });
      expect([own.status, own.stdout.includes('title=S3.2 Open')]).toEqual([0, false]);
      const { status, stdout } = check({ path: 'templates', baseline });
      expect([status, stdout.includes('title=S3.2 Open')]).toEqual([1, true]);
    },
    120_000,
  );
  it('is used by the example with inputs and outputs that it has', () => {
    const { jobs } = exampleWith('upload-sarif');
    const [, , step, upload] = jobs.check.steps;
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    const [, output = ''] = /outputs\.(\w+)/.exec(upload.with.sarif_file) ?? [];
    expect(Object.keys(action.outputs)).toContain(output);
  });
});

describe('the example for GitLab', () => {
  longTest(
    'writes the reports that it names',
    () => {
      const { script, artifacts } = exampleWith('codequality').plumbline;
      const command = String(script.at(-1)).replace(
        'npx --no-install plumbline',
        `node ${root}/bin/plumbline.cjs`,
      );
      expect(run('bash', ['-c', command]).status).toBe(1);
      const { codequality, junit } = artifacts.reports;
      expect(readFileSync(join(folder, junit), 'utf8')).toContain(
        '<testsuite name="templates/a.yaml"',
      );
      const all = JSON.parse(readFileSync(join(folder, codequality), 'utf8'));
      // https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
      for (const one of all) {
        expect(one).toMatchObject({
          description: expect.any(String),
          check_name: expect.any(String),
          location: { path: 'templates/a.yaml', lines: { begin: expect.any(Number) } },
        });
        expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(one.severity);
      }
      const prints = new Set(all.map(({ fingerprint }: { fingerprint: string }) => fingerprint));
      expect(prints.size).toBe(all.length);
    },
    60_000,
  );
});

/** Whether a registry answers; asked once, before it is said which tests run. */
const reaches = (of: 'pip' | 'npm'): boolean => {
  const args =
    of === 'pip' ? ['-m', 'pip', 'index', 'versions', 'pre-commit'] : ['view', 'tsx', 'name'];
  const command = of === 'pip' ? 'python3' : 'npm';
  return spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 }).status === 0;
};

describe('the hook of pre-commit', () => {
  const [hook] = hooks;
  it('is that of the example, and takes the files that can be evaluated', () => {
    const [used] = exampleWith('plumbline-check').repos[0].hooks;
    expect(used.id).toBe(hook.id);
    expect([hook.entry, used.entry, used.args]).toEqual([
      expect.stringMatching(/^plumbline check .* --$/),
      expect.stringMatching(/^plumbline check .* --$/),
      undefined,
    ]);
    const files = new RegExp(hook.files);
    for (const name of [
      'a.yaml',
      'b/c.yml',
      'd.template',
      'e.json',
      'app/Dockerfile',
      'Dockerfile.dev',
    ])
      expect([name, files.test(name)]).toEqual([name, true]);
    for (const name of ['a.ts', 'yaml', 'README.md'])
      expect([name, files.test(name)]).toEqual([name, false]);
  });
  longTest(
    'evaluates what it is given, and passes over what is no template',
    () => {
      writeFileSync(join(folder, 'values.yaml'), 'a: 1\n');
      writeFileSync(join(folder, 'package.json'), '{"name": "a"}');
      const [, ...words] = hook.entry.split(' ');
      const entry = (...files: readonly string[]) =>
        run(process.execPath, [join(root, 'bin/plumbline.cjs'), ...words, ...files]);
      expect(entry('values.yaml', 'package.json')).toMatchObject({
        status: 0,
        stdout: '',
        stderr: '',
      });
      const { status, stdout } = entry('values.yaml', 'templates/a.yaml', 'package.json');
      expect([status, stdout.includes('templates/a.yaml:')]).toEqual([1, true]);
      writeFileSync(join(folder, 'off.yaml'), 'presets: []\n');
      writeFileSync(join(folder, '--baseline=off.yaml'), 'presets: []\n');
      const named = entry('--baseline=off.yaml', 'templates/a.yaml');
      expect([named.status, named.stdout.includes('templates/a.yaml:')]).toEqual([1, true]);
    },
    60_000,
  );

  // Installs pre-commit of PyPI, and from npm what the package is built of: without them it is skipped.
  const withNetwork = extent === 'exhaustive' && reaches('pip') && reaches('npm');
  (withNetwork ? it : it.skip)(
    'runs in a repository of somebody else (needs PyPI and npm, and is tried where every case is)',
    () => {
      const venv = join(root, 'node_modules/.cache/pre-commit-4.7.0');
      const program = join(venv, 'bin', 'pre-commit');
      if (!existsSync(program)) {
        expect(run('python3', ['-m', 'venv', venv]).status).toBe(0);
        const pip = join(venv, 'bin', 'pip');
        expect(run(pip, ['install', '--quiet', 'pre-commit==4.7.0']).status).toBe(0);
      }
      expect(
        run(program, ['validate-manifest', join(root, '.pre-commit-hooks.yaml')]),
      ).toMatchObject({ status: 0 });
      git('init', '--quiet');
      const rev = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim();
      writeFileSync(
        join(folder, '.pre-commit-config.yaml'),
        JSON.stringify({
          repos: [{ repo: root, rev, hooks: [{ id: hook.id, language_version: 'system' }] }],
        }),
      );
      git('add', '--all');
      const { status, stdout } = run(program, ['run', '--all-files'], {
        PRE_COMMIT_HOME: join(folder, '.home'),
      });
      expect([stdout.includes('templates/a.yaml:'), status]).toEqual([true, 1]);
    },
    900_000,
  );
});
