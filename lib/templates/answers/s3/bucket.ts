import { Unresolved } from '../../../model/unresolved.ts';
import { lazily, type Part } from '../../part.ts';
import type { Resource, Stack } from '../../stack.ts';
import {
  type Answer,
  type Answers,
  awsError,
  byDefault,
  eachOf,
  isElsewhere,
  ownValue,
  policyThatHolds,
  setByAnother,
  text,
} from '../answer.ts';
import { policyText } from '../policy-text.ts';
import { acls, allUsers, asksForOthers, type Grant, grantsKey, grantsOf } from './grants.ts';

const bucketNamed = (stack: Stack, name: unknown): Resource | undefined =>
  stack.find(['AWS::S3::Bucket'], (one) => one.name === name);

/** A bucket that another stack makes takes logs, as far as can be said here. */
const outside = (name: string) =>
  `the log bucket ${name} is not in the template, and is taken to accept logs`;

const notHere = (): never => {
  throw new Unresolved('a bucket that is not in the template');
};
/** The controls of a trail ask what its bucket lets in and keeps, not whether it takes logs. */
const isOfTrail = (stack: Stack) => stack.subjectOf('AWS::CloudTrail::Trail') !== undefined;
const ofBucket =
  (
    read: (bucket: Resource, stack: Stack) => unknown,
    elsewhere: () => unknown = () => ({}),
  ): Answer =>
  (stack, { Bucket }) => {
    const bucket = bucketNamed(stack, Bucket);
    if (bucket) return read(bucket, stack);
    return isOfTrail(stack) ? notHere() : elsewhere();
  };
const notSet = (code: string) => (): never => {
  throw awsError(code);
};

const blocks = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
];
/**
 * The block of a bucket that another stack makes. A policy that opens it is refused where the block is on: whoever
 * declares one expects it off. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
const blockElsewhere = (bucket: Resource, stack: Stack) => {
  const whose = setByAnother(`the public access block of ${bucket.name}`);
  const isOn = stack.world.choose({
    id: whose,
    kind: 'elsewhere',
    isOfOthers: true,
    values: [true, false],
    say: (value) => (value === true ? whose : `${whose}, is off`),
  });
  if (isOn !== true) throw awsError('NoSuchPublicAccessBlockConfiguration');
  return { PublicAccessBlockConfiguration: Object.fromEntries(blocks.map((one) => [one, true])) };
};

// All four are on in buckets that were made since April 2023, by whatever means:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
const publicAccessBlock = ofBucket((bucket, stack) => {
  const block = bucket.get('PublicAccessBlockConfiguration');
  if (isElsewhere(bucket, 'PublicAccessBlockConfiguration')) return blockElsewhere(bucket, stack);
  if (block.isSet)
    return {
      PublicAccessBlockConfiguration: lazily(
        Object.fromEntries(blocks.map((name) => [name, () => block.get(name).flag() ?? false])),
      ),
    };
  if (asksForOthers(bucket)) throw awsError('NoSuchPublicAccessBlockConfiguration');
  const all = Object.fromEntries(blocks.map((name) => [name, true]));
  const made = byDefault(stack, 'Block Public Access of new buckets', all);
  if (!made) throw awsError('NoSuchPublicAccessBlockConfiguration');
  return { PublicAccessBlockConfiguration: made };
});

/** The policy that holds, which is always declared apart. */
export const bucketPolicyOf = (stack: Stack, bucket: Resource): Resource | undefined =>
  policyThatHolds(stack, bucket, stack.leadingTo([bucket.name], 'Bucket', 'AWS::S3::BucketPolicy'));

/** Of a bucket that another stack makes, and this one says no policy of: none, one for everybody, or one that asks for TLS. */
const policyElsewhere = (bucket: Resource, stack: Stack) => {
  const statement = { Principal: '*', Action: 's3:*', Resource: [bucket.arn, `${bucket.arn}/*`] };
  const isPlain = { Bool: { 'aws:SecureTransport': 'false' } };
  const statements = [
    [],
    [{ Effect: 'Allow', ...statement }],
    [{ Effect: 'Deny', ...statement, Condition: isPlain }],
  ];
  const whose = setByAnother(`the policy of ${bucket.name}`);
  const Statement = eachOf(stack, whose, statements, { isOfOthers: true });
  if (Statement.length === 0) throw awsError('NoSuchBucketPolicy');
  return { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
};

const policy = ofBucket(
  (bucket, stack) => {
    const { deployment } = stack.template;
    const found = bucketPolicyOf(stack, bucket);
    if (!found && bucket.declared.isPart) return policyElsewhere(bucket, stack);
    if (!found) throw awsError('NoSuchBucketPolicy');
    return { Policy: policyText(found.get('PolicyDocument'), { ...deployment, arn: bucket.arn }) };
  },
  // It is not known, and so may let logs in.
  () => ({ Policy: '{"Statement":{"(the bucket is outside of the template)":1}}' }),
);

const ownershipOf = (bucket: Resource): string | undefined =>
  bucket
    .get('OwnershipControls', 'Rules')
    .items()[0]
    ?.get('ObjectOwnership')
    .text(['BucketOwnerEnforced', 'ObjectWriter']);

const open = [{ Grantee: { URI: allUsers, Type: 'Group' }, Permission: 'FULL_CONTROL' }];
/** The ACL of a new bucket grants nothing; with Object Ownership by the bucket's owner it counts for nothing. */
const grantsIn = (bucket: Resource, stack: Stack): readonly Grant[] => {
  if (isElsewhere(bucket, 'AccessControl') && isElsewhere(bucket, grantsKey))
    return eachOf(stack, setByAnother(`the ACL of ${bucket.name}`), [[], open], {
      isOfOthers: true,
    });
  const isSaid =
    bucket.get('AccessControl').isSet ||
    bucket.get(grantsKey).isSet ||
    ownershipOf(bucket) === 'BucketOwnerEnforced';
  if (isSaid) return grantsOf(bucket);
  return ownValue(stack, 'the private ACL of new buckets', []) ?? open;
};

const acl = ofBucket(
  (bucket, stack) => ({
    Owner: { ID: 'owner' },
    Grants: [
      { Grantee: { ID: 'owner', Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' },
      ...grantsIn(bucket, stack),
    ],
  }),
  () => ({ Grants: [] }),
);

// Since April 2023 new buckets have their ACLs off; S3 refuses one that then asks for an ACL, so that it must be older.
const ownership = ofBucket((bucket, stack) => {
  if (isElsewhere(bucket, 'OwnershipControls')) {
    // S3 refuses an ACL for others where ACLs are off: whoever declares one expects that they are on.
    if (grantsOf(bucket).length > 0)
      return { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } };
    const whose = setByAnother(`the ownership of ${bucket.name}`);
    const either = ['BucketOwnerEnforced', 'ObjectWriter'];
    const ObjectOwnership = eachOf(stack, whose, either, { isOfOthers: true });
    return { OwnershipControls: { Rules: [{ ObjectOwnership }] } };
  }
  const set = bucket.get('OwnershipControls', 'Rules').items()[0];
  const asked = bucket.get('AccessControl').text(acls) ?? 'Private';
  const own = set
    ? set.get('ObjectOwnership').text(['BucketOwnerEnforced', 'ObjectWriter'])
    : asked === 'Private' && grantsOf(bucket).length === 0
      ? byDefault(stack, 'Object Ownership of new buckets', 'BucketOwnerEnforced')
      : 'ObjectWriter';
  if (own === undefined) throw awsError('OwnershipControlsNotFoundError');
  return { OwnershipControls: { Rules: [{ ObjectOwnership: own }] } };
}, notSet('OwnershipControlsNotFoundError'));

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
const sseS3 = (stack: Stack) =>
  byDefault(stack, 'the encryption of every bucket with SSE-S3', { SSEAlgorithm: 'AES256' });
/**
 * A rule that says nothing of it leaves what is blocked as it is, and new buckets have SSE-C blocked since April 2026:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html
 */
const blockedTypes = (stack: Stack, rule: Part | undefined) => () => {
  const said = rule?.get('BlockedEncryptionTypes', 'EncryptionType').items() ?? [];
  const EncryptionType =
    said.length > 0
      ? said.map((one) => one.text(['SSE-C', 'NONE']))
      : byDefault(stack, 'what new buckets block, SSE-C', ['SSE-C']);
  return EncryptionType && { EncryptionType };
};

const encryption = ofBucket((bucket, stack) => {
  const set = bucket.get('BucketEncryption', 'ServerSideEncryptionConfiguration').items()[0];
  const own = set?.get('ServerSideEncryptionByDefault');
  const byAws = own?.isSet ? undefined : sseS3(stack);
  if (!set && !byAws) throw awsError('ServerSideEncryptionConfigurationNotFoundError');
  const ofOwn = (of: Part) =>
    lazily({
      SSEAlgorithm: () => of.get('SSEAlgorithm').text(['AES256', 'aws:kms']),
      KMSMasterKeyID: () => of.get('KMSMasterKeyID').name(),
    });
  const rule = lazily({
    ApplyServerSideEncryptionByDefault: () => (own?.isSet ? ofOwn(own) : byAws),
    BlockedEncryptionTypes: blockedTypes(stack, set),
    BucketKeyEnabled: () =>
      set?.get('BucketKeyEnabled').isSet && set.get('BucketKeyEnabled').flag(),
  });
  return { ServerSideEncryptionConfiguration: { Rules: [rule] } };
}, notSet('ServerSideEncryptionConfigurationNotFoundError'));

const logging = ofBucket((bucket) => {
  const set = bucket.get('LoggingConfiguration');
  if (!set.isSet) return {};
  // Without a name the bucket logs to itself (AWS::S3::Bucket LoggingConfiguration).
  const TargetBucket = set.get('DestinationBucketName').name() ?? bucket.name;
  return { LoggingEnabled: { TargetBucket, TargetPrefix: set.get('LogFilePrefix').name() ?? '' } };
}, notHere);

const versioning = ofBucket((bucket) => ({
  Status: bucket.get('VersioningConfiguration', 'Status').text(['Enabled', 'Suspended']),
}));

/** A number of days or of versions that is open is one. */
const anyNumber = ['1', '365'];
const lifecycle = ofBucket((bucket) => {
  const rules = bucket.get('LifecycleConfiguration', 'Rules').items();
  if (rules.length === 0) throw awsError('NoSuchLifecycleConfiguration');
  return {
    Rules: rules.map((rule) =>
      lazily({
        Status: () => rule.get('Status').text(['Enabled', 'Disabled']),
        Transitions: () =>
          [...rule.get('Transitions').items(), ...rule.get('Transition').items()].map((one) => ({
            Days: one.get('TransitionInDays').number(anyNumber),
            StorageClass: one.get('StorageClass').text(['STANDARD_IA', 'GLACIER']),
          })),
        Filter: () => ({
          // Which tags is not asked.
          And: {
            Prefix: rule.get('Prefix').text(),
            Tags: rule
              .get('TagFilters')
              .items()
              .map(() => ({})),
          },
        }),
        Expiration: () =>
          lazily({
            Days: () => rule.get('ExpirationInDays').number(anyNumber),
            Date: () => rule.get('ExpirationDate').text(['2030-01-01T00:00:00Z']),
          }),
        NoncurrentVersionExpiration: () =>
          lazily({
            NoncurrentDays: () =>
              rule.get('NoncurrentVersionExpiration', 'NoncurrentDays').number(anyNumber) ??
              rule.get('NoncurrentVersionExpirationInDays').number(anyNumber),
            NewerNoncurrentVersions: () =>
              rule.get('NoncurrentVersionExpiration', 'NewerNoncurrentVersions').number(anyNumber),
          }),
      }),
    ),
  };
});

const notifications = ofBucket((bucket) => {
  const set = bucket.get('NotificationConfiguration');
  const told = (name: string) =>
    set
      .get(name)
      .items()
      .map((one) => ({ Events: [one.get('Event').text()] }));
  const bridge = set.get('EventBridgeConfiguration');
  const isOn = bridge.isSet && (bridge.get('EventBridgeEnabled').flag() ?? true);
  return {
    QueueConfigurations: told('QueueConfigurations'),
    TopicConfigurations: told('TopicConfigurations'),
    LambdaFunctionConfigurations: told('LambdaConfigurations'),
    ...(isOn ? { EventBridgeConfiguration: {} } : {}),
  };
});

const website = ofBucket((bucket) => {
  const set = bucket.get('WebsiteConfiguration');
  if (!set.isSet) throw awsError('NoSuchWebsiteConfiguration');
  return {
    IndexDocument: { Suffix: set.get('IndexDocument').text() },
    RedirectAllRequestsTo: { HostName: set.get('RedirectAllRequestsTo', 'HostName').text() },
  };
});

const buckets: Answer = (stack, { Prefix }) => {
  const name = text(Prefix);
  const own = stack.all('AWS::S3::Bucket').map((one) => ({ Name: one.name }));
  if (name === '' || own.some((one) => one.Name === name)) return { Buckets: own };
  if (!isOfTrail(stack)) stack.world.note(outside(name));
  return { Buckets: [...own, { Name: name }] };
};

const retention = ofBucket((bucket) => {
  const set = bucket.get('ObjectLockConfiguration', 'Rule', 'DefaultRetention');
  if (!set.isSet) throw awsError('ObjectLockConfigurationNotFoundError');
  return {
    ObjectLockConfiguration: {
      Rule: {
        DefaultRetention: lazily({
          Mode: () => set.get('Mode').text(),
          // Terraform has 0 for the one of them that is not set.
          Days: () => set.get('Days').number() || undefined,
          Years: () => set.get('Years').number() || undefined,
        }),
      },
    },
  };
}, notSet('ObjectLockConfigurationNotFoundError'));

const replication = ofBucket((bucket) => {
  const set = bucket.get('ReplicationConfiguration');
  if (!set.isSet) throw awsError('ReplicationConfigurationNotFoundError');
  const rules = set.get('Rules').items();
  return {
    ReplicationConfiguration: {
      Rules: rules.map((rule) => ({
        Destination: { Bucket: rule.get('Destination', 'Bucket').name() },
      })),
    },
  };
}, notSet('ReplicationConfigurationNotFoundError'));

export const s3Answers: Answers = {
  getBucketReplication: replication,
  getPublicAccessBlock: publicAccessBlock,
  getBucketPolicy: policy,
  getBucketAcl: acl,
  getBucketOwnershipControls: ownership,
  getBucketEncryption: encryption,
  getBucketLogging: logging,
  getBucketVersioning: versioning,
  getBucketLifecycleConfiguration: lifecycle,
  getBucketNotificationConfiguration: notifications,
  getBucketWebsite: website,
  getObjectLockConfiguration: retention,
  // Requester Pays is no property of a bucket in CloudFormation.
  getBucketRequestPayment: () => ({ Payer: 'BucketOwner' }),
  listBuckets: buckets,
};
