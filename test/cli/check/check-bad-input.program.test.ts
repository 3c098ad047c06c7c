import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longTest, sampled } from '../../extent.ts';
import { inProcess } from '../run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-bad-'));
  put('good.yaml', 'Resources:\n  Good: {Type: AWS::S3::Bucket}\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const bucket = (properties: string) =>
  `Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: ${properties}\n`;
const laughs = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => {
    const before = 'abcdefghi'[index];
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join()}]`;
  }),
  'Resources: {A: {Type: AWS::S3::Bucket, Properties: {Tags: *i}}}',
].join('\n');
const plan = (more: object) =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.5',
    planned_values: { root_module: { resources: [] } },
    resource_changes: [],
    configuration: { root_module: {} },
    ...more,
  });
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const many = (count: number) =>
  JSON.stringify({
    Resources: Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`B${n}`, { Type: 'AWS::S3::Bucket' }]),
    ),
  });

/** A row: what is written, and the sentence on it behind the file's name; `undefined` where it is evaluated. */
const rows: readonly (readonly [
  what: string,
  name: string,
  text: string | Buffer,
  sentence: RegExp,
])[] = [
  ['no YAML', 'bad.yaml', 'Resources: [AWS::\n  - {', /^:\d+:\d+: \S/],
  ['no JSON', 'bad.json', '{"Resources": {"A": {"Type": "AWS::S3::Bucket",}}', /^:1:\d+: \S/],
  ['tabs', 'bad.yaml', 'Resources:\n\tA: {Type: AWS::S3::Bucket}\n', /^:2:\d+: \S/],
  [
    'anchors that grow',
    'bad.yaml',
    laughs,
    /^:\d+:\d+: its aliases \(\*name\) expand to more than five million values$/,
  ],
  [
    'an anchor in itself',
    'bad.yaml',
    'Resources: {A: {Type: AWS::S3::Bucket, Properties: &a {Tags: *a}}}',
    /^:1:\d+: an alias \(\*name\) stands inside of its own anchor$/,
  ],
  [
    'an alias of nothing',
    'bad.yaml',
    'Resources: {A: {Type: AWS::S3::Bucket, Properties: *a}}',
    /^:1:\d+: \S/,
  ],
  [
    'a key twice in YAML',
    'bad.yaml',
    'Resources:\n  A: {Type: AWS::S3::Bucket}\n  A: {Type: AWS::S3::Bucket}\n',
    /^:3:3: \S/,
  ],
  [
    'a key twice in JSON',
    'bad.json',
    '{"Resources": {"A": {"Type": "AWS::S3::Bucket"},\n "A": {"Type": "AWS::S3::Bucket"}}}',
    /^:2:2: a duplicate key: A stands in line 1 already; take one of them out$/,
  ],
  [
    'a second document',
    'bad.yaml',
    'Resources: {A: {Type: AWS::S3::Bucket}}\n---\nResources: {B: {Type: AWS::S3::Bucket}}\n',
    /^:2:1: the file holds more than one document; take out the line of --- or \.\.\. that ends the first$/,
  ],
  [
    'a second document behind the end of the first',
    'bad.yaml',
    'Resources: {A: {Type: AWS::S3::Bucket}}\n...\nResources: {B: {Type: AWS::S3::Bucket}}\n',
    /^:3:1: the file holds more than one document; take out the line of --- or \.\.\. that ends the first$/,
  ],
  ['too deep in YAML', 'bad.yaml', bucket(deep(2000)), /^(?::\d+:\d+)?: \S/],
  [
    'too deep in JSON',
    'bad.json',
    `{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": ${deep(50_000)}}}}`,
    /^(?::\d+:\d+)?: \S/,
  ],
  [
    'too many resources',
    'bad.json',
    many(20_001),
    /^:1:\d+: it has 20001 resources; at most 20000 are read$/,
  ],
  ['no resources', 'bad.yaml', 'Resources: [AWS::S3::Bucket]\n', /^:1:1: this is no template/],
  [
    'bytes',
    'bad.yaml',
    Buffer.concat([Buffer.from('Resources: AWS::'), Buffer.from([0, 255, 254, 0, 1])]),
    /^: this is no text$/,
  ],
  [
    'a plan of a newer format',
    'bad.json',
    plan({ format_version: '2.0' }),
    /^(?::\d+:\d+)?: .*2\.0/,
  ],
];

describe('check, of bad input', () => {
  it('takes a line of --- with nothing behind it for no document', async () => {
    const file = put('one.yaml', '---\nResources: {A: {Type: AWS::S3::Bucket}}\n---\n');
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14']);
    expect([code, stderr]).toEqual([1, '']);
  });
  it('says of a name that is no UTF-8 what is wrong, and does not call the file missing', async () => {
    const name = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9])]);
    writeFileSync(Buffer.concat([name, Buffer.from('.yaml')]), 'Resources: {}\n');
    const { code, stderr } = await inProcess(['check', folder, '--control', 'S3.14']);
    const file = join(folder, 'caf\uFFFD.yaml');
    expect([code, stderr]).toEqual([2, `${file}: its name is no UTF-8: rename it\n`]);
  });
  it('takes no baseline of almost the name that it has for none', async () => {
    const file = put('good.yaml', 'Resources: {A: {Type: AWS::S3::Bucket}}');
    put('plumbline.yml', 'controls: { S3.14: { enabled: false } }\n');
    const home = process.cwd();
    process.chdir(folder);
    const { code, stderr } = await inProcess(['check', file]).finally(() => process.chdir(home));
    expect([code, stderr]).toEqual([
      2,
      'plumbline.yml is not read: name it plumbline.yaml, or give it by --baseline plumbline.yml\n',
    ]);
  });
  it('waits for no pipe that lies in a folder, and reads no device', async () => {
    const pipe = join(folder, 'pipe.yaml');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    for (const path of [pipe, '/dev/zero']) {
      const { code, stderr } = await inProcess(['check', path, '--control', 'S3.14']);
      expect([code, stderr.trimEnd()]).toEqual([2, `${path}: it is no file`]);
    }
  });
  it.each(sampled(rows, { quick: 6, usual: 3 }))(
    'says of %s what and where, and goes on',
    async (_, name, text, sentence) => {
      const file = put(name, text);
      const { code, stdout, stderr } = await inProcess(['check', folder, '--control', 'S3.14']);
      const [first = '', ...more] = stderr.trimEnd().split('\n');
      expect(more).toEqual([]);
      expect([first.slice(0, file.length), code]).toEqual([file, 2]);
      expect(first.slice(file.length)).toMatch(sentence);
      expect(stdout).toContain('S3.14  Good (AWS::S3::Bucket)');
    },
    30_000,
  );

  it.each([
    [
      'circles of Ref',
      '{BucketName: !Ref A, Tags: [{Key: a, Value: !Ref A}]}',
      ':2:3: CloudFormation does not make what refers back to itself: A → A',
    ],
    [
      'circles of GetAtt',
      '{VersioningConfiguration: !GetAtt A.VersioningConfiguration}',
      ':2:3: CloudFormation does not make what refers back to itself: A → A',
    ],
    [
      'an unknown function',
      '{VersioningConfiguration: {Status: !Unknown [a]}}',
      ':4:44: CloudFormation has no function Fn::Unknown; what it gives is taken for unknown',
    ],
    [
      'an unknown type beside it',
      '{}\n  B: {Type: AWS::Quantum::Thing}',
      ':5:7: AWS::Quantum::Thing is a type that is not known here, and is not evaluated',
    ],
    ['a function of nothing', '{VersioningConfiguration: {Status: {Fn::Select: null}}}', ''],
    ['a macro', '{VersioningConfiguration: {Fn::Transform: {Name: Own}}}', ''],
    ["somebody else's type beside it", '{}\n  B: {Type: Some::Vendor::Thing}', ''],
  ])('evaluates as far as it goes where there are %s', async (_, properties, sentence) => {
    const file = put('odd.yaml', bucket(properties));
    const { code, stdout, stderr } = await inProcess(['check', file, '--control', 'S3.14,S3.2']);
    expect(stderr.trim()).toBe(sentence === '' ? '' : `${file}${sentence}`);
    expect(stdout).toMatch(/ in 1 file: /);
    expect(sentence.includes('CloudFormation') ? [2] : [0, 1]).toContain(code);
  });
  it('follows a circle of conditions and of nested stacks no further', async () => {
    const file = put(
      'circle.yaml',
      [
        'Conditions: {One: {Condition: Two}, Two: {Fn::Not: [{Condition: One}]}}',
        'Resources:',
        '  A: {Type: AWS::S3::Bucket, Condition: One}',
        '  N:',
        '    Type: AWS::CloudFormation::Stack',
        '    Metadata: {aws:asset:path: circle.yaml}',
      ].join('\n'),
    );
    const begun = performance.now();
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14']);
    expect(code).toBeLessThanOrEqual(2);
    expect(stderr.trim().split('\n')).toEqual([
      `${file}:4: N is not evaluated: it is a stack that is nested in itself`,
    ]);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
  it('follows a circle of two files as far as it is new', async () => {
    const nested = (path: string) =>
      `Resources:\n  A: {Type: AWS::S3::Bucket}\n  N:\n    Type: AWS::CloudFormation::Stack\n    Metadata: {aws:asset:path: ${path}}\n`;
    const first = put('first.yaml', nested('second.yaml'));
    const second = put('second.yaml', nested('./first.yaml'));
    const asked = ['check', first, '--control', 'S3.14', '--json'];
    const { stdout, stderr } = await inProcess(asked);
    expect(stderr).toBe(
      `${second}:3: N is not evaluated: it is a stack that is nested in itself\n`,
    );
    expect(JSON.parse(stdout)).toMatchObject({ files: 2, unanswered: 1 });
  });
  it('reads a file once, however its path is written', async () => {
    const good = join(folder, 'good.yaml');
    const asked = ['check', good, `${folder}/nowhere/../good.yaml`, '--json'];
    expect(JSON.parse((await inProcess(asked)).stdout)).toMatchObject({ files: 1, resources: 1 });
  });
  it('tells what CloudFormation does not take, and evaluates the rest', async () => {
    const file = put(
      'refused.yaml',
      [
        'Resources:',
        '  A: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: !Wat x}}}',
        '  B: {Type: AWS::S3::Bukket}',
      ].join('\n'),
    );
    const { code, stdout, stderr } = await inProcess(['check', file, '--control', 'S3.2,S3.14']);
    expect([code, stderr.trim().split('\n')]).toEqual([
      2,
      [
        `${file}:2:69: CloudFormation has no function Fn::Wat; did you mean Fn::Not?`,
        `${file}:3:7: AWS::S3::Bukket is no type of CloudFormation; did you mean AWS::S3::Bucket?`,
      ],
    ]);
    expect(stdout).toContain('UNKNOWN  S3.14  A');
    expect(stdout).toContain('2 resources in 1 file: 0 failed, 0 exempted, 1 unknown, 1 passed.');
  });
  it('refuses a value for a parameter that no template has', async () => {
    const file = put(
      'named.yaml',
      'Parameters: {Env: {Type: String, Default: dev}}\nResources: {A: {Type: AWS::S3::Bucket}}\n',
    );
    const given = put('values.json', '{"Evn": "prod", "Whatever": "x"}');
    const asked = ['check', file, '--parameters', given, '--control', 'S3.2'];
    const { code, stderr } = await inProcess(asked);
    expect([code, stderr.trim().split('\n')]).toEqual([
      2,
      [
        `--parameters ${given} gives Evn, and no template has a parameter of that name; did you mean Env?`,
        `--parameters ${given} gives Whatever, and no template has a parameter of that name; they have Env`,
      ],
    ]);
    // A hook names what changed: another file can have them.
    const { code: hooked, stderr: said } = await inProcess([...asked, '--if-template']);
    expect([hooked, said]).toEqual([0, '']);
  });
  it.each([
    [
      '7',
      'gives no parameters; write {"Name": "value"}, or a list of {"ParameterKey": "Name", "ParameterValue": "value"}',
    ],
    [
      '[{"Env": "prod"}]',
      'gives no parameters; write {"Name": "value"}, or a list of {"ParameterKey": "Name", "ParameterValue": "value"}',
    ],
    [
      '["Env"]',
      'gives no parameters; write {"Name": "value"}, or a list of {"ParameterKey": "Name", "ParameterValue": "value"}',
    ],
    [
      '{"Parameters": ["Env"]}',
      'gives no parameters; write {"Name": "value"}, or a list of {"ParameterKey": "Name", "ParameterValue": "value"}',
    ],
    ['{"Env": null}', 'gives Env no text, number or boolean'],
    ['{"Env": {"Ref": "Other"}}', 'gives Env no text, number or boolean'],
    ['[{"ParameterKey": "Env"}]', 'gives Env no text, number or boolean'],
    ['["Env=prod", "Env=dev"]', 'gives Env twice'],
    ...['{"Env": "prod", "Env": "dev"}', 'Env: prod'].map((text) => [
      text,
      'is no JSON; write {"Name": "value"}, or a list of {"ParameterKey": "Name", "ParameterValue": "value"}',
    ]),
  ])('refuses parameters %s', async (text, why) => {
    const file = put('named.yaml', 'Parameters: {Env: {Type: String, Default: dev}}\n');
    const given = put('values.json', text);
    const { code, stderr } = await inProcess(['check', file, '--parameters', given]);
    expect([code, stderr]).toEqual([2, `--parameters ${given} ${why}\n`]);
  });
  it('takes patterns of controls, and refuses one that matches none', async () => {
    const good = join(folder, 'good.yaml');
    const { stdout } = await inProcess(['check', good, '--control', 'S3.*', '--all', '--json']);
    const ids = JSON.parse(stdout).results.map(({ control }: { control: string }) => control);
    expect(ids).toContain('S3.14');
    expect(ids.filter((id: string) => !id.startsWith('S3.'))).toEqual([]);
    const { code, stderr } = await inProcess(['check', good, '--control', 'S4.*']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^there is no control S4\.\*; /)]);
  });
  it('refuses two reports to one file', async () => {
    const good = join(folder, 'good.yaml');
    const to = join(folder, 'report');
    const twice = ['--also', `sarif=${to}`, '--also', `junit=${folder}/./report`];
    for (const asked of [twice, ['--out', to, '--also', `sarif=${to}`]]) {
      const { code, stderr } = await inProcess(['check', good, ...asked]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('is to be written twice')]);
    }
  });
  it.each([
    ['--out', (file: string) => ['--out', file]],
    ['--also', (file: string) => ['--also', `sarif=${file}`]],
    ['--fix', (file: string) => ['--fix', '--out', file]],
  ])('writes no report over what is checked: %s', async (_, more) => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    const text =
      'Resources: {A: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: false}}}';
    const file = put('inner/a.yaml', text);
    const { code, stdout, stderr } = await inProcess([
      'check',
      inner,
      ...more(`${inner}/../inner/a.yaml`),
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      / is read by this check, and a report would be written over it: name another file\n$/,
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
    rmSync(inner, { recursive: true });
  });
  it('writes no report over what says how it is checked, nor over sources of a plan', async () => {
    const good = join(folder, 'good.yaml');
    const baseline = put('baseline.yaml', 'mode: plan\n');
    const parameters = put('parameters.json', '{}');
    const base = put('before.yaml', 'Resources:\n  Good: {Type: AWS::S3::Bucket}\n');
    const source = put('main.tf', '');
    const given = ['--baseline', baseline, '--parameters', parameters, '--new-only', base];
    for (const file of [baseline, parameters, base, source]) {
      const before = readFileSync(file, 'utf8');
      const also = ['--also', `json=${file}`];
      const { code, stderr } = await inProcess(['check', good, ...given, ...also]);
      expect([code, stderr.trim().split('\n').at(-1)]).toEqual([
        2,
        `${file} is read by this check, and a report would be written over it: name another file`,
      ]);
      expect(readFileSync(file, 'utf8')).toBe(before);
    }
  });
  it('leaves a file as it was where the disk has no room for what is put right', () => {
    const text = 'Resources:\n  Orders:\n    Type: AWS::S3::Bucket\n';
    const file = put('full.yaml', `${text}#${'x'.repeat(1022 - text.length)}\n`);
    const before = readFileSync(file, 'utf8');
    // The system counts in blocks of 1,024 bytes what a program may write to a file.
    const command = (room: string) =>
      `trap '' XFSZ; ulimit -f ${room}; exec "$0" bin/plumbline.cjs check "$1" --control S3.5 --fix`;
    const fixed = (room: string) =>
      spawnSync('bash', ['-c', command(room), process.execPath, file], { encoding: 'utf8' });
    const { status, stderr } = fixed('1');
    expect([status, stderr]).toEqual([
      2,
      `0 failures put right in 0 files.\n${file} could not be written: EFBIG\n`,
    ]);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(fixed('unlimited').stderr).toBe('1 failure put right in 1 file.\n');
  });
  it('watches nothing that is not there', async () => {
    const missing = join(folder, 'missing.yaml');
    const { code, stderr } = await inProcess(['check', missing, '--watch', '--json']);
    const sentence = `--watch ${missing}: there is no such file or folder\n`;
    expect([code, stderr]).toEqual([2, sentence]);
  });
  longTest(
    'reads a file of 50 MB in time, or says that it is too large',
    async () => {
      const json = put(
        'large.json',
        `${many(10_000).slice(0, -1)},"Metadata":"${'x'.repeat(50e6)}"}`,
      );
      const begun = performance.now();
      const large = await inProcess(['check', json, '--control', 'S3.14', '--quiet', '--json']);
      expect([large.code, large.stderr]).toEqual([1, '']);
      expect(performance.now() - begun).toBeLessThan(30_000);
      const yaml = put('large.yaml', '');
      truncateSync(yaml, 50_000_000);
      const { code, stderr } = await inProcess(['check', yaml]);
      expect([code, stderr]).toEqual([2, `${yaml}: this is no text\n`]);
      const text = put('text.yaml', `# AWS::\nResources:\n${'# a comment\n'.repeat(4_500_000)}`);
      const refused = await inProcess(['check', text]);
      expect([refused.code, refused.stderr]).toEqual([
        2,
        `${text}: it is larger than 5 MB, which is the most that is read\n`,
      ]);
    },
    90_000,
  );
  longTest(
    'evaluates ten thousand resources',
    async () => {
      const file = put('many.json', many(10_000));
      const { code, stdout } = await inProcess([
        'check',
        file,
        '--control',
        'S3.14,S3.9',
        '--json',
      ]);
      expect(code).toBe(1);
      expect(JSON.parse(stdout).results).toHaveLength(20_000);
    },
    60_000,
  );
  it('says of links in a circle, and of what may not be read, what is wrong', async () => {
    symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
    symlinkSync('.', join(folder, 'again'));
    const hidden = put('hidden.yaml', 'Resources: {A: {Type: AWS::S3::Bucket}}');
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    for (const path of [hidden, closed]) chmodSync(path, 0o000);
    chmodSync(folder, 0o755);
    // Root may read everything.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ['bin/plumbline.cjs', 'check', folder, '--control', 'S3.14'],
      { encoding: 'utf8', ...nobody },
    );
    chmodSync(closed, 0o755);
    expect(stderr.trim().split('\n').toSorted()).toEqual([
      `${closed}: permission denied`,
      `${hidden}: permission denied`,
      `${join(folder, 'loop.yaml')}: its links lead in a circle`,
    ]);
    expect(stdout).toContain('S3.14  Good (AWS::S3::Bucket)');
    expect(status).toBe(2);
  });
});
