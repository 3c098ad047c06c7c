import { checkedPlan, planOf, verdictIn, type Written } from './plans.ts';

const key = 'arn:aws:kms:eu-central-1:111122223333:key/a';

/** The provider sends an empty text as little as one that nobody wrote. */
it.each<
  readonly [control: string, address: string, values: (text: string) => object, full: string]
>([
  [
    'EKS.3',
    'aws_eks_cluster.it',
    (key_arn) => ({ encryption_config: [{ provider: [{ key_arn }], resources: ['secrets'] }] }),
    key,
  ],
  ['EFS.3', 'aws_efs_access_point.it', (path) => ({ root_directory: [{ path }] }), '/orders'],
  ['SNS.1', 'aws_sns_topic.it', (kms_master_key_id) => ({ kms_master_key_id }), key],
  [
    'CloudTrail.5',
    'aws_cloudtrail.it',
    (text) => ({ cloud_watch_logs_group_arn: text }),
    'arn:aws:logs:eu-central-1:111122223333:log-group:a:*',
  ],
  [
    'CloudFront.1',
    'aws_cloudfront_distribution.it',
    (default_root_object) => ({
      default_root_object,
      origin: [
        {
          origin_id: 'a',
          domain_name: 'a.s3.amazonaws.com',
          s3_origin_config: [{ origin_access_identity: 'a' }],
        },
      ],
    }),
    'index.html',
  ],
])('%s takes an empty text for nothing', async (control, address, values, full) => {
  const verdictOn = (text: string) =>
    verdictIn(planOf([{ address, values: { ...values(text) } }]), control, address);
  expect(await verdictOn('')).toBe('FAIL');
  expect(await verdictOn(full)).toBe('PASS');
});

it.each<
  readonly [control: string, address: string, written: Omit<Written, 'address'>, verdict: string]
>([
  // "publicly_accessible - (Optional) … Default is false": RDS itself would go by the subnets.
  ['RDS.2', 'aws_db_instance.it', { values: { engine: 'mysql' } }, 'PASS'],
  [
    'RDS.2',
    'aws_db_instance.it',
    { values: { engine: 'mysql', publicly_accessible: true } },
    'FAIL',
  ],
  [
    'RDS.2',
    'aws_db_instance.it',
    {
      values: { engine: 'mysql' },
      unknown: { publicly_accessible: true },
      refers: { publicly_accessible: ['var.open'] },
    },
    'UNKNOWN',
  ],
  [
    'RDS.2',
    'aws_rds_cluster_instance.it',
    {
      values: { engine: 'aurora-mysql', cluster_identifier: 'a' },
      unknown: { publicly_accessible: true },
    },
    'PASS',
  ],
  [
    'RDS.2',
    'aws_rds_cluster_instance.it',
    {
      values: { engine: 'aurora-mysql', cluster_identifier: 'a' },
      unknown: { publicly_accessible: true },
      refers: { publicly_accessible: ['var.open'] },
    },
    'UNKNOWN',
  ],
  // "enforce_https - (Optional) … Defaults to true", within its block.
  [
    'Opensearch.8',
    'aws_opensearch_domain.it',
    {
      values: {
        domain_endpoint_options: [{ tls_security_policy: 'Policy-Min-TLS-1-2-PFS-2023-10' }],
      },
    },
    'PASS',
  ],
  [
    'Opensearch.8',
    'aws_opensearch_domain.it',
    {
      values: {
        domain_endpoint_options: [
          { tls_security_policy: 'Policy-Min-TLS-1-2-PFS-2023-10', enforce_https: false },
        ],
      },
    },
    'FAIL',
  ],
  [
    'Opensearch.8',
    'aws_opensearch_domain.it',
    { values: { domain_endpoint_options: [{}] } },
    'FAIL',
  ],
  ['Opensearch.8', 'aws_opensearch_domain.it', { values: {} }, 'FAIL'],
  // "in_cluster - (Optional) … Default value: true", within its block; without one nothing is sent, and MSK's default counts.
  [
    'MSK.1',
    'aws_msk_cluster.it',
    { values: { encryption_info: [{ encryption_in_transit: [{}] }] } },
    'PASS$',
  ],
  [
    'MSK.1',
    'aws_msk_cluster.it',
    { values: { encryption_info: [{ encryption_in_transit: [{ in_cluster: false }] }] } },
    'FAIL$',
  ],
  ['MSK.1', 'aws_msk_cluster.it', { values: { encryption_info: [{}] } }, 'PASS by default$'],
  ['MSK.1', 'aws_msk_cluster.it', { values: {} }, 'PASS by default$'],
  ['Opensearch.8', 'aws_opensearch_domain.it', { values: { domain_endpoint_options: [] } }, 'FAIL'],
])(
  'what nobody writes is what the provider sends: %s of %s',
  async (control, address, written, verdict) => {
    expect(await verdictIn(planOf([{ address, ...written }]), control, address)).toMatch(
      new RegExp(`^${verdict}`),
    );
  },
);

const instance = (more: object = {}): Written => ({
  address: 'aws_instance.it',
  values: { ami: 'ami-1', associate_public_ip_address: false, ...more },
});
const defaults = (http_tokens: string): Written => ({
  address: 'aws_ec2_instance_metadata_defaults.it',
  values: { http_tokens },
});
it.each<readonly [what: string, all: readonly Written[], verdict: string]>([
  [
    'defaults that ask for tokens',
    [instance(), defaults('required')],
    'UNKNOWN it depends on which is made first, the instance or the defaults of the region',
  ],
  ['defaults that do not', [instance(), defaults('optional')], 'FAIL'],
  ['defaults without a preference', [instance(), defaults('no-preference')], 'FAIL'],
  ['no defaults', [instance()], 'FAIL'],
  [
    'its own setting',
    [instance({ metadata_options: [{ http_tokens: 'required' }] }), defaults('optional')],
    'PASS',
  ],
  [
    'its own setting against them',
    [instance({ metadata_options: [{ http_tokens: 'optional' }] }), defaults('required')],
    'FAIL',
  ],
])('an instance beside %s', async (_, all, verdict) => {
  expect(await verdictIn(planOf(all), 'EC2.8', 'aws_instance.it')).toBe(verdict);
});

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const attached = (kind: string, policy_arn: string): Written => ({
  address: `aws_iam_${kind}_policy_attachment.it`,
  values: { [kind]: 'alice', policy_arn },
});
const feature = (values: object): Written => ({
  address: 'aws_guardduty_detector_feature.it',
  values: { detector_id: 'abc123', ...values },
});
const agent = (status: string) => ({
  name: 'RUNTIME_MONITORING',
  status: 'ENABLED',
  additional_configuration: [{ name: 'EC2_AGENT_MANAGEMENT', status }],
});
/** What is declared is known, whatever another plan adds to it. */
it.each<readonly [what: string, written: Written, control: string, verdicts: readonly string[]]>([
  ['a policy of a user', attached('user', readOnly), 'IAM.2', ['FAIL']],
  [
    'a policy of users',
    {
      address: 'aws_iam_policy_attachment.it',
      values: { name: 'a', users: ['alice'], policy_arn: readOnly },
    },
    'IAM.2',
    ['FAIL'],
  ],
  ['a policy of a group', attached('group', readOnly), 'IAM.2', []],
  ['what gives a role everything', attached('role', administrator), 'PL.IAM.5', ['FAIL']],
  ['what gives a role little', attached('role', readOnly), 'PL.IAM.5', []],
  [
    'a feature that is off',
    feature({ name: 'S3_DATA_EVENTS', status: 'DISABLED' }),
    'GuardDuty.10',
    ['FAIL'],
  ],
  [
    'a feature that is on',
    feature({ name: 'S3_DATA_EVENTS', status: 'ENABLED' }),
    'GuardDuty.10',
    [],
  ],
  ['another feature', feature({ name: 'S3_DATA_EVENTS', status: 'DISABLED' }), 'GuardDuty.9', []],
  [
    'the detector of a feature',
    feature({ name: 'S3_DATA_EVENTS', status: 'DISABLED' }),
    'GuardDuty.1',
    [],
  ],
  ['agents that are not managed', feature(agent('DISABLED')), 'GuardDuty.13', ['FAIL']],
  ['agents that are', feature(agent('ENABLED')), 'GuardDuty.13', []],
  [
    'the older of two features of one kind',
    feature({ name: 'EKS_RUNTIME_MONITORING', status: 'DISABLED' }),
    'GuardDuty.7',
    [],
  ],
])('%s of what another plan has', async (_, written, control, verdicts) => {
  const all = await checkedPlan(planOf([written]));
  const found = all.filter((one) => one.control.id === control);
  expect(found.map(({ verdict }) => verdict.status)).toEqual(verdicts);
});
