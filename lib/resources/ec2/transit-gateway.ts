import type { TransitGateway } from '@aws-sdk/client-ec2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutBy, after, ownAmong, pageOf } from './ec2-listing.ts';

const arn = (ref: Ref) => ec2.arn('transit-gateway', ref, ref.id);
const gone = 'InvalidTransitGatewayID.NotFound';

/** It is described for a while after its end. */
const isOver = ({ State }: TransitGateway): boolean => State === 'deleted' || State === 'deleting';

const describe = async (reader: Reader, { id }: Ref): Promise<TransitGateway> => {
  const asked = { TransitGatewayIds: [id] };
  const { TransitGateways = [] } = await reader.call('ec2', 'describeTransitGateways', asked);
  return only(
    TransitGateways.filter((one) => !isOver(one)),
    gone,
  );
};

const shown = ({ State, Options }: TransitGateway) => ({
  state: State,
  /** Whether a VPC of another account, with which it is shared, is attached without anybody being asked. */
  attachesUnasked: Options?.AutoAcceptSharedAttachments === 'enable',
});

const gatewayId = (text: string) => (/^tgw-\w+$/.test(text) ? text : undefined);

/** A transit gateway, evaluated in its owner's account; its id is `tgw-…`. */
export const transitGateway = defineResourceType({
  type: 'AWS::EC2::TransitGateway',
  scope: 'regional',
  securityHubType: 'AwsEc2TransitGateway',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidTransitGatewayID.Malformed'],
    settlesAfterSeconds: 30,
    unsettled: {
      facet: 'gateway',
      while: (value) => /^(pending|modifying)$/.test(String(Object(value).state)),
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          CreateTransitGateway: 'created',
          ModifyTransitGateway: ['gateway'],
          DeleteTransitGateway: 'deleted',
        },
        idsIn: named({
          request: ['transitGatewayId'],
          response: ['transitGateway.transitGatewayId'],
          idOf: gatewayId,
        }),
      },
    ],
    list: {
      actions: ['ec2:DescribeTransitGateways'],
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeTransitGateways', {
          MaxResults: 1000,
          ...after(token),
        });
        const found = ownAmong(reader, page.TransitGateways).filter((one) => !isOver(one));
        return pageOf(reader, page, found, {
          arn,
          shown: (one) => ({ id: one.TransitGatewayId ?? '', facets: { gateway: shown(one) } }),
        });
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['ec2:DescribeTransitGateways'],
    read: aboutBy(describe, { arn }),
  },
  facets: {
    gateway: {
      actions: ['ec2:DescribeTransitGateways'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      comparable: (value) => ({ ...Object(value), state: undefined }),
    },
  },
});
