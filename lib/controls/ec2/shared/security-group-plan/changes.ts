import type { IdentifiedRule } from '../../../../resources/ec2/security-group-rules.ts';

/** How a group's rules become others with the fewest changes. */
export interface Changes {
  /** Rules that keep their id, description and tags for one of their remainders. */
  readonly narrowed: readonly { readonly from: IdentifiedRule; readonly to: IdentifiedRule }[];
  /** Other remainders. */
  readonly added: readonly IdentifiedRule[];
  readonly removed: readonly IdentifiedRule[];
}

/** What EC2 tells rules apart by: a group has no two rules with the same. */
const bodyOf = ({ direction, protocol, fromPort, toPort, peer }: IdentifiedRule): string => {
  const { kind } = peer;
  const other = peer.kind === 'network' ? peer.cidr.toLowerCase() : peer.id;
  return [direction, protocol, fromPort, toPort, kind, other].join(' ');
};

const portCount = ({ protocol, fromPort = 0, toPort = 0 }: IdentifiedRule): number =>
  protocol === 'tcp' || protocol === 'udp' ? toPort - fromPort : -1;

/**
 * A group of another account can be named to AuthorizeSecurityGroupIngress, which takes the account too, but
 * ModifySecurityGroupRules takes an id alone.
 */
const canBeNarrowed = ({ peer }: IdentifiedRule, account: string): boolean =>
  peer.kind !== 'group' || peer.account === undefined || peer.account === account;

/** The changes from the rules that are there to those that stay; segments have the id of the rule that they are of. */
export const changesOf = (
  before: readonly IdentifiedRule[],
  after: readonly IdentifiedRule[],
  account: string,
): Changes => {
  const stay = new Set(after);
  const bodies = new Set(before.filter((rule) => stay.has(rule)).map(bodyOf));
  const narrowed: Changes['narrowed'][number][] = [];
  const added: IdentifiedRule[] = [];
  const removed: IdentifiedRule[] = [];
  const segmentsOf = new Map<string, IdentifiedRule[]>();
  for (const segment of after) {
    const ofRule = segmentsOf.get(segment.id) ?? [];
    ofRule.push(segment);
    segmentsOf.set(segment.id, ofRule);
  }
  for (const from of before.filter((rule) => !stay.has(rule))) {
    const segments = (segmentsOf.get(from.id) ?? []).filter(
      (segment) => !bodies.has(bodyOf(segment)),
    );
    for (const segment of segments) bodies.add(bodyOf(segment));
    // The rule becomes its largest remainder.
    const [largest, ...others] = segments.toSorted((a, b) => portCount(b) - portCount(a));
    if (largest && canBeNarrowed(from, account)) {
      narrowed.push({ from, to: largest });
      added.push(...others);
    } else {
      removed.push(from);
      added.push(...segments);
    }
  }
  return { narrowed, added, removed };
};

export const isNothing = ({ narrowed, added, removed }: Changes): boolean =>
  narrowed.length + added.length + removed.length === 0;
