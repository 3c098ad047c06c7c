import type { FlowLog, Vpc, VpcEndpoint } from '@aws-sdk/client-ec2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutBy, after, ownAmong, pageOf } from './ec2-listing.ts';

const arn = (ref: Ref) => ec2.arn('vpc', ref, ref.id);
const gone = 'InvalidVpcID.NotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<Vpc> =>
  only((await reader.call('ec2', 'describeVpcs', { VpcIds: [id] })).Vpcs, gone);

const shown = ({ OwnerId, IsDefault }: Vpc) => ({ owner: OwnerId, isDefault: IsDefault ?? false });

const flowLogOf = (log: FlowLog) => ({
  id: log.FlowLogId,
  status: log.FlowLogStatus,
  traffic: log.TrafficType,
  /** Why nothing is delivered, where nothing is: `Access error`, `Rate limited`. */
  trouble: log.DeliverLogsErrorMessage,
});

const endpointOf = ({ ServiceName, State }: VpcEndpoint) => ({
  /** The name of the service in full: `com.amazonaws.us-east-1.ec2`. */
  service: ServiceName ?? '',
  /** In lower case: the API reference writes `Available`, answers have `available`. */
  state: String(State ?? '').toLowerCase(),
});

const vpcId = (text: string) => (/^vpc-\w+$/.test(text) ? text : undefined);

/** A VPC, evaluated in its owner's account; its id is `vpc-…`. */
export const vpc = defineResourceType({
  type: 'AWS::EC2::VPC',
  scope: 'regional',
  securityHubType: 'AwsEc2Vpc',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidVpcId.Malformed'],
    settlesAfterSeconds: 30,
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateVpc: 'created', CreateDefaultVpc: 'created' },
        idsIn: named({ response: ['vpc.vpcId'], idOf: vpcId }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { DeleteVpc: 'deleted' },
        idsIn: named({ request: ['vpcId'], idOf: vpcId }),
      },
      {
        // Of subnets, interfaces and gateways as well.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateFlowLogs: ['flowLogs'] },
        idsIn: named({ request: ['resourceId'], idOf: vpcId, otherwise: 'none' }),
      },
      {
        // It names the flow log alone.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { DeleteFlowLogs: ['flowLogs'] },
        idsIn: () => 'all',
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateVpcEndpoint: ['endpoints'] },
        idsIn: named({
          request: ['vpcId'],
          response: ['vpcEndpoint.vpcId'],
          idOf: vpcId,
          otherwise: 'none',
        }),
      },
      {
        // It names the endpoints alone.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { DeleteVpcEndpoints: ['endpoints'] },
        idsIn: () => 'all',
      },
    ],
    list: {
      actions: ['ec2:DescribeVpcs'],
      isEverywhere: true,
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeVpcs', {
          MaxResults: 1000,
          ...after(token),
        });
        return pageOf(reader, page, ownAmong(reader, page.Vpcs), {
          arn,
          shown: (one) => ({ id: one.VpcId ?? '', facets: { vpc: shown(one) } }),
        });
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['ec2:DescribeVpcs'],
    read: aboutBy(describe, { arn }),
  },
  facets: {
    vpc: {
      actions: ['ec2:DescribeVpcs'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
    /** Those of the VPC itself; those of its subnets and interfaces see only a part of it. */
    flowLogs: {
      actions: ['ec2:DescribeFlowLogs'],
      read: async (reader, { id }) => {
        const found: ReturnType<typeof flowLogOf>[] = [];
        const Filter = [{ Name: 'resource-id', Values: [id] }];
        for await (const { FlowLogs = [] } of reader.pages('ec2', 'describeFlowLogs', { Filter }))
          found.push(...FlowLogs.map(flowLogOf));
        return found;
      },
    },
    /** Its endpoints of whatever kind. */
    endpoints: {
      actions: ['ec2:DescribeVpcEndpoints'],
      read: async (reader, { id }) => {
        const found: ReturnType<typeof endpointOf>[] = [];
        const asked = { Filters: [{ Name: 'vpc-id', Values: [id] }] };
        for await (const { VpcEndpoints = [] } of reader.pages(
          'ec2',
          'describeVpcEndpoints',
          asked,
        ))
          found.push(...VpcEndpoints.map(endpointOf));
        return found;
      },
      // An endpoint gets ready by itself.
      comparable: (value) => [value].flat().map((one) => Object(one).service),
    },
  },
});
