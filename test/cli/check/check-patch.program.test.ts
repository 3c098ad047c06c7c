import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inProcess } from '../run.ts';

// A repository, and who works in it.
const home = process.cwd();
let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-patch-')));
  execFileSync('git', ['init', '--quiet', folder]);
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});
const put = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const apply = (patch: string, cwd = process.cwd()) =>
  execFileSync('git', ['apply', '-'], { cwd, input: patch, stdio: 'pipe' });
const queue = (name = 'Orders', after = '') =>
  `Resources:\n  ${name}:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: false\n${after}`;
const right = (text: string) => text.replace('Enabled: false', 'Enabled: true');
const asked = (...paths: readonly string[]) => ['check', ...paths, '--control', 'SQS.1', '--patch'];

describe('a patch is taken by git', () => {
  it.each([
    ['in the folder of the repository', '.', ['a.yaml', 'stacks/b.yaml'], '.'],
    ['in a folder below it', 'stacks', ['b.yaml'], 'stacks'],
    ['by the whole paths of a folder', '.', ['stacks'], '.'],
    ['of a folder beside the current one, from the top', 'stacks', ['../a.yaml', 'b.yaml'], '.'],
    ['of the folder above, from the top', 'stacks/deep', ['..'], '.'],
  ])('%s', async (_, cwd, paths, applied) => {
    mkdirSync(join(folder, 'stacks/deep'), { recursive: true });
    put('a.yaml', queue());
    put('stacks/b.yaml', queue('Shop'));
    process.chdir(cwd);
    const { stdout, stderr } = await inProcess(asked(...paths));
    expect(stdout).not.toContain('..');
    expect(stderr).toBe(
      cwd === applied ? '' : `The patch names files from ${folder}: apply it there.\n`,
    );
    apply(stdout, join(folder, applied));
    const isAsked = (name: string) => paths.some((one) => one.endsWith(name));
    expect(textOf('a.yaml')).toBe(isAsked('a.yaml') ? right(queue()) : queue());
    expect(textOf('stacks/b.yaml')).toBe(right(queue('Shop')));
  });
  it('though a link and a file of UTF-16 lie beside it, which are told', async () => {
    put('a.yaml', queue());
    put('of-windows.yaml', '');
    writeFileSync('of-windows.yaml', Buffer.from(`\uFEFF${queue()}`, 'utf16le'));
    symlinkSync('a.yaml', 'link.yaml');
    const { stdout, stderr } = await inProcess(asked('.'));
    apply(stdout);
    expect(textOf('a.yaml')).toBe(right(queue()));
    expect(stderr).toContain('link.yaml is a link, through which git changes nothing: name ');
    expect(stderr).toContain('of-windows.yaml is no UTF-8, and git takes no patch of it');
  });
  it('by a name with a backslash', async () => {
    put('stacks\\b.yaml', queue());
    const { stdout } = await inProcess(asked('.'));
    apply(stdout);
    expect(textOf('stacks\\b.yaml')).toBe(right(queue()));
  });
  it.each([
    ['an empty line after what is changed', queue('Orders', '\n\n\nOutputs: {}\n')],
    ['a comment with spaces at its end', queue('Orders', '# a  \n')],
    ['no end of the last line', queue().trimEnd()],
    ['the ends of lines of Windows', queue('Orders', '\n\n').replaceAll('\n', '\r\n')],
  ])('with %s', async (_, text) => {
    put('a b/größe.yaml', text);
    const { stdout } = await inProcess(asked('.'));
    apply(stdout);
    expect(textOf('a b/größe.yaml')).toBe(right(text));
  });
  it('as a part of JSON', async () => {
    put('a.yaml', queue());
    put('stacks/b.yaml', queue('Shop'));
    process.chdir('stacks');
    const { stdout } = await inProcess([...asked('..'), '--json']);
    for (const { diff } of JSON.parse(stdout).patches) apply(`${diff}\n`, folder);
    expect([textOf('a.yaml'), textOf('stacks/b.yaml')]).toEqual([
      right(queue()),
      right(queue('Shop')),
    ]);
  });
});

const secret = 'correct-horse-7Battery';
const database = `  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      MasterUserPassword: ${secret}
      AutoMinorVersionUpgrade: false
      DBInstanceIdentifier: db
      MultiAZ: true
`;
const pod = (environment: string) => `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: web:1
${environment}`;
const pem = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;
const indented = (text: string) => text.replaceAll('\n', '\n        ');

/** What is beside a secret, and whether a patch can still be shown. */
const planted: readonly (readonly [
  what: string,
  name: string,
  text: string,
  control: string,
  isShown: boolean,
])[] = [
  ['a property before', 'a.yaml', `Resources:\n${database}`, 'RDS.13', true],
  [
    'a property after',
    'a.yaml',
    `Resources:\n${database.replace(/(.*Password.*\n)(.*Upgrade.*\n)/, '$2$1')}`,
    'RDS.13',
    false,
  ],
  [
    'a property two lines after',
    'a.yaml',
    `Resources:\n${database.replace(/(.*Password.*\n)(.*\n.*\n)/, '$2$1')}`,
    'RDS.13',
    true,
  ],
  [
    'a text of several lines',
    'a.yaml',
    `Resources:\n  Key:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      SecretString: |\n        of:\n        ${secret}\n${queue('Orders').slice('Resources:\n'.length)}`,
    'SQS.1',
    true,
  ],
  [
    'the same line',
    'a.yaml',
    `Resources:\n  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: ${secret}, AutoMinorVersionUpgrade: false}}\n`,
    'RDS.13',
    false,
  ],
  [
    'a default that is not echoed',
    'a.yaml',
    `Parameters:\n  Pin:\n    Type: String\n    NoEcho: true\n    Default: ${secret}\n${queue()}`,
    'SQS.1',
    true,
  ],
  [
    'the environment of a function, by an alias',
    'a.yaml',
    `Metadata: {Shared: &given ${secret}}\n${queue('Orders', '  Fn:\n    Type: AWS::Lambda::Function\n    Properties:\n      Environment: {Variables: {API_KEY: *given}}\n')}`,
    'SQS.1',
    true,
  ],
  [
    'JSON, pretty',
    'a.json',
    JSON.stringify(
      {
        Resources: {
          Task: {
            Type: 'AWS::ECS::TaskDefinition',
            Properties: {
              ContainerDefinitions: [{ Environment: [{ Name: 'DB_PASSWORD', Value: secret }] }],
            },
          },
          Orders: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } },
        },
      },
      undefined,
      1,
    ),
    'SQS.1',
    true,
  ],
  [
    'JSON, minified',
    'a.json',
    JSON.stringify({
      Resources: {
        Db: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: secret } },
        Orders: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } },
      },
    }),
    'SQS.1',
    false,
  ],
  [
    'the variables of a pod',
    'pod.yaml',
    pod(`      env:\n        - name: DB_PASSWORD\n          value: ${secret}\n`),
    'PL.CONTAINER.2',
    true,
  ],
  [
    'a Secret of Kubernetes',
    'pod.yaml',
    `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  anything: ${secret}\n---\n${pod('')}`,
    'PL.CONTAINER.2',
    true,
  ],
  [
    'a ConfigMap with a key',
    'pod.yaml',
    `${pod('')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  key: |\n    ${pem.replaceAll('\n', '\n    ')}\n`,
    'PL.CONTAINER.2',
    true,
  ],
  [
    'the variables of a service of compose',
    'compose.yaml',
    `services:\n  db:\n    image: postgres:16\n    environment:\n      - POSTGRES_PASSWORD=${secret}\n`,
    'PL.CONTAINER.2',
    true,
  ],
  [
    'an argument of a service of compose',
    'compose.yaml',
    `services:\n  db:\n    image: mysql:8\n    command: mysqld --password=${secret}\n    environment:\n      MYSQL_ROOT_PASSWORD: ${secret}\n`,
    'PL.CONTAINER.2',
    true,
  ],
  [
    'the environment of a Dockerfile',
    'Dockerfile',
    `FROM debian:12\nENV DB_PASSWORD ${secret}\nADD app /app\nUSER 1000\n`,
    'PL.DOCKER.*',
    true,
  ],
  [
    'a step of a Dockerfile that is changed',
    'Dockerfile',
    `FROM python:3\nRUN mysql -p${secret} && pip install flask\nUSER 1000\n`,
    'PL.DOCKER.*',
    false,
  ],
  [
    'a key in a Dockerfile',
    'Dockerfile',
    `FROM debian:12\nCOPY <<KEY /key\n        ${indented(pem)}\nKEY\nADD app /app\nUSER 1000\n`,
    'PL.DOCKER.*',
    true,
  ],
];

describe('a secret is in no patch', () => {
  it.each(planted)('beside %s', async (_, name, text, control, isShown) => {
    put(name, text);
    const { stdout, stderr } = await inProcess(['check', name, '--control', control, '--patch']);
    const json = await inProcess(['check', name, '--control', control, '--patch', '--json']);
    expect(stdout + stderr + json.stdout + json.stderr).not.toContain(secret);
    if (!isShown) {
      expect(stdout).toBe('');
      expect(stderr).toMatch(
        / stays: a secret stands at line \d+, beside what is changed, and a patch would show it: take --fix\n/,
      );
      expect(JSON.parse(json.stdout).patches).toEqual([]);
      return;
    }
    expect(stdout).toContain('@@');
    apply(stdout);
    const patched = textOf(name);
    expect(patched).not.toBe(text);
    put(name, text);
    await inProcess(['check', name, '--control', control, '--fix']);
    expect(patched).toBe(textOf(name));
  });
});
