import { readdirSync, readFileSync } from 'node:fs';
import { propertiesOf } from '../../../lib/templates/terraform/types/cloud-control.ts';
import { checkedPlan, planOf, verdictAmong, verdictIn, type Written } from './plans.ts';

/** What the provider says of an attribute that nobody wrote. */
const left = (...names: readonly string[]) => Object.fromEntries(names.map((one) => [one, true]));
const policyOf = (principal: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: '*', Resource: '*' }],
  });
const encryption = (rule: object) => ({
  bucket_encryption: { server_side_encryption_configuration: [rule] },
});
const group = (cidr_ip: string) => ({
  group_description: 'a',
  security_group_ingress: [{ ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ip }],
});

describe('the provider awscc', () => {
  it.each<readonly [control: string, type: string, values: object, verdict: string]>([
    ['EC2.13', 'ec2_security_group', group('0.0.0.0/0'), 'FAIL'],
    ['EC2.13', 'ec2_security_group', group('10.0.0.0/8'), 'PASS'],
    ['RDS.2', 'rds_db_instance', { engine: 'mysql', publicly_accessible: true }, 'FAIL'],
    ['RDS.2', 'rds_db_instance', { engine: 'mysql', publicly_accessible: false }, 'PASS'],
    ['RDS.5', 'rds_db_instance', { engine: 'mysql', multi_az: true }, 'PASS'],
    [
      'RDS.12',
      'rds_db_cluster',
      { engine: 'aurora-mysql', enable_iam_database_authentication: true },
      'PASS',
    ],
    [
      'S3.17',
      's3_bucket',
      encryption({
        server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: 'a' },
      }),
      'PASS',
    ],
    [
      'S3.17',
      's3_bucket',
      encryption({ server_side_encryption_by_default: { sse_algorithm: 'AES256' } }),
      'FAIL',
    ],
    ['CloudTrail.2', 'cloudtrail_trail', { s3_bucket_name: 'a', kms_key_id: 'a' }, 'PASS'],
    ['SNS.1', 'sns_topic', { kms_master_key_id: 'alias/a' }, 'PASS'],
    ['KMS.5', 'kms_key', { key_policy: policyOf('*') }, 'FAIL'],
    [
      'Opensearch.8',
      'opensearchservice_domain',
      { domain_endpoint_options: { enforce_https: false } },
      'FAIL',
    ],
    ['PL.IAM.1', 'iam_role', { assume_role_policy_document: policyOf('*') }, 'FAIL'],
  ])('is read by %s: %s', async (control, type, values, verdict) => {
    const address = `awscc_${type}.it`;
    const plan = planOf([{ address, values: { ...values } }]);
    expect(await verdictIn(plan, control, address)).toBe(verdict);
  });
  it('sets nothing that a plan shows as known after applying, where nothing is written', async () => {
    const plan = planOf([
      {
        address: 'awscc_rds_db_instance.it',
        values: { engine: 'mysql' },
        unknown: left('id', 'storage_encrypted', 'multi_az', 'tags'),
      },
    ]);
    expect(await verdictIn(plan, 'RDS.3', 'awscc_rds_db_instance.it')).toBe('FAIL');
    expect(await verdictIn(plan, 'RDS.5', 'awscc_rds_db_instance.it')).toBe('FAIL');
  });
  it('takes a nested attribute for left out where all that is written is known', async () => {
    const values = { versioning_configuration: {} };
    const plan = planOf([
      {
        address: 'awscc_s3_bucket.it',
        values,
        unknown: { versioning_configuration: left('status') },
      },
    ]);
    expect(await verdictIn(plan, 'S3.14', 'awscc_s3_bucket.it')).toBe('FAIL');
  });

  const bucket = (name: string, more: Partial<Written> = {}): Written => ({
    address: `awscc_s3_bucket.${name}`,
    unknown: left('id', 'arn', 'bucket_name'),
    ...more,
  });
  const logging = (unknown: object) =>
    bucket('it', {
      values: { logging_configuration: {} },
      unknown: { ...left('id', 'bucket_name'), logging_configuration: unknown },
      refers: { logging_configuration: ['awscc_s3_bucket.logs.id', 'awscc_s3_bucket.logs'] },
    });
  it('refers to what one nested attribute of the name of a reference can be', async () => {
    const plan = planOf([
      bucket('logs'),
      logging(left('destination_bucket_name')),
      {
        address: 'awscc_s3_bucket_policy.logs',
        values: { policy_document: policyOf({ Service: 'logging.s3.amazonaws.com' }) },
        unknown: left('bucket'),
        refers: { bucket: ['awscc_s3_bucket.logs.id', 'awscc_s3_bucket.logs'] },
      },
    ]);
    expect(await verdictIn(plan, 'S3.9', 'awscc_s3_bucket.it')).toBe('PASS');
  });
  it('does not know which of several it is', async () => {
    const own = {
      values: { encryption_config: [{ resources: ['secrets'], provider: {} }] },
      unknown: { encryption_config: [{ provider: left('key_arn', 'key_id') }] },
      refers: { encryption_config: ['awscc_kms_key.k.arn', 'awscc_kms_key.k'] },
    };
    const plan = planOf([{ address: 'awscc_eks_cluster.it', ...own }]);
    expect(await verdictIn(plan, 'EKS.3', 'awscc_eks_cluster.it')).toMatch(/^UNKNOWN/);
  });
  it('has the policy that another resource declares of it', async () => {
    const plan = planOf([
      bucket('it', {
        values: { public_access_block_configuration: { block_public_policy: false } },
      }),
      {
        address: 'awscc_s3_bucket_policy.it',
        values: { policy_document: policyOf('*') },
        unknown: left('bucket'),
        refers: { bucket: ['awscc_s3_bucket.it.id', 'awscc_s3_bucket.it'] },
      },
    ]);
    expect(await verdictIn(plan, 'S3.2', 'awscc_s3_bucket.it')).toBe('FAIL');
  });
  const everything = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  });
  it.each<[name: string, of: string, by: string, list: string, attribute: string, control: string]>(
    [
      ['a topic', 'sns_topic', 'sns_topic_policy', 'topics', 'topic_arn', 'SNS.4'],
      ['a queue', 'sqs_queue', 'sqs_queue_policy', 'queues', 'queue_url', 'SQS.3'],
      ['a role', 'iam_role', 'iam_policy', 'roles', 'role_name', 'PL.IAM.3'],
      ['a user', 'iam_user', 'iam_policy', 'users', 'user_name', 'PL.IAM.3'],
    ],
  )('has the policy that another resource declares of a list: %s', async (...asked) => {
    const [, of, by, list, attribute, control] = asked;
    const address = `awscc_${of}.it`;
    const plan = planOf([
      {
        address,
        values: of === 'iam_role' ? { assume_role_policy_document: '{"Statement":[]}' } : {},
        unknown: { id: true, [attribute]: true },
      },
      {
        address: `awscc_${by}.p`,
        values: { policy_document: everything },
        unknown: { id: true, [list]: [true] },
        refers: { [list]: [`${address}.${attribute}`, address] },
      },
    ]);
    expect(await verdictIn(plan, control, address)).toBe('FAIL');
  });
  it('has the address that another resource gives it', async () => {
    const plan = planOf([
      {
        address: 'awscc_ec2_instance.it',
        values: { network_interfaces: [{ device_index: '0', associate_public_ip_address: false }] },
        unknown: { id: true, instance_id: true },
      },
      {
        address: 'awscc_ec2_eip.e',
        unknown: { id: true, instance_id: true },
        refers: { instance_id: ['awscc_ec2_instance.it.id', 'awscc_ec2_instance.it'] },
      },
    ]);
    expect(await verdictIn(plan, 'EC2.9', 'awscc_ec2_instance.it')).toBe('FAIL');
  });
  it('has its tags as CloudFormation has them, and passes over what no control is about', async () => {
    const all = await checkedPlan(
      planOf([
        bucket('it', { values: { tags: [{ key: 'owner', value: 'a' }] } }),
        { address: 'awscc_pinpoint_app.it', values: { name: 'a' } },
      ]),
    );
    expect(verdictAmong(all, 'S3.14', 'awscc_s3_bucket.it')).toBe('FAIL');
    expect(all.map(({ declared }) => declared.logicalId)).not.toContain('awscc_pinpoint_app.it');
  });
  it('spells each property that a template is asked for', () => {
    const folders = ['answers', 'answers/s3', 'declared'].map(
      (one) => new URL(`../../../lib/templates/${one}/`, import.meta.url),
    );
    const asked = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
        .flatMap((name) => [
          ...readFileSync(new URL(name, folder), 'utf8').matchAll(/\bget\(([^()]*)\)/g),
        ])
        .flatMap(([, list = '']) => [...list.matchAll(/'([A-Z]\w*)'/g)].map(([, one = '']) => one)),
    );
    const snake = (name: string) =>
      name
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
        .toLowerCase();
    expect(asked.length).toBeGreaterThan(300);
    expect(asked.filter((one) => !propertiesOf(snake(one)).includes(one))).toEqual([]);
  });
});
