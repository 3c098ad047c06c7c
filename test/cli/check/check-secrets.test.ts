import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSecretLine } from '../../../lib/support/secrets/kept-line.ts';
import { holdsSecret } from '../../../lib/support/secrets/kept-text.ts';
import { readDocuments } from '../../../lib/templates/document/read-document.ts';
import { secretLinesIn } from '../../../lib/templates/document/secret-lines.ts';
import { sampled } from '../../extent.ts';
import { inProcess } from '../run.ts';

const home = process.cwd();
let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-secrets-')));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

// Put together here, so that no scanner of this repository takes them for keys.
const x = (length: number, from = 'aB3') => from.repeat(length).slice(0, length);
const hunter = 'hunter2Correct';
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Secrets by their form, whatever they are called. */
const byForm: Readonly<Record<string, string>> = {
  'a key of AWS': `AKIA${x(16, 'Z7Q2')}`,
  'a session of AWS': `ASIA${x(16, 'Z7Q2')}`,
  'the second half of a key of AWS': x(40, 'aB3/xY9+'),
  'a token of GitHub': `ghp_${x(36)}`,
  'a fine-grained token of GitHub': `github_pat_${x(82)}`,
  'a token of GitLab': `glpat-${x(20)}`,
  'a token of Slack': `xoxb-${x(24, '12a')}`,
  'an address of Slack': `https://hooks.slack.com/services/${x(44, 'T0/')}`,
  'a token of npm': `npm_${x(36)}`,
  'a key of Google': `AIza${x(35)}`,
  'a key of Stripe': `sk_live_${x(24)}`,
  'a key of a model': `sk-ant-${x(40)}`,
  'a key of SendGrid': `SG.${x(22)}.${x(43)}`,
  'a token of Vault': `hvs.${x(90)}`,
  'a token with three parts': `eyJ${x(20)}.eyJ${x(20)}.${x(20)}`,
  'what stands in a header': `Bearer ${x(32)}`,
  'an address with a password': `postgres://shop:${hunter}@db.example.com/shop`,
  'an address with a token alone': `redis://:${hunter}@cache:6379`,
  'a connection of SQL Server': `Server=db;User Id=sa;Password=${hunter};`,
  'a connection of Azure': `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${x(86)}==`,
  'JSON in a text': JSON.stringify({ user: 'shop', password: hunter }),
  'JSON in JSON': JSON.stringify({ inner: JSON.stringify({ api_key: hunter }) }),
  'base64 of an address': base64(`postgres://shop:${hunter}@db.example.com/shop`),
  'base64 of settings': base64(`STAGE=test\nDB_PASSWORD=${hunter}\n`),
  'a command with a password': `mysql -h db -p${hunter} shop`,
};

/** Secrets by their names. */
const names = [
  ...['DB_PASS', 'MASTER_KEY', 'MasterUserPassword', 'db-password', 'PGPASSWORD', 'ADMIN_PWD'],
  ...['apiKey', 'AuthToken', 'ClientSecret', 'PreSharedKey', 'ENCRYPTION_KEY', 'SecretString'],
  ...['spring.datasource.password', 'CONNECTION_STRING', 'WIFI_PSK', 'passphrase', 'API_KEY_2'],
];

const formats = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'];
/** All that is said of a file, in every format. */
const saidOf = async (name: string, controls: string): Promise<string> => {
  const asked = ['check', name, '--control', controls];
  const all = [
    ...formats.map((format) => [...asked, '--all', '--format', format]),
    [...asked, '--patch'],
    [...asked, '--patch', '--json'],
    [...asked, '--patch', '--proposed'],
  ];
  let said = '';
  for (const one of all) {
    const { stdout, stderr, code } = await inProcess(one);
    // Else nothing of the file was looked at.
    expect([one, code]).toEqual([one, 1]);
    said += stdout + stderr;
  }
  return said;
};
const put = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** A value, and what may not be shown of it. */
type Planted = readonly (readonly [what: string, name: string, value: string, secret: string])[];
const planted: Planted = [
  ...Object.entries(byForm).map(([what, value]) => {
    const part = value.includes(hunter) ? hunter : value.slice(-18);
    return [what, 'Setting', value, part] as const;
  }),
  ...names.map((name) => [name, name, hunter, hunter] as const),
];

/** A file of each kind with all of them, each on a line where something else fails. */
const files: Readonly<Record<string, () => readonly [file: string, text: string]>> = {
  'a template in YAML': () => [
    'a.yaml',
    `Resources:\n${planted
      .map(
        ([, name, value], n) =>
          `  Q${n}: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: false, Tags: [{Key: ${JSON.stringify(name)}, Value: ${JSON.stringify(value)}}]}}\n`,
      )
      .join('')}`,
  ],
  'a template in JSON': () => [
    'a.json',
    `{"Resources": {${planted
      .map(
        ([, name, value], n) =>
          `"Q${n}": ${JSON.stringify({ Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false, Tags: { [name]: value } } })}`,
      )
      .join(',\n')}}}`,
  ],
  'a minified template': () => [
    'a.json',
    JSON.stringify({
      Resources: Object.fromEntries(
        planted.map(([, name, value], n) => [
          `Q${n}`,
          {
            Type: 'AWS::SQS::Queue',
            Properties: { SqsManagedSseEnabled: false },
            Metadata: { [name]: value },
          },
        ]),
      ),
    }),
  ],
  'a manifest of Kubernetes': () => [
    'pod.yaml',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n${planted
      .map(
        ([, name, value], n) =>
          `    - {name: web-${n}, image: web:1, securityContext: {privileged: true}, env: [{name: ${JSON.stringify(name)}, value: ${JSON.stringify(value)}}]}\n`,
      )
      .join('')}`,
  ],
  'a file of compose': () => [
    'compose.yaml',
    `services:\n${planted
      .map(
        ([, name, value], n) =>
          `  web${n}: {image: web:1, privileged: true, environment: {${JSON.stringify(name)}: ${JSON.stringify(value)}}}\n`,
      )
      .join('')}`,
  ],
  'a Dockerfile': () => [
    'Dockerfile',
    `FROM debian:12\n${planted
      .map(
        ([, name, value]) =>
          `ADD --chown=1:1 app /app\nENV ${name}="${value.replaceAll('"', '\\"').replaceAll('\n', '\\n')}"\n`,
      )
      .join('')}USER 1000\n`,
  ],
};

it.each(sampled(Object.entries(files), { quick: 6, usual: 2 }))(
  'no secret is told of %s, in any format',
  async (_, write) => {
    const [file, text] = write();
    put(file, text);
    const said = await saidOf(file, 'SQS.1,PL.CONTAINER.1,PL.CONTAINER.14,PL.DOCKER.*');
    expect(said).toContain('(not shown)');
    const told = planted.filter(([, , , secret]) => secret !== hunter && said.includes(secret));
    expect(told).toEqual([]);
    expect(said.split('\n').filter((line) => line.includes(hunter))).toEqual([]);
  },
);

const pem = [
  '-----BEGIN RSA PRIVATE KEY-----',
  x(64),
  x(64, 'Cd4'),
  '-----END RSA PRIVATE KEY-----',
];

/** The line, counted from 1, and whether a secret stands on it. */
const lines: Readonly<
  Record<string, readonly [file: string, text: string, kept: readonly number[]]>
> = {
  'a name on the line before': ['a.yaml', `A:\n  - Name: DB_PASS\n    Value: ${hunter}\n`, [3]],
  'a name on the line after': ['a.yaml', `A:\n  - Value: ${hunter}\n    Name: DB_PASS\n`, [2]],
  'a name far away': [
    'a.yaml',
    `A:\n  - Value: ${hunter}\n    A: 1\n    B: 1\n    C: 1\n    D: 1\n    Name: DB_PASS\n`,
    [2],
  ],
  'a block of several lines': ['a.yaml', `SecretString: |\n  of:\n  ${hunter}\nB: 1\n`, [1, 2, 3]],
  'a folded text': ['a.yaml', `A: 1\nPassword: >-\n  ${hunter}\n  and more\n`, [2, 3, 4]],
  'a key of several lines': [
    'a.yaml',
    `A: |\n${pem.map((line) => `  ${line}`).join('\n')}\nB: 1\n`,
    [1, 2, 3, 4, 5],
  ],
  'an alias': ['a.yaml', `A: &given ${hunter}\nB: {API_KEY: *given}\n`, [2]],
  'a parameter with a default': [
    'a.yaml',
    `Parameters:\n  DbPassword:\n    Type: String\n    Default: ${hunter}\n  Stage:\n    Default: test\n`,
    [4],
  ],
  'a parameter that is not echoed': [
    'a.yaml',
    `Parameters:\n  Pin:\n    NoEcho: true\n    Default: ${hunter}\n`,
    [4],
  ],
  'a function': ['a.yaml', `Password: !Join ['', [${hunter}, !Ref A]]\nB: 1\n`, [1]],
  'a part beside a variable': ['a.yaml', `A: 1\nPassword: !Sub "${hunter}-\${Stage}"\n`, [2]],
  'a default of compose': ['a.yaml', `A: 1\nDB_PASS: \${DB_PASS:-${hunter}}\n`, [2]],
  'JSON, pretty': [
    'a.json',
    JSON.stringify({ A: [{ Name: 'DB_PASS', Value: hunter }], B: 1 }, undefined, 1),
    [5],
  ],
  'a variable of Terraform': [
    'a.tf',
    `variable "pin" {\n  sensitive = true\n  default   = "${hunter}"\n}\nlocals { a = 1 }\n`,
    [1, 2, 3, 4],
  ],
  'what Terraform keeps to itself': [
    'a.tf',
    `a {\n  pin = sensitive("${hunter}")\n  b = 1\n}\n`,
    [2],
  ],
  'an argument of Terraform': ['a.tf', `a {\n  master_password = "${hunter}"\n  b = 1\n}\n`, [2]],
  'a here-document of Terraform': [
    'a.tf',
    `a {\n  secret_string = <<-EOT\n    ${hunter}\n  EOT\n  b = 1\n}\n`,
    [2, 3, 4],
  ],
  'a list of Terraform': ['a.tf', `a {\n  passwords = [\n    "${hunter}",\n  ]\n}\n`, [2, 3, 4]],
  'a variable of a container, in HCL': [
    'a.tf',
    `a = jsonencode([{\n  name = "DB_PASS"\n  value = "${hunter}"\n}])\n`,
    [3],
  ],
  'a command on several lines': [
    'Dockerfile',
    `FROM a\nRUN mysql \\\n  -p${hunter} \\\n  shop\nUSER 1\n`,
    [2, 3, 4],
  ],
};

describe('the lines of a secret are', () => {
  it.each(Object.entries(lines))('those of %s', async (_, [file, text, kept]) => {
    const documents = /\.(?:yaml|json)$/.test(file) ? await readDocuments(text, file) : [];
    const found = secretLinesIn(text, documents);
    const all = text.split('\n').flatMap((__, index) => (found.has(index + 1) ? [index + 1] : []));
    expect(all).toEqual(kept);
  });
  it.each([
    'KmsMasterKeyId: alias/aws/sqs',
    'SecretArn: !Ref Secret',
    'Resource: arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-a1b2c3',
    '- secretsmanager:GetSecretValue',
    'TokenValidityUnits: {AccessToken: minutes}'.slice(0, 20),
    'HttpTokens: required',
    'password = var.password',
    'password = data.aws_secretsmanager_secret_version.db.secret_string',
    'Tags: [{Key: Stage, Value: test}]',
    'Default: 10.0.0.0/16',
    'PolicyName: SecretReaders',
    'TemplateURL: https://s3.amazonaws.com/templates/a.yaml',
    'Description: Rotates the password of the database',
  ])('not %s', (line) => expect(isSecretLine(line)).toBe(false));
  it('told of a long text without waiting', () => {
    const long = `a: ${'x=y:"{'.repeat(30_000)}`;
    const started = process.cpuUsage();
    isSecretLine(long);
    isSecretLine('A'.repeat(200_000));
    isSecretLine(`${'a '.repeat(100_000)}`);
    expect(process.cpuUsage(started).user).toBeLessThan(10_000_000);
  });
  it.each([
    ['one long word', 'a'.repeat(200_000)],
    ['here-documents without an end', 'a=<<E\n'.repeat(30_000)],
    ['a here-document of empty lines', `a=<<E\n${'\n'.repeat(200_000)}`],
    ['lists without an end', 'a=[\n'.repeat(50_000)],
    ['variables without an end', 'variable "a" {'.repeat(15_000)],
    ['tokens that only begin', '-eyJ'.repeat(50_000)],
  ])('told of %s without waiting', (_, text) => {
    const started = process.cpuUsage();
    expect(secretLinesIn(text).has(1)).toBe(false);
    expect(process.cpuUsage(started).user).toBeLessThan(10_000_000);
  });
  it('told though blocks before them do not end', () => {
    const text = `a = <<X\nvariable "b" {\npassword = <<E\n  ${hunter}\n  E\nlist = [\n`;
    const found = secretLinesIn(text);
    expect([1, 2, 3, 4, 5, 6].filter((line) => found.has(line))).toEqual([3, 4, 5]);
  });
});

it('a token of the web is known wherever it begins', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc';
  for (const text of [token, `x-${token}`, `-eyJ-${token}`]) expect(holdsSecret(text)).toBe(true);
});

it('a default is not said of a parameter that is called a secret', async () => {
  put(
    'a.yaml',
    `Parameters:\n  DbPassword: {Type: String, Default: ${hunter}, AllowedValues: [${hunter}, true]}\n  Token: {Type: String, Default: ${hunter}}\nConditions: {A: !Equals [!Ref Token, ${hunter}]}\nResources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties: {SqsManagedSseEnabled: !If [A, false, true], KmsMasterKeyId: !Ref DbPassword}\n`,
  );
  expect(await saidOf('a.yaml', 'SQS.1,SQS.*').catch((error) => String(error))).not.toContain(
    hunter,
  );
});
