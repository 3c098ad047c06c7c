import type { AccessPoint } from '@aws-sdk/client-s3-control';
import {
  defineResourceType,
  type Lender,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { s3control } from '../../services/s3control.ts';
import { tagsIn } from '../described.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';
import { s3Bucket } from './s3-bucket.ts';

const arn = (ref: Ref) => s3control.arn('accesspoint', ref, ref.id);

const read = (reader: Reader, { id: Name, account: AccountId }: Ref) =>
  reader.call('s3control', 'getAccessPoint', { AccountId, Name });

type Shown = Partial<Pick<AccessPoint, 'Bucket' | 'BucketAccountId' | 'NetworkOrigin'>>;

/** The bucket behind it, where it is the account's own, and whether one VPC alone leads to it. */
const placeOf = ({ Bucket, BucketAccountId, NetworkOrigin }: Shown, account: string) => ({
  bucket: (BucketAccountId ?? account) === account ? Bucket : undefined,
  isInVpc: NetworkOrigin === 'VPC',
});

/** What borrows from a bucket stands in its listing. */
const isBehind: Lender['isBorrowedBy'] = (bucket, { facets = {} }) =>
  Object(facets['place']).bucket === bucket;

/** An access point of the account, of a bucket of its own or of another account; its id is its name. Nobody changes its blocks. */
export const s3AccessPoint = defineResourceType({
  type: 'AWS::S3::AccessPoint',
  scope: 'regional',
  securityHubType: 'AwsS3AccessPoint',
  live: {
    gone: ['NoSuchAccessPoint'],
    settlesAfterSeconds: 30,
    announcements: [
      {
        // S3 Control's calls are S3's to CloudTrail, as in AWS's records of its jobs and grants; none of these is published.
        via: 'cloudtrail',
        source: s3control.eventSource,
        calls: {
          CreateAccessPoint: 'created',
          PutAccessPointPolicy: ['policy'],
          DeleteAccessPointPolicy: ['policy'],
          DeleteAccessPoint: 'deleted',
        },
        hides: ['PutAccessPointPolicy'],
        idsIn: named({ request: ['name'], idOf: (text) => s3control.id('accesspoint', text) }),
      },
    ],
    list: {
      actions: ['s3:ListAccessPoints'],
      // It needs a bucket in its region; one of another account's bucket alone leads to nothing that is the account's.
      leadsToOthers: true,
      page: async (reader, token) => {
        const { AccessPointList = [], NextToken } = await reader.call(
          's3control',
          'listAccessPoints',
          {
            AccountId: reader.account,
            ...(token === undefined ? {} : { NextToken: token }),
          },
        );
        return {
          resources: AccessPointList.flatMap((one) =>
            one.Name ? [{ id: one.Name, facets: { place: placeOf(one, reader.account) } }] : [],
          ),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['s3:ListTagsForResource'],
    read: async (reader, ref) => {
      const asked = { AccountId: ref.account, ResourceArn: arn(ref) };
      const { Tags } = await reader.call('s3control', 'listTagsForResource', asked);
      return { arn: arn(ref), tags: tagsIn(Tags) };
    },
  },
  facets: {
    /** All four are on where whoever made it did not say otherwise. */
    publicAccessBlock: {
      actions: ['s3:GetAccessPoint'],
      read: async (reader, ref) => (await read(reader, ref)).PublicAccessBlockConfiguration,
    },
    place: {
      actions: ['s3:GetAccessPoint'],
      read: async (reader, ref) => placeOf(await read(reader, ref), ref.account),
    },
    /** Its own policy; that of its bucket is another. */
    policy: {
      actions: ['s3:GetAccessPointPolicy'],
      absent: ['NoSuchAccessPointPolicy'],
      read: async (reader, { id: Name, account: AccountId }) =>
        (await reader.call('s3control', 'getAccessPointPolicy', { AccountId, Name })).Policy,
      comparable: asData,
    },
    accountPublicAccessBlock: s3Bucket.facets.accountPublicAccessBlock,
    /** Of the bucket behind it; that of another account's is not known here. */
    bucketPublicAccessBlock: {
      actions: ['s3:GetAccessPoint', ...s3Bucket.facets.publicAccessBlock.actions],
      borrowedFrom: [{ type: s3Bucket.type, facet: 'publicAccessBlock', isBorrowedBy: isBehind }],
      read: async (reader, ref) => {
        const { bucket } = placeOf(await read(reader, ref), ref.account);
        if (bucket === undefined) return undefined;
        try {
          return await reader.facet(s3Bucket, { ...ref, id: bucket }, 'publicAccessBlock');
        } catch (error) {
          // The bucket was deleted, and whoever makes one of its name anew says what blocks it has.
          if (error instanceof Error && s3Bucket.live.gone.includes(error.name)) return undefined;
          throw error;
        }
      },
    },
  },
});
