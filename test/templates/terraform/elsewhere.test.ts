import { planOf, verdictIn, type Written } from './plans.ts';

const rule = (name: string, group: string, from = '0.0.0.0/0'): Written => ({
  address: `aws_security_group_rule.${name}`,
  values: { type: 'ingress', from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: [from] },
  unknown: { id: true, security_group_id: true },
  refers: { security_group_id: [`${group}.id`, group] },
});
const group: Written = {
  address: 'aws_security_group.here',
  values: { name: 'here' },
  unknown: { id: true, arn: true },
};

describe('a reference to a resource that the plan does not have', () => {
  it.each([
    ['aws_security_group.there', 'aws_security_group.here', 'PASS'],
    ['aws_security_group.there', 'aws_security_group_rule.opens', 'FAIL'],
    ['aws_security_group.there', 'aws_security_group_rule.closed', '0 verdicts'],
    ['aws_security_group.here', 'aws_security_group.here', 'FAIL'],
    ['module.there', 'aws_security_group.here', 'UNKNOWN'],
    ['data.aws_security_group.there', 'aws_security_group.here', 'UNKNOWN'],
  ])('leads to nothing that it has: %s, %s', async (to, address, verdict) => {
    const plan = planOf([group, rule('opens', to), rule('closed', to, '10.0.0.0/8')]);
    expect((await verdictIn(plan, 'EC2.13', address)).replace(/^(UNKNOWN) .*/, '$1')).toBe(verdict);
  });
});

it('leaves what a plan has as it is beside a part of what it does not have', async () => {
  const names = { bucket: 'here' };
  const here: Written = { address: 'aws_s3_bucket.here', values: names, unknown: { id: true } };
  const versions = (to: string): Written => ({
    address: 'aws_s3_bucket_versioning.it',
    values: { versioning_configuration: [{ status: 'Enabled' }] },
    unknown: { bucket: true },
    refers: { bucket: [`${to}.id`, to] },
  });
  const verdict = (to: string) => verdictIn(planOf([here, versions(to)]), 'S3.14', here.address);
  expect(await verdict('aws_s3_bucket.there')).toBe('FAIL');
  expect(await verdict('aws_s3_bucket.here')).toBe('PASS');
  const toType = { ...versions(''), refers: { bucket: ['aws_s3_bucket'] } };
  expect(await verdictIn(planOf([here, toType]), 'S3.14', here.address)).toBe('FAIL');
  expect(await verdict('module.there')).toMatch(/^UNKNOWN/);
});

describe('of a bucket that another plan makes', () => {
  const blocks = (isOn: boolean) => ({
    ...{ block_public_acls: isOn, block_public_policy: isOn },
    ...{ ignore_public_acls: isOn, restrict_public_buckets: isOn },
  });
  const part = (type: string, values: object): Written => ({
    address: `aws_s3_bucket_${type}.it`,
    values: { bucket: 'elsewhere', ...values },
  });
  const versions = (status: string) =>
    part('versioning', { versioning_configuration: [{ status }] });
  it.each<[name: string, part: Written, control: string, verdict: string]>([
    ['what it is asked without TLS', versions('Enabled'), 'S3.5', '0 verdicts'],
    ['whom its policy lets in', versions('Enabled'), 'S3.6', '0 verdicts'],
    ['whether the public reads it', versions('Enabled'), 'S3.2', '0 verdicts'],
    ['an ACL', part('acl', { acl: 'private' }), 'S3.2', '0 verdicts'],
    ['an ACL for everybody', part('acl', { acl: 'public-read' }), 'S3.2', 'FAIL'],
    ['a block of everything', part('public_access_block', blocks(true)), 'S3.2', 'PASS'],
    ['a block of nothing', part('public_access_block', blocks(false)), 'S3.8', 'FAIL'],
    ['versions that are suspended', versions('Suspended'), 'S3.14', 'FAIL'],
  ])('%s is told as far as it is known', async (_, one, control, verdict) => {
    expect(await verdictIn(planOf([one]), control, one.address)).toBe(verdict);
  });
});

describe('of what another plan makes', () => {
  const open = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' }],
  });
  const bus = (event_bus_name: string): Written => ({
    address: 'aws_cloudwatch_event_bus_policy.it',
    values: { event_bus_name, policy: open },
  });
  const settings: Written = {
    address: 'aws_api_gateway_method_settings.it',
    values: {
      ...{ rest_api_id: 'a', stage_name: 's', method_path: '*/*' },
      settings: [{ logging_level: 'OFF' }],
    },
  };
  const backup: Written = {
    address: 'aws_efs_backup_policy.it',
    values: { file_system_id: 'fs-1', backup_policy: [{ status: 'DISABLED' }] },
  };
  const policies: Written = {
    address: 'aws_load_balancer_listener_policy.it',
    values: { load_balancer_name: 'a', load_balancer_port: 443, policy_names: ['p'] },
  };
  const logs: Written = {
    address: 'aws_redshift_logging.it',
    values: { cluster_identifier: 'c', log_destination_type: 's3', bucket_name: 'b' },
  };
  it.each<[what: string, part: Written, control: string, verdict: string]>([
    ['whom the whole policy of a bus lets in', bus('elsewhere'), 'PL.POLICY.3', 'FAIL'],
    ['whom that of the default bus lets in', bus('default'), 'PL.POLICY.3', 'FAIL'],
    ['what methods log', settings, 'APIGateway.1', 'FAIL'],
    ['no web ACL of the stage of methods', settings, 'APIGateway.4', '0 verdicts'],
    ['whether there are backups', backup, 'EFS.7', 'FAIL'],
    ['no mount target of what is backed up', backup, 'EFS.6', '0 verdicts'],
    ['no zone of the balancer of a policy', policies, 'ELB.10', '0 verdicts'],
    ['whether a cluster writes logs', logs, 'Redshift.4', 'PASS'],
    ['not who reaches the cluster of logs', logs, 'Redshift.1', '0 verdicts'],
  ])('%s is told', async (_, part, control, verdict) => {
    expect(await verdictIn(planOf([part]), control, part.address)).toBe(verdict);
  });
  it('the URL of a function is told once', async () => {
    const url: Written = {
      address: 'aws_lambda_function_url.it',
      values: { function_name: 'elsewhere', authorization_type: 'NONE' },
    };
    const plan = planOf([url]);
    expect(await verdictIn(plan, 'PL.LAMBDA.1', url.address)).toBe('FAIL');
    const permission = `${url.address} (2)`;
    expect(await verdictIn(plan, 'PL.LAMBDA.1', permission)).toBe('0 verdicts');
    expect(await verdictIn(plan, 'Lambda.1', permission)).toBe('FAIL');
  });
});

it('takes an ARN that stands in a policy for no policy', async () => {
  const queue: Written = {
    address: 'aws_sqs_queue.q',
    values: { name: 'q' },
    unknown: { arn: true, id: true, url: true },
  };
  const policy: Written = {
    address: 'aws_sqs_queue_policy.p',
    unknown: { policy: true, queue_url: true, id: true },
    refers: {
      queue_url: ['aws_sqs_queue.q.id', 'aws_sqs_queue.q'],
      policy: ['aws_sqs_queue.q.arn', 'aws_sqs_queue.q'],
    },
  };
  expect(await verdictIn(planOf([queue, policy]), 'SQS.3', queue.address)).toBe(
    'UNKNOWN policy is not known: aws_sqs_queue_policy.p.policy, which depends on aws_sqs_queue.q.arn: it is known after it is applied',
  );
});

it.each([
  ['of a group that the plan makes', 'aws_elasticache_subnet_group.g', 'PASS'],
  ['of what is not a group of it', 'data.aws_elasticache_subnet_group.g', 'UNKNOWN'],
])('ElastiCache.7 knows a name %s, though only applying tells it', async (_, from, verdict) => {
  const group: Written = {
    address: 'aws_elasticache_subnet_group.g',
    unknown: { name: true, id: true, arn: true },
    refers: { name: ['random_id.r.hex', 'random_id.r'] },
  };
  const cache: Written = {
    address: 'aws_elasticache_cluster.c',
    values: { cluster_id: 'c', engine: 'redis' },
    unknown: { subnet_group_name: true, id: true },
    refers: { subnet_group_name: [`${from}.name`, from] },
  };
  const found = await verdictIn(planOf([group, cache]), 'ElastiCache.7', cache.address);
  expect(found.replace(/^(UNKNOWN) .*/, '$1')).toBe(verdict);
});
