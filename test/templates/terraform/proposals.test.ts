import type { Checked } from '../../../lib/templates/check/check-template.ts';
import { fixText } from '../../../lib/templates/fix/fix-text.ts';
import { at, checkedIn } from '../checking.ts';
import { baseline } from '../fixing.ts';
import { planOf, templateFromPlan, type Written } from './plans.ts';

const statement = (more: object) => ({
  Sid: 'a',
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
  ...more,
});
const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const root = { AWS: 'arn:aws:iam::111122223333:root' };
const keyPolicy = (...more: readonly object[]) =>
  policy(statement({ Sid: 'root', Principal: root, Action: 'kms:*' }), ...more);

const bucket: Written = {
  address: 'aws_s3_bucket.it',
  values: { bucket: 'orders' },
  unknown: { id: true, arn: true },
};
const lifecycle: Written = {
  address: 'aws_s3_bucket_lifecycle_configuration.it',
  values: { bucket: 'orders', rule: [{ status: 'Enabled', expiration: [{ days: 400 }] }] },
};
const ofBucket = (type: string, values: object): Written => ({
  address: `aws_s3_bucket_${type}.part`,
  values: { bucket: 'orders', ...values },
});
const group = (values: object = {}): Written => ({
  address: 'aws_security_group.it',
  values: { name: 'web', ingress: [], egress: [], ...values },
  unknown: { id: true },
});
const rule = (values: object) => ({
  protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_blocks: ['0.0.0.0/0'],
  ipv6_cidr_blocks: [],
  ...values,
});
const inGroup = { security_group_id: ['aws_security_group.it.id', 'aws_security_group.it'] };
const database = {
  identifier: 'db',
  engine: 'mysql',
  engine_version: '8.0.40',
  username: 'owner',
  publicly_accessible: false,
  storage_encrypted: true,
};
const instance = (more: object): Written => ({
  address: 'aws_db_instance.it',
  values: { ...database, ...more },
});
const cluster = (more: object): Written => ({
  address: 'aws_rds_cluster.it',
  values: {
    cluster_identifier: 'db',
    engine: 'aurora-postgresql',
    engine_version: '16.4',
    master_username: 'owner',
    storage_encrypted: true,
    ...more,
  },
});
const trust = policy({
  Effect: 'Allow',
  Principal: { Service: 'ec2.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
const role = (more: object = {}): Written => ({
  address: 'aws_iam_role.it',
  values: { name: 'worker', assume_role_policy: trust, ...more },
});
const trail = { name: 'all', s3_bucket_name: 'logs', is_multi_region_trail: true };

/** Of a failure of a control on `it`: what is proposed for it, in the language of Terraform. */
const rows: readonly (readonly [
  control: string,
  written: readonly Written[],
  proposed: readonly string[],
])[] = [
  [
    'S3.8',
    [
      bucket,
      ofBucket('public_access_block', {
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: false,
      }),
    ],
    [
      'aws_s3_bucket_public_access_block.part: ignore_public_acls = true',
      'aws_s3_bucket_public_access_block.part: restrict_public_buckets = true',
    ],
  ],
  [
    'S3.14',
    [
      bucket,
      lifecycle,
      ofBucket('versioning', { versioning_configuration: [{ status: 'Suspended' }] }),
    ],
    ['aws_s3_bucket_versioning.part: versioning_configuration[0].status = "Enabled"'],
  ],
  [
    'S3.14',
    [bucket, lifecycle],
    [
      'add resource "aws_s3_bucket_versioning" "it" {\n  bucket = aws_s3_bucket.it.id\n  versioning_configuration {\n    status = "Enabled"\n  }\n}',
    ],
  ],
  [
    'S3.17',
    [bucket],
    [
      expect.stringMatching(
        /^add resource "aws_s3_bucket_server_side_encryption_configuration" "it" \{\n {2}bucket = .*\n {2}rule \{\n {4}apply_server_side_encryption_by_default \{\n {6}sse_algorithm = "aws:kms"/,
      ),
    ],
  ],
  [
    'S3.9',
    [bucket],
    [
      expect.stringMatching(
        /^add resource "aws_s3_bucket_logging" "it" \{\n {2}bucket = .*\n {2}target_bucket = "logs-of-111122223333"/,
      ),
    ],
  ],
  [
    'S3.5',
    [bucket],
    [
      expect.stringMatching(
        /^add resource "aws_s3_bucket_policy" "it" [\s\S]*Resource = \[aws_s3_bucket\.it\.arn, "\$\{aws_s3_bucket\.it\.arn\}\/\*"\]/,
      ),
    ],
  ],
  [
    'S3.5',
    [{ address: 'aws_s3_bucket.it', unknown: { bucket: true, arn: true, id: true } }],
    [
      expect.stringMatching(
        /^add resource "aws_s3_bucket_policy" "it" \{\n {2}bucket = aws_s3_bucket\.it\.id\n[\s\S]*Resource = \[aws_s3_bucket\.it\.arn,/,
      ),
    ],
  ],
  [
    'S3.12',
    [
      bucket,
      ofBucket('ownership_controls', { rule: [{ object_ownership: 'ObjectWriter' }] }),
      ofBucket('acl', { acl: 'public-read' }),
    ],
    ['aws_s3_bucket_acl.part: acl = "private"'],
  ],
  [
    'SQS.1',
    [{ address: 'aws_sqs_queue.it', values: { name: 'q', sqs_managed_sse_enabled: false } }],
    ['aws_sqs_queue.it: sqs_managed_sse_enabled = true'],
  ],
  [
    'SQS.3',
    [
      {
        address: 'aws_sqs_queue.it',
        values: { name: 'q' },
        unknown: { arn: true, url: true, id: true },
      },
      {
        address: 'aws_sqs_queue_policy.p',
        values: { policy: policy(statement({ Action: 'sqs:SendMessage' })) },
        unknown: { queue_url: true },
        refers: { queue_url: ['aws_sqs_queue.it.id', 'aws_sqs_queue.it'] },
      },
    ],
    [
      expect.stringMatching(
        /^aws_sqs_queue_policy\.p: policy = jsonencode\([\s\S]*data\.aws_caller_identity\.current\.account_id/,
      ),
    ],
  ],
  [
    'SNS.1',
    [{ address: 'aws_sns_topic.it', values: { name: 't' } }],
    ['aws_sns_topic.it: kms_master_key_id = "alias/aws/sns"'],
  ],
  [
    'KMS.4',
    [{ address: 'aws_kms_key.it', values: { enable_key_rotation: false, policy: keyPolicy() } }],
    ['aws_kms_key.it: enable_key_rotation = true'],
  ],
  [
    'KMS.5',
    [
      {
        address: 'aws_kms_key.it',
        values: {
          enable_key_rotation: true,
          policy: keyPolicy(statement({ Action: 'kms:Decrypt' })),
        },
      },
    ],
    [expect.stringMatching(/^aws_kms_key\.it: policy = jsonencode\(/)],
  ],
  [
    'ECR.1',
    [
      {
        address: 'aws_ecr_repository.it',
        values: { name: 'app', image_tag_mutability: 'IMMUTABLE' },
      },
    ],
    ['aws_ecr_repository.it: add image_scanning_configuration {\n  scan_on_push = true\n}'],
  ],
  [
    'ECR.2',
    [
      {
        address: 'aws_ecr_repository.it',
        values: { name: 'app', image_tag_mutability: 'MUTABLE' },
      },
    ],
    ['aws_ecr_repository.it: image_tag_mutability = "IMMUTABLE"'],
  ],
  [
    'EC2.13',
    [
      group(),
      {
        address: 'aws_vpc_security_group_ingress_rule.r',
        values: { ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' },
        unknown: { security_group_id: true },
        refers: { security_group_id: ['aws_security_group.it.id', 'aws_security_group.it'] },
      },
    ],
    ['remove aws_vpc_security_group_ingress_rule.r'],
  ],
  [
    'EC2.13',
    [group({ ingress: [rule({ cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] })] })],
    ['aws_security_group.it: ingress[0].cidr_blocks = ["10.0.0.0/8"]'],
  ],
  [
    'EC2.13',
    [group({ ingress: [rule({ from_port: 443, to_port: 443 }), rule({})] })],
    ['aws_security_group.it: remove ingress[1]'],
  ],
  [
    'EC2.13',
    [
      group(),
      {
        address: 'aws_security_group_rule.r',
        values: { type: 'ingress', ...rule({ cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] }) },
        unknown: { security_group_id: true },
        refers: { security_group_id: ['aws_security_group.it.id', 'aws_security_group.it'] },
      },
    ],
    ['aws_security_group_rule.r: cidr_blocks = ["10.0.0.0/8"]'],
  ],
  [
    'EC2.15',
    [{ address: 'aws_subnet.it', values: { map_public_ip_on_launch: true } }],
    ['aws_subnet.it: map_public_ip_on_launch = false'],
  ],
  [
    'EC2.8',
    [{ address: 'aws_instance.it', values: { metadata_options: [{ http_tokens: 'optional' }] } }],
    ['aws_instance.it: metadata_options[0].http_tokens = "required"'],
  ],
  [
    'EC2.21',
    [
      {
        address: 'aws_network_acl.it',
        values: {
          ingress: [
            {
              rule_no: 100,
              action: 'allow',
              protocol: '6',
              from_port: 22,
              to_port: 22,
              cidr_block: '0.0.0.0/0',
            },
          ],
        },
        unknown: { id: true },
      },
    ],
    [expect.stringMatching(/^aws_network_acl\.it: add ingress \{\n[\s\S]*action = "deny"/)],
  ],
  [
    'EC2.182',
    [{ address: 'aws_ebs_snapshot_block_public_access.it', values: { state: 'unblocked' } }],
    ['aws_ebs_snapshot_block_public_access.it: state = "block-all-sharing"'],
  ],
  [
    'EC2.7',
    [{ address: 'aws_ebs_encryption_by_default.it', values: { enabled: false } }],
    ['aws_ebs_encryption_by_default.it: enabled = true'],
  ],
  [
    'S3.1',
    [
      {
        address: 'aws_s3_account_public_access_block.it',
        values: { block_public_acls: true, block_public_policy: true, ignore_public_acls: true },
      },
    ],
    ['aws_s3_account_public_access_block.it: restrict_public_buckets = true'],
  ],
  [
    'IAM.10',
    [{ address: 'aws_iam_account_password_policy.it', values: { minimum_password_length: 6 } }],
    expect.arrayContaining(['aws_iam_account_password_policy.it: require_numbers = true']),
  ],
  [
    'RDS.13',
    [instance({ auto_minor_version_upgrade: false })],
    ['aws_db_instance.it: auto_minor_version_upgrade = true'],
  ],
  [
    'RDS.9',
    [instance({})],
    [expect.stringMatching(/^aws_db_instance\.it: enabled_cloudwatch_logs_exports = \[/)],
  ],
  [
    'RDS.2',
    [instance({ publicly_accessible: true })],
    ['aws_db_instance.it: publicly_accessible = false'],
  ],
  [
    'RDS.37',
    [cluster({ engine: 'aurora-postgresql' })],
    ['aws_rds_cluster.it: enabled_cloudwatch_logs_exports = ["postgresql"]'],
  ],
  ['RDS.7', [cluster({})], ['aws_rds_cluster.it: deletion_protection = true']],
  [
    'PL.RDS.1',
    [
      instance({ engine: 'postgres', engine_version: '14.9', parameter_group_name: 'own' }),
      {
        address: 'aws_db_parameter_group.own',
        values: {
          name: 'own',
          family: 'postgres14',
          parameter: [{ name: 'log_connections', value: '1' }],
        },
      },
    ],
    [
      expect.stringMatching(
        /^aws_db_parameter_group\.own: add parameter \{\n {2}name = "rds.force_ssl"\n {2}value = "1"/,
      ),
    ],
  ],
  [
    'PL.LAMBDA.1',
    [
      { address: 'aws_lambda_function.it', values: { function_name: 'f' } },
      {
        address: 'aws_lambda_function_url.u',
        values: { function_name: 'f', authorization_type: 'NONE' },
      },
    ],
    ['aws_lambda_function_url.u: authorization_type = "AWS_IAM"'],
  ],
  [
    'CloudTrail.4',
    [{ address: 'aws_cloudtrail.it', values: trail }],
    ['aws_cloudtrail.it: enable_log_file_validation = true'],
  ],
  [
    'PL.IAM.1',
    [
      role({
        assume_role_policy: policy({
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
        }),
      }),
    ],
    [expect.stringMatching(/^aws_iam_role\.it: assume_role_policy = jsonencode\(/)],
  ],
];

const evaluated = async (text: string) =>
  checkedIn(await templateFromPlan(JSON.parse(text)), false, baseline);

const proposedFor = async (control: string, written: readonly Written[]) => {
  const text = JSON.stringify(planOf(written));
  const before = await evaluated(text);
  const wanted = before.filter(
    (one) =>
      one.control.id === control &&
      one.declared.logicalId.split('.')[1] === 'it' &&
      one.verdict.status === 'FAIL',
  );
  if (wanted.length === 0) throw new Error(`${control} does not fail`);
  const options = { baseline, at, isExplicit: false, isProposed: true, evaluate: evaluated };
  return { before, ...(await fixText(text, before, wanted, options)) };
};
const failing = (all: readonly Checked[]) =>
  all
    .filter(({ verdict }) => verdict.status === 'FAIL')
    .map((one) => `${one.control.id} ${one.declared.logicalId}`);

describe('what is proposed for a failure of a plan', () => {
  it('says what is no expression of Terraform as none', async () => {
    const resource = 'arn:aws:s3:::orders/${aws:username}/${file("a")}/%{if}/*';
    const own = statement({ Principal: { AWS: '111122223333' }, Resource: resource });
    const { fixed } = await proposedFor('S3.5', [
      bucket,
      ofBucket('policy', { policy: policy(own) }),
    ]);
    const said = JSON.stringify(fixed.map(({ settings }) => settings?.map(({ text }) => text)));
    expect(said).toContain('/$${aws:username}/$${file(');
    expect(said).toContain('/%%{if}/*');
    expect(said).not.toMatch(/[^$]\$\{(?:aws:|file)/);
  });
  it.each<[why: string, control: string, written: readonly Written[]]>([
    [
      'whether the other accounts need these actions only the owner of the bucket knows',
      'S3.6',
      [
        bucket,
        ofBucket('policy', {
          policy: policy(
            statement({
              Principal: { AWS: 'arn:aws:iam::999999999999:root' },
              Action: ['s3:PutBucketPolicy', 's3:GetObject'],
              Resource: 'arn:aws:s3:::orders',
            }),
          ),
        }),
      ],
    ],
    [
      'with the change, S3.10 of aws_s3_bucket.it would be FAIL',
      'S3.14',
      [bucket, ofBucket('versioning', { versioning_configuration: [{ status: 'Suspended' }] })],
    ],
    [
      'the block of aws_security_group_rule.r[0] makes several resources',
      'EC2.13',
      [
        group(),
        ...[0, 1].map((index) => ({
          address: `aws_security_group_rule.r[${index}]`,
          values: {
            type: 'ingress',
            security_group_id: 'sg-1',
            ...rule(index === 0 ? {} : { from_port: 443, to_port: 443 }),
          },
          unknown: { security_group_id: true },
          refers: inGroup,
        })),
      ],
    ],
    [
      'its block is several rules: write a block of its own for it first',
      'EC2.13',
      [
        group({
          ingress: [rule({ from_port: 22, to_port: 25, cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] })],
        }),
      ],
    ],
  ])('is nothing where %s', async (why, control, written) => {
    const { fixed, left } = await proposedFor(control, written);
    expect([fixed, left.map((one) => one.why)]).toEqual([[], [why]]);
  });
  it('is said for all that a block makes, with names of its own module', async () => {
    const written = ['a', 'b'].map(
      (key): Written => ({
        address: `module.m.aws_sqs_queue.it["${key}"]`,
        values: { name: key, sqs_managed_sse_enabled: false },
      }),
    );
    const text = JSON.stringify(planOf(written));
    const before = await evaluated(text);
    const wanted = before.filter(({ control }) => control.id === 'SQS.1');
    const options = { baseline, at, isExplicit: false, isProposed: false, evaluate: evaluated };
    const { fixed } = await fixText(text, before, wanted, options);
    expect(fixed.map(({ summary, settings = [] }) => settings[0]?.text ?? summary)).toEqual([
      'module.m.aws_sqs_queue.it["a"]: sqs_managed_sse_enabled = true',
      'put right together with another failure',
    ]);
  });

  it.each([
    [
      'of one folder, once',
      './m',
      './m',
      [
        'module.a.aws_sqs_queue.it: sqs_managed_sse_enabled = true # also for module.b.aws_sqs_queue.it: one source',
        'put right together with another failure',
      ],
    ],
    [
      'of one registry, once',
      'acme/queue/aws',
      'acme/queue/aws',
      [
        'module.a.aws_sqs_queue.it: sqs_managed_sse_enabled = true # also for module.b.aws_sqs_queue.it: one source',
        'put right together with another failure',
      ],
    ],
    [
      'of two folders, in each',
      './m',
      './n',
      [
        'module.a.aws_sqs_queue.it: sqs_managed_sse_enabled = true',
        'module.b.aws_sqs_queue.it: sqs_managed_sse_enabled = true',
      ],
    ],
  ])('is said for calls %s', async (_, one, other, said) => {
    const written = ['a', 'b'].map(
      (name): Written => ({
        address: `module.${name}.aws_sqs_queue.it`,
        values: { name, sqs_managed_sse_enabled: false },
      }),
    );
    const calls = { a: { source: one }, b: { source: other } };
    const text = JSON.stringify(planOf(written, { calls }));
    const before = await evaluated(text);
    const wanted = before.filter(({ control }) => control.id === 'SQS.1');
    const options = { baseline, at, isExplicit: false, isProposed: false, evaluate: evaluated };
    const { fixed } = await fixText(text, before, wanted, options);
    expect(fixed.map(({ summary, settings = [] }) => settings[0]?.text ?? summary)).toEqual(said);
  });

  it('adds nothing in a module that several calls are of', async () => {
    const written = ['a', 'b'].map(
      (name): Written => ({ ...bucket, address: `module.${name}.aws_s3_bucket.it` }),
    );
    const calls = { a: { source: './m' }, b: { source: './x/../m' } };
    const text = JSON.stringify(planOf(written, { calls }));
    const before = await evaluated(text);
    const wanted = before.filter(({ control }) => control.id === 'S3.17');
    const options = { baseline, at, isExplicit: false, isProposed: true, evaluate: evaluated };
    const { fixed, left } = await fixText(text, before, wanted, options);
    expect(fixed).toEqual([]);
    expect(left.map(({ why }) => why)).toEqual(
      ['a', 'b'].map(
        (name) =>
          `module.${name} is one of several of its module, each of which would have what is added`,
      ),
    );
  });

  it('adds nothing in a module that there are several of', async () => {
    const written = ['a', 'b'].map(
      (key): Written => ({ ...bucket, address: `module.m["${key}"].aws_s3_bucket.it` }),
    );
    const text = JSON.stringify(planOf(written));
    const before = await evaluated(text);
    const wanted = before.filter(({ control }) => control.id === 'S3.17');
    const options = { baseline, at, isExplicit: false, isProposed: true, evaluate: evaluated };
    const { fixed, left } = await fixText(text, before, wanted, options);
    expect(fixed).toEqual([]);
    expect(left.map(({ why }) => why)).toEqual(
      ['a', 'b'].map(
        (key) =>
          `module.m["${key}"] is one of several of its module, each of which would have what is added`,
      ),
    );
  });

  it.each(rows)('%s %#', async (control, written, proposed) => {
    const { text, fixed, left, before } = await proposedFor(control, written);
    expect(left.map(({ why }) => why)).toEqual([]);
    expect(fixed.flatMap(({ settings = [] }) => settings.map((one) => one.text))).toEqual(proposed);
    const now = await evaluated(text);
    expect(failing(now)).not.toContain(`${control} ${fixed[0]?.checked.declared.logicalId}`);
    expect(failing(before)).toEqual(expect.arrayContaining(failing(now)));
  });
});
