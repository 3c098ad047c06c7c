import type { Image } from '@aws-sdk/client-ec2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutBy, after, pageOf } from './ec2-listing.ts';

const arn = (ref: Ref) => ec2.arn('image', ref, ref.id);
const gone = 'InvalidAMIID.NotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<Image> =>
  only((await reader.call('ec2', 'describeImages', { ImageIds: [id] })).Images, gone);

const shown = ({ Public, State, OwnerId }: Image) => ({
  isPublic: Public ?? false,
  state: State,
  owner: OwnerId,
});

const imageId = (text: string) => (/^ami-\w+$/.test(text) ? text : undefined);

/** An image (AMI) that this account owns; its id is `ami-…`. */
export const image = defineResourceType({
  type: 'AWS::EC2::Image',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidAMIID.Unavailable', 'InvalidAMIID.Malformed'],
    settlesAfterSeconds: 15,
    unsettled: { facet: 'image', while: (value) => Object(value).state === 'pending' },
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          ModifyImageAttribute: ['image', 'sharing'],
          ResetImageAttribute: ['image', 'sharing'],
          // A disabled image loses its launch permissions, which enabling it does not bring back.
          DisableImage: ['image', 'sharing'],
          EnableImage: ['image', 'sharing'],
          DeregisterImage: 'deleted',
          RestoreImageFromRecycleBin: 'created',
        },
        idsIn: named({ request: ['imageId'], idOf: imageId }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          CreateImage: 'created',
          RegisterImage: 'created',
          CopyImage: 'created',
          CreateRestoreImageTask: 'created',
        },
        idsIn: named({ response: ['imageId'], idOf: imageId }),
      },
    ],
    list: {
      actions: ['ec2:DescribeImages'],
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeImages', {
          Owners: ['self'],
          IncludeDeprecated: true,
          IncludeDisabled: true,
          MaxResults: 1000,
          ...after(token),
        });
        return pageOf(reader, page, page.Images, {
          arn,
          shown: (one) => ({ id: one.ImageId ?? '', facets: { image: shown(one) } }),
        });
      },
    },
  },
  arn,
  about: {
    actions: ['ec2:DescribeImages'],
    read: aboutBy(describe, { arn }),
  },
  facets: {
    image: {
      actions: ['ec2:DescribeImages'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
    /** Who may launch it: accounts, organizations and their units, and the group `all`, which is everybody. */
    sharing: {
      actions: ['ec2:DescribeImageAttribute'],
      read: async (reader, { id }) => {
        const { LaunchPermissions = [] } = await reader.call('ec2', 'describeImageAttribute', {
          ImageId: id,
          Attribute: 'launchPermission',
        });
        return {
          groups: LaunchPermissions.flatMap(({ Group }) => Group ?? []).toSorted(),
          accounts: LaunchPermissions.flatMap(({ UserId }) => UserId ?? []).toSorted(),
          organizations: LaunchPermissions.flatMap(
            ({ OrganizationArn, OrganizationalUnitArn }) =>
              OrganizationArn ?? OrganizationalUnitArn ?? [],
          ).toSorted(),
        };
      },
    },
  },
});
