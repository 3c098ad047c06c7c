import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { s3control } from '../../services/s3control.ts';
import { tagsIn } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => s3control.arn('accesspoint', ref, ref.id);

const read = (reader: Reader, { id: Name, account: AccountId }: Ref) =>
  reader.call('s3control', 'getAccessPoint', { AccountId, Name });

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
        // S3 Control's calls are S3's to CloudTrail, as in AWS's records of its jobs and grants; none of these two is published.
        via: 'cloudtrail',
        source: s3control.eventSource,
        calls: { CreateAccessPoint: 'created', DeleteAccessPoint: 'deleted' },
        idsIn: named({ request: ['name'] }),
      },
    ],
    list: {
      actions: ['s3:ListAccessPoints'],
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
          resources: AccessPointList.flatMap(({ Name }) => (Name ? [{ id: Name }] : [])),
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
  },
});
