import { checkedPlan, planOf, verdictIn, type Written } from './plans.ts';

const image: Written = { address: 'aws_ami.it', values: { name: 'web' }, unknown: { id: true } };
/** What only applying tells of an attribute that is written. */
const open = (attribute: string) => ({
  unknown: { [attribute]: true },
  refers: { [attribute]: ['random_id.r.hex', 'random_id.r'] },
});
const ofImage = (values: object, { unknown, refers }: Partial<Written> = {}): Written => ({
  address: 'aws_ami_launch_permission.p',
  values: { ...values },
  unknown: { image_id: true, ...unknown },
  refers: { image_id: ['aws_ami.it.id', 'aws_ami.it'], ...refers },
});
const database = (values: object, more: Partial<Written> = {}): Written => ({
  address: 'aws_db_snapshot.it',
  values: { db_snapshot_identifier: 'a', db_instance_identifier: 'b', ...values },
  ...more,
});
const emr = (values: object): Written => ({
  address: 'aws_emr_block_public_access_configuration.it',
  values: { ...values },
});
const range = (min_range: number, max_range: number) => ({
  permitted_public_security_group_rule_range: [{ min_range, max_range }],
});
const contact = (type: string): Written => ({
  address: 'aws_account_alternate_contact.it',
  values: { alternate_contact_type: type, email_address: 'a@example.com' },
});

const recorder: Written = {
  address: 'aws_config_configuration_recorder.it',
  values: {
    name: 'r',
    role_arn:
      'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
    recording_group: [{ all_supported: true, include_global_resource_types: true }],
  },
};
const channel: Written = {
  address: 'aws_config_delivery_channel.c',
  values: { s3_bucket_name: 'b' },
};
const status = (is_enabled: boolean): Written => ({
  address: 'aws_config_configuration_recorder_status.s',
  values: { name: 'r', is_enabled },
});

it.each<[name: string, all: readonly Written[], control: string, verdict: RegExp]>([
  ['an image', [image], 'PL.EC2.6', /^PASS$/],
  ['an image for everybody', [image, ofImage({ group: 'all' })], 'PL.EC2.6', /^FAIL$/],
  [
    'an image for one account and everybody',
    [
      image,
      ofImage({ account_id: '111122223333' }),
      { ...ofImage({ group: 'all' }), address: 'aws_ami_launch_permission.q' },
    ],
    'PL.EC2.6',
    /^FAIL$/,
  ],
  [
    'an image for another account',
    [image, ofImage({ account_id: '444455556666' })],
    'PL.EC2.7',
    /^FAIL$/,
  ],
  [
    'an image for a group that is open',
    [image, ofImage({}, open('group'))],
    'PL.EC2.6',
    /^UNKNOWN/,
  ],
  [
    'an image for an account that is open',
    [image, ofImage({}, open('account_id'))],
    'PL.EC2.7',
    /^UNKNOWN/,
  ],
  ['a snapshot of a database', [database({})], 'RDS.1', /^PASS$/],
  ['one for everybody', [database({ shared_accounts: ['all'] })], 'RDS.1', /^FAIL$/],
  ['one for an account', [database({ shared_accounts: ['444455556666'] })], 'RDS.1', /^PASS$/],
  ['one for whom it is open', [database({}, open('shared_accounts'))], 'RDS.1', /^UNKNOWN/],
  ['the block of EMR', [emr({ block_public_security_group_rules: true })], 'EMR.2', /^PASS$/],
  [
    'the block of EMR with SSH',
    [emr({ block_public_security_group_rules: true, ...range(22, 22) })],
    'EMR.2',
    /^PASS$/,
  ],
  [
    'the block of EMR with more',
    [emr({ block_public_security_group_rules: true, ...range(22, 23) })],
    'EMR.2',
    /^FAIL$/,
  ],
  ['no block of EMR', [emr({ block_public_security_group_rules: false })], 'EMR.2', /^FAIL$/],
  ['a contact for security', [contact('SECURITY')], 'Account.1', /^PASS$/],
  ['another contact', [contact('BILLING')], 'Account.1', /^0 verdicts$/],
])('evaluates %s', async (_, all, control, verdict) => {
  expect(await verdictIn(planOf(all), control, all[0]?.address ?? '')).toMatch(verdict);
});

it('evaluates a permission of an image that another plan makes', async () => {
  const permission = (values: object): Written => ({
    address: 'aws_ami_launch_permission.it',
    values: { image_id: 'ami-1', ...values },
  });
  const verdict = (values: object) =>
    verdictIn(planOf([permission(values)]), 'PL.EC2.6', 'aws_ami_launch_permission.it');
  expect(await verdict({ group: 'all' })).toBe('FAIL');
  expect(await verdict({ account_id: '111122223333' })).toBe('0 verdicts');
});

it('evaluates a permission of a snapshot that another plan makes', async () => {
  const written: Written = {
    address: 'aws_snapshot_create_volume_permission.it',
    values: { snapshot_id: 'snap-1', account_id: '444455556666' },
  };
  expect(await verdictIn(planOf([written]), 'PL.EC2.7', written.address)).toBe('FAIL');
});

describe('several settings of one region', () => {
  const setting = (name: string, enabled: boolean): Written => ({
    address: `aws_ebs_encryption_by_default.${name}`,
    values: { enabled },
  });
  it('are evaluated each by itself', async () => {
    const plan = planOf([setting('on', true), setting('off', false)]);
    expect(await verdictIn(plan, 'EC2.7', 'aws_ebs_encryption_by_default.on')).toBe('PASS');
    expect(await verdictIn(plan, 'EC2.7', 'aws_ebs_encryption_by_default.off')).toBe('FAIL');
  });
  it('leave open what rests on them where they differ', async () => {
    const block = (name: string, isOn: boolean): Written => ({
      address: `aws_s3_account_public_access_block.${name}`,
      values: {
        ...{ block_public_acls: isOn, block_public_policy: isOn },
        ...{ ignore_public_acls: isOn, restrict_public_buckets: isOn },
      },
    });
    const bucket: Written = { address: 'aws_s3_bucket.it', values: { bucket: 'shop' } };
    const policy: Written = {
      address: 'aws_s3_bucket_policy.p',
      values: {
        bucket: 'shop',
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' },
              Resource: 'arn:aws:s3:::shop/*',
            },
          ],
        }),
      },
    };
    const own: Written = {
      address: 'aws_s3_bucket_public_access_block.b',
      values: {
        ...{ bucket: 'shop', block_public_acls: false, block_public_policy: false },
        ...{ ignore_public_acls: false, restrict_public_buckets: false },
      },
    };
    const verdictWith = async (...blocks: readonly Written[]) => {
      const all = await checkedPlan(planOf([bucket, policy, own, ...blocks]));
      return all.find(({ control }) => control.id === 'S3.2')?.verdict.status;
    };
    expect(await verdictWith(block('on', true))).toBe('PASS');
    expect(await verdictWith(block('on', true), block('too', true))).toBe('PASS');
    expect(await verdictWith(block('on', true), block('off', false))).not.toBe('PASS');
  });
});

it.each<[name: string, more: readonly Written[], verdict: RegExp]>([
  ['that is started', [status(true)], /^PASS$/],
  ['that is stopped', [status(false)], /^FAIL$/],
  ['that another plan starts', [], /^UNKNOWN it depends on what starts the recorder/],
])('evaluates a recorder %s', async (_, more, verdict) => {
  const plan = planOf([recorder, channel, ...more]);
  expect(await verdictIn(plan, 'Config.1', 'aws_config_configuration_recorder.it')).toMatch(
    verdict,
  );
});
