import { Unresolved } from '../../../model/unresolved.ts';
import { list } from '../../../support/untyped.ts';
import { lazily, type Part } from '../../part.ts';
import type { Resource, Stack } from '../../stack.ts';
import { type Answer, type Answers, awsError, eachOf, flagOr, ownValue } from '../answer.ts';
import { blockOf } from '../blocks.ts';

export const idIn = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
/** A resource by the id that a call asks for. */
export const withId = (stack: Stack, type: string, ids: unknown, code: string): Resource => {
  const id = idIn(ids);
  const found = stack.find([type], (one) => one.physicalId === id);
  if (!found) throw awsError(code);
  return found;
};

export const noAddressOfNewSubnets = 'no public addresses of new subnets';

const shownSubnet = (stack: Stack, id: unknown) => {
  const subnet = stack.find(['AWS::EC2::Subnet'], (one) => one.physicalId === id);
  if (!subnet) {
    // A mark stands for an id that only the deployment knows: the account has none of that name.
    const isGiven = typeof id === 'string' && !id.includes('<');
    const input = { SubnetIds: [id] };
    const found = isGiven && list(stack.read('ec2', 'describeSubnets', input)?.['Subnets'])[0];
    if (found) return found;
    throw new Unresolved(`the subnet ${id}, which is not in the template`);
  }
  return lazily({
    SubnetId: () => subnet.physicalId,
    MapPublicIpOnLaunch: () =>
      flagOr(stack, subnet.get('MapPublicIpOnLaunch'), noAddressOfNewSubnets, false),
    AvailabilityZone: () => {
      const zone = subnet.get('AvailabilityZone').text();
      if (zone === undefined) throw new Unresolved(`the zone that AWS chooses for ${id}`);
      return zone;
    },
    OwnerId: () => stack.template.deployment.account,
    VpcId: () => subnet.get('VpcId').name(),
  });
};
/** The zone of a subnet, by its id; throws where the template does not say it. */
export const zoneOf = (stack: Stack, id: unknown): unknown =>
  Reflect.get(Object(shownSubnet(stack, id)), 'AvailabilityZone');

const subnets: Answer = (stack, { SubnetIds }) => ({
  Subnets: [SubnetIds].flat().map((id) => shownSubnet(stack, id)),
});

const vpcs: Answer = (stack, { VpcIds }) => {
  const vpc = withId(stack, 'AWS::EC2::VPC', VpcIds, 'InvalidVpcID.NotFound');
  const OwnerId = stack.template.deployment.account;
  return { Vpcs: [{ VpcId: vpc.physicalId, OwnerId, IsDefault: false }] };
};

const flowLogs: Answer = (stack, { Filter }) => {
  const [first] = Array.isArray(Filter) ? Filter : [];
  const id = String(idIn(Reflect.get(Object(first), 'Values')));
  return {
    FlowLogs: stack.leadingTo([id], 'ResourceId', 'AWS::EC2::FlowLog').map((log) => ({
      FlowLogId: log.declared.logicalId,
      FlowLogStatus: 'ACTIVE',
      TrafficType: log.get('TrafficType').among(['ALL', 'ACCEPT', 'REJECT']) ?? 'ALL',
    })),
  };
};

const cidrs = ['10.0.0.1/32', '0.0.0.0/0'];
const protocols = ['6', '-1', '1'];
interface Ports {
  readonly PortRange?: { readonly From: number | undefined; readonly To: number | undefined };
}
const portsOf = (range: Part): Ports =>
  range.isSet
    ? {
        PortRange: {
          From: range.get('From').number(['49999', '22']),
          To: range.get('To').number(['49999', '22']),
        },
      }
    : {};

/** A rule for a few ports is made for what comes through them; others let through what single ones before them refuse. */
const isForFewPorts = (protocol: string | undefined, { PortRange }: Ports): boolean => {
  const { From = 0, To = 65_535 } = PortRange ?? {};
  return protocol === '6' && To - From < 1024;
};
/** Of an ACL of another stack the rules that come first can refuse what is declared here. */
const mayBeRefused = (stack: Stack, acl: Resource): boolean => {
  const why = 'the other rules of the network ACL, which is not in the template';
  return eachOf(stack, why, [false, true], { id: `${acl.declared.logicalId} others` });
};
const isRefused = (stack: Stack, acl: Resource, entry: Part): boolean =>
  acl.declared.isPart !== undefined &&
  !isForFewPorts(entry.get('Protocol').text(protocols), portsOf(entry.get('PortRange'))) &&
  mayBeRefused(stack, acl);

const endpoints: Answer = (stack, { Filters }) => {
  const [first] = Array.isArray(Filters) ? Filters : [];
  const id = String(idIn(Reflect.get(Object(first), 'Values')));
  return {
    VpcEndpoints: stack.leadingTo([id], 'VpcId', 'AWS::EC2::VPCEndpoint').map((one) => ({
      ServiceName: one.get('ServiceName').text(),
      State: 'available',
    })),
  };
};

const gateways: Answer = (stack, { TransitGatewayIds }) => {
  const type = 'AWS::EC2::TransitGateway';
  const found = withId(stack, type, TransitGatewayIds, 'InvalidTransitGatewayID.NotFound');
  const accepts =
    found.get('AutoAcceptSharedAttachments').among(['disable', 'enable']) ??
    ownValue(stack, 'no attachments that a gateway accepts by itself', 'disable');
  return {
    TransitGateways: [
      {
        TransitGatewayId: found.physicalId,
        State: 'available',
        Options: { AutoAcceptSharedAttachments: accepts ?? 'enable' },
      },
    ],
  };
};

const acls: Answer = (stack, { NetworkAclIds }) => {
  const acl = withId(stack, 'AWS::EC2::NetworkAcl', NetworkAclIds, 'InvalidNetworkAclID.NotFound');
  const entries = stack.leadingTo([acl.physicalId], 'NetworkAclId', 'AWS::EC2::NetworkAclEntry');
  return {
    NetworkAcls: [
      {
        NetworkAclId: acl.physicalId,
        IsDefault: false,
        Entries: entries
          .filter((entry) => !isRefused(stack, acl, entry.properties))
          .map((entry) => ({
            RuleNumber: entry.get('RuleNumber').number(['1', '32766']),
            Egress: entry.get('Egress').flag() ?? false,
            RuleAction: entry.get('RuleAction').text(['deny', 'allow'])?.toLowerCase(),
            Protocol: entry.get('Protocol').text(protocols),
            CidrBlock: blockOf(entry.get('CidrBlock'), 'IPv4', cidrs),
            Ipv6CidrBlock: blockOf(entry.get('Ipv6CidrBlock'), 'IPv6', ['fd00::1/128', '::/0']),
            ...portsOf(entry.get('PortRange')),
          })),
      },
    ],
  };
};

export const networkAnswers: Answers = {
  describeSubnets: subnets,
  describeVpcs: vpcs,
  describeFlowLogs: flowLogs,
  describeNetworkAcls: acls,
  describeTransitGateways: gateways,
  describeVpcEndpoints: endpoints,
};
