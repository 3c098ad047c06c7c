import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longTest, sampled } from '../../extent.ts';
import { planOf, type Written } from '../../templates/terraform/plans.ts';
import { inProcess } from '../run.ts';

const home = process.cwd();
let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-plan-secrets-')));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});
const put = (name: string, text: string) => writeFileSync(join(folder, name), text);

// Neither its form nor a name beside it says that it is a secret: only the plan does.
const secret = (n: string) => `correct-horse-${n}`;
const begins = 'correct-horse-';

const formats = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'];
/** All that is said of a plan, in every format, and what would be set. */
const saidOf = async (...paths: readonly string[]): Promise<string> => {
  let said = '';
  for (const more of [
    ...formats.map((format) => ['--all', '--format', format]),
    ['--require-explicit', '--all', '--json'],
    ['--patch', '--proposed'],
    ['--patch', '--proposed', '--json'],
    ['--fix', '--proposed'],
  ]) {
    const { stdout, stderr, code } = await inProcess(['check', ...paths, ...more]);
    // Else nothing of it was looked at.
    expect([more, code]).toEqual([more, expect.any(Number)]);
    said += stdout + stderr;
  }
  return said;
};
const told = (said: string) => said.split('\n').filter((line) => line.includes(begins));

const open = (n: string) =>
  JSON.stringify({
    Statement: [{ Sid: secret(n), Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  });

/** Each attribute that a control looks at, marked as secret in one of the ways that a provider or a variable marks it. */
const resources: readonly Written[] = [
  {
    address: 'aws_db_instance.user',
    values: { engine: 'mysql', username: secret('user'), password: secret('password') },
    sensitive: { username: true, password: true },
  },
  {
    address: 'aws_db_instance.named',
    values: {
      engine: 'mysql',
      identifier: secret('identifier'),
      id: secret('identifier'),
      arn: `arn:aws:rds:us-east-1:111122223333:db:${secret('identifier')}`,
      tags: { Owner: secret('tag'), Stage: 'test' },
      tags_all: { Owner: secret('tag'), Stage: 'test' },
    },
    sensitive: { identifier: true, tags: { Owner: true }, tags_all: {} },
  },
  {
    address: 'aws_security_group.nested',
    values: {
      name: 'nested',
      ingress: [
        {
          from_port: 22,
          to_port: 22,
          protocol: 'tcp',
          cidr_blocks: ['0.0.0.0/0'],
          description: secret('description'),
        },
      ],
    },
    sensitive: { ingress: [{ description: true }] },
  },
  {
    address: 'aws_security_group.whole',
    values: { name: secret('group'), ingress: [{ cidr_blocks: [secret('cidr')] }] },
    sensitive: { name: true, ingress: true },
  },
  {
    address: 'aws_lambda_function.env',
    values: {
      function_name: 'env',
      runtime: 'nodejs10.x',
      environment: [{ variables: { STAGE: 'test', SETTING: secret('variable') } }],
    },
    sensitive: { environment: [{ variables: { SETTING: true } }] },
  },
  {
    address: 'aws_ecs_task_definition.task',
    values: {
      family: 'task',
      container_definitions: JSON.stringify([
        {
          name: 'web',
          image: 'web:1',
          privileged: true,
          environment: [{ name: 'SETTING', value: secret('container') }],
        },
      ]),
    },
    sensitive: { container_definitions: true },
  },
  ...(['aws_sqs_queue', 'aws_kms_key', 'aws_sns_topic'] as const).map((type) => ({
    address: `${type}.policy`,
    values: { name: 'a', policy: open(type) },
    sensitive: { policy: true },
  })),
  {
    address: 'aws_s3_bucket.b',
    values: { bucket: secret('bucket'), arn: `arn:aws:s3:::${secret('bucket')}` },
    sensitive: { bucket: true },
  },
  {
    address: 'aws_s3_bucket_policy.b',
    values: { bucket: secret('bucket'), policy: open('statement') },
    sensitive: { bucket: true, policy: true },
  },
  {
    address: 'aws_iam_role.inline',
    values: {
      name: 'inline',
      inline_policy: [{ name: secret('inline'), policy: open('inline-policy') }],
    },
    sensitive: { inline_policy: [{ name: true, policy: true }] },
  },
  {
    address: 'aws_instance.server',
    values: {
      ami: 'ami-1',
      user_data: secret('user-data'),
      metadata_options: [{ http_tokens: secret('tokens') }],
    },
    sensitive: { user_data: true, metadata_options: [{ http_tokens: true }] },
  },
  {
    address: 'aws_launch_template.server',
    values: { name: 't', user_data: Buffer.from(secret('template')).toString('base64') },
    sensitive: { user_data: true },
  },
  {
    address: 'aws_cloudfront_distribution.site',
    values: {
      enabled: true,
      origin: [
        {
          domain_name: 'a.example',
          custom_header: [{ name: 'X-Origin', value: secret('header') }],
          custom_origin_config: [{ origin_protocol_policy: 'http-only' }],
        },
      ],
    },
    sensitive: { origin: [{ custom_header: [{ value: true }] }] },
  },
  {
    address: 'aws_ssm_parameter.p',
    values: { name: '/a', type: 'String', value: secret('parameter') },
    sensitive: { value: true },
  },
];
const mapped = ['user_data', 'policy'];

longTest(
  'what a plan marks as secret is told in no format, in no patch and by no error',
  async () => {
    const plan = planOf(resources, {
      variables: { given: { value: secret('given') } },
      more: {
        prior_state: {
          values: {
            root_module: {
              resources: resources.map(({ address, values, sensitive }) => ({
                ...{ address, mode: 'managed', type: address.split('.')[0] },
                ...{ values, sensitive_values: sensitive },
              })),
            },
          },
        },
        output_changes: { a: { after: secret('output'), after_sensitive: true } },
      },
    });
    put('plan.json', JSON.stringify(plan, undefined, 1));
    const said = await saidOf('plan.json');
    expect(told(said)).toEqual([]);
    for (const [type] of resources.map(({ address }) => address.split('.')))
      expect([type, said.includes(`${type}.`)]).toEqual([type, true]);
    expect(said).toContain('which is secret');
    expect(
      mapped.filter((name) => said.includes(Buffer.from(secret(name)).toString('base64'))),
    ).toEqual([]);
  },
);

const apart = `
variable "given" {
  sensitive = true
}
locals {
  known = var.given
}
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({
    Statement = [{
      Sid       = PLACED
      Effect    = "Allow"
      Principal = { AWS = ["*", PLACED] }
      Action    = "s3:*"
      Resource  = "\${aws_s3_bucket.b.arn}/*"
      Condition = { StringNotEquals = { "aws:PrincipalOrgID" = PLACED } }
    }]
  })
}`;

const places = [
  ['a variable', 'var.given'],
  ['a local', 'local.known'],
  ['a part of a text', '"x-$' + '{var.given}"'],
  ['a data source that was read', 'data.aws_ssm_parameter.given.value'],
  ['an attribute of another resource', 'aws_ssm_parameter.own.value'],
  ['a function', 'sensitive(data.aws_ssm_parameter.given.value)'],
] as const;
it.each(sampled(places, { quick: 3, usual: 2 }))(
  'nor what a source takes from %s',
  async (_, placed) => {
    const refers = {
      bucket: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'],
      policy: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'],
    };
    const given = { value: secret('given') };
    const plan = planOf(
      [
        { address: 'aws_s3_bucket.b', unknown: { id: true, arn: true, bucket: true } },
        { address: 'aws_ssm_parameter.own', values: given, sensitive: { value: true } },
        { address: 'aws_s3_bucket_policy.p', unknown: { bucket: true, policy: true }, refers },
      ],
      {
        variables: { given },
        more: {
          prior_state: {
            values: {
              root_module: {
                resources: [
                  {
                    address: 'data.aws_ssm_parameter.given',
                    ...{ mode: 'data', type: 'aws_ssm_parameter', name: 'given' },
                    ...{ values: given, sensitive_values: { value: true } },
                  },
                ],
              },
            },
          },
        },
      },
    );
    const { root_module } = Object(plan['configuration']);
    root_module.variables = { given: { sensitive: true } };
    put('plan.json', JSON.stringify(plan));
    put('main.tf', apart.replaceAll('PLACED', placed));
    expect(told(await saidOf('plan.json'))).toEqual([]);
  },
);

const whole = JSON.stringify(planOf(resources), undefined, 1);
const at = whole.indexOf(secret('password'));
it.each<[what: string, text: string]>([
  ['ends within one', whole.slice(0, at + 16)],
  ['ends behind one', whole.slice(0, at + 30)],
  ['lacks a quote behind one', whole.replace(`${secret('password')}"`, secret('password'))],
  ['lacks a comma behind one', whole.replace(`${secret('user')}",`, `${secret('user')}"`)],
  ['has one in place of what is planned', whole.replace('"planned_values"', `"${secret('b')}"`)],
  [
    'has one in place of resources',
    whole.replace(/"resources": \[/, `"resources": "${secret('c')}", "x": [`),
  ],
])('nor what is wrong with a plan that %s', async (_, text) => {
  put('plan.json', text);
  const { stdout, stderr, code } = await inProcess(['check', 'plan.json']);
  expect([code, told(stdout + stderr)]).toEqual([2, []]);
});
