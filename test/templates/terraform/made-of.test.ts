import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf, verdictIn, verdictsBeside, type Written } from './plans.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-terraform-'));
});
afterEach(() => rm(folder, { recursive: true }));

const beside = async (
  files: Readonly<Record<string, string>>,
  plan: unknown,
  which: string,
): Promise<string | undefined> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return (await verdictsBeside(folder, plan)).statuses[which];
};

/** `Ref` gives its name, which its writer chooses. */
const role = (name: string): Written => ({
  address: 'aws_iam_role.r',
  values: { name },
  unknown: { id: true, arn: true },
});
const refers = ['aws_iam_role.r.id', 'aws_iam_role.r'];
const database = (attribute: string): Written => ({
  address: 'aws_db_instance.d',
  values: { engine: 'mysql' },
  unknown: { id: true, [attribute]: true },
  refers: { [attribute]: refers },
});
const bucket: Written = {
  address: 'aws_s3_bucket.b',
  values: { bucket: 'orders' },
  unknown: { id: true, arn: true },
};
const lambda: Written = {
  address: 'aws_lambda_function.f',
  values: { function_name: 'f' },
  unknown: { arn: true },
};
const group: Written = {
  address: 'aws_security_group.g',
  values: { name: 'g' },
  unknown: { id: true, ingress: true, egress: true },
};
const rule = (values: Written['values'], attribute: string): Written => ({
  address: 'aws_vpc_security_group_ingress_rule.i',
  values: values ?? {},
  unknown: { [attribute]: true, security_group_id: true },
  refers: {
    [attribute]: refers,
    security_group_id: ['aws_security_group.g.id', 'aws_security_group.g'],
  },
});

describe('what can be no name of another resource is made of it, as by length', () => {
  it.each<readonly [control: string, called: string, all: readonly Written[], address: string]>([
    ['RDS.2', 'r', [database('publicly_accessible')], 'aws_db_instance.d'],
    ['RDS.2', 'false', [database('publicly_accessible')], 'aws_db_instance.d'],
    ['RDS.3', 'true', [database('storage_encrypted')], 'aws_db_instance.d'],
    ['RDS.11', '30', [database('backup_retention_period')], 'aws_db_instance.d'],
    [
      'S3.8',
      'true',
      [
        bucket,
        {
          address: 'aws_s3_bucket_public_access_block.p',
          values: {
            bucket: 'orders',
            block_public_acls: true,
            block_public_policy: true,
            restrict_public_buckets: true,
          },
          unknown: { ignore_public_acls: true },
          refers: { ignore_public_acls: refers },
        },
      ],
      'aws_s3_bucket.b',
    ],
    [
      'EC2.8',
      'required',
      [
        {
          address: 'aws_instance.i',
          values: { metadata_options: [{}] },
          unknown: { metadata_options: [{ http_tokens: true }] },
          refers: { metadata_options: [{ http_tokens: { references: refers } }] },
        },
      ],
      'aws_instance.i',
    ],
    [
      'Lambda.1',
      'r',
      [
        lambda,
        {
          address: 'aws_lambda_permission.p',
          values: { function_name: 'f', action: 'lambda:InvokeFunction' },
          unknown: { principal: true },
          refers: { principal: refers },
        },
      ],
      'aws_lambda_function.f',
    ],
    [
      'PL.LAMBDA.1',
      'AWS_IAM',
      [
        lambda,
        {
          address: 'aws_lambda_function_url.u',
          values: { function_name: 'f' },
          unknown: { authorization_type: true },
          refers: { authorization_type: refers },
        },
      ],
      'aws_lambda_function.f',
    ],
    [
      'EC2.13',
      '10.0.0.0/8',
      [group, rule({ from_port: 22, to_port: 22, ip_protocol: 'tcp' }, 'cidr_ipv4')],
      'aws_security_group.g',
    ],
    [
      'EC2.13',
      'udp',
      [group, rule({ from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' }, 'ip_protocol')],
      'aws_security_group.g',
    ],
  ])('%s, a role that is called %s', async (control, called, all, address) => {
    expect(await verdictIn(planOf([role(called), ...all]), control, address)).toMatch(/^UNKNOWN/);
  });
});

const allowed = (more: string) => `jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Resource  = "\${aws_s3_bucket.b.arn}/*"
      ${more}
    }]
  })`;
const harmless = allowed('Principal = { AWS = "arn:aws:iam::111122223333:role/r" }');
const open = allowed('Principal = "*"');
const withPolicy = (policy: string, more = '') => `
resource "aws_s3_bucket" "b" {
  bucket = "orders"
}
resource "aws_s3_bucket_policy" "p" {
  bucket = "orders"
  policy = ${policy}
}
${more}`;
const planFrom = (policy: readonly string[], more: readonly Written[] = []) =>
  planOf([
    bucket,
    ...more,
    {
      address: 'aws_s3_bucket_policy.p',
      values: { bucket: 'orders' },
      unknown: { policy: true },
      refers: { policy },
    },
  ]);
const plan = planFrom(['aws_s3_bucket.b.arn', 'aws_s3_bucket.b']);
const told = (files: Readonly<Record<string, string>>) =>
  beside(files, plan, 'aws_s3_bucket.b S3.2');

describe('a policy that a source writes', () => {
  it('is read', async () => {
    expect(await told({ 'main.tf': withPolicy(harmless) })).toBe('PASS');
    expect(await told({ 'main.tf': withPolicy(open) })).toBe('FAIL');
  });
  it.each([
    ['eight digits', allowed(String.raw`Principal = "\U0000002A"`)],
    [
      'null in the place of a condition',
      allowed(
        'Principal = "*"\n Condition = { StringEquals = { "aws:PrincipalAccount" = "111122223333" } }\n Condition = null',
      ),
    ],
    [
      'null that is merged over a condition',
      `jsonencode({ Version = "2012-10-17", Statement = [merge({ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "\${aws_s3_bucket.b.arn}/*", Condition = { StringEquals = { "aws:PrincipalAccount" = "111122223333" } } }, { Condition = null })] })`,
    ],
    [
      'what a call that fails is tried before',
      `try(tolist(${harmless.slice(0, -1).replace('jsonencode(', '')}), ${open})`,
    ],
  ])('with %s is not harmless', async (_, policy) => {
    expect(await told({ 'main.tf': withPolicy(policy) })).not.toBe('PASS');
  });
});

describe('a source that others say otherwise', () => {
  it.each<readonly [what: string, files: Readonly<Record<string, string>>]>([
    ['overrides', { 'a_override.tf': withPolicy(open), 'main.tf': withPolicy(harmless) }],
    ['is of OpenTofu alone', { 'main.tf': withPolicy(open), 'main.tofu': withPolicy(harmless) }],
    ['overrides as JSON', { 'override.tf.json': '{}', 'main.tf': withPolicy(harmless) }],
    ['is too long', { 'override.tf': ' '.repeat(2_000_001), 'main.tf': withPolicy(harmless) }],
  ])('one that %s', async (_, files) => {
    expect(await told(files)).toBe('UNKNOWN');
  });
  it('one that has a local value of the same name', async () => {
    const files = {
      'a_override.tf': `locals {\n  p = ${open}\n}`,
      'main.tf': withPolicy('local.p', `locals {\n  p = ${harmless}\n}`),
    };
    expect(await beside(files, planFrom(['local.p']), 'aws_s3_bucket.b S3.2')).toBe('UNKNOWN');
  });
  it('one that has a dynamic block', async () => {
    const plain = 'resource "aws_security_group" "g" {\n  name = "g"\n}\n';
    const repeated = plain.replace(
      '}',
      '  dynamic "ingress" {\n    for_each = local.a\n content {}\n  }\n}',
    );
    const files = { 'a_override.tf': repeated, 'main.tf': plain };
    expect(await beside(files, planOf([group]), 'aws_security_group.g EC2.13')).toBe('UNKNOWN');
  });
});

describe('what a source makes of one reference is not that', () => {
  const key: Written = { address: 'aws_kms_key.k', unknown: { id: true, arn: true } };
  const document: Written = {
    address: 'data.aws_iam_policy_document.d',
    values: { statement: [{ sid: 'a', effect: 'Deny', actions: ['s3:*'] }] },
    unknown: { json: true, statement: [{ resources: true }] },
    refers: { statement: [{ resources: { references: ['aws_s3_bucket.b.arn'] } }] },
  };
  const withKey = planOf([
    key,
    {
      address: 'aws_sqs_queue.q',
      values: { sqs_managed_sse_enabled: false },
      unknown: { kms_master_key_id: true },
      refers: { kms_master_key_id: ['aws_kms_key.k.arn', 'aws_kms_key.k'] },
    },
  ]);
  const ofKey = (written: string, more = '') =>
    beside(
      {
        'main.tf': `resource "aws_sqs_queue" "q" {\n  kms_master_key_id = ${written}\n}\n${more}`,
      },
      withKey,
      'aws_sqs_queue.q SQS.1',
    );
  it.each([
    ['a reference', 'aws_kms_key.k.arn', ''],
    ['a list of one that is joined', 'join("", aws_kms_key.k.*.arn)', ''],
    ['a choice by how many there are', 'length(aws_kms_key.k) > 0 ? aws_kms_key.k.arn : null', ''],
  ])('%s is', async (_, written, more) => expect(await ofKey(written, more)).toBe('PASS'));
  it.each([
    ['a choice by what is not known', 'length(aws_kms_key.k.arn) > 3 ? null : aws_kms_key.k.arn'],
    ['a call', 'replace(aws_kms_key.k.arn, "/.*/", "")'],
    ['a loop', 'one([for one in [aws_kms_key.k.arn] : "" if one != ""])'],
  ])('%s', async (_, written) => expect(await ofKey(written)).toBe('UNKNOWN'));
  it('a document that decides which other one is taken', async () => {
    const written = `length(data.aws_iam_policy_document.d.json) > 0 ? "{\\"Statement\\":[]}" : ""`;
    const made = planFrom(
      ['data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'],
      [document],
    );
    const which = 'aws_s3_bucket.b S3.2';
    const plain = withPolicy('data.aws_iam_policy_document.d.json');
    expect(await beside({ 'main.tf': plain }, made, which)).toBe('PASS');
    expect(await beside({ 'main.tf': withPolicy(written) }, made, which)).toBe('UNKNOWN');
  });
});
