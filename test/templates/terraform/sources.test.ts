import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksIn } from '../../../lib/templates/terraform/source/hcl.ts';
import { planOf, verdictsBeside, type Written } from './plans.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-terraform-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
};
const bucket = (address: string): Written => ({
  address,
  unknown: { id: true, arn: true, bucket: true },
});
const policy = (refers: unknown): Written => ({
  address: 'aws_s3_bucket_policy.p',
  unknown: { bucket: true, policy: true, id: true },
  refers: { bucket: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'], policy: refers },
});
const arn = ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'];
const tls = (resource: string) => `
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*" # everybody
      Action    = "s3:*"
      Resource  = ${resource}
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}`;
const wholly = '[aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]';
const inText = (principal: string) => `
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
  policy = <<POLICY
{
  "Id": "\${module.other.name}",
  "Statement": [{
    "Effect": "Deny",
    "Principal": ${principal},
    "Action": "s3:*",
    "Resource": ["\${aws_s3_bucket.b.arn}", "\${aws_s3_bucket.b.arn}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}}
  }]
}
POLICY
}`;

/** What the source says of a policy that the plan leaves open. */
const policies: Readonly<
  Record<string, readonly [source: string, refers: unknown, verdict: string]>
> = {
  'names and texts of them': [
    tls('[aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]'),
    arn,
    'PASS',
  ],
  'half of what is to be refused': [tls('[aws_s3_bucket.b.arn]'), arn, 'FAIL'],
  'a local': [
    `locals {\n  all = [aws_s3_bucket.b.arn, format("%s/*", aws_s3_bucket.b.arn)]\n}${tls('local.all')}`,
    ['local.all'],
    'PASS',
  ],
  'a choice by a variable': [
    tls('var.half ? [aws_s3_bucket.b.arn] : [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]'),
    ['var.half', ...arn],
    'PASS',
  ],
  'a loop, which is not understood': [
    tls('[for one in ["", "/*"] : "${aws_s3_bucket.b.arn}${one}"]'),
    arn,
    'UNKNOWN',
  ],
  'a part of which the plan says nothing': [
    tls('[aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*", "${module.other.arn}/*"]'),
    [...arn, 'module.other.arn', 'module.other'],
    'PASS',
  ],
  'a part of variables by a function that is not understood': [
    tls('[aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*", replace(var.half, "a", "b")]'),
    [...arn, 'var.half'],
    'PASS',
  ],
  'a part of its own name by a function that is not understood': [
    tls('[aws_s3_bucket.b.arn, "${trimsuffix(aws_s3_bucket.b.arn, "/")}/*"]'),
    arn,
    'UNKNOWN',
  ],
  'somebody by a function of variables that is not understood': [
    tls(wholly).replace('"*"', '{ AWS = formatlist("arn:aws:iam::%s:root", var.half) }'),
    [...arn, 'var.half'],
    'UNKNOWN',
  ],
  'somebody of whom the plan says nothing': [
    tls(wholly).replace('"*"', '{ AWS = module.other.arn }'),
    [...arn, 'module.other.arn', 'module.other'],
    'UNKNOWN',
  ],
  'a text with a part of which the plan says nothing': [
    inText('"*"'),
    [...arn, 'module.other.name', 'module.other'],
    'PASS',
  ],
  'a text in which somebody is open': [
    inText('"${module.other.name}"'),
    [...arn, 'module.other.name', 'module.other'],
    'UNKNOWN',
  ],
  'a text in which statements are open': [
    inText('"*"').replace('"${module.other.name}"', '${module.other.name}'),
    [...arn, 'module.other.name', 'module.other'],
    'UNKNOWN',
  ],
  'another plan': [tls('["*", aws_s3_bucket.other.arn]'), arn, 'UNKNOWN'],
};
it.each(Object.entries(policies))('a policy with %s', async (_, [source, refers, verdict]) => {
  await put({ 'main.tf': source });
  const plan = planOf([bucket('aws_s3_bucket.b'), policy(refers)], {
    variables: { half: { value: false } },
  });
  const { statuses } = await verdictsBeside(folder, plan);
  expect(statuses['aws_s3_bucket.b S3.5']).toBe(verdict);
});

describe('what a module puts out', () => {
  const inner = (arn: string) =>
    `resource "aws_s3_bucket" "b" {}\noutput "arn" {\n  value = ${arn}\n}\noutput "id" {\n  value = aws_s3_bucket.b.id\n}`;
  const outer = (name: string) =>
    `module "m" {\n  source = "./m"\n}\n${tls(`[${name}.arn, "\${${name}.arn}/*"]`)
      .replace('resource "aws_s3_bucket" "b" {}', '')
      .replace('aws_s3_bucket.b.id', `${name}.id`)}`;
  const planned = (address: string, name: string, isSensitive = false) =>
    planOf(
      [
        bucket(`${address}.aws_s3_bucket.b`),
        {
          ...policy([`${name}.arn`, name]),
          refers: { bucket: [`${name}.id`, name], policy: [`${name}.arn`, name] },
        },
      ],
      {
        calls: {
          m: {
            outputs: {
              arn: {
                expression: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] },
                ...(isSensitive ? { sensitive: true } : {}),
              },
              id: { expression: { references: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'] } },
            },
          },
        },
      },
    );
  const told = async (address: string, name: string, arn: string, isSensitive = false) => {
    await put({ 'main.tf': outer(name), 'm/main.tf': inner(arn) });
    const { statuses } = await verdictsBeside(folder, planned(address, name, isSensitive));
    return statuses[`${address}.aws_s3_bucket.b S3.5`];
  };
  it('is what its source says', async () => {
    expect(await told('module.m', 'module.m', 'aws_s3_bucket.b.arn')).toBe('PASS');
  });
  it('is that of the instance that is asked', async () => {
    expect(await told('module.m["x"]', 'module.m["x"]', 'aws_s3_bucket.b.arn')).toBe('PASS');
    expect(await told('module.m[0]', 'module.m[0]', 'aws_s3_bucket.b.arn')).toBe('PASS');
  });
  it('is open where the source is that of another plan, or it is sensitive', async () => {
    expect(await told('module.m', 'module.m', 'var.arn')).toBe('UNKNOWN');
    expect(await told('module.m', 'module.m', 'aws_s3_bucket.b.arn', true)).toBe('UNKNOWN');
  });
});

it('takes a name that is put together for no reference', async () => {
  const versioning: Written = {
    address: 'aws_s3_bucket_versioning.v',
    values: { versioning_configuration: [{ status: 'Enabled' }] },
    unknown: { bucket: true, id: true },
    refers: { bucket: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'] },
  };
  const written = (name: string) => `resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_versioning" "v" {
  bucket = ${name}
  versioning_configuration {
    status = "Enabled"
  }
}`;
  const plan = planOf([bucket('aws_s3_bucket.b'), versioning]);
  const told: string[] = [];
  for (const name of ['aws_s3_bucket.b.id', '"${aws_s3_bucket.b.id}-logs"']) {
    await put({ 'main.tf': written(name) });
    told.push((await verdictsBeside(folder, plan)).statuses['aws_s3_bucket.b S3.14'] ?? '');
  }
  expect(told).toEqual(['PASS', 'FAIL']);
});

it('knows what a dynamic block can make', async () => {
  const group: Written = {
    address: 'aws_security_group.g',
    unknown: { id: true, ingress: true, egress: true },
  };
  const plan = planOf([group]);
  const plain = 'resource "aws_security_group" "g" {\n}\n';
  await put({ 'main.tf': plain });
  expect((await verdictsBeside(folder, plan)).statuses['aws_security_group.g EC2.13']).toBe('PASS');
  await put({
    'main.tf': plain.replace(
      '{\n',
      '{\n  dynamic "ingress" {\n    for_each = local.a\n    content {}\n  }\n',
    ),
  });
  expect((await verdictsBeside(folder, plan)).statuses['aws_security_group.g EC2.13']).toBe(
    'UNKNOWN',
  );
});

it('knows what a dynamic block within a block can make, also where a source that has none is not that of the plan', async () => {
  const template: Written = {
    address: 'aws_cloudfront_distribution.d',
    values: { origin: [{ origin_id: 'a', domain_name: 'a.example.com' }] },
    unknown: { id: true, origin: [{ custom_origin_config: true }] },
    refers: { origin: [{ origin_id: { constant_value: 'a' } }] },
  };
  const plan = planOf([template]);
  const plain =
    'resource "aws_cloudfront_distribution" "d" {\n  origin {\n    origin_id = "a"\n  }\n}\n';
  await put({ 'main.tf': plain });
  const before = (await verdictsBeside(folder, plan)).statuses;
  await put({
    'main.tf': plain.replace(
      '= "a"\n',
      '= "a"\n    dynamic "custom_origin_config" {\n      for_each = local.a\n      content {}\n    }\n',
    ),
  });
  const { statuses } = await verdictsBeside(folder, plan);
  expect(before['aws_cloudfront_distribution.d CloudFront.10']).toBe('UNKNOWN');
  expect(statuses['aws_cloudfront_distribution.d CloudFront.10']).toBe('UNKNOWN');
});

it.each([
  ['statements', { statement: true }, {}],
  [
    'conditions of a Deny',
    { statement: [{}, { condition: true }] },
    {
      statement: [
        {
          actions: ['s3:GetObject'],
          resources: ['*'],
          principals: [{ type: '*', identifiers: ['*'] }],
        },
        {
          effect: 'Deny',
          actions: ['s3:*'],
          resources: ['*'],
          principals: [{ type: '*', identifiers: ['*'] }],
        },
      ],
    },
  ],
])('knows what a dynamic block of a document can make: %s', async (_, unknown, values) => {
  const plan = planOf([
    { address: 'aws_s3_bucket.b', values: { bucket: 'one' }, unknown: { id: true } },
    {
      address: 'aws_s3_bucket_public_access_block.p',
      values: { bucket: 'one', restrict_public_buckets: false },
    },
    { address: 'data.aws_iam_policy_document.d', values, unknown: { json: true, ...unknown } },
    {
      address: 'aws_s3_bucket_policy.p',
      values: { bucket: 'one' },
      unknown: { policy: true },
      refers: {
        policy: ['data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'],
      },
    },
  ]);
  await put({ 'main.tf': '' });
  expect((await verdictsBeside(folder, plan)).statuses['aws_s3_bucket.b S3.2']).toBe('UNKNOWN');
});

it('knows that a block is there which a dynamic one makes, without its source', async () => {
  const rule = { from_port: 22, to_port: 22, protocol: 'tcp' };
  const group: Written = {
    address: 'aws_security_group.g',
    unknown: { id: true, egress: true, ingress: [{ cidr_blocks: true }] },
    values: { ingress: [rule] },
  };
  const plan = planOf([group]);
  // A plan says nothing of how such a block is written.
  const written = JSON.parse(JSON.stringify(plan), (key, value) =>
    key === 'expressions' ? {} : value,
  );
  await put({ 'main.tf': '' });
  expect((await verdictsBeside(folder, written)).statuses['aws_security_group.g EC2.13']).toBe(
    'UNKNOWN',
  );
});

/** As Terraform 1.11 writes them of blocks that repeat an output of terraform_data. */
const openBlocks: readonly Written[] = [
  {
    address: 'aws_cloudfront_distribution.d',
    values: { enabled: true },
    unknown: { id: true, origin: true, default_cache_behavior: true, logging_config: true },
  },
  { address: 'aws_lb.l', values: { name: 'l' }, unknown: { access_logs: true } },
];
it('leaves open what a dynamic block may make, without its source', async () => {
  const { statuses } = await verdictsBeside(folder, planOf(openBlocks));
  const ids = ['1', '3', '5', '9', '10', '13'];
  expect(ids.map((id) => statuses[`aws_cloudfront_distribution.d CloudFront.${id}`])).toEqual(
    ids.map(() => 'UNKNOWN'),
  );
  expect(statuses['aws_lb.l ELB.5']).toBe('UNKNOWN');
});
it('takes nothing for a dynamic block that the provider makes where nobody does', async () => {
  const { statuses } = await verdictsBeside(
    folder,
    planOf([
      { address: 'aws_ecs_cluster.c', values: { name: 'c' }, unknown: { setting: true } },
      { address: 'aws_lb.l', values: { name: 'l', access_logs: [] }, unknown: { arn: true } },
      {
        address: 'aws_dynamodb_table.t',
        values: { name: 't', hash_key: 'a' },
        unknown: { point_in_time_recovery: true, server_side_encryption: true },
      },
    ]),
  );
  expect(statuses['aws_ecs_cluster.c ECS.12']).toBe('FAIL');
  expect(statuses['aws_lb.l ELB.5']).toBe('FAIL');
  expect(statuses['aws_dynamodb_table.t DynamoDB.2']).toBe('FAIL');
});
it('knows beside its source that a dynamic block may make nothing', async () => {
  await put({
    'main.tf':
      'resource "aws_cloudfront_distribution" "d" {\n  dynamic "logging_config" {\n    for_each = local.a\n    content {}\n  }\n}\n',
  });
  const { statuses } = await verdictsBeside(folder, planOf(openBlocks));
  expect(statuses['aws_cloudfront_distribution.d CloudFront.5']).toBe('UNKNOWN');
});

it('says where an attribute is written, in modules too', async () => {
  const block = (address: string): Written => ({
    address,
    values: {
      bucket: 'one',
      block_public_acls: false,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
  });
  await put({
    'main.tf': '\nmodule "m" {\n  source = "./inner"\n}\n',
    'inner/b.tf':
      '\nresource "aws_s3_bucket_public_access_block" "p" {\n  bucket = "one"\n\n  block_public_acls = false\n}\n',
  });
  const plan = planOf([block('module.m.aws_s3_bucket_public_access_block.p')], {
    calls: { m: { source: './inner' } },
  });
  const { located } = await verdictsBeside(folder, plan);
  const found = located.find(({ control }) => control.id === 'S3.8');
  expect([found?.file.endsWith('inner/b.tf'), found?.range.line, found?.range.column]).toEqual([
    true,
    5,
    3,
  ]);
});

it('honours exemptions in the block of what fails, and of the module that makes it', async () => {
  const source = (said: string) => `
resource "aws_s3_bucket" "b" {
  ${said}
  bucket = "one"
}`;
  const plan = planOf([{ address: 'aws_s3_bucket.b', values: { bucket: 'one' } }]);
  await put({ 'main.tf': source('# plumbline:exempt S3.14 kept elsewhere') });
  const exempted = await verdictsBeside(folder, plan);
  expect(exempted.located.find(({ control }) => control.id === 'S3.14')?.exemption?.reason).toBe(
    'kept elsewhere',
  );
  await put({ 'main.tf': source('# plumbline:exempt S3.14') });
  const refused = await verdictsBeside(folder, plan);
  expect(refused.located.find(({ control }) => control.id === 'S3.14')?.exemption).toBeUndefined();
  expect(refused.warnings.map(({ message }) => message.replace(/^.*main/, 'main'))).toContain(
    'main.tf:3: the exemption of S3.14 gives no reason, and does not count',
  );
});

it.each([
  ['quotes', 'tags = { a = "# plumbline:exempt S3.14 kept" }'],
  ['quotes within quotes', 'tags = { a = "${f("}")} # plumbline:exempt S3.14 kept" }'],
  ['a heredoc', 'tags = { a = <<-EOT\n    # plumbline:exempt S3.14 kept\n    EOT\n  }'],
])('takes no exemption that stands in %s for a comment', async (_, said) => {
  const plan = planOf([{ address: 'aws_s3_bucket.b', values: { bucket: 'one' } }]);
  await put({ 'main.tf': `resource "aws_s3_bucket" "b" {\n  ${said}\n  bucket = "one"\n}\n` });
  const { located } = await verdictsBeside(folder, plan);
  expect(located.find(({ control }) => control.id === 'S3.14')).toMatchObject({
    verdict: { status: 'FAIL' },
  });
  expect(located.find(({ control }) => control.id === 'S3.14')?.exemption).toBeUndefined();
});
it.each([
  ['/* # plumbline:exempt S3.14 kept */', 'kept */'],
  ['/*\n  # plumbline:exempt S3.14 kept\n  */', 'kept'],
  ['x = "//" // # plumbline:exempt S3.14 kept', 'kept'],
])('takes the exemption of the comment %j', async (said, reason) => {
  const plan = planOf([{ address: 'aws_s3_bucket.b', values: { bucket: 'one' } }]);
  await put({ 'main.tf': `resource "aws_s3_bucket" "b" {\n  ${said}\n  bucket = "one"\n}\n` });
  const { located } = await verdictsBeside(folder, plan);
  const found = located.find(({ control }) => control.id === 'S3.14');
  expect(found?.exemption?.reason).toBe(reason);
});
it.each([
  ['somebody else wrote', '.terraform/modules/m', undefined],
  ['lies beside it', 'm', 'kept'],
])('of a module that %s', async (_, Dir, reason) => {
  const address = 'module.m.aws_s3_bucket.b';
  const plan = planOf([{ address, values: { bucket: 'one' } }], {
    calls: { m: { source: 'org/m/aws' } },
  });
  await put({
    'main.tf': 'module "m" {\n  source = "org/m/aws"\n}\n',
    '.terraform/modules/modules.json': JSON.stringify({ Modules: [{ Key: 'm', Dir }] }),
    [`${Dir}/main.tf`]:
      'resource "aws_s3_bucket" "b" {\n  # plumbline:exempt S3.14 kept\n  bucket = "one"\n}\n',
  });
  const { located, warnings } = await verdictsBeside(folder, plan);
  const found = located.find(({ control }) => control.id === 'S3.14');
  expect(found?.exemption?.reason).toBe(reason);
  expect(warnings.map(({ message }) => message.replace(/^.*main/, 'main'))).toEqual(
    reason === undefined
      ? [
          'main.tf:2: the exemption of S3.14 is in a module that was fetched, and does not count: write it in the module block that uses it',
        ]
      : [],
  );
});

describe('blocks of a file', () => {
  const read = (text: string) =>
    blocksIn(text).map(({ type, labels, attributes, blocks }) => [
      [type, ...labels].join(' '),
      ...attributes.map(({ name, value }) => `${name}=${text.slice(value.from, value.to).trim()}`),
      ...blocks.map((one) => one.type),
    ]);
  const cases: Readonly<Record<string, readonly [string, unknown]>> = {
    'braces in texts and comments': [
      'resource "a" "b" {\n  x = "}" # }\n  /* } */ y = "${f("}")}"\n}\n',
      [['resource a b', 'x="}"', 'y="${f("}")}"']],
    ],
    'a heredoc': [
      'a {\n  x = <<-EOT\n    }\n    EOT\n  y = 1\n}\n',
      [['a', 'x=<<-EOT\n    }\n    EOT', 'y=1']],
    ],
    'a list over lines': [
      'a {\n  x = [\n    1, # one\n    2,\n  ]\n  b {}\n}',
      [['a', 'x=[\n    1, # one\n    2,\n  ]', 'b']],
    ],
    'what is no HCL': ['{{{ %% \u0001', []],
    'an end that is missing': ['a {\n  x = "', [['a', 'x="']]],
  };
  it.each(Object.entries(cases))('%s', (_, [text, blocks]) => {
    expect(read(text)).toEqual(blocks);
  });
});

describe('containers with an image that only applying tells', () => {
  const keys = (value: string) =>
    `[{ name = "a", image = ${value}, environment = [{ name = "AWS_SECRET_ACCESS_KEY", value = "a" }] }]`;
  const image = '"${aws_ecr_repository.r.repository_url}:1"';
  const text = `[{"name": "a", "image": ${image}, "environment": [{"name": "AWS_SECRET_ACCESS_KEY", "value": "a"}]}]`;
  const refers = ['aws_ecr_repository.r.repository_url', 'aws_ecr_repository.r'];
  it.each<[what: string, definitions: string, refers: readonly string[], verdict: string]>([
    ['made of values', `jsonencode(${keys(image)})`, refers, 'FAIL'],
    ['made of a local', 'jsonencode(local.all)', ['local.all'], 'FAIL'],
    ['written as a text', `<<EOF\n${text}\nEOF\n`, refers, 'FAIL'],
    ['that pass no key', `<<EOF\n${text.replace('AWS_SECRET_', '')}\nEOF\n`, refers, 'PASS'],
    ['in a text that is no JSON', `<<EOF\n${text.slice(1)}\nEOF\n`, refers, 'UNKNOWN'],
  ])('are those of the source: %s', async (_, definitions, all, verdict) => {
    const task: Written = {
      address: 'aws_ecs_task_definition.t',
      values: { family: 't' },
      unknown: { arn: true, id: true, container_definitions: true },
      refers: { container_definitions: all },
    };
    const repository: Written = {
      address: 'aws_ecr_repository.r',
      values: { name: 'r' },
      unknown: { repository_url: true, arn: true, id: true },
    };
    await put({
      'main.tf': `locals {\n  all = ${keys(image)}\n}
resource "aws_ecr_repository" "r" {\n  name = "r"\n}
resource "aws_ecs_task_definition" "t" {\n  family = "t"\n  container_definitions = ${definitions}\n}\n`,
    });
    const { statuses } = await verdictsBeside(folder, planOf([repository, task]));
    expect(statuses['aws_ecs_task_definition.t ECS.8']).toBe(verdict);
  });
});

describe('rules with an address that only applying tells', () => {
  const one = '"${aws_eip.e.public_ip}/32"';
  it.each([
    ['everybody beside it', `["0.0.0.0/0", ${one}]`, 'FAIL'],
    ['a private network beside it', `["10.0.0.0/8", ${one}]`, 'PASS'],
    ['it alone', `[${one}]`, 'PASS'],
    ['a loop, which is not understood', `[for each in [${one}] : each]`, 'UNKNOWN'],
  ])('are those of the source: %s', async (_, addresses, verdict) => {
    const rule = { from_port: 22, to_port: 22, protocol: 'tcp' };
    const group: Written = {
      address: 'aws_security_group.g',
      values: { name: 'g', ingress: [rule] },
      unknown: { id: true, arn: true, ingress: [{ cidr_blocks: true }] },
      refers: { ingress: ['aws_eip.e.public_ip', 'aws_eip.e'] },
    };
    const address: Written = { address: 'aws_eip.e', unknown: { public_ip: true, id: true } };
    await put({
      'main.tf': `resource "aws_eip" "e" {}
resource "aws_security_group" "g" {
  name = "g"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ${addresses}
  }
}
`,
    });
    const { statuses } = await verdictsBeside(folder, planOf([address, group]));
    expect(statuses['aws_security_group.g EC2.13']).toBe(verdict);
  });
});

it.each([
  ['an open name', 'random_id.s.hex'],
  ['a name that is put together', '"trail-${random_id.s.hex}"'],
])('tells apart two that share %s, as in two regions', async (_, name) => {
  const trail = (address: string, enable_log_file_validation: boolean): Written => ({
    address,
    values: { enable_log_file_validation },
    unknown: { name: true, id: true, arn: true },
    refers: { name: ['random_id.s.hex', 'random_id.s'] },
  });
  const plan = planOf([
    { address: 'random_id.s', unknown: { hex: true, id: true } },
    trail('aws_cloudtrail.a', true),
    trail('aws_cloudtrail.b', false),
  ]);
  const written = (own: string) => `resource "aws_cloudtrail" "${own}" {\n  name = ${name}\n}\n`;
  await put({ 'main.tf': `resource "random_id" "s" {}\n${written('a')}${written('b')}` });
  const { statuses } = await verdictsBeside(folder, plan);
  expect(statuses['aws_cloudtrail.a CloudTrail.4']).toBe('PASS');
  expect(statuses['aws_cloudtrail.b CloudTrail.4']).toBe('FAIL');
});
