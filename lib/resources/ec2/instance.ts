import type { Instance } from '@aws-sdk/client-ec2';
import {
  defineResourceType,
  type EventDetail,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { ssm } from '../../services/ssm.ts';
import { isOmitted } from '../../support/omitted.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { only } from '../described.ts';
import { named, textsAt } from '../ids.ts';
import { aboutBy, after, pageOf } from './ec2-listing.ts';
import { instanceReachable } from './reachable.ts';

const arn = (ref: Ref) => ec2.arn('instance', ref, ref.id);
const gone = 'InvalidInstanceID.NotFound';

/** It is described for an hour after its end, without most of what it was. */
const isOver = ({ State }: Instance): boolean =>
  State?.Name === 'terminated' || State?.Name === 'shutting-down';

const describe = async (reader: Reader, { id }: Ref): Promise<Instance> => {
  const { Reservations = [] } = await reader.call('ec2', 'describeInstances', {
    InstanceIds: [id],
  });
  const found = Reservations.flatMap(({ Instances = [] }) => Instances);
  return only(
    found.filter((one) => !isOver(one)),
    gone,
  );
};

const addressesOf = ({ PublicIpAddress, NetworkInterfaces = [] }: Instance) => {
  const ofInterfaces = NetworkInterfaces.flatMap(({ PrivateIpAddresses = [], Association }) => [
    Association?.PublicIp ?? [],
    PrivateIpAddresses.flatMap((one) => one.Association?.PublicIp ?? []),
  ]).flat();
  return [...new Set([...(PublicIpAddress ? [PublicIpAddress] : []), ...ofInterfaces])].toSorted();
};

const stateChange = {
  via: 'service',
  source: 'aws.ec2',
  detailType: 'EC2 Instance State-change Notification',
} as const;
/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
const isEnding = ({ state }: EventDetail): boolean =>
  state === 'shutting-down' || state === 'terminated';
const instanceOf = (detail: EventDetail): readonly string[] | 'all' => {
  const id = text(detail['instance-id']);
  return id === undefined ? 'all' : [id];
};

/** What verdicts need of an instance; never its user data, which people put passwords into. */
const shown = (instance: Instance) => ({
  state: instance.State?.Name,
  /** When it was started last. */
  startedAt: instance.LaunchTime?.toISOString(),
  /** Why it stopped, with the time in brackets: `User initiated (2026-06-15 12:00:05 GMT)`. */
  transition: instance.StateTransitionReason,
  virtualization: instance.VirtualizationType,
  publicAddresses: addressesOf(instance),
  hasProfile: instance.IamInstanceProfile !== undefined,
  metadata: {
    state: instance.MetadataOptions?.State,
    httpTokens: instance.MetadataOptions?.HttpTokens,
    httpEndpoint: instance.MetadataOptions?.HttpEndpoint,
  },
});

const interfacesOf = ({ NetworkInterfaces = [] }: Instance): readonly string[] =>
  NetworkInterfaces.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []).toSorted();

const isChanging = (value: unknown): boolean => {
  const { state, metadata } = Object(value);
  return state === 'pending' || state === 'stopping' || Object(metadata).state === 'pending';
};

const instanceId = (id: string) => (/^i-\w+$/.test(id) ? id : undefined);
const all = () => 'all' as const;
// https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html
const defaultRole = '/ssm/managed-instance/default-ec2-instance-management-role';

/** An EC2 instance; its id is `i-…`. */
export const instance = defineResourceType({
  type: 'AWS::EC2::Instance',
  scope: 'regional',
  securityHubType: 'AwsEc2Instance',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidInstanceID.Malformed'],
    settlesAfterSeconds: 30,
    unsettled: { facet: 'instance', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          StartInstances: ['instance', 'agent'],
          StopInstances: ['instance'],
          TerminateInstances: 'deleted',
        },
        idsIn: named({ request: ['instancesSet.instanceId'], idOf: instanceId }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { RunInstances: 'created' },
        idsIn: named({ response: ['instancesSet.instanceId'], idOf: instanceId }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          ModifyInstanceMetadataOptions: ['instance'],
          ModifyInstanceAttribute: ['instance'],
          AssociateAddress: ['instance'],
          AttachNetworkInterface: ['instance', 'interfaces'],
        },
        idsIn: named({ request: ['instanceId'], idOf: instanceId }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          AssociateIamInstanceProfile: ['instance', 'agent'],
          DisassociateIamInstanceProfile: ['instance', 'agent'],
          ReplaceIamInstanceProfileAssociation: ['instance', 'agent'],
        },
        idsIn: named({
          request: ['instanceId'],
          response: ['iamInstanceProfileAssociation.instanceId'],
          idOf: instanceId,
        }),
      },
      {
        // They name an association or an attachment alone.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          DisassociateAddress: ['instance'],
          DetachNetworkInterface: ['instance', 'interfaces'],
        },
        idsIn: all,
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { ModifyNetworkInterfaceAttribute: ['instance'] },
        idsIn: (detail) =>
          isOmitted(detail, 'requestParameters') ||
          'associatePublicIpAddress' in asRecord(detail.requestParameters)
            ? 'all'
            : [],
      },
      {
        // The role that machines without a profile get from Systems Manager.
        via: 'cloudtrail',
        source: ssm.eventSource,
        calls: { UpdateServiceSetting: ['agent'], ResetServiceSetting: ['agent'] },
        idsIn: (detail) =>
          isOmitted(detail, 'requestParameters') ||
          textsAt(detail, 'requestParameters', 'settingId').some((id) => id.endsWith(defaultRole))
            ? 'all'
            : [],
      },
      {
        // Of what nobody calls for: a launch by a service, an end by AWS.
        ...stateChange,
        effect: ['instance'],
        idsIn: (detail) => (isEnding(detail) ? [] : instanceOf(detail)),
      },
      {
        ...stateChange,
        effect: 'deleted',
        idsIn: (detail) => (isEnding(detail) ? instanceOf(detail) : []),
      },
    ],
    list: {
      actions: ['ec2:DescribeInstances'],
      hasInterface: true,
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeInstances', {
          MaxResults: 1000,
          ...after(token),
        });
        const found = (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
        return pageOf(
          reader,
          page,
          found.filter((one) => !isOver(one)),
          {
            arn,
            shown: (one) => ({
              id: one.InstanceId ?? '',
              facets: { instance: shown(one), interfaces: interfacesOf(one) },
            }),
          },
        );
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['ec2:DescribeInstances'],
    read: aboutBy(describe, { arn }),
  },
  reachable: instanceReachable(describe),
  facets: {
    instance: {
      actions: ['ec2:DescribeInstances'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      // It starts, stops and gets other addresses of AWS without a change of how it is set up.
      comparable: (value) => {
        const { hasProfile, metadata, publicAddresses = [], virtualization } = Object(value);
        const { httpTokens } = Object(metadata);
        return {
          ...{ hasProfile, httpTokens, virtualization },
          hasPublicAddress: publicAddresses.length > 0,
        };
      },
    },
    /** The ids of its network interfaces. */
    interfaces: {
      actions: ['ec2:DescribeInstances'],
      read: async (reader, ref) => interfacesOf(await describe(reader, ref)),
      comparable: (value) => [value].flat().length,
    },
    /** What Systems Manager knows of it: `Online`, `ConnectionLost`, `Inactive`; nothing where no agent has registered. */
    agent: {
      actions: ['ssm:DescribeInstanceInformation'],
      // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html
      absent: ['InvalidInstanceId'],
      read: async (reader, { id }) => {
        const asked = { Filters: [{ Key: 'InstanceIds', Values: [id] }] };
        const told = await reader.call('ssm', 'describeInstanceInformation', asked);
        return { ping: told.InstanceInformationList?.[0]?.PingStatus };
      },
      comparable: () => null,
    },
  },
});
