import { type Family, families } from '../../../../analysis/network/sources.ts';
import type { IdentifiedRule } from '../../../../resources/ec2/security-group-rules.ts';
import { namedIn } from '../../../../support/named-in.ts';
import { familiesOf } from './remainder.ts';

/** How many rules of a family a prefix list counts as. */
export interface Capacity {
  readonly family?: string | undefined;
  readonly maxEntries?: number | undefined;
}
export type Capacities = Readonly<Record<string, Capacity>>;

// Rules of one direction and family, unless AWS has raised it.
// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
const defaultQuota = 60;
// AWS does not say how much its own lists weigh, but in a table, where CloudFront's weighs the most.
// https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
const heaviestList = 55;

export const listFamiliesOf = (capacities: Capacities): Readonly<Record<string, Family>> =>
  Object.fromEntries(
    Object.entries(capacities).flatMap(([id, { family }]) =>
      families.filter((one) => one === family).map((one) => [id, one] as const),
    ),
  );

const weightOf = ({ peer }: IdentifiedRule, capacities: Capacities): number =>
  peer.kind === 'prefixList' ? (namedIn(capacities, peer.id)?.maxEntries ?? heaviestList) : 1;

/**
 * Whether rules can be added before any is removed. The quota of the account is not known: it is the default one, or
 * as many rules as are there already, where lists, whose weight may be overestimated, do not count.
 */
export const fits = (
  before: readonly IdentifiedRule[],
  added: readonly IdentifiedRule[],
  capacities: Capacities,
): boolean => {
  const lists = { families: listFamiliesOf(capacities) };
  const weigh = (rules: readonly IdentifiedRule[]) =>
    rules.reduce((sum, rule) => sum + weightOf(rule, capacities), 0);
  return families.every((family) => {
    const inFamily = ({ direction, peer }: IdentifiedRule) =>
      direction === 'ingress' && familiesOf(peer, lists).includes(family);
    const there = before.filter(inFamily);
    const more = added.filter(inFamily);
    const certain = there.filter(({ peer }) => peer.kind !== 'prefixList').length;
    const quota = Math.max(defaultQuota, certain);
    return more.length === 0 || weigh(there) + weigh(more) <= quota;
  });
};
