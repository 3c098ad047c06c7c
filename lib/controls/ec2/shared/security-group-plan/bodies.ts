import type { IpPermission, SecurityGroupRuleRequest, TagSpecification } from '@aws-sdk/client-ec2';
import type { IdentifiedRule } from '../../../../resources/ec2/security-group-rules.ts';

const described = ({ description }: IdentifiedRule): { readonly Description?: string } =>
  description ? { Description: description } : {};

// With ports EC2 refuses a rule for all traffic, and without them one for TCP or UDP.
const traffic = ({ protocol, fromPort, toPort }: IdentifiedRule): IpPermission =>
  protocol === '-1'
    ? { IpProtocol: protocol }
    : {
        IpProtocol: protocol,
        ...(fromPort === undefined ? {} : { FromPort: fromPort }),
        ...(toPort === undefined ? {} : { ToPort: toPort }),
      };

/** A rule as it is authorized, and revoked where its id is not known. */
export const permissionOf = (rule: IdentifiedRule): IpPermission => {
  const { peer } = rule;
  if (peer.kind === 'prefixList') {
    return { ...traffic(rule), PrefixListIds: [{ PrefixListId: peer.id, ...described(rule) }] };
  }
  if (peer.kind === 'group') {
    const account = peer.account === undefined ? {} : { UserId: peer.account };
    const pair = { GroupId: peer.id, ...account, ...described(rule) };
    return { ...traffic(rule), UserIdGroupPairs: [pair] };
  }
  const { cidr } = peer;
  return cidr.includes(':')
    ? { ...traffic(rule), Ipv6Ranges: [{ CidrIpv6: cidr, ...described(rule) }] }
    : { ...traffic(rule), IpRanges: [{ CidrIp: cidr, ...described(rule) }] };
};

const peerOf = ({ peer }: IdentifiedRule): SecurityGroupRuleRequest => {
  if (peer.kind === 'prefixList') return { PrefixListId: peer.id };
  if (peer.kind === 'group') return { ReferencedGroupId: peer.id };
  return peer.cidr.includes(':') ? { CidrIpv6: peer.cidr } : { CidrIpv4: peer.cidr };
};

/** A rule as an existing one becomes it: a description that is left out would be lost. */
export const requestOf = (rule: IdentifiedRule): SecurityGroupRuleRequest => ({
  IpProtocol: rule.protocol,
  // DescribeSecurityGroupRules writes -1 for the ports of all traffic.
  FromPort: rule.fromPort ?? -1,
  ToPort: rule.toPort ?? -1,
  ...peerOf(rule),
  ...described(rule),
});

/** The tags that a new rule gets; those that begin with `aws:` are AWS's own to give. */
export const tagsOf = ({ tags }: IdentifiedRule): { TagSpecifications?: TagSpecification[] } => {
  const own = Object.entries(tags).filter(([key]) => !key.startsWith('aws:'));
  if (own.length === 0) return {};
  const Tags = own.map(([Key, Value]) => ({ Key, Value }));
  return { TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }] };
};
