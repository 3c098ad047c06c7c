import {
  defineResourceType,
  type Facets,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { accessFacets } from './s3-bucket-access.ts';
import { heldBucket } from './s3-held.ts';

// Gone between two calls is as if nothing were set: that the bucket is gone, `isOurs` tells the next time.
const isGone = 'NoSuchBucket';
const { policy, acl, ownership, encryption, retention } = accessFacets;

/** A bucket as one that access logs are delivered to. */
const target = defineResourceType({
  type: 'AWS::S3::Bucket',
  scope: 'regional',
  securityHubType: 'AwsS3Bucket',
  live: {
    gone: [],
    settlesAfterSeconds: 20,
    announcements: [],
    list: { actions: [], page: async () => ({ resources: [] }) },
  },
  about: {
    actions: [],
    read: async ({ account }, { id }) => ({ arn: `${account} ${id}`, tags: {} }),
  },
  facets: {
    /** Whether it is a bucket of the account in the region: to ask it anything else of a bucket elsewhere is an error. */
    isOurs: {
      actions: heldBucket.actions,
      read: (reader, ref) => heldBucket.by(reader, ref),
    },
    policy: { ...policy, absent: [...policy.absent, isGone] },
    acl: { ...acl, absent: [isGone] },
    ownership: { ...ownership, absent: [...ownership.absent, isGone] },
    encryption: { ...encryption, absent: [...encryption.absent, isGone] },
    retention: { ...retention, absent: [...retention.absent, isGone] },
    payer: {
      actions: ['s3:GetBucketRequestPayment'],
      absent: [isGone],
      read: async (reader, { id }) =>
        (await reader.call('s3', 'getBucketRequestPayment', { Bucket: id })).Payer,
    },
  },
});

const read = async (reader: Reader, ref: Ref) => {
  const bucket = ref.id;
  if (!(await reader.facet(target, ref, 'isOurs'))) return { bucket };
  const [text, grants, owner, rule, kept, payer] = await Promise.all([
    reader.facet(target, ref, 'policy'),
    reader.facet(target, ref, 'acl'),
    reader.facet(target, ref, 'ownership'),
    reader.facet(target, ref, 'encryption'),
    reader.facet(target, ref, 'retention'),
    reader.facet(target, ref, 'payer'),
  ]);
  return {
    bucket,
    is: {
      policy: text,
      grants: grants?.grants ?? [],
      ownership: owner,
      algorithm: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
      retention: kept?.Mode,
      payer,
    },
  };
};

/** The bucket that logs go to; without `is` where it is none of the account and region. */
export type LogTarget = Awaited<ReturnType<typeof read>>;

const actions = Object.values(target.facets).flatMap((facet) => facet.actions);
// It changes without the bucket whose logs it takes.
const comparable = () => undefined;

export const logTargetFacets = {
  /** What the bucket is like that the access logs go to; `undefined` where they go nowhere. Looked at in each sweep. */
  logTarget: {
    actions: ['s3:GetBucketLogging', ...actions],
    comparable,
    read: async (reader, ref) => {
      const { LoggingEnabled } = await reader.call('s3', 'getBucketLogging', { Bucket: ref.id });
      const id = LoggingEnabled?.TargetBucket;
      return id === undefined ? undefined : read(reader, { ...ref, id });
    },
  },
  /** The same of the bucket that the baseline names for logs. */
  namedLogTarget: {
    actions,
    parameter: 'logBucket',
    comparable,
    read: async (reader, ref, logBucket) =>
      typeof logBucket === 'string' ? read(reader, { ...ref, id: logBucket }) : undefined,
  },
} as const satisfies Facets;
