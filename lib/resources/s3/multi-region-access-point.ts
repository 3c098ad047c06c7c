import type { MultiRegionAccessPointReport } from '@aws-sdk/client-s3-control';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { partitionOf } from '../../services/partition.ts';
import { multiRegionAccessPointsRegionOf } from '../../services/regions.ts';
import { s3control } from '../../services/s3control.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';

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

/** A Multi-Region Access Point of the account; its id is its name, and its ARN has an alias. Nobody changes its blocks. */
export const multiRegionAccessPoint = defineResourceType({
  type: 'AWS::S3::MultiRegionAccessPoint',
  scope: 'account',
  securityHubType: 'Other',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    announcements: [
      {
        via: 'cloudtrail',
        source: s3control.eventSource,
        calls: {
          CreateMultiRegionAccessPoint: 'created',
          DeleteMultiRegionAccessPoint: 'deleted',
        },
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
              ? [{ id: one.Name, facets: { publicAccessBlock: one.PublicAccessBlock } }]
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
  },
});
