import {
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
import { stripVTControlCharacters } from 'node:util';
import { inProcess } from '../run.ts';

const shop = 'test/templates/examples/shop.yaml';
const few = ['--control', 'S3.2,S3.14,EC2.13,EC2.14'];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const bucket = (more = '') => `Resources:\n  A:\n    Type: AWS::S3::Bucket\n${more}`;

describe('check', () => {
  it('shows each finding at its place in the source', async () => {
    const { code, stdout, stderr } = await inProcess(['check', shop, ...few]);
    expect([code, stderr]).toEqual([1, '']);
    expect(
      stripVTControlCharacters(stdout),
    ).toBe(`${shop}:30:3  HIGH  EC2.14  Web (AWS::EC2::SecurityGroup)
  tcp 3389 open to the internet
  30 |   FromAnywhere:
     |   ^^^^^^^^^^^^

${shop}:17:3  LOW  S3.14  Site (AWS::S3::Bucket)
  versioning was never on
  17 |   Site: # plumbline:exempt S3.2 the public web site
     |   ^^^^

${shop}:16:9  LOW  S3.14  Orders (AWS::S3::Bucket)
  versioning is suspended
  when Env is dev
  16 |         Status: !If [IsProd, Enabled, Suspended]
     |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

${shop}:20:7  exempted  S3.2  Site (AWS::S3::Bucket)
  the public can read through the ACL
  exempted in the template: the public web site

${shop}:21:3  UNKNOWN  EC2.13  Web (AWS::EC2::SecurityGroup)
  it depends on the parameter AdminNetwork, which has no default

4 resources in 1 file: 3 failed, 1 exempted, 1 unknown, 1 passed.
`);
    const guide = readFileSync('docs/guide/templates.md', 'utf8');
    expect(guide).toContain(`check ${shop} ${few.join(' ')}\n`);
    expect(guide).toContain(`\`\`\`text\n${stripVTControlCharacters(stdout)}\`\`\``);
  });
  it('says which folders it did not read, and nothing where it read all', async () => {
    put('bucket.yaml', bucket());
    const told = async () => (await inProcess(['check', folder, ...few])).stdout;
    mkdirSync(join(folder, '.git'));
    expect(await told()).not.toContain('not read');
    for (const name of ['node_modules', '.aws-sam', 'web', 'web/node_modules']) {
      mkdirSync(join(folder, name));
      put(`${name}/bucket.yaml`, bucket());
    }
    const said = '3 folders were not read: .aws-sam, node_modules.';
    expect(await told()).toMatch(new RegExp(`in 2 files: .*\n${said}\n$`));
    const named = await inProcess(['check', join(folder, '.aws-sam'), ...few, '--all']);
    expect(named.stdout).toContain('1 resource in 1 file');
    expect((await inProcess(['check', folder, ...few, '--quiet'])).stdout).not.toContain(
      'not read',
    );
    const guide = readFileSync('docs/guide/templates.md', 'utf8');
    expect(guide).toContain(`\`${said.replace('3', '2')}\``);
  });
  it.each([
    ['json', []],
    ['text', ['--require-explicit']],
  ])('counts as %s what it does not tell as if it told all', async (format, more) => {
    const asked = ['check', shop, put('bucket.yaml', bucket()), '--format', format, ...more];
    const [few, all] = [await inProcess(asked), await inProcess([...asked, '--all'])];
    expect(few.code).toBe(all.code);
    if (format === 'text') {
      const [last] = few.stdout.trim().split('\n').slice(-1);
      expect(last).toMatch(/ [1-9]\d* passed\.$/);
      expect(all.stdout.split('\n')).toContain(last);
      return;
    }
    const [told, whole] = [JSON.parse(few.stdout), JSON.parse(all.stdout)];
    const isTold = ({ status }: { status: string }) => ['FAIL', 'UNKNOWN'].includes(status);
    expect(told.results).toEqual(whole.results.filter(isTold));
    expect(whole.results.length).toBeGreaterThan(told.results.length);
    expect([told.counts, told.controls]).toEqual([whole.counts, whole.controls]);
    expect(told.counts.passed).toBeGreaterThan(10);
  });

  it('exits by the severity that is asked for', async () => {
    const asked = ['check', shop, ...few, '--quiet'];
    expect((await inProcess([...asked, '--fail-on', 'critical'])).code).toBe(0);
    expect((await inProcess([...asked, '--fail-on', 'high'])).code).toBe(1);
    expect((await inProcess([...asked, '--strict-unknown'])).code).toBe(2);
  });
  it.each([
    '[{"ParameterKey": "Env", "ParameterValue": "prod"}]',
    '["Env=prod"]',
    '{"Parameters": {"Env": "prod"}, "Tags": {"team": "shop"}}',
    '{"Env": "prod"}',
  ])('takes parameters from a file, as the AWS command line does: %s', async (text) => {
    const file = put('parameters.json', text);
    const asked = ['check', shop, '--control', 'S3.14', '--json', '--parameters', file];
    const { stdout } = await inProcess(asked);
    expect(JSON.parse(stdout).results).toMatchObject([
      { control: 'S3.14', logicalId: 'Site', line: 17 },
    ]);
  });
  it.each([
    [
      '[{"ParameterKey": "Key", "UsePreviousValue": true}]',
      'it depends on the parameter Key, which keeps the value that the stack has',
    ],
    [
      '{"Key": {"Fn::GetParam": ["Build", "key.json", "Key"]}}',
      'it depends on Fn::GetParam, which only the deployment can resolve',
    ],
  ])('takes no default where a value is kept or comes later: %s', async (text, why) => {
    const template = put(
      'kept.yaml',
      [
        'Parameters: {Key: {Type: String, Default: "true"}}',
        'Resources:',
        '  Secret: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: !Ref Key}}',
      ].join('\n'),
    );
    const file = put('parameters.json', text);
    const asked = ['check', template, '--control', 'KMS.4', '--json'];
    const { stdout: usual } = await inProcess(asked);
    expect(JSON.parse(usual).counts).toMatchObject({ passed: 1 });
    const { stdout } = await inProcess([...asked, '--parameters', file]);
    expect(JSON.parse(stdout).results).toMatchObject([{ status: 'UNKNOWN', reason: why }]);
  });
  it('writes SARIF with places, fingerprints and suppressions', async () => {
    const { stdout } = await inProcess(['check', shop, ...few, '--format', 'sarif']);
    const [{ results, tool }] = JSON.parse(stdout).runs;
    expect(tool.driver.rules).toHaveLength(4);
    expect(results).toHaveLength(5);
    const exempted = results.find((one: { suppressions?: unknown }) => one.suppressions);
    expect(exempted).toMatchObject({
      ruleId: 'S3.2',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: shop },
            region: { startLine: 20, startColumn: 7 },
          },
        },
      ],
      suppressions: [{ kind: 'inSource', justification: 'the public web site' }],
    });
    const prints = results.map((one: { partialFingerprints: object }) =>
      JSON.stringify(one.partialFingerprints),
    );
    expect(new Set(prints).size).toBe(5);
    for (const { ruleId, ruleIndex } of results)
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });
  it('writes JUnit and annotations', async () => {
    const junit = await inProcess(['check', shop, ...few, '--format', 'junit']);
    expect(junit.stdout).toContain(
      `<testsuite name="${shop}" tests="6" failures="3" skipped="2" errors="0">`,
    );
    const skipped = [...junit.stdout.matchAll(/<skipped message="([^"]*)"/g)];
    expect(skipped.map(([, why]) => why)).toEqual([
      'exempted: the public web site',
      'it depends on the parameter AdminNetwork, which has no default',
    ]);
    const github = await inProcess(['check', shop, ...few, '--format', 'github']);
    expect(github.stdout.split('\n')[0]).toBe(
      `::error file=${shop},line=30,endLine=30,col=3,title=EC2.14 Web::tcp 3389 open to the internet`,
    );
  });
  it('refuses an exemption without a reason', async () => {
    const file = put('a.yaml', bucket('    # plumbline:exempt S3.14\n'));
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14', '--quiet']);
    expect([code, stderr]).toEqual([
      1,
      `${file}:4: the exemption of S3.14 gives no reason, and does not count\n`,
    ]);
  });
  it.each([
    ['of white space that nobody sees', '# plumbline:exempt S3.14 \u200b\u2060\u3164'],
    ['of a dash', '# plumbline:exempt S3.14 -'],
  ])('refuses a reason %s', async (_, said) => {
    const file = put('a.yaml', bucket(`    ${said}\n`));
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14', '--quiet']);
    expect(code).toBe(1);
    expect(stderr).toContain('the exemption of S3.14 gives no reason, and does not count');
  });
  it.each([
    ['in quotes', "    Properties: {Tags: [{Key: a, Value: 'b # plumbline:exempt S3.14 c'}]}\n"],
    ['in a text of several lines', '    Description: |\n      # plumbline:exempt S3.14 c\n'],
    ['in a key', '    Metadata: {"# plumbline:exempt S3.14 c": a}\n'],
  ])('takes no exemption that stands %s for a comment', async (_, said) => {
    const file = put('a.yaml', bucket(said));
    const { stdout } = await inProcess(['check', file, '--control', 'S3.14']);
    expect(stdout).toContain('1 failed, 0 exempted');
  });
  it('takes no exemption from JSON, and shows nothing of its line as a reason', async () => {
    const A = { Type: 'AWS::S3::Bucket', Description: '# plumbline:exempt S3.14 c' };
    const B = { Type: 'AWS::S3::Bucket', Metadata: { a: 'what is behind it' } };
    const file = put('a.json', JSON.stringify({ Resources: { A, B } }));
    const { stdout } = await inProcess(['check', file, '--control', 'S3.14']);
    expect(stdout).toContain('2 failed, 0 exempted');
    expect(stdout).not.toContain('exempted in the template');
  });
  it('tells of exemptions of controls that are none', async () => {
    const metadata = '{plumbline: {exempt: [{control: S3.141, reason: scratch}]}}';
    const text = bucket(`    # plumbline:exempt S4.14 scratch\n    Metadata: ${metadata}\n`);
    const file = put('a.yaml', text);
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14', '--quiet']);
    const none = 'does not count: there is no such control; did you mean';
    expect([code, stderr]).toEqual([
      1,
      `${file}:2: the exemption of S3.141 ${none} S3.11?\n${file}:4: the exemption of S4.14 ${none} S3.14?\n`,
    ]);
  });
  it('takes a comment on the line above only where nothing else is on it', async () => {
    const text = [
      'Resources:',
      '  A:',
      '    Type: AWS::S3::Bucket # plumbline:exempt S3.14 scratch',
      '  B:',
      '    Type: AWS::S3::Bucket',
      '  # plumbline:exempt S3.14 scratch, too',
      '  C: {Type: AWS::S3::Bucket}',
      '',
    ].join('\n');
    const file = put('a.yaml', text);
    const { stdout } = await inProcess(['check', file, '--control', 'S3.14']);
    expect(stdout).toContain('3 resources in 1 file: 1 failed, 2 exempted');
    expect(stdout).toContain('LOW  S3.14  B (');
  });
  it.each(['20200101', 'soon', '2020-13-45'])(
    'refuses an exemption that ends %s, which is no date',
    async (end) => {
      const exempt = `[{control: S3.14, reason: scratch, expires: ${end}}]`;
      const file = put('a.yaml', bucket(`    Metadata: {plumbline: {exempt: ${exempt}}}\n`));
      const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14', '--quiet']);
      expect([code, stderr]).toEqual([
        1,
        `${file}:2: the exemption of S3.14 ends ${end}, which is no date as in 2027-01-31, and does not count\n`,
      ]);
    },
  );
  const nothing = 'does not count';
  it.each([
    [
      '[{control: S3.14, reason: scratch, expire: 2099-01-01}]',
      `an exemption with expire ${nothing}; did you mean expires?`,
    ],
    [
      '[{control: S3.14, reason: scratch, ticket: A-1}]',
      `an exemption with ticket ${nothing}; allowed: control, reason, owner, expires`,
    ],
    [
      '{control: S3.14, reason: scratch}',
      `exempt is a list, such as [{ control: S3.9, reason: why }]: it ${nothing}`,
    ],
  ])('tells why an exemption written %s counts for nothing', async (exempt, why) => {
    const file = put('a.yaml', bucket(`    Metadata: {plumbline: {exempt: ${exempt}}}\n`));
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14', '--quiet']);
    expect([code, stderr]).toEqual([1, `${file}:2: ${why}\n`]);
  });
  it('tells of a comment that is written almost as an exemption is', async () => {
    const file = put('a.yaml', bucket('    # plumbline: exempt S3.14 scratch\n'));
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14', '--quiet']);
    expect([code, stderr]).toEqual([
      1,
      `${file}:4: an exemption is written without a blank, # plumbline:exempt S3.9 reason: this one does not count\n`,
    ]);
  });
  it('tells of an exemption that has ended', async () => {
    const exempt = '[{control: S3.14, reason: scratch, expires: 2020-01-31}]';
    const file = put('a.yaml', bucket(`    Metadata: {plumbline: {exempt: ${exempt}}}\n`));
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.14', '--quiet']);
    expect([code, stderr]).toEqual([
      1,
      `${file}:2: the exemption of S3.14 ended on 2020-01-31, and does not count\n`,
    ]);
  });
  it('takes an exemption of the baseline by file and logical id', async () => {
    const file = put('a.yaml', bucket());
    const baseline = put(
      'plumbline.yaml',
      `exemptions: [{control: S3.14, resource: 'template:**/a.yaml#A', owner: web, reason: scratch, expires: 2099-01-01}]\n`,
    );
    const { code } = await inProcess(['check', file, '--control', 'S3.14', '--baseline', baseline]);
    expect(code).toBe(0);
  });
  it('tells what it does not evaluate, where a control that is asked for would', async () => {
    const text =
      'Resources:\n  Cert: {Type: AWS::IAM::ServerCertificate}\n  A: {Type: AWS::S3::Bucket}\n';
    const file = put('certificate.yaml', text);
    const all = await inProcess(['check', file, '--fail-on', 'critical']);
    expect(all.stderr).toBe(
      `${file}:2: Cert is not evaluated: AWS::IAM::ServerCertificate is evaluated in an account, and not yet in a template\n`,
    );
    expect(all.code).toBe(0);
    expect((await inProcess(['check', file, '--strict-unknown'])).code).toBe(2);
    const { stderr } = await inProcess(['check', file, '--control', 'S3.14']);
    expect(stderr).toBe('');
  });
  it('shows findings alone or every verdict', async () => {
    const { code, stderr } = await inProcess([
      'check',
      put('a.yaml', bucket()),
      '--quiet',
      '--all',
    ]);
    expect([code, stderr]).toEqual([
      2,
      '--quiet shows findings alone and --all every verdict: give one of them\n',
    ]);
  });
  it('tells of what decides and is not read', async () => {
    const text = [
      'Resources:',
      '  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.com/a}}',
      '  Module: {Type: My::Team::Bucket::MODULE}',
      '  A: {Type: AWS::S3::Bucket}',
      '  Set: {Type: AWS::CloudFormation::StackSet, Properties: {TemplateBody: a}}',
      '',
    ].join('\n');
    const file = put('apart.yaml', text);
    const asked = ['check', file, '--fail-on', 'critical', '--control'];
    const nested = `${file}:2: Nested is not evaluated: its template is no file that this one names\n`;
    const made = `${file}:3: Module is not evaluated: what a module makes is known only when it is deployed\n`;
    const set = `${file}:5: Set is not evaluated: it deploys a template of its own, which is not read\n`;
    expect((await inProcess([...asked, 'S3.14'])).stderr).toBe(nested + set + made);
  });
  it('tells of a file of a folder that is too large', async () => {
    put('good.yaml', bucket());
    truncateSync(put('large.json', ''), 100_000_001);
    const { code, stderr } = await inProcess(['check', folder, '--control', 'S3.14']);
    expect(code).toBe(2);
    expect(stderr).toContain('large.json: it is larger than 100 MB');
  });
  it('tells what cannot be read, and goes on', async () => {
    put('good.yaml', bucket());
    const broken = put('broken.yaml', 'Resources: {A: {Type: AWS::S3::Bucket}\n');
    put('values.yaml', 'image: nginx\n');
    mkdirSync(join(folder, 'more'));
    symlinkSync(folder, join(folder, 'more', 'loop'));
    symlinkSync('loop.yaml', join(folder, 'more', 'loop.yaml'));
    const { code, stdout, stderr } = await inProcess(['check', folder, '--control', 'S3.14']);
    expect(code).toBe(2);
    expect(stdout).toContain('1 resource in 1 file: 1 failed');
    expect(stderr).toContain(`${broken}:`);
    expect(stderr).toContain('its links lead in a circle');
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });
  it('shows of a long line what is around the place, and no more', async () => {
    const buckets = Object.fromEntries(
      ['First', 'Second', 'Third'].map((name) => [
        name,
        { Type: 'AWS::S3::Bucket', Metadata: { about: name.repeat(20) } },
      ]),
    );
    const file = put('a.json', JSON.stringify({ Resources: buckets }));
    const { stdout } = await inProcess(['check', file, '--control', 'S3.14']);
    const lines = stripVTControlCharacters(stdout).replaceAll(file, 'a.json').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining(['  1 | …condSecondSecond"}},"Third":{"Type":"AWS::S3:…']),
    );
    expect(lines.filter((line) => line.includes('^'))).toHaveLength(3);
    expect(Math.max(...lines.slice(0, -2).map(({ length }) => length))).toBeLessThan(100);
  });
  it.each<[name: string, resource: string]>([
    [
      'a policy of a bucket elsewhere',
      "{Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Open, PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}]}}}",
    ],
    [
      'a rule of a group elsewhere',
      '{Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Open, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}',
    ],
    [
      'tags that nobody knows',
      '{Type: AWS::S3::Bucket, Properties: {Tags: !FindInMap [Nope, x, y]}}',
    ],
    [
      'a macro in the properties',
      "{Type: AWS::S3::Bucket, Properties: {Fn::Transform: {Name: 'AWS::Include'}}}",
    ],
  ])('evaluates the rest of a template with %s', async (_, resource) => {
    const file = put(
      'a.yaml',
      `Parameters: {Open: {Type: String}}\nResources:\n  A: {Type: AWS::S3::Bucket}\n  B: ${resource}\n`,
    );
    const { code, stdout, stderr } = await inProcess(['check', file]);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('  S3.14  A (AWS::S3::Bucket)');
  });
  it('says that a path is missing, and how to name one', async () => {
    const { code, stderr } = await inProcess(['check']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^there is no path: name a file or a folder, as in .*check templates/);
  });
  it.each<[name: string, text: string, message: string]>([
    ['what is no template', 'a: 1\n', 'this is no template: it has no mapping of Resources'],
    ['a list', '[1]', 'this is no template: it has no mapping of Resources'],
    [
      'a state of Terraform',
      '{"version": 4, "terraform_version": "1.9.0", "resources": []}',
      'this is no plan as JSON: write one with terraform show -json tfplan > tfplan.json',
    ],
    ['nothing', '', 'it is empty'],
  ])('refuses %s that is named', async (_, text, message) => {
    const file = put('a.yaml', text);
    const { code, stderr } = await inProcess(['check', file]);
    expect(code).toBe(2);
    expect(stderr).toBe(`${file}:1:1: ${message}\n`);
  });
  it.each<
    [
      name: string,
      files: Readonly<Record<string, string>>,
      args: readonly string[],
      message: string,
    ]
  >([
    [
      'a chart of Helm',
      { 'Chart.yaml': 'apiVersion: v2\nname: web\n' },
      [],
      'Nothing was evaluated: what was found cannot be evaluated.\n',
    ],
    [
      'controls that look at nothing here',
      { 'a.yaml': bucket() },
      ['--control', 'EC2.14'],
      'Nothing was evaluated: no control that --control, --severity and the baseline leave looks at what is declared here.\n',
    ],
    [
      'a severity that the control has not',
      { 'a.yaml': bucket() },
      ['--control', 'S3.2', '--severity', 'low'],
      'Nothing was evaluated: no control that --control, --severity and the baseline leave looks at what is declared here.\n',
    ],
    [
      'a program named as a Dockerfile',
      { 'dockerfile.ts': 'export {};\n' },
      [],
      'There is nothing to evaluate in FOLDER: no template, plan, manifest or Dockerfile.\n',
    ],
  ])('is not content with %s', async (_, files, args, message) => {
    for (const [name, text] of Object.entries(files)) put(name, text);
    const { code, stderr } = await inProcess(['check', folder, ...args]);
    expect(code).toBe(2);
    expect(stderr.endsWith(message.replace('FOLDER', folder))).toBe(true);
  });
  it.each(['--baseline', '--parameters'])('says that a file for %s is no text', async (option) => {
    const file = put('image.yaml', '\0\u0001image');
    const { code, stdout, stderr } = await inProcess(['check', shop, option, file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/image\.yaml: it is no text\n$/);
  });
  it('is content where the controls that are asked for pass', async () => {
    const file = put('a.yaml', bucket());
    const { code, stderr } = await inProcess(['check', file, '--control', 'S3.2']);
    expect([code, stderr]).toEqual([0, '']);
  });
  it.each([
    ['no file', ['check', '/nowhere/a.yaml'], '/nowhere/a.yaml: there is no such file\n'],
    [
      'an empty folder',
      ['check', 'lint'],
      'There is nothing to evaluate in lint: no template, plan, manifest or Dockerfile.\n',
    ],
    [
      'a control that is not there',
      ['check', shop, '--control', 'S3.99'],
      /^there is no control S3\.99; did you mean S3\.\d*9/,
    ],
    [
      'a format that is not there',
      ['check', shop, '--format', 'xml'],
      /^--format is xml; allowed: text, json/,
    ],
  ])('says of %s what is wrong', async (_, args, message) => {
    const { code, stderr } = await inProcess(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
