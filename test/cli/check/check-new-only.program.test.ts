import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { inProcess } from '../run.ts';

let folder = '';
const home = process.cwd();
const commandLine = resolve('bin/plumbline.cjs');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-new-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});
const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: folder,
    stdio: 'pipe',
  });
const group = (...ports: readonly number[]) =>
  `Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: a\n      SecurityGroupIngress:\n${ports
    .map(
      (port) =>
        `        - {IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, CidrIp: 0.0.0.0/0}\n`,
    )
    .join('')}`;
const asked = ['--control', 'EC2.13,EC2.14', '--quiet'];

describe('check --new-only', () => {
  it('leaves out what a commit has, whatever line it stands on', async () => {
    git('init', '-q');
    put('a.yaml', group(22));
    git('add', '.');
    git('commit', '-qm', 'a');
    put('a.yaml', `# more\n${group(5000, 22)}`);
    const same = await inProcess(['check', 'a.yaml', '--new-only', 'HEAD', ...asked]);
    expect([same.code, same.stdout]).toEqual([0, '']);
    expect(same.stderr).toBe('1 verdict that HEAD has too is left out.\n');
    const fixed = await inProcess(['check', 'a.yaml', '--new-only', 'HEAD', '--fix', ...asked]);
    expect(fixed.stderr).toBe(
      '0 failures put right in 0 files.\n1 verdict that HEAD has too is left out.\n',
    );
    put('a.yaml', group(22, 3389));
    put('b.yaml', group(22));
    const { code, stdout } = await inProcess(['check', '.', '--new-only', 'HEAD', ...asked]);
    expect(code).toBe(1);
    expect(stdout).toContain('EC2.14');
    expect(stdout).toContain('b.yaml');
    expect(stdout).not.toContain('a.yaml:6:11  HIGH  EC2.13');
    expect(String(git('status', '--short'))).toBe(' M a.yaml\n?? b.yaml\n');
  });
  it('leaves out what another file has', async () => {
    put('before.yaml', group(22));
    put('after.yaml', group(22, 3389));
    const { stdout } = await inProcess([
      'check',
      'after.yaml',
      '--new-only',
      'before.yaml',
      ...asked,
    ]);
    expect(stdout).toContain('EC2.14');
    expect(stdout).not.toContain('EC2.13');
  });
  it('asks git before it looks for a path, unless that can be nothing else', async () => {
    git('init', '-q', '-b', 'main');
    put('a.yaml', 'Resources: {}\n');
    git('add', '.');
    git('commit', '-qm', 'a');
    put('a.yaml', group(22));
    symlinkSync('a.yaml', join(folder, 'main'));
    const { code, stdout } = await inProcess(['check', 'a.yaml', '--new-only', 'main', ...asked]);
    expect([code, stdout.includes('EC2.13')]).toEqual([1, true]);
    rmSync(join(folder, 'main'));
    put('main', group(22));
    const file = await inProcess(['check', 'a.yaml', '--new-only', './main', ...asked]);
    expect([file.code, file.stdout]).toEqual([0, '']);
  });
  it('takes a name for no path where git cannot be asked', async () => {
    put('a.yaml', group(22));
    put('main', group(22));
    const { code, stderr } = await inProcess(['check', 'a.yaml', '--new-only', 'main'], {
      PATH: '/nowhere',
    });
    expect([code, stderr]).toEqual([
      2,
      '--new-only main: whether this is a commit cannot be told (there is no git); a file or folder is named with ./ before it\n',
    ]);
  });
  it('compares nothing with itself', async () => {
    mkdirSync(join(folder, 'templates'));
    mkdirSync(join(folder, 'old'));
    put('templates/a.yaml', group(22));
    put('old/a.yaml', group(22));
    symlinkSync('templates', join(folder, 'before'));
    symlinkSync('templates/a.yaml', join(folder, 'before.yaml'));
    for (const [path, base] of [
      ['templates', './before'],
      ['templates', 'before'],
      ['templates', join(folder, 'templates')],
      ['templates/a.yaml', './templates'],
      ['templates/a.yaml', './before.yaml'],
      ['templates', './before.yaml'],
      ['.', './before.yaml'],
    ] as const) {
      const { code, stderr } = await inProcess(['check', path, '--new-only', base, ...asked]);
      expect([code, stderr]).toEqual([
        2,
        `--new-only ${base}: this is among what is checked with ${path}, and nothing is new beside itself; name what it was before\n`,
      ]);
    }
    for (const path of ['templates', 'templates/a.yaml']) {
      const other = await inProcess(['check', path, '--new-only', './old', ...asked]);
      expect([other.code, other.stdout]).toEqual([0, '']);
    }
  });
  it('leaves nothing of the commit behind after Ctrl-C', () => {
    git('init', '-q');
    put('a.yaml', group(22));
    git('add', '.');
    git('commit', '-qm', 'a');
    for (const inner of ['bin', 'temporary']) mkdirSync(inner);
    // Somebody ends it while git writes the files.
    const ended = `case "$*" in *checkout-index*) kill -INT $PPID; sleep 0.3;; esac`;
    const path = process.env['PATH'] ?? '';
    const script = `#!/bin/sh\n${ended}\nPATH='${path}' exec git "$@"\n`;
    writeFileSync(join('bin', 'git'), script, { mode: 0o755 });
    const { status, stderr } = spawnSync(
      process.execPath,
      [commandLine, 'check', 'a.yaml', '--new-only', 'HEAD'],
      {
        encoding: 'utf8',
        env: { ...process.env, PATH: `${folder}/bin:${path}`, TMPDIR: `${folder}/temporary` },
      },
    );
    expect([status, stderr]).toEqual([2, 'It was ended by Ctrl-C.\n']);
    expect(readdirSync('temporary')).toEqual([]);
  });
  it('refuses a base of no use before it awaits the standard input', async () => {
    const child = spawn(
      process.execPath,
      [commandLine, 'check', '-', '--new-only', './'],
      // Nobody writes there, and nobody ends it.
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      '--new-only ./: the standard input has no name to look for there; give a file, with ./ before its name\n',
    ]);
  });
  it('says what is wrong with a base', async () => {
    put('a.yaml', group(22));
    const nowhere = await inProcess(['check', 'a.yaml', '--new-only', 'nothing']);
    expect(nowhere.stderr).toContain('there is no such file, and this folder is in no repository');
    git('init', '-q');
    const unknown = await inProcess(['check', 'a.yaml', '--new-only', 'nothing']);
    expect(unknown.stderr).toContain(
      'git knows no commit, branch or tag of this name, and there is no such file or folder',
    );
    const option = await inProcess(['check', 'a.yaml', '--new-only', '--upload-pack=x']);
    expect(option.code).toBe(2);
    const path = await inProcess(['check', 'a.yaml', '--new-only', './nothing']);
    expect(path.stderr).toBe('--new-only ./nothing: there is no such file or folder\n');
    put('empty.yaml', '');
    const empty = await inProcess(['check', 'a.yaml', '--new-only', './empty.yaml']);
    expect([empty.code, empty.stdout, empty.stderr]).toEqual([
      2,
      '',
      '--new-only ./empty.yaml: empty.yaml:1:1: it is empty\n',
    ]);
    mkdirSync('nothing');
    put('nothing/notes.yaml', 'a: 1\n');
    const folder = await inProcess(['check', 'a.yaml', '--new-only', './nothing']);
    expect([folder.code, folder.stdout, folder.stderr]).toEqual([
      2,
      '',
      '--new-only ./nothing: there is nothing to evaluate in it, and everything would be new; name what there was before\n',
    ]);
  });
});
