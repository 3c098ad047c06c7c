import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harmless } from '../../../lib/support/harmless.ts';
import { isSecretLine } from '../../../lib/support/secrets/kept-line.ts';
import { inProcess } from '../run.ts';

// A repository with a change that somebody sent who is not trusted, and what lies beside it.
const home = process.cwd();
let all = '';
let folder = '';
beforeEach(() => {
  all = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-hostile-')));
  folder = join(all, 'repository');
  mkdirSync(folder);
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(all, { recursive: true });
});
const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
const queue = (name: string) =>
  `Resources:\n  ${name}:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: false\n`;
const commands = /^\s*::|##\w*\[/m;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

describe('words of somebody else', () => {
  it.each([
    ['::add-mask::x', '?:add-mask::x'],
    ['a\n  ::add-mask::x', 'a\n  ?:add-mask::x'],
    ['a\n \t::stop-commands::x', 'a\n ?::stop-commands::x'],
    [
      'a ##[add-mask]x and ##vso[task.setvariable variable=a]b',
      'a #?[add-mask]x and #?vso[task.setvariable variable=a]b',
    ],
    ['\u001b]0;title\u0007 \u202e\r\u2028::debug::x', '?]0;title? ???::debug::x'],
    ['a.yaml:1:1: AWS::S3::Bucket ## [a] # b', 'a.yaml:1:1: AWS::S3::Bucket ## [a] # b'],
    ['a\n  b', 'a\n  b'],
  ])('are shown of %j as %j', (text, shown) => {
    expect(harmless(text)).toBe(shown);
    expect(harmless(shown)).toBe(shown);
  });
  it('give the log of a pipeline no command by the name of a file', async () => {
    put('::add-mask::a.yaml', 'Resources: [AWS::\n');
    put('b\n::debug::b.yaml', 'Resources: [AWS::\n');
    put('::warning::\u001b[2Jc.yaml', queue('Orders'));
    const { code, stdout, stderr } = await inProcess(['check', '.', '--control', 'SQS.1']);
    expect(code).toBe(2);
    expect(stderr).toContain('?:add-mask::a.yaml:1:');
    expect(stderr).toContain('b\n?:debug::b.yaml:1:');
    expect(stdout).toContain('?:warning::?[2Jc.yaml:2:');
    for (const one of [stdout, stderr]) {
      expect(one).not.toMatch(commands);
      expect(one).not.toMatch(controls);
    }
  });
  it.each(['json', 'sarif', 'gitlab', 'junit', 'markdown', 'github'])(
    'give it none in the format %s, which says the same',
    async (format) => {
      const name = 'A##vso[task.complete]\n::debug::##[add-mask]b\u001b]0;title\u0007\u202e';
      put(
        'a.json',
        JSON.stringify({
          Resources: {
            [name]: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } },
          },
        }),
      );
      const asked = ['check', 'a.json', '--control', 'SQS.1', '--format', format];
      const { code, stdout } = await inProcess(asked);
      expect(code).toBe(1);
      // What begins with a command of its own is read as that alone.
      const lines = stdout.split('\n').filter((line) => !/^::(?:error|warning) file=/.test(line));
      expect(lines.join('\n')).not.toMatch(commands);
      // A log and a page are looked at as they are; others are read by programs.
      if (['github', 'markdown'].includes(format)) expect(stdout).not.toMatch(controls);
      if (format === 'json') expect(JSON.parse(stdout).results[0].logicalId).toBe(name);
      if (format === 'junit') expect(stdout).toContain('&#10;::debug::&#35;#[add-mask]b');
    },
  );
  it('give it none by what stands in a file', async () => {
    const reason = '"a ##[add-mask]b \\e[31m"';
    put(
      'a.yaml',
      `Resources:\n  "A\\n::debug::##vso[a]\\e[2J":\n    Type: AWS::SQS::Queue\n    Metadata: {plumbline: {exempt: [{control: ${reason}}]}}\n    Properties: {SqsManagedSseEnabled: !If [B, false, false]}\n`,
    );
    const { stdout, stderr } = await inProcess(['check', 'a.yaml', '--all', '--control', 'SQS.1']);
    const patch = await inProcess(['check', 'a.yaml', '--patch', '--control', 'SQS.1']);
    expect(stdout).toContain('A?');
    expect(stderr + patch.stderr).toContain('a.yaml:');
    for (const one of [stdout, stderr, patch.stderr]) {
      expect(one).not.toMatch(commands);
      expect(one).not.toMatch(controls);
    }
  });
});

describe('links', () => {
  const target = () => join(all, 'target');
  const asked = ['check', 'a.yaml', '--control', 'SQS.1', '--quiet'];
  beforeEach(() => {
    put('a.yaml', queue('Orders'));
    writeFileSync(target(), 'as it was');
  });
  it.each([['--out'], ['--also']])('are not written through by %s', async (option) => {
    symlinkSync(target(), 'report');
    symlinkSync(join(all, 'nothing'), 'dangling');
    mkdirSync(join(all, 'elsewhere'));
    symlinkSync(join(all, 'elsewhere'), 'reports');
    for (const [file, why] of [
      ['report', 'is a link'],
      ['dangling', 'is a link'],
      ['reports/a', 'leads out of this folder by a link'],
      [join(folder, 'reports/a'), 'leads out of this folder by a link'],
    ]) {
      const given = option === '--also' ? `json=${file}` : `${file}`;
      const { code, stderr } = await inProcess([...asked, option, given]);
      expect([code, stderr]).toEqual([
        2,
        `${file} ${why}, and nothing is written through one: name the file that is meant\n`,
      ]);
    }
    expect(readFileSync(target(), 'utf8')).toBe('as it was');
    expect([existsSync(join(all, 'nothing')), existsSync(join(all, 'elsewhere/a'))]).toEqual([
      false,
      false,
    ]);
  });
  it('do not keep from writing where none is in the way', async () => {
    mkdirSync('reports');
    symlinkSync('reports', 'within');
    for (const file of [
      'a.json',
      'reports/a.json',
      'within/b.json',
      '../c.json',
      join(all, 'd.json'),
    ])
      expect([
        file,
        (await inProcess([...asked, '--also', `json=${file}`])).code,
        existsSync(file),
      ]).toEqual([file, 1, true]);
    expect((await inProcess([...asked, '--also', 'json=/dev/null'])).code).toBe(1);
  });
  it('are not followed by --fix out of the folder that is named', async () => {
    const outside = join(all, 'outside.yaml');
    writeFileSync(outside, queue('Outside'));
    symlinkSync(outside, 'link.yaml');
    const refused = await inProcess(['check', '.', '--control', 'SQS.1', '--fix']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      `link.yaml leads to ${outside}, which is outside of what was named, and is left as it is: name that file\n`,
    );
    expect([readFileSync(outside, 'utf8'), readFileSync('a.yaml', 'utf8')]).toEqual([
      queue('Outside'),
      queue('Orders').replace('false', 'true'),
    ]);
    const named = await inProcess(['check', 'link.yaml', '--control', 'SQS.1', '--fix']);
    expect([named.code, readFileSync(outside, 'utf8')]).toEqual([
      0,
      queue('Outside').replace('false', 'true'),
    ]);
  });
  it('are followed by --fix within the folder', async () => {
    rmSync('a.yaml');
    mkdirSync('templates');
    put('templates/b.yaml', queue('Orders'));
    symlinkSync('templates/b.yaml', 'b.yaml');
    expect((await inProcess(['check', 'b.yaml', '--control', 'SQS.1', '--fix'])).code).toBe(0);
    expect(readFileSync('templates/b.yaml', 'utf8')).toContain('true');
  });
});

describe('a line with a secret', () => {
  it.each([
    'MasterUserPassword: hunter2',
    '"MasterUserPassword": "hunter2",',
    'Db: {Type: AWS::RDS::DBInstance, Properties: {StorageEncrypted: false, MasterUserPassword: hunter2}}',
    'SecretString: |',
    'master_password = "hunter2"',
    'auth_token="hunter2"',
    'DB_PASSWORD: hunter2',
    'secret_key: hunter2',
    'Environment: [{Name: DB_PASSWORD, Value: hunter2}]',
    '{"Name": "API_KEY", "Value": "hunter2"}',
    'DbPassword: {Type: String, NoEcho: true, Default: hunter2}',
    'MasterUserPassword: {"Fn::Join": ["", ["hunter2"]]}',
  ])('is %s', (line) => expect(isSecretLine(line)).toBe(true));
  it.each([
    'MasterUserPassword:',
    'MasterUserPassword: !Ref Password',
    'MasterUserPassword: "{{resolve:secretsmanager:db}}"',
    'ManageMasterUserPassword: true',
    'password = var.password',
    'password = random_password.db.result',
    'PasswordPolicy: {MinimumPasswordLength: 8}',
    'MinimumPasswordLength: 8',
    'Type: AWS::SecretsManager::Secret',
    'Environment: [{Name: STAGE, Value: test}]',
  ])('is not %s', (line) => expect(isSecretLine(line)).toBe(false));
  it('is not shown, whatever else is wrong on it', async () => {
    const db = (password: string) =>
      `Resources:\n  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: ${password}, StorageEncrypted: false}}\n`;
    put('a.yaml', db('hunter2'));
    const hidden = await inProcess(['check', 'a.yaml', '--control', 'RDS.3']);
    expect(hidden.stdout).toContain('2 | (not shown)');
    expect(hidden.stdout).not.toContain('hunter2');
    put('a.yaml', db('!Ref Password').concat('Parameters: {Password: {Type: String}}\n'));
    const { stdout } = await inProcess(['check', 'a.yaml', '--control', 'RDS.3']);
    expect(stdout).toContain('StorageEncrypted: false');
    // The excerpt of a minified document begins 20 characters before what is wrong.
    put(
      'a.json',
      `{"Metadata": "${'x'.repeat(200)}", "Resources": {"Db": {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "mysql", "MasterUserPassword": "long-before-hunter2", "StorageEncrypted": false}}}}`,
    );
    const json = await inProcess(['check', 'a.json', '--control', 'RDS.3']);
    expect(json.stdout).toContain('1 | (not shown)');
    expect(json.stdout).not.toContain('hunter2');
    put(
      'task.yaml',
      'Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - {Name: web, Image: a/web:1, Privileged: true, Environment: [{Name: DB_PASSWORD, Value: hunter2}]}\n',
    );
    const task = await inProcess(['check', 'task.yaml', '--control', 'PL.CONTAINER.1']);
    expect(task.stdout).toContain('6 | (not shown)');
    expect(task.stdout).not.toContain('hunter2');
  });
});
