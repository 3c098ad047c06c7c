import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-wider-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Declared = Readonly<Record<string, unknown>>;
interface Pair {
  readonly control: string;
  /** What fails, and lets through as little as it does. */
  readonly narrow: Declared;
  readonly wide: Declared;
  /** The same as `wide`, written otherwise. */
  readonly same?: Declared;
}
const asTemplate = (Resources: Declared, more: Declared = {}): Declared => ({ ...more, Resources });
const of = (Type: string, Properties: Declared) => ({ Type, Properties });

const queue = (...Statement: readonly Declared[]) =>
  asTemplate({
    Q: of('AWS::SQS::Queue', {}),
    P: of('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: 'Q' }],
      PolicyDocument: { Version: '2012-10-17', Statement },
    }),
  });
const anybody = { Effect: 'Allow', Principal: '*', Resource: '*' };
const send = { ...anybody, Action: 'sqs:SendMessage' };
const receive = { ...anybody, Action: 'sqs:ReceiveMessage' };

const bucket = (...Statement: readonly Declared[]) =>
  asTemplate({
    B: of('AWS::S3::Bucket', { BucketName: 'shop-orders' }),
    P: of('AWS::S3::BucketPolicy', {
      Bucket: { Ref: 'B' },
      PolicyDocument: { Version: '2012-10-17', Statement },
    }),
  });
const read = (more: Declared = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::shop-orders/*',
  ...more,
});
const referer = { Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } } };

const group = (...SecurityGroupIngress: readonly Declared[]) =>
  asTemplate({ G: of('AWS::EC2::SecurityGroup', { GroupDescription: 'a', SecurityGroupIngress }) });
const tcp = (FromPort: number, ToPort: number, CidrIp = '0.0.0.0/0', more: Declared = {}) => ({
  ...{ IpProtocol: 'tcp', FromPort, ToPort, CidrIp },
  ...more,
});

const managed = (...Statement: readonly Declared[]) =>
  asTemplate({
    M: of('AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement } }),
  });
const allow = (Action: unknown, Resource: unknown = '*', more: Declared = {}) => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...more,
});
const acl = (AccessControl: string) =>
  asTemplate({
    B: of('AWS::S3::Bucket', {
      AccessControl,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: false, IgnorePublicAcls: false },
    }),
  });
const key = (Action: unknown) =>
  asTemplate({
    K: of('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action, Resource: '*' }],
      },
    }),
  });
const trust = (Principal: Declared, more: Declared = {}) =>
  asTemplate({
    R: of('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more }],
      },
    }),
  });
const withInline = (...policies: readonly (readonly Declared[])[]) =>
  asTemplate({
    R: of('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [] },
      Policies: policies.map((Statement, at) => ({
        PolicyName: `p${at}`,
        PolicyDocument: { Statement },
      })),
    }),
  });
const arn = (kind: string, SourceArn: unknown) =>
  read({ Condition: { [kind]: { 'aws:SourceArn': SourceArn } } });
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
/** A role that may do everything, as far as a boundary lets it. */
const bounded = (PermissionsBoundary: unknown, ...Statement: readonly Declared[]) =>
  asTemplate({
    ...(Statement.length > 0
      ? { Limit: of('AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement } }) }
      : {}),
    R: of('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [] },
      Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: [everything] } }],
      ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
    }),
  });
const limit = { Ref: 'Limit' };
const containers = 'PL.CONTAINER.1';
const task = (...names: readonly string[]) =>
  asTemplate({
    T: of('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: ['a', 'b'].map((Name) => ({
        ...{ Name, Image: 'example/a', Privileged: names.includes(Name) },
      })),
    }),
  });
const inProduction = (ofProduction: unknown, otherwise: unknown, Default = 'dev') =>
  asTemplate(
    {
      Q: of('AWS::SQS::Queue', {}),
      P: of('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: 'Q' }],
        PolicyDocument: {
          Statement: [
            { ...anybody, Action: { 'Fn::If': ['IsProduction', ofProduction, otherwise] } },
          ],
        },
      }),
    },
    {
      Parameters: { Env: { Type: 'String', AllowedValues: ['dev', 'prod'], Default } },
      Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } },
    },
  );
const planned = (Action: unknown) => ({
  format_version: '1.2',
  terraform_version: '1.9.0',
  planned_values: {
    root_module: {
      resources: [
        {
          ...{ address: 'aws_sqs_queue.q', mode: 'managed', type: 'aws_sqs_queue', name: 'q' },
          provider_name: 'registry.terraform.io/hashicorp/aws',
          values: { name: 'orders', policy: JSON.stringify({ Statement: { ...anybody, Action } }) },
        },
      ],
    },
  },
  resource_changes: [],
  configuration: { root_module: {} },
});

const pairs: Readonly<Record<string, Pair>> = {
  'an inline policy beside one that denies': {
    control: 'PL.IAM.3',
    narrow: withInline([allow('*')], [allow('iam:*', '*', { Effect: 'Deny' })]),
    wide: withInline([allow('*')]),
  },
  'another action in a statement of a queue': {
    control: 'SQS.3',
    narrow: queue(send),
    wide: queue({ ...anybody, Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] }),
    same: queue(receive, send),
  },
  'every action in the place of one': {
    control: 'SQS.3',
    narrow: queue(send),
    wide: queue({ ...anybody, Action: 'sqs:*' }),
    same: queue({ ...anybody, Principal: { AWS: ['*'] }, Action: ['SQS:*', 'sqs:SendMessage'] }),
  },
  'another statement': {
    control: 'SQS.3',
    narrow: queue(send),
    wide: queue(send, receive),
    same: queue({ ...receive, Sid: 'B' }, send),
  },
  'one that is denied no more': {
    control: 'SQS.3',
    narrow: queue(
      { ...anybody, Action: 'sqs:*' },
      { Effect: 'Deny', Principal: '*', Action: 'sqs:DeleteQueue', Resource: '*' },
    ),
    wide: queue({ ...anybody, Action: 'sqs:*' }),
  },
  'more but a few actions': {
    control: 'SQS.3',
    narrow: queue({ ...anybody, NotAction: ['sqs:DeleteQueue', 'sqs:SetQueueAttributes'] }),
    wide: queue({ ...anybody, NotAction: 'sqs:DeleteQueue' }),
  },
  'a condition of a bucket policy that is gone': {
    control: 'S3.2',
    narrow: bucket(read(referer)),
    wide: bucket(read()),
    same: bucket(read({ Principal: { AWS: '*' } })),
  },
  'a condition that more meet': {
    control: 'S3.2',
    narrow: bucket(read({ Condition: { IpAddress: { 'aws:SourceIp': '20.0.0.0/7' } } })),
    wide: bucket(read({ Condition: { IpAddress: { 'aws:SourceIp': ['20.0.0.0/6'] } } })),
  },
  'other objects': {
    control: 'S3.2',
    narrow: bucket(read({ Resource: 'arn:aws:s3:::shop-orders/public/*' })),
    wide: bucket(read()),
  },
  'a wider range of ports': {
    control: 'EC2.13',
    narrow: group(tcp(22, 22)),
    wide: group(tcp(20, 25)),
    same: group(tcp(22, 25), tcp(20, 21), tcp(20, 25, '0.0.0.0/0', { Description: 'all of it' })),
  },
  'a wider network': {
    control: 'PL.EC2.4',
    narrow: group(tcp(22, 22, '52.0.0.0/16')),
    wide: group(tcp(22, 22, '52.0.0.0/15')),
  },
  'any protocol': {
    control: 'EC2.13',
    narrow: group(tcp(22, 22)),
    wide: group({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
  },
  'actions of a policy of IAM': {
    control: 'IAM.21',
    narrow: managed(allow('s3:*')),
    wide: managed(allow(['s3:*', 'kms:*'])),
    same: managed(allow('kms:*'), allow(['s3:*', 's3:Get*'])),
  },
  'resources of a policy of IAM': {
    control: 'IAM.21',
    narrow: managed(allow('s3:*', 'arn:aws:s3:::a')),
    wide: managed(allow('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::a'])),
  },
  'a condition of a policy of IAM': {
    control: 'IAM.21',
    narrow: managed(
      allow('s3:*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } } }),
    ),
    wide: managed(allow('s3:*')),
  },
  'more grants of an ACL': {
    control: 'S3.2,S3.3',
    narrow: acl('PublicRead'),
    wide: acl('PublicReadWrite'),
  },
  'a key policy': { control: 'KMS.5', narrow: key('kms:Decrypt'), wide: key('kms:*') },
  'a condition of a trust policy': {
    control: 'PL.IAM.1',
    narrow: trust({ AWS: '*' }, { Condition: { StringEquals: { 'sts:ExternalId': 'a' } } }),
    wide: trust({ AWS: '*' }),
  },
  'another account': {
    control: 'PL.IAM.2',
    narrow: trust({ AWS: '999988887777' }),
    wide: trust({ AWS: ['arn:aws:iam::666655554444:root', '999988887777'] }),
    same: trust({ AWS: ['arn:aws:iam::999988887777:root', '666655554444'] }),
  },
  'another container': { control: containers, narrow: task('a'), wide: task('a', 'b') },
  'what only production has': {
    control: 'SQS.3',
    narrow: inProduction('sqs:SendMessage', 'sqs:*'),
    wide: inProduction('sqs:*', 'sqs:*'),
  },
  'a boundary that is taken off': {
    control: 'PL.IAM.3',
    narrow: bounded('arn:aws:iam::111122223333:policy/limit'),
    wide: bounded(undefined),
  },
  'a boundary that leaves more': {
    control: 'PL.IAM.3',
    narrow: bounded(limit, allow('s3:Get*')),
    wide: bounded(limit, allow(['s3:Get*', 's3:Put*'])),
    same: bounded(limit, allow('s3:Put*'), allow('S3:Get*')),
  },
  'a boundary that denies less': {
    control: 'PL.IAM.3',
    narrow: bounded(limit, allow('*'), allow('iam:*', '*', { Effect: 'Deny' })),
    wide: bounded(limit, allow('*')),
  },
  'a wider pattern of ARNs': {
    control: 'S3.2',
    narrow: bucket(arn('ArnLike', 'arn:aws:s*:::a')),
    wide: bucket(arn('ArnLike', 'arn:aws:s*:::*')),
    same: bucket(arn('ArnEquals', ['arn:aws:s*:::*', 'arn:aws:s*:::a'])),
  },
  'a shorter pattern that is left out': {
    control: 'S3.2',
    narrow: bucket(arn('ArnNotLike', 'arn:aws:s3:::*')),
    wide: bucket(arn('ArnNotLike', 'arn:aws:s3:::a*')),
    same: bucket(arn('ArnNotEquals', 'arn:aws:s3:::a*')),
  },
  'a policy in a plan': {
    control: 'SQS.3',
    narrow: planned('sqs:SendMessage'),
    wide: planned(['sqs:SendMessage', 'sqs:ReceiveMessage']),
    same: planned(['sqs:receivemessage', 'sqs:SendMessage']),
  },
};

/** The exit code of a file beside another one. */
const besides = async (control: string, before: Declared, now: Declared) => {
  const [base, file] = [join(folder, 'before.json'), join(folder, 'now.json')];
  writeFileSync(base, JSON.stringify(before));
  writeFileSync(file, JSON.stringify(now, undefined, 2));
  const { code } = await inProcess(['check', file, '--control', control, '--new-only', base]);
  return code;
};

describe('check --new-only', () => {
  it.each(Object.entries(pairs))('tells %s, and not where it is taken back', async (_, pair) => {
    const { control, narrow, wide, same } = pair;
    expect(await besides(control, asTemplate({}), narrow)).toBe(1);
    expect(await besides(control, narrow, wide)).toBe(1);
    expect(await besides(control, wide, narrow)).toBe(0);
    expect(await besides(control, wide, wide)).toBe(0);
    if (!same) return;
    expect(await besides(control, wide, same)).toBe(0);
    expect(await besides(control, same, wide)).toBe(0);
    expect(await besides(control, narrow, same)).toBe(1);
  });
  it('tells another one of which there is as much', async () => {
    expect(await besides(containers, task('a'), task('b'))).toBe(1);
    const [before, now] = [
      inProduction('sqs:SendMessage', 'sqs:*'),
      inProduction('sqs:*', 'sqs:SendMessage'),
    ];
    expect(await besides('SQS.3', before, now)).toBe(1);
  });
  it('compares the whole of a value that a report shortens', async () => {
    const [base, file] = [join(folder, 'Dockerfile.before'), join(folder, 'Dockerfile')];
    const from = (host: string) =>
      `FROM alpine:3.20\nRUN echo ${'1'.repeat(150)} && curl http://${host} | sh\n`;
    const asked = ['check', file, '--control', 'PL.DOCKER.9', '--new-only', base];
    writeFileSync(base, from('a.example'));
    for (const [host, code] of [
      ['a.example', 0],
      ['b.example', 1],
    ] as const) {
      writeFileSync(file, `# more\n\n${from(host)}`);
      expect((await inProcess(asked)).code).toBe(code);
    }
  });
  it('leaves out what failed before, whatever else changed beside it', async () => {
    const tagged = (Value: string) =>
      asTemplate({ B: of('AWS::S3::Bucket', { Tags: [{ Key: 'team', Value }] }) });
    expect(await besides('S3.14', tagged('a'), tagged('b'))).toBe(0);
    const held = read({ Principal: { AWS: '111122223333' }, Action: 's3:PutObject' });
    expect(await besides('S3.2', bucket(read()), bucket(held, read()))).toBe(0);
  });
});
