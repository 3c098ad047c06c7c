import type { IpPermission, SecurityGroupRuleRequest } from '@aws-sdk/client-ec2';
import type { IdentifiedRule, Peer } from '../../../lib/resources/ec2/security-group-rules.ts';
import { ec2Network } from './ec2-network.ts';
import { ec2Sharing } from './ec2-sharing.ts';
import type { Effects } from './effects.ts';

type Snapshot = Readonly<Record<string, unknown>>;
type Direction = IdentifiedRule['direction'];

const rulesIn = ({ identifiedRules }: Snapshot): readonly IdentifiedRule[] =>
  Array.isArray(identifiedRules) ? identifiedRules : [];

const withRules = (snapshot: Snapshot, identifiedRules: readonly IdentifiedRule[]): Snapshot => ({
  ...snapshot,
  identifiedRules,
  rules: identifiedRules.map(({ id: _, tags: __, ...rule }) => rule),
});

const bodyOf = ({ direction, protocol, fromPort, toPort, peer }: IdentifiedRule): string =>
  JSON.stringify([direction, protocol, fromPort ?? -1, toPort ?? -1, Object.values(peer).sort()]);

const isDuplicate = (rules: readonly IdentifiedRule[]): boolean =>
  new Set(rules.map(bodyOf)).size < rules.length;

const peersOf = (permission: IpPermission): readonly (readonly [Peer, string | undefined])[] => [
  ...[...(permission.IpRanges ?? []), ...(permission.Ipv6Ranges ?? [])].map((range) => {
    const cidr = 'CidrIp' in range ? range.CidrIp : 'CidrIpv6' in range ? range.CidrIpv6 : '';
    return [{ kind: 'network', cidr: cidr ?? '' }, range.Description] as const;
  }),
  ...(permission.PrefixListIds ?? []).map(
    ({ PrefixListId: id = '', Description }) => [{ kind: 'prefixList', id }, Description] as const,
  ),
  ...(permission.UserIdGroupPairs ?? []).map(
    ({ GroupId: id = '', UserId: account, Description }) =>
      [{ kind: 'group', id, account }, Description] as const,
  ),
];

const rulesOf = (
  direction: Direction,
  permissions: readonly IpPermission[],
): readonly Omit<IdentifiedRule, 'id' | 'tags'>[] =>
  permissions.flatMap((permission) => {
    const { IpProtocol: protocol = '-1', FromPort: fromPort, ToPort: toPort } = permission;
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
    if ((protocol === 'tcp' || protocol === 'udp') && (fromPort ?? -1) > (toPort ?? -1))
      throw new Error(`InvalidParameterValue: ${fromPort}-${toPort}`);
    return peersOf(permission).map(([peer, description]) => ({
      ...{ direction, protocol, fromPort, toPort, peer },
      ...(description === undefined ? {} : { description }),
    }));
  });

let made = 0;
interface Authorizing {
  readonly IpPermissions?: readonly IpPermission[];
  readonly TagSpecifications?: readonly {
    readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  }[];
}
const authorize =
  (direction: Direction) =>
  (snapshot: Snapshot, { IpPermissions = [], TagSpecifications = [] }: Authorizing): Snapshot => {
    const tags = Object.fromEntries(
      TagSpecifications.flatMap(({ Tags = [] }) => Tags.map(({ Key, Value }) => [Key, Value])),
    );
    const added = rulesOf(direction, IpPermissions).map((rule) => {
      made += 1;
      return { ...rule, id: `sgr-new-${made}`, tags };
    });
    const after = [...rulesIn(snapshot), ...added];
    // EC2 adds none of them where one is a duplicate.
    return isDuplicate(after) ? snapshot : withRules(snapshot, after);
  };

interface Revoking {
  readonly SecurityGroupRuleIds?: readonly string[];
  readonly IpPermissions?: readonly IpPermission[];
}
const revoke =
  (direction: Direction) =>
  (snapshot: Snapshot, { SecurityGroupRuleIds = [], IpPermissions = [] }: Revoking): Snapshot => {
    const bodies = rulesOf(direction, IpPermissions).map((rule) =>
      bodyOf({ ...rule, id: '', tags: {} }),
    );
    const before = rulesIn(snapshot);
    const isNamed = (rule: IdentifiedRule) =>
      rule.direction === direction &&
      (SecurityGroupRuleIds.includes(rule.id) || bodies.includes(bodyOf(rule)));
    const named = before.filter(isNamed);
    // Where one is not there, EC2 revokes none.
    if (named.length < SecurityGroupRuleIds.length + bodies.length) return snapshot;
    return withRules(
      snapshot,
      before.filter((rule) => !isNamed(rule)),
    );
  };

const modifiedBy = (
  rule: IdentifiedRule,
  request: SecurityGroupRuleRequest | undefined,
): IdentifiedRule => {
  if (!request) return rule;
  const { description: _, ...kept } = rule;
  return {
    ...kept,
    protocol: request.IpProtocol ?? '',
    fromPort: request.FromPort,
    toPort: request.ToPort,
    ...(request.Description === undefined ? {} : { description: request.Description }),
  };
};

/** EC2 refuses to make a rule for an address one for a group, a list or an address of the other family. */
const isOfSameKind = ({ peer }: IdentifiedRule, request: SecurityGroupRuleRequest): boolean => {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId } = request;
  const named = [CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId].filter(Boolean);
  const same = peer.kind === 'network' ? peer.cidr : peer.id;
  return named.length === 1 && named[0] === same;
};

interface Modifying {
  readonly SecurityGroupRules?: readonly {
    readonly SecurityGroupRuleId: string;
    readonly SecurityGroupRule: SecurityGroupRuleRequest;
  }[];
}
const modify = (snapshot: Snapshot, { SecurityGroupRules = [] }: Modifying): Snapshot => {
  const requests = new Map(
    SecurityGroupRules.map((one) => [one.SecurityGroupRuleId, one.SecurityGroupRule]),
  );
  const before = rulesIn(snapshot);
  for (const [id, request] of requests) {
    const rule = before.find((one) => one.id === id);
    if (!rule || !isOfSameKind(rule, request)) throw new Error(`${id} cannot become that`);
  }
  const after = before.map((rule) => modifiedBy(rule, requests.get(rule.id)));
  return isDuplicate(after) ? snapshot : withRules(snapshot, after);
};

export const ec2: Effects = {
  ...ec2Network,
  ...ec2Sharing,
  authorizeSecurityGroupIngress: authorize('ingress'),
  authorizeSecurityGroupEgress: authorize('egress'),
  revokeSecurityGroupIngress: revoke('ingress'),
  revokeSecurityGroupEgress: revoke('egress'),
  modifySecurityGroupRules: modify,
};
