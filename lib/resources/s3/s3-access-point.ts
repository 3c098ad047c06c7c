import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { s3control } from '../../services/s3control.ts';
import { tagsIn } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => s3control.arn('accesspoint', ref, ref.id);

const read = (reader: Reader, { id: Name, account: AccountId }: Ref) =>
  reader.call('s3control', 'getAccessPoint', { AccountId, Name });

const namesOne = named({ request: ['name'] });

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
        // Whether CloudTrail names S3 or S3 Control here is not documented. EFS has calls of these names too.
        via: 'cloudtrail',
        source: 'any',
        calls: { CreateAccessPoint: 'created', DeleteAccessPoint: 'deleted' },
        idsIn: (detail, account) =>
          detail['eventSource'] === 'elasticfilesystem.amazonaws.com'
            ? []
            : namesOne(detail, account),
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
