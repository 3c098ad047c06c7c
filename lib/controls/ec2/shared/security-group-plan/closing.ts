import { protocolOf, type Transport } from '../../../../analysis/network/ports.ts';
import type { IdentifiedRule } from '../../../../resources/ec2/security-group-rules.ts';
import { exposureOf } from '../open-ports.ts';
import { ruleText } from '../open-ports-evidence.ts';
import { type Closed, closedBy, ways } from './closed-by.ts';
import type { Forbidden } from './contribution.ts';
import type { Lists } from './lists.ts';
import { remaindersOf } from './remainder.ts';

/** What becomes of a group's rules when what is forbidden is closed. */
export interface Closing {
  /** What stays; a segment of a rule has the rule's id. */
  readonly rules: readonly IdentifiedRule[];
  readonly closed: readonly (Closed & { readonly part: Forbidden })[];
  /** Rules that had a part in what is closed, and stay: without the others they let no outsider in. */
  readonly spared: readonly IdentifiedRule[];
  /** Of a rule for all traffic, protocols that have no ports are closed but for ICMP. */
  readonly closesProtocols: boolean;
  /** Why a part cannot be had without closing what nothing forbids. */
  readonly obstacles: ReadonlyMap<Forbidden, string>;
}

const isAllTraffic = (rule: IdentifiedRule): boolean => protocolOf(rule) === '-1';

const after = (
  rules: readonly IdentifiedRule[],
  closed: readonly Closed[],
  lists: Lists,
): readonly IdentifiedRule[] => {
  const byRule = new Map<IdentifiedRule, Closed[]>();
  for (const one of closed) {
    const ofRule = byRule.get(one.rule) ?? [];
    ofRule.push(one);
    byRule.set(one.rule, ofRule);
  }
  return rules.flatMap((rule) => {
    const ofRule = byRule.get(rule);
    if (!ofRule) return [rule];
    const of = (transport: Transport) =>
      ofRule.filter((one) => one.transport === transport).flatMap(({ ports }) => ports);
    return remaindersOf(rule, { tcp: of('tcp'), udp: of('udp') }, lists);
  });
};

/** Rules for all traffic of which a control wants more closed than ports. */
const whollyForbidden = (
  rules: readonly IdentifiedRule[],
  lists: Lists,
  parts: readonly Forbidden[],
): ReadonlySet<string> => {
  const named = parts
    .filter(({ otherProtocols }) => otherProtocols === 'closed')
    .flatMap((part) => exposureOf(rules, lists.entries, part).openings)
    .flatMap((opening) => opening.rules);
  const open = new Set(named);
  return new Set(rules.filter((rule) => open.has(rule)).map(({ id }) => id));
};

const obstacleOf = ({ rule, list }: Closed, wholly: ReadonlySet<string>): string | undefined => {
  if (list) return `the prefix list ${list} lets them in, and also holds other addresses`;
  if (!isAllTraffic(rule) || wholly.has(rule.id)) return undefined;
  return `a group cannot hold rules for every protocol that "${ruleText(rule)}" lets in beside TCP and UDP`;
};

/** Closes what each part forbids, and nothing else. */
export const closingOf = (
  before: readonly IdentifiedRule[],
  lists: Lists,
  parts: readonly Forbidden[],
): Closing => {
  const wholly = whollyForbidden(before, lists, parts);
  const obstacles = new Map<Forbidden, string>();
  const closed: Closing['closed'][number][] = [];
  const spared = new Set<IdentifiedRule>();
  let rules = before;
  for (const [by, part] of ways.flatMap((way) => parts.map((one) => [way, one] as const))) {
    let more = closedBy({ rules, lists, part, by });
    while (more.closed.length > 0) {
      const [obstacle] = more.closed.flatMap((one) => obstacleOf(one, wholly) ?? []);
      if (obstacle && !obstacles.has(part)) obstacles.set(part, obstacle);
      closed.push(...more.closed.map((one) => ({ ...one, part })));
      for (const rule of more.spared) spared.add(rule);
      rules = after(rules, more.closed, lists);
      more = closedBy({ rules, lists, part, by });
    }
  }
  const closesProtocols = closed.some(({ rule }) => isAllTraffic(rule));
  const left = new Set(rules);
  return {
    rules,
    closed,
    spared: [...spared].filter((rule) => left.has(rule)),
    closesProtocols,
    obstacles,
  };
};
