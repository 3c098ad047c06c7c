import type { NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutBy, after, ownAmong, pageOf } from './ec2-listing.ts';

const arn = (ref: Ref) => ec2.arn('network-acl', ref, ref.id);
const gone = 'InvalidNetworkAclID.NotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<NetworkAcl> =>
  only(
    (await reader.call('ec2', 'describeNetworkAcls', { NetworkAclIds: [id] })).NetworkAcls,
    gone,
  );

/** One entry; those of a direction are tried by their numbers, and the first that matches decides. */
export interface AclEntry {
  readonly number: number;
  readonly isEgress: boolean;
  readonly isAllowed: boolean;
  /** IANA's number as a text, `6` for TCP; `-1` is every one. */
  readonly protocol: string;
  readonly cidr: string;
  /** Absent where the protocol has no ports. */
  readonly ports?: { readonly from: number; readonly to: number };
}

export const entryOf = (entry: NetworkAclEntry): AclEntry => ({
  number: entry.RuleNumber ?? 0,
  isEgress: entry.Egress ?? false,
  isAllowed: entry.RuleAction === 'allow',
  protocol: entry.Protocol ?? '-1',
  cidr: entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '',
  ...(entry.PortRange
    ? { ports: { from: entry.PortRange.From ?? 0, to: entry.PortRange.To ?? 65_535 } }
    : {}),
});

const shown = ({ IsDefault, Entries = [] }: NetworkAcl) => ({
  isDefault: IsDefault ?? false,
  entries: Entries.map(entryOf).toSorted((one, other) => one.number - other.number),
});

const subnetsOf = ({ Associations = [] }: NetworkAcl): readonly string[] =>
  Associations.flatMap(({ SubnetId }) => SubnetId ?? []).toSorted();

const aclId = (text: string) => (/^acl-\w+$/.test(text) ? text : undefined);

/** A network ACL; its id is `acl-…`. */
export const networkAcl = defineResourceType({
  type: 'AWS::EC2::NetworkAcl',
  scope: 'regional',
  securityHubType: 'AwsEc2NetworkAcl',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidNetworkAclId.Malformed'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          CreateNetworkAclEntry: ['acl'],
          ReplaceNetworkAclEntry: ['acl'],
          DeleteNetworkAclEntry: ['acl'],
          DeleteNetworkAcl: 'deleted',
        },
        idsIn: named({ request: ['networkAclId'], idOf: aclId }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateNetworkAcl: 'created' },
        idsIn: named({ response: ['networkAcl.networkAclId'], idOf: aclId }),
      },
      {
        // A subnet leaves one ACL for another, or is gone; the one that it leaves is not named.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { ReplaceNetworkAclAssociation: ['subnets'], DeleteSubnet: ['subnets'] },
        idsIn: () => 'all',
      },
    ],
    list: {
      actions: ['ec2:DescribeNetworkAcls'],
      isEverywhere: true,
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeNetworkAcls', {
          MaxResults: 1000,
          ...after(token),
        });
        return pageOf(reader, page, ownAmong(reader, page.NetworkAcls), {
          arn,
          shown: (one) => ({
            id: one.NetworkAclId ?? '',
            facets: { acl: shown(one), subnets: subnetsOf(one) },
          }),
        });
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['ec2:DescribeNetworkAcls'],
    read: aboutBy(describe, { arn }),
  },
  facets: {
    acl: {
      actions: ['ec2:DescribeNetworkAcls'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
    /** The subnets whose traffic it filters. */
    subnets: {
      actions: ['ec2:DescribeNetworkAcls'],
      read: async (reader, ref) => subnetsOf(await describe(reader, ref)),
    },
  },
});
