import type { IpPermission, SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';

/** The other end of a rule: the source of ingress, the destination of egress. */
export type Peer =
  | { readonly kind: 'network'; readonly cidr: string }
  | { readonly kind: 'prefixList'; readonly id: string }
  /** Of this VPC, of a peered one, or shared; `account` is its owner. */
  | { readonly kind: 'group'; readonly id: string; readonly account?: string | undefined };

/** What one security group lets through, to or from one peer. */
export interface Rule {
  readonly direction: 'ingress' | 'egress';
  /** As EC2 writes it: `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, else a number. */
  readonly protocol: string;
  /** ICMP has its type here. */
  readonly fromPort?: number | undefined;
  /** ICMP has its code here. */
  readonly toPort?: number | undefined;
  readonly peer: Peer;
  readonly description?: string | undefined;
}

/** A rule with the id that EC2 keeps it under, and its tags. */
export interface IdentifiedRule extends Rule {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

type Described = readonly [peer: Peer, description: string | undefined];

const peersOf = (permission: IpPermission): readonly Described[] => [
  ...(permission.IpRanges ?? []).map(
    ({ CidrIp = '', Description }): Described => [{ kind: 'network', cidr: CidrIp }, Description],
  ),
  ...(permission.Ipv6Ranges ?? []).map(
    ({ CidrIpv6 = '', Description }): Described => [
      { kind: 'network', cidr: CidrIpv6 },
      Description,
    ],
  ),
  ...(permission.PrefixListIds ?? []).map(
    ({ PrefixListId = '', Description }): Described => [
      { kind: 'prefixList', id: PrefixListId },
      Description,
    ],
  ),
  ...(permission.UserIdGroupPairs ?? []).map(
    ({ GroupId, GroupName = '', UserId, Description }): Described => [
      { kind: 'group', id: GroupId ?? GroupName, account: UserId },
      Description,
    ],
  ),
];

const rulesIn = (
  direction: Rule['direction'],
  permissions: readonly IpPermission[] | undefined,
): readonly Rule[] =>
  (permissions ?? []).flatMap((permission) =>
    peersOf(permission).map(([peer, description]) => ({
      direction,
      protocol: permission.IpProtocol ?? '-1',
      fromPort: permission.FromPort,
      toPort: permission.ToPort,
      peer,
      description,
    })),
  );

/** The rules of a group, one for each peer. */
export const rulesOf = ({
  IpPermissions,
  IpPermissionsEgress,
}: Pick<SecurityGroup, 'IpPermissions' | 'IpPermissionsEgress'>): readonly Rule[] => [
  ...rulesIn('ingress', IpPermissions),
  ...rulesIn('egress', IpPermissionsEgress),
];

const peerOf = (rule: SecurityGroupRule): Peer => {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } = rule;
  if (PrefixListId) return { kind: 'prefixList', id: PrefixListId };
  if (!ReferencedGroupInfo) return { kind: 'network', cidr: CidrIpv4 ?? CidrIpv6 ?? '' };
  const { GroupId = '', UserId } = ReferencedGroupInfo;
  return { kind: 'group', id: GroupId, account: UserId };
};

/** A rule as DescribeSecurityGroupRules shows it. */
export const identifiedRuleOf = (rule: SecurityGroupRule): IdentifiedRule => ({
  id: rule.SecurityGroupRuleId ?? '',
  direction: rule.IsEgress ? 'egress' : 'ingress',
  protocol: rule.IpProtocol ?? '-1',
  fromPort: rule.FromPort,
  toPort: rule.ToPort,
  peer: peerOf(rule),
  description: rule.Description,
  tags: Object.fromEntries((rule.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
});

/** The prefix lists that rules name, each once. */
export const prefixListsIn = (rules: readonly Rule[]): readonly string[] => [
  ...new Set(rules.flatMap(({ peer }) => (peer.kind === 'prefixList' ? [peer.id] : []))),
];

export const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' && value !== null && 'peer' in value;

/** Whether rules as a listing gave them name this prefix list. */
export const namesPrefixList = (rules: unknown, id: string): boolean =>
  Array.isArray(rules) && prefixListsIn(rules.filter(isRule)).includes(id);

const comparablePorts = ({ protocol, fromPort = -1, toPort = -1 }: Rule): readonly number[] => {
  // Ports of all traffic mean nothing, and EC2 shows them in one answer and not in another.
  if (protocol === '-1') return [];
  if (protocol !== 'tcp' && protocol !== 'udp') return [fromPort, toPort];
  return [fromPort === -1 ? 0 : fromPort, toPort === -1 ? 65_535 : toPort];
};

/** Rules as only a change of the group changes them: without ids, in an order of their own. */
export const comparableRules = (rules: unknown): unknown =>
  Array.isArray(rules)
    ? rules
        .filter(isRule)
        .map(({ id: _, ...rule }: Rule & { readonly id?: string }) => ({
          ...rule,
          description: rule.description || undefined,
          fromPort: comparablePorts(rule)[0],
          toPort: comparablePorts(rule)[1],
        }))
        .map((rule) => [JSON.stringify(Object.entries(rule).toSorted()), rule] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, rule]) => rule)
    : rules;
