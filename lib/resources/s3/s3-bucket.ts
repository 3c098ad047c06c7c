import { defineResourceType, type EventDetail, type Ref } from '../../model/resource-type.ts';
import { s3 } from '../../services/s3.ts';
import { s3Account } from '../account/s3-account.ts';
import { named, textsAt } from '../ids.ts';
import { accessFacets } from './s3-bucket-access.ts';
import { heldBucket } from './s3-held.ts';
import { logTargetFacets } from './s3-log-target.ts';

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
const arn = (ref: Ref) => s3.arn('bucket', ref, ref.id);

/** A bucket's name out of its ARN too; an access point, by ARN or alias, is not the bucket that it leads to. */
const bucketName = (text: string): string | undefined => {
  if (/-s3alias$|--ol-s3$/.test(text)) return undefined;
  if (!text.startsWith('arn:')) return text;
  return /^arn:[\w-]+:s3:::([^/:]+)$/.exec(text)?.[1];
};

/** The region that a bucket is made in, which is not that of the endpoint by need; `EU` is an old name of Ireland. */
const madeIn = (detail: EventDetail): string | undefined => {
  const path = 'CreateBucketConfiguration.LocationConstraint';
  const [said] = textsAt(detail, 'requestParameters', path);
  return said === 'EU' ? 'eu-west-1' : said;
};

/** A general purpose bucket; its id is the bucket's name. */
export const s3Bucket = defineResourceType({
  type: 'AWS::S3::Bucket',
  scope: 'regional',
  securityHubType: 'AwsS3Bucket',
  live: {
    // It is in another region: its row stands there.
    gone: ['NoSuchBucket', 'PermanentRedirect', 'IllegalLocationConstraintException'],
    held: heldBucket,
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: s3.eventSource,
        // As CloudTrail writes them: "PutBucketLifecycle", whichever of the two lifecycle operations was called.
        calls: {
          CreateBucket: 'created',
          DeleteBucket: 'deleted',
          PutBucketPublicAccessBlock: ['publicAccessBlock', 'acl'],
          DeleteBucketPublicAccessBlock: ['publicAccessBlock', 'acl'],
          PutBucketPolicy: ['policy'],
          DeleteBucketPolicy: ['policy'],
          PutBucketAcl: ['acl'],
          PutBucketOwnershipControls: ['ownership', 'acl'],
          DeleteBucketOwnershipControls: ['ownership', 'acl'],
          PutBucketEncryption: ['encryption'],
          DeleteBucketEncryption: ['encryption'],
          PutBucketLogging: ['logging', 'logTarget'],
          PutBucketVersioning: ['versioning'],
          PutBucketLifecycle: ['lifecycle'],
          DeleteBucketLifecycle: ['lifecycle'],
          PutBucketNotification: ['notifications'],
          PutBucketObjectLockConfiguration: ['retention'],
        },
        hides: ['PutBucketPolicy', 'DeleteBucketPolicy'],
        regionIn: madeIn,
        idsIn: named({ request: ['bucketName'], resource: 'AWS::S3::Bucket', idOf: bucketName }),
      },
    ],
    list: {
      actions: ['s3:ListAllMyBuckets'],
      page: async (reader, token) => {
        const page = await reader.call('s3', 'listBuckets', {
          MaxBuckets: 1000,
          BucketRegion: reader.region,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        });
        // Asked for one region, S3 names each bucket's; an endpoint that knows no such filter names it too.
        const resources = (page.Buckets ?? []).flatMap(({ Name, BucketRegion = reader.region }) =>
          Name && BucketRegion === reader.region ? [{ id: Name }] : [],
        );
        return {
          resources,
          ...(page.ContinuationToken === undefined ? {} : { next: page.ContinuationToken }),
        };
      },
    },
  },
  configurationItem: 'resourceName',
  arn,
  about: {
    actions: ['s3:GetBucketTagging'],
    absent: ['NoSuchTagSet'],
    read: async (reader, ref) => {
      const { TagSet } = await reader.call('s3', 'getBucketTagging', { Bucket: ref.id });
      return {
        arn: arn(ref),
        tags: Object.fromEntries((TagSet ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
      };
    },
  },
  facets: {
    publicAccessBlock: {
      actions: ['s3:GetBucketPublicAccessBlock'],
      absent: ['NoSuchPublicAccessBlockConfiguration'],
      read: async (reader, { id }) =>
        (await reader.call('s3', 'getPublicAccessBlock', { Bucket: id }))
          .PublicAccessBlockConfiguration,
    },
    accountPublicAccessBlock: {
      actions: s3Account.facets.publicAccessBlock.actions,
      borrowedFrom: [{ type: s3Account.type, facet: 'publicAccessBlock' }],
      read: (reader, ref) =>
        reader.facet(s3Account, { ...ref, id: ref.account }, 'publicAccessBlock'),
    },
    ...accessFacets,
    acl: {
      ...accessFacets.acl,
      borrowedFrom: [{ type: s3Account.type, facet: 'publicAccessBlock' }],
    },
    ...logTargetFacets,
    /** Where server access logs go; `undefined` when logging is off. */
    logging: {
      actions: ['s3:GetBucketLogging'],
      read: async (reader, { id }) =>
        (await reader.call('s3', 'getBucketLogging', { Bucket: id })).LoggingEnabled,
    },
    /** Both are `undefined` in a bucket that was never versioned. */
    versioning: {
      actions: ['s3:GetBucketVersioning'],
      read: async (reader, { id }) => {
        const { Status, MFADelete } = await reader.call('s3', 'getBucketVersioning', {
          Bucket: id,
        });
        return { status: Status, mfaDelete: MFADelete };
      },
      // Versioning that was ever on can only be suspended, and writes to the bucket are then as if it had never been.
      comparable: (value) => ({
        isOn: at(value, 'status') === 'Enabled',
        asksMfa: at(value, 'mfaDelete') === 'Enabled',
      }),
    },
    lifecycle: {
      actions: ['s3:GetLifecycleConfiguration'],
      absent: ['NoSuchLifecycleConfiguration'],
      read: async (reader, { id }) =>
        (await reader.call('s3', 'getBucketLifecycleConfiguration', { Bucket: id })).Rules,
    },
    /** Which changes of objects are announced to queues, topics and functions; all of them where EventBridge is told. */
    notifications: {
      actions: ['s3:GetBucketNotification'],
      read: async (reader, { id }) => {
        const told = await reader.call('s3', 'getBucketNotificationConfiguration', { Bucket: id });
        const { QueueConfigurations: queues = [], TopicConfigurations: topics = [] } = told;
        const { LambdaFunctionConfigurations: functions = [], EventBridgeConfiguration } = told;
        const events = [...queues, ...topics, ...functions].flatMap(({ Events = [] }) => Events);
        return {
          events: [...new Set<string>(events)].sort(),
          eventBridge: !!EventBridgeConfiguration,
        };
      },
    },
    /** How the website endpoint answers, which takes no TLS and knows nobody: every visitor is the public. */
    website: {
      actions: ['s3:GetBucketWebsite'],
      absent: ['NoSuchWebsiteConfiguration'],
      read: async (reader, { id }) => {
        const { IndexDocument, RedirectAllRequestsTo } = await reader.call(
          's3',
          'getBucketWebsite',
          { Bucket: id },
        );
        return { index: IndexDocument?.Suffix, redirect: RedirectAllRequestsTo?.HostName };
      },
    },
    /**
     * The access points of the bucket, and whether each restricts public access itself, which cannot be changed once it is
     * made. Of the first fifty alone that is looked up; of the others it is not known.
     */
    accessPoints: {
      actions: ['s3:ListAccessPoints', 's3:GetAccessPoint'],
      read: async (reader, { id, account: AccountId }) => {
        const { AccessPointList = [] } = await reader.call('s3control', 'listAccessPoints', {
          AccountId,
          Bucket: id,
        });
        const looked = AccessPointList.slice(0, 50).map(async ({ Name = '' }) => {
          const point = await reader.call('s3control', 'getAccessPoint', { AccountId, Name });
          const restricts = point.PublicAccessBlockConfiguration?.RestrictPublicBuckets === true;
          return { name: Name, restricts };
        });
        const others = AccessPointList.slice(50).map(({ Name = '' }) => ({
          name: Name,
          restricts: false,
        }));
        return [...(await Promise.all(looked)), ...others];
      },
    },
    /** Where objects are copied to, as ARNs of buckets. */
    replication: {
      actions: ['s3:GetReplicationConfiguration'],
      absent: ['ReplicationConfigurationNotFoundError'],
      read: async (reader, { id }) => {
        const answer = await reader.call('s3', 'getBucketReplication', { Bucket: id });
        const rules = answer.ReplicationConfiguration?.Rules ?? [];
        return rules.flatMap(({ Destination }) => Destination?.Bucket ?? []);
      },
    },
  },
});
