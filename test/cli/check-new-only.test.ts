import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from './run.ts';

let folder = '';
const home = process.cwd();
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
    expect(same.stderr).toBe('1 that HEAD has too is left out.\n');
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
  it('says what is wrong with a base', async () => {
    put('a.yaml', group(22));
    const nowhere = await inProcess(['check', 'a.yaml', '--new-only', 'nothing']);
    expect(nowhere.stderr).toContain('there is no such file, and this folder is in no repository');
    git('init', '-q');
    const unknown = await inProcess(['check', 'a.yaml', '--new-only', 'nothing']);
    expect(unknown.stderr).toContain('neither a file nor a commit, branch or tag that git knows');
    const option = await inProcess(['check', 'a.yaml', '--new-only', '--upload-pack=x']);
    expect(option.code).toBe(2);
  });
});
