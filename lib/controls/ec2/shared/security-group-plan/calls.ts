import type { IpPermission } from '@aws-sdk/client-ec2';
import { type Call, call } from '../../../../model/control.ts';
import type { IdentifiedRule } from '../../../../resources/ec2/security-group-rules.ts';
import { permissionOf, requestOf, tagsOf } from './bodies.ts';
import type { Changes } from './changes.ts';

const isThere = ['InvalidPermission.Duplicate'];
const isGone = ['InvalidPermission.NotFound', 'InvalidSecurityGroupRuleId.NotFound'];

// One rule a call: "duplicate" then means that this very rule is there. EC2 adds none of several rules of which one
// is a duplicate, and what should stay would be closed by the calls that follow.
const authorized = (GroupId: string, rules: readonly IdentifiedRule[]): readonly Call[] =>
  rules.map((rule) => {
    const input = { GroupId, IpPermissions: [permissionOf(rule)], ...tagsOf(rule) };
    return rule.direction === 'ingress'
      ? call('ec2', 'authorizeSecurityGroupIngress', input, isThere)
      : call('ec2', 'authorizeSecurityGroupEgress', input, isThere);
  });

interface Revoking {
  readonly GroupId: string;
  readonly SecurityGroupRuleIds?: string[];
  readonly IpPermissions?: IpPermission[];
}
const revoked = (
  rules: readonly IdentifiedRule[],
  input: (rules: readonly IdentifiedRule[]) => Revoking,
): readonly Call[] => {
  const ingress = rules.filter(({ direction }) => direction === 'ingress');
  const egress = rules.filter(({ direction }) => direction === 'egress');
  const calls: Call[] = [];
  if (ingress.length > 0)
    calls.push(call('ec2', 'revokeSecurityGroupIngress', input(ingress), isGone));
  if (egress.length > 0)
    calls.push(call('ec2', 'revokeSecurityGroupEgress', input(egress), isGone));
  return calls;
};

const modified = (
  GroupId: string,
  rules: readonly { readonly id: string; readonly to: IdentifiedRule }[],
): readonly Call[] => {
  if (rules.length === 0) return [];
  const SecurityGroupRules = rules.map(({ id, to }) => ({
    SecurityGroupRuleId: id,
    SecurityGroupRule: requestOf(to),
  }));
  return [call('ec2', 'modifySecurityGroupRules', { GroupId, SecurityGroupRules }, isThere)];
};

/** What stays is opened before anything is closed. */
export const callsOf = (
  GroupId: string,
  { narrowed, added, removed }: Changes,
): readonly Call[] => [
  ...authorized(GroupId, added),
  ...modified(
    GroupId,
    narrowed.map(({ from, to }) => ({ id: from.id, to })),
  ),
  ...revoked(removed, (rules) => ({
    GroupId,
    SecurityGroupRuleIds: rules.map(({ id }) => id),
  })),
];

/** The same backwards: what was narrowed is widened and what was removed is authorized, then what was added goes. */
export const undoOf = (GroupId: string, { narrowed, added, removed }: Changes): readonly Call[] => [
  ...modified(
    GroupId,
    narrowed.map(({ from }) => ({ id: from.id, to: from })),
  ),
  ...authorized(GroupId, removed),
  ...revoked(added, (rules) => ({ GroupId, IpPermissions: rules.map(permissionOf) })),
];
