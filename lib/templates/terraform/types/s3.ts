import { Holed } from '../../resolution/hole.ts';
import {
  always,
  block,
  declares,
  each,
  first,
  Made,
  type Mappings,
  orElse,
  type Properties,
  same,
  self,
  unlessEmpty,
  word,
} from '../mapping.ts';

const bucket = 'AWS::S3::Bucket';
const policy = 'AWS::S3::BucketPolicy';
/** A resource of its own that sets one property of a bucket. */
const part = (properties: Properties) =>
  declares(bucket, properties, { of: { by: 'bucket', name: 'BucketName', isWhole: true } });

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const acl = word('acl', {
  private: 'Private',
  'public-read': 'PublicRead',
  'public-read-write': 'PublicReadWrite',
  'authenticated-read': 'AuthenticatedRead',
  'log-delivery-write': 'LogDeliveryWrite',
  'aws-exec-read': 'AwsExecRead',
  'bucket-owner-read': 'BucketOwnerRead',
  'bucket-owner-full-control': 'BucketOwnerFullControl',
});

/** Grants by the names that S3 gives them; an account that is the owner's own is `owner`. */
const grants = (blocks: string, at: Readonly<Record<'uri' | 'id' | 'permissions', string>>): Made =>
  new Made(
    ({ view, from }) => {
      const items = view.get(blocks).items();
      from(view.get(blocks));
      if (items instanceof Holed) return items;
      const owner = view.get('access_control_policy.0.owner.0.id').tree();
      const all = items.flatMap((item) => {
        const [URI, ID] = [item.get(at.uri).tree(), item.get(at.id).tree()];
        const who = URI === undefined || URI === '' ? { ID: ID === owner ? 'owner' : ID } : { URI };
        return [item.get(at.permissions).tree() ?? []]
          .flat()
          .map((one) => ({ ...who, Permission: one }));
      });
      return all.length === 0 ? undefined : all;
    },
    blocks,
    {
      inverse: ({ path, value }) =>
        path.length === 0 && value === undefined
          ? [{ path: [blocks.replace(/\..*/, '')], value: [] }]
          : undefined,
    },
  );

const encryption = (rules: string, inner: string) =>
  each(rules, {
    BlockedEncryptionTypes: { EncryptionType: 'blocked_encryption_types' },
    BucketKeyEnabled: 'bucket_key_enabled',
    ServerSideEncryptionByDefault: {
      SSEAlgorithm: `${inner}.sse_algorithm`,
      KMSMasterKeyID: unlessEmpty(`${inner}.kms_master_key_id`),
    },
  });
const byDefault = 'apply_server_side_encryption_by_default.0';

/** Zero, as providers before 6 write what is not set. */
const positive = (attribute: string): Made =>
  new Made(
    (building) => {
      const view = building.view.get(attribute);
      building.from(view);
      const tree = view.tree();
      return tree === 0 ? undefined : tree;
    },
    attribute,
    { inverse: same(attribute) },
  );
const isNothing = (tree: unknown): boolean =>
  tree === undefined || (!(tree instanceof Holed) && Object.keys(Object(tree)).length === 0);
/** That a rule is of objects with a tag alone, by whichever block says it. */
const tagFilters = new Made(({ view, from }) => {
  const said = ['filter.0.tag', 'filter.0.and.0.tags', 'tags']
    .map((attribute) => view.get(attribute))
    .find((one) => !isNothing(one.tree()));
  if (!said) return undefined;
  from(said);
  const tree = said.tree();
  return tree instanceof Holed ? tree : [{ Key: 'tagged' }];
});
const noncurrent = 'noncurrent_version_expiration.0';
/** What a rule deletes; its filter is a block that holds one condition, or several below `and`. */
const lifecycleRule: Properties = {
  Status: 'status',
  Prefix: first('filter.0.prefix', 'filter.0.and.0.prefix', 'prefix'),
  TagFilters: tagFilters,
  ExpirationInDays: positive('expiration.0.days'),
  ExpirationDate: unlessEmpty('expiration.0.date'),
  NoncurrentVersionExpiration: {
    NoncurrentDays: first(`${noncurrent}.noncurrent_days`, `${noncurrent}.days`),
    NewerNoncurrentVersions: `${noncurrent}.newer_noncurrent_versions`,
  },
  Transitions: each('transition', { TransitionInDays: 'days', StorageClass: 'storage_class' }),
};
const enabled = { true: 'Enabled', false: 'Disabled' };
const website: Properties = {
  IndexDocument: 'index_document.0.suffix',
  RedirectAllRequestsTo: { HostName: 'redirect_all_requests_to.0.host_name' },
};
/** CloudFormation has one for each event. */
const notification = (blocks: string): Made =>
  new Made(({ view, from }) => {
    const items = view.get(blocks).items();
    from(view.get(blocks));
    if (items instanceof Holed) return items;
    return items.flatMap((item) => {
      const events = item.get('events').items();
      return events instanceof Holed
        ? [{ Event: events }]
        : events.map((one) => ({ Event: one.tree() }));
    });
  }, blocks);
const retention: Properties = { Mode: 'mode', Days: 'days', Years: 'years' };

/** Of a bucket, with what providers before 4.0 take inside of it and later ones show there. */
const ofBucket: Properties = {
  BucketName: 'bucket',
  AccessControl: acl,
  'Plumbline::Grants': grants('grant', { uri: 'uri', id: 'id', permissions: 'permissions' }),
  BucketEncryption: {
    ServerSideEncryptionConfiguration: encryption(
      'server_side_encryption_configuration.0.rule',
      byDefault,
    ),
  },
  VersioningConfiguration: {
    Status: word('versioning.0.enabled', { true: 'Enabled', false: undefined }),
  },
  LoggingConfiguration: block('logging', {
    DestinationBucketName: 'target_bucket',
    LogFilePrefix: 'target_prefix',
  }),
  LifecycleConfiguration: {
    Rules: each('lifecycle_rule', { ...lifecycleRule, Status: word('enabled', enabled) }),
  },
  WebsiteConfiguration: block('website', {
    IndexDocument: unlessEmpty('index_document'),
    RedirectAllRequestsTo: { HostName: unlessEmpty('redirect_all_requests_to') },
  }),
  ObjectLockConfiguration: {
    Rule: {
      DefaultRetention: block('object_lock_configuration.0.rule.0.default_retention', retention),
    },
  },
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket */
export const s3Types: Mappings = {
  aws_s3_bucket: {
    names: ['id', 'bucket'],
    declares: [
      { as: bucket, properties: ofBucket },
      { as: policy, when: 'policy', properties: { Bucket: self, PolicyDocument: 'policy' } },
    ],
  },
  aws_s3control_multi_region_access_point_policy: declares(
    'AWS::S3::MultiRegionAccessPointPolicy',
    { MrapName: 'details.0.name', Policy: 'details.0.policy' },
  ),
  // "block_public_acls … Defaults to `true`", and so of each.
  aws_s3control_multi_region_access_point: declares('AWS::S3::MultiRegionAccessPoint', {
    Name: 'details.0.name',
    PublicAccessBlockConfiguration: block('details.0.public_access_block', {
      BlockPublicAcls: orElse('block_public_acls', true),
      BlockPublicPolicy: orElse('block_public_policy', true),
      IgnorePublicAcls: orElse('ignore_public_acls', true),
      RestrictPublicBuckets: orElse('restrict_public_buckets', true),
    }),
  }),
  aws_s3_access_point: {
    names: ['name', 'arn'],
    declares: [
      {
        as: 'AWS::S3::AccessPoint',
        properties: {
          Name: 'name',
          Bucket: 'bucket',
          BucketAccountId: unlessEmpty('bucket_account_id'),
          VpcConfiguration: block('vpc_configuration', { VpcId: 'vpc_id' }),
          PublicAccessBlockConfiguration: block('public_access_block_configuration', {
            BlockPublicAcls: orElse('block_public_acls', true),
            BlockPublicPolicy: orElse('block_public_policy', true),
            IgnorePublicAcls: orElse('ignore_public_acls', true),
            RestrictPublicBuckets: orElse('restrict_public_buckets', true),
          }),
        },
      },
      {
        as: 'Plumbline::S3::AccessPointPolicy',
        when: 'policy',
        properties: { AccessPointArn: self, Policy: 'policy' },
      },
    ],
  },
  aws_s3control_access_point_policy: declares('Plumbline::S3::AccessPointPolicy', {
    AccessPointArn: 'access_point_arn',
    Policy: 'policy',
  }),
  aws_s3_bucket_policy: declares(policy, { Bucket: 'bucket', PolicyDocument: 'policy' }),
  aws_s3_bucket_public_access_block: part({
    PublicAccessBlockConfiguration: always({
      BlockPublicAcls: 'block_public_acls',
      BlockPublicPolicy: 'block_public_policy',
      IgnorePublicAcls: 'ignore_public_acls',
      RestrictPublicBuckets: 'restrict_public_buckets',
    }),
  }),
  aws_s3_bucket_acl: part({
    AccessControl: acl,
    'Plumbline::Grants': grants('access_control_policy.0.grant', {
      uri: 'grantee.0.uri',
      id: 'grantee.0.id',
      permissions: 'permission',
    }),
  }),
  aws_s3_bucket_ownership_controls: part({
    OwnershipControls: { Rules: each('rule', { ObjectOwnership: 'object_ownership' }) },
  }),
  aws_s3_bucket_server_side_encryption_configuration: part({
    BucketEncryption: { ServerSideEncryptionConfiguration: encryption('rule', byDefault) },
  }),
  aws_s3_bucket_versioning: part({
    VersioningConfiguration: always({
      // A bucket that was never versioned.
      Status: word('versioning_configuration.0.status', {
        Enabled: 'Enabled',
        Suspended: 'Suspended',
        Disabled: undefined,
      }),
    }),
  }),
  aws_s3_bucket_logging: part({
    LoggingConfiguration: always({
      DestinationBucketName: 'target_bucket',
      LogFilePrefix: 'target_prefix',
    }),
  }),
  aws_s3_bucket_lifecycle_configuration: part({
    LifecycleConfiguration: { Rules: each('rule', lifecycleRule) },
  }),
  aws_s3_bucket_notification: part({
    NotificationConfiguration: always({
      QueueConfigurations: notification('queue'),
      TopicConfigurations: notification('topic'),
      LambdaConfigurations: notification('lambda_function'),
      EventBridgeConfiguration: { EventBridgeEnabled: 'eventbridge' },
    }),
  }),
  aws_s3_bucket_website_configuration: part({ WebsiteConfiguration: always(website) }),
  aws_s3_bucket_object_lock_configuration: part({
    ObjectLockConfiguration: {
      Rule: { DefaultRetention: block('rule.0.default_retention', retention) },
    },
  }),
};
