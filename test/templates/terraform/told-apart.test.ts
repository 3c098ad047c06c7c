import { readDocument } from '../../../lib/templates/document/read-document.ts';
import { planTemplateOf } from '../../../lib/templates/terraform/plan-template.ts';
import { account, region } from '../checking.ts';
import { planOf, verdictIn, type Written } from './plans.ts';

/** Names that share one generated part, which a plan says of both in the same words. */
const suffix = ['random_id.s.hex', 'random_id.s'];
const generated: Written = {
  address: 'random_id.s',
  values: { byte_length: 4 },
  unknown: { hex: true, id: true },
};
const named = (address: string, attribute: string, values = {}): Written => ({
  address,
  values,
  unknown: { [attribute]: true, id: true, arn: true, policy: true },
  refers: { [attribute]: suffix },
});
const open = (action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }],
  });
const of = (address: string, by: string, attribute: string, values: object): Written => ({
  address,
  values: { ...values },
  unknown: { [by]: true, id: true },
  refers: { [by]: [`${attribute}`, attribute.split('.').slice(0, 2).join('.')] },
});

const functions = [
  generated,
  named('aws_lambda_function.a', 'function_name', { package_type: 'Zip' }),
  named('aws_lambda_function.b', 'function_name', { package_type: 'Zip' }),
];
const url = (name: string, authorization_type: string): Written =>
  of(`aws_lambda_function_url.${name}`, 'function_name', `aws_lambda_function.${name}.arn`, {
    authorization_type,
  });
const permission = (principal: string, refers: unknown): Written => ({
  address: 'aws_lambda_permission.p',
  values: { action: 'lambda:InvokeFunction', principal },
  unknown: { function_name: true, id: true },
  refers: { function_name: refers },
});
const queues = [
  generated,
  named('aws_sqs_queue.a', 'name'),
  named('aws_sqs_queue.b', 'name'),
  of('aws_sqs_queue_policy.b', 'queue_url', 'aws_sqs_queue.b.id', { policy: open('sqs:*') }),
];
const trail = (name: string, isValidated: boolean): Written =>
  named(`aws_cloudtrail.${name}`, 'name', {
    s3_bucket_name: 'logs',
    enable_log_file_validation: isValidated,
  });
const trails = [generated, trail('a', true), trail('b', false)];
const urls = [...functions, url('a', 'AWS_IAM'), url('b', 'NONE')];

it.each<readonly [what: string, all: readonly Written[], string, string, verdict: RegExp]>([
  ['its own URL', urls, 'PL.LAMBDA.1', 'aws_lambda_function.b', /^FAIL$/],
  ['what the provider permits for it', urls, 'Lambda.1', 'aws_lambda_function.b', /^FAIL$/],
  ["not another one's URL", urls, 'PL.LAMBDA.1', 'aws_lambda_function.a', /^PASS$/],
  ['its own policy', queues, 'SQS.3', 'aws_sqs_queue.b', /^FAIL$/],
  ["not another one's policy", queues, 'SQS.3', 'aws_sqs_queue.a', /^PASS$/],
  ['its own settings', trails, 'CloudTrail.4', 'aws_cloudtrail.b', /^FAIL$/],
  ["not another one's settings", trails, 'CloudTrail.4', 'aws_cloudtrail.a', /^PASS$/],
  [
    'a permission by its name',
    [
      ...functions,
      permission('*', ['aws_lambda_function.b.function_name', 'aws_lambda_function.b']),
    ],
    'Lambda.1',
    'aws_lambda_function.b',
    /^FAIL$/,
  ],
  [
    'perhaps a permission that is named by the same part',
    [...functions, permission('*', suffix)],
    'Lambda.1',
    'aws_lambda_function.b',
    /^UNKNOWN .*whether aws_lambda_permission\.p is for it/,
  ],
])(
  'a resource with a generated part in its name has %s',
  async (...[, all, control, address, is]) =>
    expect(await verdictIn(planOf(all), control, address)).toMatch(is),
);

it('tells which types that open something are not evaluated, with their number', async () => {
  const plan = planOf([
    { address: 'aws_db_snapshot.d' },
    { address: 'aws_ami_launch_permission.a', values: { group: 'all' } },
    { address: 'aws_ami_launch_permission.b', values: { group: 'all' } },
  ]);
  const told: string[] = [];
  const document = await readDocument(JSON.stringify(plan), 'plan.json');
  const deployment = { account, region, partition: 'aws', stackName: 'stack', parameters: {} };
  await planTemplateOf(document, deployment, (why) => told.push(why));
  expect(told).toEqual([
    'aws_db_snapshot is not evaluated, and can open what it is about: 1 in the plan',
    'aws_ami_launch_permission is not evaluated, and can open what it is about: 2 in the plan',
  ]);
});

it('evaluates the rules that take the place of those of a default ACL', async () => {
  const everything = { rule_no: 100, action: 'allow', protocol: '-1', from_port: 0, to_port: 0 };
  const values = { ingress: [{ ...everything, cidr_block: '0.0.0.0/0' }], egress: [] };
  const plan = planOf([{ address: 'aws_default_network_acl.d', values }]);
  expect(await verdictIn(plan, 'EC2.21', 'aws_default_network_acl.d')).toMatch(/^FAIL/);
});
