import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { declaredGithub } from '../../../lib/reports/declared/declared-github.ts';
import { declaredJson } from '../../../lib/reports/declared/declared-json.ts';
import { declaredJunit } from '../../../lib/reports/declared/declared-junit.ts';
import { declaredSarif } from '../../../lib/reports/declared/declared-sarif.ts';
import { declaredSummary, declaredText } from '../../../lib/reports/declared/declared-text.ts';
import { checkFiles } from '../../../lib/templates/check/check-files.ts';
import { account, at, baseline, region } from '../checking.ts';
import { checkedPlan, planOf, templateFromPlan, verdictIn, verdictsBeside } from './plans.ts';

const aboutCheck = {
  at: new Date('2026-11-30T08:00:00.000Z'),
  plumbline: '0.1.0',
  baseline: '',
  account: '111122223333',
  region: 'us-east-1',
  isNarrowed: false,
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-plan-'));
});
afterEach(() => rm(folder, { recursive: true }));

const told = async (content: string | Buffer, name = 'plan.json'): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  const deployment = { account, region, partition: 'aws', stackName: 'stack', parameters: {} };
  const { problems } = await checkFiles({
    paths: [path],
    baseline,
    at,
    isExplicit: false,
    deployment,
  });
  return problems
    .map(({ message }) => message.slice(message.indexOf(name) + name.length))
    .join('\n');
};

describe('what is no plan that is understood', () => {
  const plan = planOf([{ address: 'aws_s3_bucket.b' }]);
  const cases: Readonly<
    Record<string, readonly [content: string | Buffer, sentence: RegExp, name?: string]>
  > = {
    'a newer format': [
      JSON.stringify({ ...plan, format_version: '2.0' }),
      /^: this plan has the format 2\.0, and only those before 2\.0 are read: update Plumbline, or make it with an older Terraform$/,
    ],
    'a format that is none': [
      JSON.stringify({ ...plan, format_version: { a: 1 } }),
      /^: this plan has the format/,
    ],
    'a state': [
      '{"format_version":"1.0","values":{"root_module":{}}}',
      /^: this is a state of Terraform, and no plan/,
    ],
    'no planned values': [
      '{"format_version":"1.0","resource_changes":[{}]}',
      /^: this plan has no planned_values/,
    ],
    'a plan as Terraform keeps it': [
      Buffer.from('PK\u0003\u0004\u0000\u0000tfplan'),
      /^: this may be a plan as Terraform keeps it; write it as JSON/,
    ],
    'an archive': [
      Buffer.from('PK\u0003\u0004\u0000\u0000index.js'),
      /^: this is a zip archive: unpack it/,
    ],
    'a plan for people': [
      'Terraform will perform the following actions:\n\n  # a.b will be created\n',
      /^: this is a plan as Terraform shows it to people; write it as JSON/,
    ],
    'a source of another name': [
      'resource "aws_s3_bucket" "b" {\n  bucket = "a"\n}\n',
      /^: sources of Terraform are not evaluated/,
    ],
    'a state as Terraform keeps it': [
      '{"version": 4, "terraform_version": "1.9.0", "lineage": "a", "resources": []}',
      /^:1:1: this is a state of Terraform, and no plan: write one with terraform show -json/,
    ],
    'a source': [
      'resource "a" "b" {}',
      /^: sources of Terraform are not evaluated, but plans of them/,
      'main.tf',
    ],
    'half of one': [JSON.stringify(plan).slice(0, 700), /^:1:\d+: /],
  };
  it.each(Object.entries(cases))(
    '%s is told in one sentence',
    async (_, [content, sentence, name]) => {
      expect(await told(content, name)).toMatch(sentence);
    },
  );
  it('reads what a shell of Windows writes', async () => {
    expect(await told(Buffer.from(`\uFEFF${JSON.stringify(plan)}`, 'utf16le'))).toBe('');
  });
});

const wrong: readonly unknown[] = [null, 7, 'a', [], {}, [[]], { a: [1] }, true];
describe('wrong types', () => {
  const names = [
    'planned_values',
    'resource_changes',
    'configuration',
    'variables',
    'prior_state',
    'resource_drift',
  ];
  it.each(names)('of %s break nothing', async (name) => {
    const plan = planOf([
      { address: 'aws_s3_bucket.b', unknown: { id: true }, values: { bucket: 'b' } },
      {
        address: 'aws_s3_bucket_versioning.v',
        unknown: { bucket: true },
        refers: { bucket: ['aws_s3_bucket.b.id'] },
      },
    ]);
    for (const value of wrong.filter((one) => one !== null || name !== 'planned_values'))
      await expect(templateFromPlan({ ...plan, [name]: value })).resolves.toBeDefined();
  });
});

it('stays within bounds where modules and values lead deep', async () => {
  const deep = (levels: number): unknown =>
    levels === 0 ? { resources: [] } : { child_modules: [deep(levels - 1)] };
  const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);
  const plan = planOf([
    { address: 'aws_s3_bucket.b', values: { bucket: 'b', lifecycle_rule: nested(500) } },
  ]);
  const all = await checkedPlan({
    ...plan,
    planned_values: {
      root_module: {
        ...Object(Object(plan['planned_values']).root_module),
        child_modules: [deep(500)],
      },
    },
  });
  expect(all.length).toBeGreaterThan(0);
});

it('prints nothing that is secret, in no format', async () => {
  const secret = 'correct-horse';
  const plan = planOf([
    {
      address: 'aws_db_instance.d',
      values: {
        identifier: 'd',
        engine: 'mysql',
        username: secret,
        password: secret,
        tags: { note: secret },
      },
      sensitive: { username: true, password: true, tags: { note: true } },
    },
    {
      address: 'aws_s3_bucket_policy.p',
      values: {
        bucket: 'b',
        policy: JSON.stringify({
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: secret }],
        }),
      },
      sensitive: { policy: true },
    },
  ]);
  const { statuses, ...result } = await verdictsBeside(folder, plan);
  expect(statuses['aws_db_instance.d RDS.25']).toBe('UNKNOWN');
  const shown = [
    [...declaredJson(result, () => true, aboutCheck)].join(''),
    [...declaredText(result, () => true)].join(''),
    declaredSarif(result, '1.0.0'),
    declaredJunit(result),
    declaredGithub(result),
  ];
  expect(shown.filter((one) => one.length === 0 || one.includes(secret))).toEqual([]);
});

it.each([
  ['postgres', 'PASS'],
  ['postgresq', 'UNKNOWN'],
])('takes the name of an engine for none, with the password %s', async (password, expected) => {
  const plan = planOf([
    {
      address: 'aws_db_instance.d',
      values: {
        engine: 'postgres',
        password,
        enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'],
      },
      sensitive: { password: true },
    },
  ]);
  const { statuses } = await verdictsBeside(folder, plan);
  expect(statuses['aws_db_instance.d RDS.9']).toBe(expected);
});

it('does not evaluate what is deleted, or drifted', async () => {
  const plan = planOf([{ address: 'aws_s3_bucket.b', values: { bucket: 'b' } }]);
  const gone = {
    address: 'aws_s3_bucket.gone',
    mode: 'managed',
    type: 'aws_s3_bucket',
    name: 'gone',
    change: { actions: ['delete'], before: { bucket: 'gone' }, after: null },
  };
  const changes = [...Object(plan['resource_changes']), gone];
  const all = await checkedPlan({ ...plan, resource_changes: changes, resource_drift: [gone] });
  expect([...new Set(all.map(({ declared }) => declared.logicalId))]).toEqual(['aws_s3_bucket.b']);
});

describe('what nobody can know', () => {
  const open = { address: 'aws_s3_bucket_policy.p', unknown: { policy: true, bucket: true } };
  it('is unknown where the plan has no configuration', async () => {
    const { configuration, ...plan } = planOf([
      { address: 'aws_s3_bucket.b', values: { bucket: 'b' } },
      { ...open, values: { bucket: 'b' }, unknown: { policy: true } },
    ]);
    expect(configuration).toBeDefined();
    expect(await verdictIn(plan, 'S3.5', 'aws_s3_bucket.b')).toMatch(/^UNKNOWN/);
  });
  it('is no PASS where a public policy may be of the bucket', async () => {
    const document = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
    });
    const block = {
      address: 'aws_s3_bucket_public_access_block.a',
      values: {
        bucket: 'b',
        block_public_acls: false,
        block_public_policy: false,
        ignore_public_acls: false,
        restrict_public_buckets: false,
      },
    };
    const policy = {
      ...open,
      values: { policy: document },
      unknown: { bucket: true },
      refers: { bucket: ['local.name'] },
    };
    const plan = planOf([{ address: 'aws_s3_bucket.b', values: { bucket: 'b' } }, block, policy]);
    expect(await verdictIn(plan, 'S3.2', 'aws_s3_bucket.b')).toMatch(/^UNKNOWN/);
  });
  it('is no PASS where a rule may be of the group', async () => {
    const rule = {
      address: 'aws_security_group_rule.r',
      values: {
        type: 'ingress',
        protocol: 'tcp',
        from_port: 22,
        to_port: 22,
        cidr_blocks: ['0.0.0.0/0'],
      },
      unknown: { security_group_id: true },
      refers: { security_group_id: ['local.id'] },
    };
    const plan = planOf([
      {
        address: 'aws_security_group.g',
        values: { name: 'g', ingress: [] },
        unknown: { id: true, egress: true },
      },
      rule,
    ]);
    expect(await verdictIn(plan, 'EC2.13', 'aws_security_group.g')).toMatch(/^UNKNOWN/);
    expect(await verdictIn(plan, 'EC2.13', 'aws_security_group_rule.r')).toBe('FAIL');
  });
  it('is unknown where a block of public access may be of the bucket', async () => {
    const block = {
      address: 'aws_s3_bucket_public_access_block.a',
      values: {
        block_public_acls: false,
        block_public_policy: false,
        ignore_public_acls: false,
        restrict_public_buckets: false,
      },
      unknown: { bucket: true },
      refers: { bucket: ['local.name'] },
    };
    const plan = planOf([{ address: 'aws_s3_bucket.b', values: { bucket: 'b' } }, block]);
    expect(await verdictIn(plan, 'S3.8', 'aws_s3_bucket.b')).toMatch(/^UNKNOWN/);
  });
  it('is a word that is not known here', async () => {
    const plan = planOf([
      { address: 'aws_s3_bucket.b', values: { bucket: 'b', acl: 'public-everything' } },
    ]);
    expect(await verdictIn(plan, 'S3.12', 'aws_s3_bucket.b')).toMatch(/^UNKNOWN/);
  });
  it('is a value that looks like a function of CloudFormation', async () => {
    const plan = planOf([
      {
        address: 'aws_sns_topic.t',
        values: { name: 't', kms_master_key_id: { Ref: 'AWS::NoValue' } },
      },
    ]);
    expect(await verdictIn(plan, 'SNS.1', 'aws_sns_topic.t')).not.toBe('FAIL');
  });
});

describe('the policy that a data source writes while it is applied', () => {
  const document = (principals: unknown) => ({
    address: 'data.aws_iam_policy_document.d',
    values: {
      version: null,
      statement: [
        {
          sid: null,
          effect: null,
          actions: ['s3:GetObject'],
          principals,
          condition: [],
          resources: [null],
        },
      ],
    },
    unknown: { id: true, json: true, statement: [{ resources: [true] }] },
    refers: {
      statement: [{ resources: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] } }],
    },
    actions: ['read'],
  });
  const planWith = (principals: unknown) =>
    planOf([
      { address: 'aws_s3_bucket.b', values: { bucket: 'b' }, unknown: { id: true, arn: true } },
      {
        address: 'aws_s3_bucket_public_access_block.a',
        values: {
          bucket: 'b',
          block_public_acls: false,
          block_public_policy: false,
          ignore_public_acls: false,
          restrict_public_buckets: false,
        },
      },
      document(principals),
      {
        address: 'aws_s3_bucket_policy.p',
        values: { bucket: 'b' },
        unknown: { policy: true },
        refers: {
          policy: ['data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'],
        },
      },
    ]);
  it('is public where everybody is named', async () => {
    expect(
      await verdictIn(planWith([{ type: '*', identifiers: ['*'] }]), 'S3.2', 'aws_s3_bucket.b'),
    ).toBe('FAIL');
  });
  it('is not where the account is', async () => {
    const own = [{ type: 'AWS', identifiers: [`arn:aws:iam::${account}:root`] }];
    expect(await verdictIn(planWith(own), 'S3.2', 'aws_s3_bucket.b')).toBe('PASS by default');
  });
});

describe('what Terraform alone declares', () => {
  const cases: Readonly<
    Record<string, readonly [address: string, values: object, control: string, verdict: string]>
  > = {
    'the block of the account': [
      'aws_s3_account_public_access_block.a',
      {
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
      'S3.1',
      'PASS',
    ],
    'half of that block': [
      'aws_s3_account_public_access_block.a',
      { block_public_acls: true },
      'S3.1',
      'FAIL',
    ],
    'a password policy': [
      'aws_iam_account_password_policy.p',
      { minimum_password_length: 14 },
      'IAM.15',
      'PASS',
    ],
    'one without a length': ['aws_iam_account_password_policy.p', {}, 'IAM.15', 'FAIL'],
    'encryption by default': ['aws_ebs_encryption_by_default.e', {}, 'EC2.7', 'PASS'],
    'none of it': ['aws_ebs_encryption_by_default.e', { enabled: false }, 'EC2.7', 'FAIL'],
    'sharing of snapshots': [
      'aws_ebs_snapshot_block_public_access.s',
      { state: 'block-all-sharing' },
      'EC2.182',
      'PASS',
    ],
    'sharing of images': [
      'aws_ec2_image_block_public_access.i',
      { state: 'unblocked' },
      'PL.EC2.8',
      'FAIL',
    ],
    'how instances are launched': [
      'aws_ec2_instance_metadata_defaults.d',
      { http_tokens: 'required' },
      'PL.EC2.9',
      'PASS',
    ],
    'the serial console': [
      'aws_ec2_serial_console_access.c',
      { enabled: true },
      'PL.EC2.10',
      'FAIL',
    ],
    'the default group, with rules': [
      'aws_default_security_group.d',
      {
        ingress: [{ protocol: '-1', from_port: 0, to_port: 0, self: true, cidr_blocks: [] }],
        egress: [],
      },
      'EC2.2',
      'FAIL',
    ],
    'the default group, without': [
      'aws_default_security_group.d',
      { ingress: [], egress: [] },
      'EC2.2',
      'PASS',
    ],
  };
  it.each(Object.entries(cases))('%s', async (_, [address, values, control, verdict]) => {
    expect(await verdictIn(planOf([{ address, values: { ...values } }]), control, address)).toBe(
      verdict,
    );
  });
  it.each([
    ['aws_vpc.v', { vpc_id: ['aws_vpc.v.id', 'aws_vpc.v'] }],
    ['aws_default_vpc.v', { vpc_id: ['aws_default_vpc.v.id', 'aws_default_vpc.v'] }],
    ['aws_default_vpc.v', {}],
  ])('gives the default group the rules that are for it by %s', async (vpc, refers) => {
    const group = {
      address: 'aws_default_security_group.d',
      unknown: { id: true, ...('vpc_id' in refers ? { vpc_id: true } : {}) },
      refers,
    };
    const rule = (of: string) => ({
      address: 'aws_vpc_security_group_ingress_rule.r',
      values: { cidr_ipv4: '0.0.0.0/0', ip_protocol: 'tcp', from_port: 22, to_port: 22 },
      unknown: { id: true, security_group_id: true },
      refers: { security_group_id: [`${of}.default_security_group_id`, of] },
    });
    const made = { address: vpc, unknown: { id: true, default_security_group_id: true } };
    const another = { ...made, address: 'aws_vpc.w' };
    const verdicts = (of: string) =>
      Promise.all(
        ['EC2.2', 'EC2.13'].map((control) =>
          verdictIn(planOf([made, another, group, rule(of)]), control, group.address),
        ),
      );
    expect(await verdicts(vpc)).toEqual(['FAIL', 'FAIL']);
    expect(await verdicts('aws_vpc.w')).toEqual(['PASS', 'PASS']);
  });
  it('lets the block of the account keep its buckets closed', async () => {
    const all = {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    };
    const plan = planOf([
      { address: 'aws_s3_bucket.b', values: { bucket: 'b', acl: 'public-read' } },
      { address: 'aws_s3_account_public_access_block.a', values: all },
    ]);
    expect(await verdictIn(plan, 'S3.2', 'aws_s3_bucket.b')).toBe('PASS');
  });
});

describe('places', () => {
  const placed = async (around: Parameters<typeof planOf>[1], more = {}) => {
    const plan = planOf([{ address: 'aws_s3_bucket.b', values: { bucket: 'b' }, ...more }], around);
    const [first] = await checkedPlan(plan);
    const { account: own, region: where } = first?.template.deployment ?? {};
    return [own, where];
  };
  const west = { 'aws.west': { expressions: { region: { constant_value: 'us-west-2' } } } };
  const data = {
    address: 'data.aws_caller_identity.me',
    mode: 'data',
    values: { account_id: '999988887777' },
  };
  const cases: Readonly<
    Record<string, readonly [Parameters<typeof planOf>[1], object, readonly string[]]>
  > = {
    'of the deployment, where nothing is said': [{}, {}, [account, region]],
    'of a provider': [
      { providers: { aws: { expressions: { region: { constant_value: 'eu-west-1' } } } } },
      {},
      [account, 'eu-west-1'],
    ],
    'of an alias': [{ providers: west }, { provider: 'aws.west' }, [account, 'us-west-2']],
    'of the provider awscc': [
      {
        providers: {
          awscc: {
            expressions: {
              region: { constant_value: 'eu-west-1' },
              assume_role: { constant_value: { role_arn: 'arn:aws:iam::222233334444:role/r' } },
            },
          },
        },
      },
      { address: 'awscc_s3_bucket.b', values: { bucket_name: 'b' }, provider: 'awscc' },
      ['222233334444', 'eu-west-1'],
    ],
    'of both providers, of which aws comes first': [
      {
        providers: {
          aws: { expressions: { region: { constant_value: 'eu-west-1' } } },
          awscc: { expressions: { region: { constant_value: 'us-west-2' } } },
        },
      },
      {},
      [account, 'eu-west-1'],
    ],
    'of a role that is assumed': [
      {
        providers: {
          aws: {
            expressions: {
              assume_role: [{ role_arn: { constant_value: 'arn:aws:iam::222233334444:role/r' } }],
            },
          },
        },
      },
      {},
      ['222233334444', region],
    ],
    'of a variable': [
      {
        providers: { aws: { expressions: { region: { references: ['var.r'] } } } },
        variables: { r: { value: 'eu-north-1' } },
      },
      {},
      [account, 'eu-north-1'],
    ],
    'of who ran it': [
      { more: { prior_state: { values: { root_module: { resources: [data] } } } } },
      {},
      ['999988887777', region],
    ],
  };
  it.each(Object.entries(cases))('%s', async (_, [around, more, place]) => {
    expect(await placed(around, more)).toEqual(place);
  });
});

it('shows the address in every format, and is exempted by it', async () => {
  const address = 'module.m.aws_s3_bucket.b["x"]';
  const plan = planOf([{ address, values: { bucket: 'b' } }]);
  const path = join(folder, 'plan.json');
  await writeFile(path, JSON.stringify(plan));
  const deployment = { account, region, partition: 'aws', stackName: 'stack', parameters: {} };
  const options = { paths: [path], at, isExplicit: false, deployment };
  const result = await checkFiles({ ...options, baseline });
  expect([...declaredText(result, () => true)].join('')).toContain(address);
  expect(
    JSON.parse([...declaredJson(result, () => true, aboutCheck)].join('')).results[0].logicalId,
  ).toBe(address);
  expect(declaredJunit(result)).toContain('module.m.aws_s3_bucket.b[&quot;x&quot;]');
  expect(declaredSarif(result, '1.0.0')).toContain('module.m.aws_s3_bucket.b');
  expect(declaredGithub(result)).toContain('module.m.aws_s3_bucket.b');
  const exemption = {
    control: 'S3.14',
    resource: `template:**/plan.json#module.m.aws_s3_bucket.b*`,
    owner: 'web',
    reason: 'kept elsewhere',
    expires: '2027-01-31',
  };
  const exempted = await checkFiles({
    ...options,
    baseline: { ...baseline, exemptions: [exemption] },
  });
  expect(exempted.located.find(({ control }) => control.id === 'S3.14')?.exemption).toEqual(
    exemption,
  );
});

it('prints what the guide shows', async () => {
  const deployment = { account, region, partition: 'aws', stackName: 'stack', parameters: {} };
  const wanted = ['S3.2', 'S3.5', 'S3.14', 'EC2.14'];
  const result = await checkFiles({
    ...{ paths: ['test/templates/examples/plan/plan.json'], baseline, at, isExplicit: false },
    deployment,
    wanted: ({ id }) => wanted.includes(id),
  });
  const isShown = ({ verdict: { status } }: (typeof result.located)[number]) => status === 'FAIL';
  const text = `${[...declaredText(result, isShown)].join('')}\n\n${declaredSummary(result)}`;
  expect(readFileSync('docs/guide/templates.md', 'utf8')).toContain(`\n${text}\n`);
});

it('counts what is not evaluated and can decide, and names the types that nothing looks at', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-plan-'));
  const plan = planOf([
    { address: 'aws_kinesis_video_stream.a', values: {} },
    { address: 'aws_kinesis_video_stream.b', values: {} },
    { address: 'aws_sqs_queue.a', values: { name: 'a' } },
  ]);
  const { unanswered, passedOver } = await verdictsBeside(folder, { ...plan, errored: true });
  await rm(folder, { recursive: true });
  expect(unanswered).toBe(1);
  expect([...(passedOver?.entries() ?? [])]).toEqual([['aws_kinesis_video_stream', 2]]);
});

it('counts what makes resources of a text of its own, and what a plan makes that was cut out of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-plan-'));
  const stack = { address: 'aws_cloudformation_stack.a', values: { template_body: '{}' } };
  const queue = { address: 'aws_sqs_queue.a', values: { name: 'a' } };
  const { resource_changes } = planOf([queue, { address: 'aws_sqs_queue.b', values: {} }]);
  const plan = { ...planOf([queue, stack]), resource_changes };
  const { unanswered } = await verdictsBeside(folder, plan);
  await rm(folder, { recursive: true });
  expect(unanswered).toBe(2);
});
it.each(['aws_instance', 'aws_spot_instance_request'])(
  'sees the address of an %s',
  async (type) => {
    const values = { ami: 'ami-1', associate_public_ip_address: true };
    const plan = planOf([{ address: `${type}.it`, values }]);
    expect(await verdictIn(plan, 'EC2.9', `${type}.it`)).toMatch(/^FAIL/);
  },
);
it.each(['aws_kms_replica_key', 'aws_kms_replica_external_key'])(
  'reads the policy of an %s',
  async (type) => {
    const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
    const values = { policy: JSON.stringify({ Statement: [statement] }) };
    const plan = planOf([{ address: `${type}.it`, values }]);
    expect(await verdictIn(plan, 'KMS.5', `${type}.it`)).toMatch(/^FAIL/);
  },
);

describe('a plan whose parts say different things of a resource', () => {
  const group = { address: 'aws_security_group.a', values: { name: 'a', ingress: [], egress: [] } };
  const withRules = (cidr: string) => ({
    ...group,
    values: {
      ...group.values,
      ingress: [
        {
          cidr_blocks: [cidr],
          from_port: 22,
          to_port: 22,
          protocol: 'tcp',
          ipv6_cidr_blocks: [],
          prefix_list_ids: [],
          security_groups: [],
          self: false,
          description: '',
        },
      ],
    },
  });
  it.each([
    ['10.0.0.0/8', '0.0.0.0/0'],
    ['0.0.0.0/0', '10.0.0.0/8'],
  ])('passes by neither of %s and %s', async (planned, changed) => {
    const plan = planOf([withRules(planned)]);
    const { resource_changes } = planOf([withRules(changed)]);
    const all = await checkedPlan({ ...plan, resource_changes });
    const found = all.filter(({ control }) => control.id === 'EC2.13');
    expect(found.map(({ verdict }) => verdict.status)).toEqual(['UNKNOWN']);
    const same = await checkedPlan(planOf([withRules('10.0.0.0/8')]));
    expect(same.find(({ control }) => control.id === 'EC2.13')?.verdict.status).toBe('PASS');
  });
});
