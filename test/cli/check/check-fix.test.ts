import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { inProcess } from '../run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-fix-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const queue = `\uFEFF# orders
Resources:
  Orders: # all of them
    Type: AWS::SQS::Queue
    Properties:
      SqsManagedSseEnabled: false   # for now
`;
const right = queue.replace('false', 'true');
const bucket = 'Resources: {Site: {Type: AWS::S3::Bucket}}\n';

describe('check', () => {
  it('prints a diff that can be applied', async () => {
    const file = put('queue.yaml', queue.slice(1));
    const { stdout, stderr, code } = await inProcess(['check', file, '--patch']);
    expect([stderr, code]).toEqual(['', 1]);
    expect(stdout).toContain('# SQS.1 Orders: encrypts new messages with a key that SQS manages\n');
    expect(readFileSync(file, 'utf8')).toBe(queue.slice(1));
    expect(applyPatch(queue.slice(1), stdout)).toBe(right.slice(1));
  });
  it('makes the changes, and evaluates what the file is then', async () => {
    const file = put('queue.yaml', queue);
    const { stdout, stderr, code } = await inProcess(['check', file, '--fix']);
    expect(code).toBe(0);
    expect(stderr).toBe('1 failure put right in 1 file.\n');
    expect(stdout).toContain('0 failed');
    expect(readFileSync(file, 'utf8')).toBe(right);
  });
  it('tells what stays, and looks at controls that are not asked for', async () => {
    const file = put('site.yaml', bucket);
    const asked = ['check', file, '--control', 'S3.14', '--patch'];
    const { stdout, stderr } = await inProcess(asked);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      `${file}:1: S3.14 Site stays: with the change, S3.10 of Site would be FAIL\n`,
    );
  });
  it('puts right containers of task definitions with the rest of their template', async () => {
    const text = `Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: false}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      PidMode: host
      ContainerDefinitions:
        - Name: web # it serves
          Image: web:1
          LinuxParameters: {Capabilities: {Add: [SYS_ADMIN]}}
`;
    const file = put('task.yaml', text);
    const ids = 'SQS.1,PL.CONTAINER.2,PL.CONTAINER.3,PL.CONTAINER.4,PL.CONTAINER.6,PL.CONTAINER.9';
    const { stderr } = await inProcess(['check', file, '--control', ids, '--fix']);
    const set = `          DockerSecurityOptions:
            - no-new-privileges
`;
    const some = text
      .replace('false', 'true')
      .replace('[SYS_ADMIN]}', '[SYS_ADMIN], Drop: [ ALL ]}')
      .replace('          Linux', `${set}          Linux`);
    expect(readFileSync(file, 'utf8').split('\n').toSorted()).toEqual(some.split('\n').toSorted());
    expect(stderr).toContain('3 failures put right in 1 file.');
    expect(stderr).toContain('PL.CONTAINER.9 Task stays: it is for a person to say');
    expect(stderr).toContain('PL.CONTAINER.6 Task/web stays: only you know a user');
    // The key of the capabilities stands two lines further down by now.
    const { stderr: told } = await inProcess([
      'check',
      file,
      '--control',
      'PL.CONTAINER.4',
      '--fix',
    ]);
    const line =
      readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((one) => one.includes('Add:')) + 1;
    expect(stderr).toContain(`${file}:${line}: PL.CONTAINER.4 Task/web stays`);
    expect(told).toContain(`${file}:${line}: PL.CONTAINER.4 Task/web stays`);
    const { stdout } = await inProcess(['check', file, '--control', ids, '--fix', '--proposed']);
    const all = some.replace('      PidMode: host\n', '').replace('Add: [SYS_ADMIN]', 'Add: []');
    expect(readFileSync(file, 'utf8').split('\n').toSorted()).toEqual(all.split('\n').toSorted());
    expect(stdout).toContain(' 1 failed, 0 exempted');
  });
  it('leaves an exempted failure, and what the CDK makes', async () => {
    const file = put(
      'cdk.json',
      JSON.stringify({
        Resources: {
          Q: {
            Type: 'AWS::SQS::Queue',
            Properties: { SqsManagedSseEnabled: false },
            Metadata: { 'aws:cdk:path': 'Shop/Q/Resource' },
          },
          Free: {
            Type: 'AWS::SQS::Queue',
            Properties: { SqsManagedSseEnabled: false },
            Metadata: { plumbline: { exempt: [{ control: 'SQS.1', reason: 'a test' }] } },
          },
        },
      }),
    );
    const { stdout, stderr } = await inProcess(['check', file, '--patch']);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      `${file}:1: SQS.1 Q stays: the CDK makes it: change the construct Shop/Q\n`,
    );
  });
  it('does not tell for put right what is not known any more', async () => {
    const rule = (port: number, from: string) =>
      `        - {IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, CidrIp: ${from}}\n`;
    const file = put(
      'group.yaml',
      `Parameters: {Open: {Type: String}}\nResources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: a\n      SecurityGroupIngress:\n${rule(22, '0.0.0.0/0')}${rule(3389, '!Ref Open')}`,
    );
    const asked = ['check', file, '--control', 'EC2.13,EC2.19', '--patch', '--proposed'];
    const { stdout, stderr } = await inProcess(asked);
    expect(stdout).toContain('# EC2.13 Web: ');
    expect(stdout).not.toContain('EC2.19');
    expect(stderr).toBe(
      `${file}:8: EC2.19 Web stays: with the other changes it is UNKNOWN: it depends on the parameter Open, which has no default\n`,
    );
  });
  it('changes no file of another encoding, whose letters would be lost', async () => {
    const file = put('a.yaml', '');
    const bytes = Buffer.from(queue.slice(1).replace('orders', 'caf\u00e9'), 'latin1');
    writeFileSync(file, bytes);
    const made = await inProcess(['check', file, '--fix']);
    expect(made.code).toBe(2);
    expect(made.stderr).toContain(`${file} is no UTF-8: save it as UTF-8\n`);
    const printed = await inProcess(['check', file, '--patch']);
    expect(printed.stdout).toBe('');
    expect(printed.stderr).toContain(`${file} is no UTF-8, and git takes no patch of it`);
    expect(readFileSync(file)).toEqual(bytes);
  });
  it('writes the other files where one cannot be written, and says so', async () => {
    const file = put('a.yaml', '');
    writeFileSync(file, Buffer.from(queue, 'utf16le'));
    const other = put('b.yaml', queue);
    const { stdout, stderr, code } = await inProcess(['check', folder, '--fix']);
    expect(code).toBe(2);
    expect(stderr).toBe(`1 failure put right in 1 file.\n${file} is no UTF-8: save it as UTF-8\n`);
    expect(readFileSync(other, 'utf8')).toBe(right);
    expect(stdout).toContain('1 failed');
  });
  it('puts right what is YAML and begins with a bracket', async () => {
    const flow = (is: boolean) =>
      `{Resources: {Orders: {Type: 'AWS::SQS::Queue', Properties: {SqsManagedSseEnabled: ${is}}}}}\n`;
    const file = put('a.yaml', flow(false));
    const { stderr, code } = await inProcess(['check', file, '--fix']);
    expect([stderr, code]).toEqual(['1 failure put right in 1 file.\n', 0]);
    expect(readFileSync(file, 'utf8')).toBe(flow(true));
  });
  it.each([
    [['--patch', '--fix'], '--patch prints changes and --fix makes them: give one of them'],
    [['--proposed'], '--proposed goes with --patch or --fix'],
  ])('refuses %j', async (more, why) => {
    const { code, stderr } = await inProcess(['check', put('a.yaml', bucket), ...more]);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });
  it('prints in the guide what it prints', async () => {
    const asked = ['check', 'test/templates/examples/shop.yaml', '--control', 'EC2.14,S3.14'];
    const { stdout, stderr } = await inProcess([...asked, '--patch']);
    const guide = readFileSync('docs/guide/templates.md', 'utf8');
    expect(guide).toContain(stdout.trimEnd());
    expect(guide).toContain(stderr.trimEnd());
    const plan = ['check', 'test/templates/examples/plan/plan.json', '--control', 'EC2.14,S3.5'];
    expect(guide).toContain((await inProcess([...plan, '--patch'])).stdout.trimEnd());
  });
  it('writes nothing of Terraform, and proposes as JSON', async () => {
    const file = 'test/templates/examples/plan/plan.json';
    const before = readFileSync(file, 'utf8');
    const { stderr } = await inProcess(['check', file, '--control', 'S3.5', '--fix']);
    expect(stderr).toContain('add resource "aws_s3_bucket_policy" "site"');
    expect(stderr).toContain('0 failures put right in 0 files.');
    expect(readFileSync(file, 'utf8')).toBe(before);
    const { stdout } = await inProcess(['check', file, '--control', 'S3.5', '--patch', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      patches: [],
      proposals: [
        {
          control: 'S3.5',
          logicalId: 'aws_s3_bucket.site',
          file: 'test/templates/examples/plan/main.tf',
          line: 43,
          settings: [{ change: 'add', address: 'aws_s3_bucket_policy.site', line: 43 }],
        },
      ],
      left: [],
    });
  });
});
