import { defineResourceType, type Ref } from '../controls/control.ts';
import { account } from './account.ts';
import { idFrom } from './ids.ts';

const arn = ({ id }: Ref) => `arn:aws:s3:::${id}`;

/** A general purpose bucket; its id is the bucket's name. */
export const s3Bucket = defineResourceType({
  type: 'AWS::S3::Bucket',
  scope: 'regional',
  securityHubType: 'AwsS3Bucket',
  gone: ['NoSuchBucket'],
  settlesAfterSeconds: 20,
  announcements: [
    {
      via: 'cloudtrail',
      source: 's3.amazonaws.com',
      calls: {
        CreateBucket: 'created',
        DeleteBucket: 'deleted',
        PutBucketPublicAccessBlock: ['publicAccessBlock'],
        DeleteBucketPublicAccessBlock: ['publicAccessBlock'],
      },
      idsIn: idFrom('requestParameters.bucketName'),
    },
  ],
  configurationItem: 'resourceName',
  arn,
  list: {
    actions: ['s3:ListAllMyBuckets'],
    page: async (reader, token) => {
      const page = await reader.call('s3', 'listBuckets', {
        MaxBuckets: 1000,
        BucketRegion: reader.region,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
      const resources = (page.Buckets ?? []).flatMap(({ Name }) => (Name ? [{ id: Name }] : []));
      return {
        resources,
        ...(page.ContinuationToken === undefined ? {} : { next: page.ContinuationToken }),
      };
    },
  },
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
      actions: account.facets.publicAccessBlock.actions,
      borrowedFrom: [{ type: account.type, facet: 'publicAccessBlock' }],
      read: (reader, ref) =>
        reader.facet(account, { ...ref, id: ref.account }, 'publicAccessBlock'),
    },
  },
});
