import type { Subnet } from '@aws-sdk/client-ec2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutBy, after, ownAmong, pageOf } from './ec2-listing.ts';

const arn = (ref: Ref) => ec2.arn('subnet', ref, ref.id);
const gone = 'InvalidSubnetID.NotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<Subnet> =>
  only((await reader.call('ec2', 'describeSubnets', { SubnetIds: [id] })).Subnets, gone);

const shown = ({ MapPublicIpOnLaunch, OwnerId, VpcId }: Subnet) => ({
  mapsPublicIp: MapPublicIpOnLaunch ?? false,
  owner: OwnerId,
  vpc: VpcId,
});

const subnetId = (text: string) => (/^subnet-\w+$/.test(text) ? text : undefined);

/** A subnet, evaluated in its owner's account; its id is `subnet-…`. */
export const subnet = defineResourceType({
  type: 'AWS::EC2::Subnet',
  scope: 'regional',
  securityHubType: 'AwsEc2Subnet',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidSubnetId.Malformed'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { ModifySubnetAttribute: ['subnet'], DeleteSubnet: 'deleted' },
        idsIn: named({ request: ['subnetId'], idOf: subnetId }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateSubnet: 'created', CreateDefaultSubnet: 'created' },
        idsIn: named({ response: ['subnet.subnetId'], idOf: subnetId }),
      },
      {
        // It brings a subnet for each zone, which no event names.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateDefaultVpc: ['subnet'] },
        idsIn: () => 'all',
      },
    ],
    list: {
      actions: ['ec2:DescribeSubnets'],
      isEverywhere: true,
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeSubnets', {
          MaxResults: 1000,
          ...after(token),
        });
        return pageOf(reader, page, ownAmong(reader, page.Subnets), {
          arn,
          shown: (one) => ({ id: one.SubnetId ?? '', facets: { subnet: shown(one) } }),
        });
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['ec2:DescribeSubnets'],
    read: aboutBy(describe, { arn }),
  },
  facets: {
    subnet: {
      actions: ['ec2:DescribeSubnets'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
  },
});
