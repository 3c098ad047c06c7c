import type {
  MultiRegionAccessPointPolicyDocument,
  MultiRegionAccessPointReport,
  PublicAccessBlockConfiguration,
  RegionReport,
} from '@aws-sdk/client-s3-control';
import {
  defineResourceType,
  type Lender,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { partitionOf } from '../../services/partition.ts';
import { multiRegionAccessPointsRegionOf } from '../../services/regions.ts';
import { s3control } from '../../services/s3control.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';
import { s3Bucket } from './s3-bucket.ts';

const gone = 'NoSuchMultiRegionAccessPoint';

/** A reader of where S3 takes these calls; a partition that has none has no such access points. */
const controlled = (reader: Reader): Reader | undefined => {
  const region = multiRegionAccessPointsRegionOf(partitionOf(reader.region));
  return region === undefined ? undefined : reader.elsewhere(region);
};

const describe = async (
  reader: Reader,
  { id: Name, account: AccountId }: Ref,
): Promise<MultiRegionAccessPointReport> => {
  const asked = { AccountId, Name };
  const told = await controlled(reader)?.call('s3control', 'getMultiRegionAccessPoint', asked);
  return only(told?.AccessPoint && [told.AccessPoint], gone);
};

const policyOf = async (
  reader: Reader,
  { id: Name, account: AccountId }: Ref,
): Promise<MultiRegionAccessPointPolicyDocument | undefined> => {
  const asked = { AccountId, Name };
  const told = await controlled(reader)?.call(
    's3control',
    'getMultiRegionAccessPointPolicy',
    asked,
  );
  return told?.Policy;
};
// Which of them S3 answers with, or with nothing, is not documented.
const noPolicy = ['NoSuchMultiRegionAccessPointPolicy', 'NoSuchAccessPointPolicy'];
const textOf = (one: { readonly Policy?: string | undefined } | undefined) =>
  one?.Policy || undefined;

/** The buckets behind it, one a region; no VPC alone leads to it, as one can to an access point of one region. */
const placeOf = ({ Regions = [] }: MultiRegionAccessPointReport) => ({
  buckets: Regions.flatMap(({ Bucket }) => Bucket ?? []),
  isInVpc: false,
});

/** What borrows from a bucket stands in its listing. */
const isBehind: Lender['isBorrowedBy'] = (bucket, { facets = {} }) => {
  const { buckets }: { buckets?: unknown } = Object(facets['place']);
  return Array.isArray(buckets) && buckets.includes(bucket);
};

type Blocks = PublicAccessBlockConfiguration;
/**
 * The block of one of its buckets. What is another account's, or may not be read, as in a region that is not governed, is not
 * known to shut anybody out.
 */
const blockBehind = async (
  reader: Reader,
  { account }: Ref,
  { Bucket: id, Region: region = reader.region, BucketAccountId: owner = account }: RegionReport,
): Promise<Blocks | undefined> => {
  if (id === undefined || owner !== account) return undefined;
  const there = region === reader.region ? reader : reader.elsewhere(region);
  try {
    return await there.facet(s3Bucket, { account, region, id }, 'publicAccessBlock');
  } catch (error) {
    const { name } = Object(error);
    if (name === 'AccessDenied' || s3Bucket.live.gone.includes(name)) return undefined;
    throw error;
  }
};
/** What all of them block: a request can come to any. */
const inAll = (all: readonly (Blocks | undefined)[]): Blocks => {
  const isOn = (block: keyof Blocks) => all.length > 0 && all.every((one) => one?.[block] === true);
  return {
    BlockPublicAcls: isOn('BlockPublicAcls'),
    BlockPublicPolicy: isOn('BlockPublicPolicy'),
    IgnorePublicAcls: isOn('IgnorePublicAcls'),
    RestrictPublicBuckets: isOn('RestrictPublicBuckets'),
  };
};

/** A Multi-Region Access Point of the account; its id is its name, and its ARN has an alias. Nobody changes its blocks. */
export const multiRegionAccessPoint = defineResourceType({
  type: 'AWS::S3::MultiRegionAccessPoint',
  scope: 'account',
  securityHubType: 'Other',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    // "After the update is finished and all Regions have been updated, the proposed policy is listed as the established policy":
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_MultiRegionAccessPointPolicyDocument.html
    unsettled: { facet: 'proposedPolicy', while: (proposed) => proposed !== undefined },
    unheard:
      'S3 takes and records these calls in US West (Oregon), whichever regions the buckets are in: where that region is not governed, the daily sweep finds a change.',
    announcements: [
      {
        via: 'cloudtrail',
        source: s3control.eventSource,
        calls: {
          CreateMultiRegionAccessPoint: 'created',
          PutMultiRegionAccessPointPolicy: ['policy', 'proposedPolicy'],
          DeleteMultiRegionAccessPoint: 'deleted',
        },
        hides: ['PutMultiRegionAccessPointPolicy'],
        idsIn: named({ request: ['details.name'] }),
      },
    ],
    list: {
      actions: ['s3:ListMultiRegionAccessPoints'],
      page: async (reader, token) => {
        const told = await controlled(reader)?.call('s3control', 'listMultiRegionAccessPoints', {
          AccountId: reader.account,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const { AccessPoints = [], NextToken } = told ?? {};
        return {
          resources: AccessPoints.flatMap((one) =>
            one.Name
              ? [
                  {
                    id: one.Name,
                    facets: { publicAccessBlock: one.PublicAccessBlock, place: placeOf(one) },
                  },
                ]
              : [],
          ),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  about: {
    actions: ['s3:GetMultiRegionAccessPoint'],
    read: async (reader, ref) => {
      const { Alias = '' } = await describe(reader, ref);
      // It has no tags.
      return { arn: s3control.arn('multiregionaccesspoint', ref, Alias), tags: {} };
    },
  },
  facets: {
    /** All four are on where whoever made it did not say otherwise. */
    publicAccessBlock: {
      actions: ['s3:GetMultiRegionAccessPoint'],
      read: async (reader, ref) => (await describe(reader, ref)).PublicAccessBlock,
    },
    place: {
      actions: ['s3:GetMultiRegionAccessPoint'],
      read: async (reader, ref) => placeOf(await describe(reader, ref)),
    },
    /** The one in force, in every region; those of its buckets are others. */
    policy: {
      actions: ['s3:GetMultiRegionAccessPointPolicy'],
      absent: noPolicy,
      read: async (reader, ref) => textOf((await policyOf(reader, ref))?.Established),
      comparable: asData,
    },
    /** The one that S3 is bringing to the regions; nothing once it is in force. */
    proposedPolicy: {
      actions: ['s3:GetMultiRegionAccessPointPolicy'],
      absent: noPolicy,
      read: async (reader, ref) => {
        const { Established, Proposed } = (await policyOf(reader, ref)) ?? {};
        const proposed = textOf(Proposed);
        return proposed === textOf(Established) ? undefined : proposed;
      },
      comparable: asData,
    },
    accountPublicAccessBlock: s3Bucket.facets.accountPublicAccessBlock,
    /** What all buckets behind it block. */
    bucketPublicAccessBlock: {
      actions: ['s3:GetMultiRegionAccessPoint', ...s3Bucket.facets.publicAccessBlock.actions],
      borrowedFrom: [{ type: s3Bucket.type, facet: 'publicAccessBlock', isBorrowedBy: isBehind }],
      read: async (reader, ref) => {
        const { PublicAccessBlock, Regions = [] } = await describe(reader, ref);
        // Where its own block shuts everybody out, those of its buckets say nothing more.
        if (PublicAccessBlock?.RestrictPublicBuckets) return undefined;
        const all = Regions.map((region) => blockBehind(reader, ref, region));
        return inAll(await Promise.all(all));
      },
    },
  },
});
