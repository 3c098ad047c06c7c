import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const everybody = { IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'for a test' }] };
const everybodyOverIpv6 = { Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'for a test' }] };
const tcp = (FromPort: number, ToPort = FromPort) => ({ IpProtocol: 'tcp', FromPort, ToPort });

/** A group with a rule for a private network, and tags on what it opens. */
const newGroup = async (clients: Clients): Promise<string> => {
  const ec2 = await clients('ec2');
  const name = uniqueName('drift');
  const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: name, Description: name });
  await ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [{ ...tcp(443), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'inside' }] }],
  });
  return GroupId;
};

const open =
  (...IpPermissions: IpPermission[]) =>
  async (clients: Clients, GroupId: string) =>
    (await clients('ec2')).authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions,
      TagSpecifications: [
        { ResourceType: 'security-group-rule', Tags: [{ Key: 'team', Value: 'shop' }] },
      ],
    });

/** The default group of a new VPC, closed. */
const closedDefaultGroup = async (clients: Clients): Promise<string> => {
  const ec2 = await clients('ec2');
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.7.0.0/16' });
  const Filters = [
    { Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups } = await ec2.describeSecurityGroups({ Filters });
  const GroupId = SecurityGroups?.[0]?.GroupId ?? '';
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: 'group-id', Values: [GroupId] }],
  });
  for (const { IsEgress, SecurityGroupRuleId = '' } of SecurityGroupRules) {
    const SecurityGroupRuleIds = [SecurityGroupRuleId];
    if (IsEgress) await ec2.revokeSecurityGroupEgress({ GroupId, SecurityGroupRuleIds });
    else await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds });
  }
  return GroupId;
};
const openDefaultGroup = async (clients: Clients, GroupId: string) => {
  const ec2 = await clients('ec2');
  const IpProtocol = '-1';
  await ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [{ IpProtocol, UserIdGroupPairs: [{ GroupId }] }],
  });
  await ec2.authorizeSecurityGroupEgress({
    GroupId,
    IpPermissions: [{ IpProtocol, ...everybody }],
  });
};

const ofGroup = { type: 'AWS::EC2::SecurityGroup', arrange: newGroup } as const;
const drifts: Readonly<Record<string, Omit<Drift, 'control' | 'type' | 'arrange'>>> = {
  'EC2.13': {
    title: 'somebody opens every port of TCP',
    drift: open({ ...tcp(0, 65_535), ...everybody }),
  },
  'EC2.14': {
    title: 'somebody opens ports around RDP over IPv6, and RDP itself',
    drift: open({ ...tcp(3000, 4000), ...everybodyOverIpv6 }, { ...tcp(3389), ...everybody }),
  },
  'PL.EC2.11': {
    title: 'somebody opens the file sharing of Windows',
    drift: open({ ...tcp(445), ...everybody }),
  },
  'EC2.18': {
    title: 'somebody opens a port beside that of the shop',
    drift: open({ ...tcp(442, 444), ...everybody }),
  },
  'EC2.19': {
    title: 'somebody opens a range with high risks in it',
    drift: open({ ...tcp(20, 9300), ...everybody, ...everybodyOverIpv6 }),
  },
  'EC2.53': {
    title: 'somebody opens the ports of administration',
    drift: open({ ...tcp(20, 4000), ...everybody }),
  },
  'EC2.54': {
    title: 'somebody opens the ports of administration over IPv6',
    drift: open({ ...tcp(22, 23), ...everybodyOverIpv6 }),
  },
  'PL.EC2.1': {
    title: 'somebody opens the ports of MongoDB, and more',
    drift: open({ ...tcp(27_000, 28_000), ...everybody }),
  },
  'PL.EC2.2': {
    title: 'somebody lets in a public address',
    drift: open({ ...tcp(5432), IpRanges: [{ CidrIp: '198.51.100.7/32' }] }),
  },
  'PL.EC2.3': {
    title: 'somebody opens everything',
    drift: open({ IpProtocol: '-1', ...everybody }),
  },
  'PL.EC2.4': {
    title: 'somebody lets in a network in two halves',
    drift: open({
      ...tcp(20, 30),
      IpRanges: [{ CidrIp: '198.51.100.0/24' }, { CidrIp: '198.51.101.0/24' }],
    }),
  },
  'PL.EC2.5': {
    title: 'somebody lets in the group itself',
    parameters: { adminSources: ['10.0.9.0/28'] },
    drift: async (clients, GroupId) =>
      open({ ...tcp(20, 30), UserIdGroupPairs: [{ GroupId }] })(clients, GroupId),
  },
};

export const ec2Drifts: readonly Drift[] = [
  ...Object.entries(drifts).map(([control, drift]) => ({ control, ...ofGroup, ...drift })),
  {
    ...ofGroup,
    control: 'EC2.2',
    title: 'somebody gives a default group its rules again',
    arrange: closedDefaultGroup,
    drift: openDefaultGroup,
  },
];
