import type { Trail } from '@aws-sdk/client-cloudtrail';
import type { DefaultRetention } from '@aws-sdk/client-s3';
import {
  defineResourceType,
  type IdsIn,
  type Listed,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { cloudtrail } from '../../services/cloudtrail.ts';
import { text } from '../../support/untyped.ts';
import { at, named } from '../ids.ts';
import { s3Bucket } from '../s3/s3-bucket.ts';
import { logRules } from './log-rules.ts';

const gone = 'TrailNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<Trail> => {
  const { trailList = [] } = await reader.call('cloudtrail', 'describeTrails', {
    trailNameList: [id],
    includeShadowTrails: false,
  });
  const found = trailList.find(({ TrailARN }) => TrailARN === id);
  if (!found) throw Object.assign(new Error(`there is no trail ${id}`), { name: gone });
  return found;
};

const shown = (trail: Trail) => ({
  bucket: trail.S3BucketName,
  validatesFiles: trail.LogFileValidationEnabled ?? false,
  kmsKey: trail.KmsKeyId,
  logGroup: trail.CloudWatchLogsLogGroupArn,
});

/** A trail is named by its ARN, or by its name in its home region. */
const naming = named({ request: ['name', 'trailName'], response: ['trailARN'] });
const trailsIn: IdsIn = (detail, account) => {
  const region = text(detail['awsRegion']);
  const ids = naming(detail, account);
  if (ids === 'all' || region === undefined) return 'all';
  const arns = ids.map((id) =>
    id.startsWith('arn:') ? id : cloudtrail.arn('trail', { region, account }, id),
  );
  return arns.filter((arn) => arn.includes(`:${account}:trail/`));
};

const logsTo = (bucket: string, { facets = {} }: Listed): boolean =>
  at(facets, ['trail', 'bucket']) === bucket;
const ofBucket = (...facets: readonly string[]) =>
  facets.map((facet) => ({ type: s3Bucket.type, facet, isBorrowedBy: logsTo }));

/** The bucket that a trail writes to, where this account has it in this region; elsewhere it cannot be read. */
const ownBucket = async (reader: Reader, ref: Ref): Promise<Ref | undefined> => {
  const { S3BucketName: Prefix = '' } = await describe(reader, ref);
  const { Buckets = [] } = await reader.call('s3', 'listBuckets', {
    ...{ Prefix, MaxBuckets: 1000, BucketRegion: reader.region },
  });
  const isOwn = Buckets.some(
    ({ Name, BucketRegion = reader.region }) => Name === Prefix && BucketRegion === reader.region,
  );
  return isOwn ? { ...ref, id: Prefix } : undefined;
};

const ofAccess = ['policy', 'acl', 'ownership', 'publicAccessBlock'] as const;
const { policy, acl, ownership, publicAccessBlock, accountPublicAccessBlock, logging } =
  s3Bucket.facets;
const { lifecycle, versioning, retention } = s3Bucket.facets;
/** S3 counts a year of Object Lock as 365 days. */
const daysIn = ({ Days = 0, Years = 0 }: DefaultRetention): number => Days + Years * 365;
const findingBucket = ['cloudtrail:DescribeTrails', 's3:ListAllMyBuckets'] as const;

/**
 * A trail, evaluated in its home region by the account that owns it; its id is its ARN. A region borrows what the trails
 * that it shows record; a member account sees that of its organization, and may not find it when it asks for more.
 */
export const trail = defineResourceType({
  type: 'AWS::CloudTrail::Trail',
  scope: 'regional',
  securityHubType: 'AwsCloudTrailTrail',
  live: {
    gone: [gone],
    settlesAfterSeconds: 30,
    announcements: [
      {
        via: 'cloudtrail',
        source: cloudtrail.eventSource,
        calls: {
          CreateTrail: 'created',
          UpdateTrail: ['trail', 'bucketAccess', 'bucketLifecycle', 'bucketLogging'],
          DeleteTrail: 'deleted',
        },
        idsIn: trailsIn,
      },
    ],
    list: {
      actions: ['cloudtrail:DescribeTrails'],
      page: async (reader) => {
        const { trailList = [] } = await reader.call('cloudtrail', 'describeTrails', {});
        const own = trailList.filter(
          ({ TrailARN = '', HomeRegion = reader.region }) =>
            HomeRegion === reader.region && TrailARN.includes(`:${reader.account}:trail/`),
        );
        return {
          resources: own.map((one) => ({
            id: one.TrailARN ?? '',
            facets: { trail: shown(one) },
          })),
        };
      },
    },
  },
  arn: ({ id }) => id,
  about: {
    actions: ['cloudtrail:ListTags'],
    read: async (reader, { id }) => {
      const { ResourceTagList = [] } = await reader.call('cloudtrail', 'listTags', {
        ResourceIdList: [id],
      });
      const tags = ResourceTagList.flatMap(({ TagsList = [] }) => TagsList);
      return {
        arn: id,
        tags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      };
    },
  },
  facets: {
    trail: {
      actions: ['cloudtrail:DescribeTrails'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
    /** What decides whether the public reaches the bucket of the trail; nothing where the bucket is held elsewhere. */
    bucketAccess: {
      actions: [
        ...findingBucket,
        ...[policy, acl, ownership, publicAccessBlock].flatMap(({ actions }) => actions),
        ...accountPublicAccessBlock.actions,
      ],
      borrowedFrom: [...ofBucket(...ofAccess), ...accountPublicAccessBlock.borrowedFrom],
      read: async (reader, ref) => {
        const bucket = await ownBucket(reader, ref);
        return (
          bucket && {
            policy: await reader.facet(s3Bucket, bucket, 'policy'),
            acl: await reader.facet(s3Bucket, bucket, 'acl'),
            ownership: await reader.facet(s3Bucket, bucket, 'ownership'),
            publicAccessBlock: await reader.facet(s3Bucket, bucket, 'publicAccessBlock'),
            accountPublicAccessBlock: await reader.facet(
              s3Bucket,
              bucket,
              'accountPublicAccessBlock',
            ),
          }
        );
      },
    },
    /** Where the bucket of the trail logs who reads it; nothing where the bucket is held elsewhere. */
    bucketLogging: {
      actions: [...findingBucket, ...logging.actions],
      borrowedFrom: ofBucket('logging'),
      read: async (reader, ref) => {
        const bucket = await ownBucket(reader, ref);
        if (!bucket) return undefined;
        const target = await reader.facet(s3Bucket, bucket, 'logging');
        return { target: target?.TargetBucket };
      },
    },
    /** What deletes logs in the bucket of the trail, by rules; nothing where the bucket is held elsewhere. */
    bucketLifecycle: {
      actions: [
        ...findingBucket,
        ...[lifecycle, versioning, retention].flatMap(({ actions }) => actions),
      ],
      borrowedFrom: ofBucket('lifecycle', 'versioning', 'retention'),
      read: async (reader, ref) => {
        const bucket = await ownBucket(reader, ref);
        if (!bucket) return undefined;
        const { S3KeyPrefix, IsOrganizationTrail } = await describe(reader, ref);
        const { status } = await reader.facet(s3Bucket, bucket, 'versioning');
        const locked = await reader.facet(s3Bucket, bucket, 'retention');
        return {
          keyPrefix: S3KeyPrefix ?? '',
          isOrganizations: IsOrganizationTrail ?? false,
          isVersioned: status === 'Enabled' || locked !== undefined,
          /** Days for which Object Lock keeps each log that is put there. */
          lockedDays: daysIn(locked ?? {}),
          rules: logRules(await reader.facet(s3Bucket, bucket, 'lifecycle')),
        };
      },
    },
    isLogging: {
      actions: ['cloudtrail:GetTrailStatus'],
      absent: [gone],
      read: async (reader, { id }) =>
        (await reader.call('cloudtrail', 'getTrailStatus', { Name: id })).IsLogging,
    },
    selectors: {
      actions: ['cloudtrail:GetEventSelectors'],
      absent: [gone],
      read: async (reader, { id }) => {
        const found = await reader.call('cloudtrail', 'getEventSelectors', { TrailName: id });
        return { basic: found.EventSelectors ?? [], advanced: found.AdvancedEventSelectors ?? [] };
      },
    },
  },
});
