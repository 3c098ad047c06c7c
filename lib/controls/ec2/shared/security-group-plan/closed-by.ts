import {
  commonOf,
  everyPort,
  joined,
  minus,
  type PortRange,
  portsOf,
  type Transport,
} from '../../../../analysis/network/ports.ts';
import type { IdentifiedRule } from '../../../../resources/ec2/security-group-rules.ts';
import { exposureOf, type Opening } from '../open-ports.ts';
import { portRuleOf } from '../port-rules.ts';
import type { Forbidden } from './contribution.ts';
import { byWidth, excess, mayClose } from './excess.ts';
import type { Lists } from './lists.ts';

type Identified = Opening<IdentifiedRule>;

/** Ports of a rule that a control wants closed. */
export interface Closed {
  readonly rule: IdentifiedRule;
  readonly transport: Transport;
  readonly ports: readonly PortRange[];
  /** The prefix list that would be closed with them, although it also holds addresses that may come in. */
  readonly list?: string;
}
export interface Asked {
  readonly rules: readonly IdentifiedRule[];
  readonly lists: Lists;
  readonly part: Forbidden;
  /**
   * Rules that let untrusted sources in by themselves are closed first, for every control: what is then left of those that
   * only do so together is less, and may be nothing. Those for all ports together come last for the same reason.
   */
  readonly by: (typeof ways)[number];
}
export const ways = ['itself', 'together', 'allPorts'] as const;

/** What is to be closed, and rules that stay though they had a part in what is closed. */
export interface Closure {
  readonly closed: readonly Closed[];
  readonly spared: readonly IdentifiedRule[];
}

const closing = (
  rule: IdentifiedRule,
  transport: Transport,
  ports: readonly PortRange[],
  { lists, part: { untrusted } }: Asked,
): Closed => {
  const { peer } = rule;
  const isShared =
    peer.kind === 'prefixList' &&
    !mayClose(portRuleOf(rule, everyPort, lists.entries), untrusted.isTheirs);
  return { rule, transport, ports, ...(isShared ? { list: peer.id } : {}) };
};

const openPortsOf = (rule: IdentifiedRule, { transport, ports }: Identified) => {
  const own = portsOf(rule, transport);
  return own ? commonOf(ports, own) : [];
};

const byItself = (opening: Identified, asked: Asked): readonly Closed[] =>
  opening.rules.map((rule) => closing(rule, opening.transport, openPortsOf(rule, opening), asked));

const together = ({ transport, held }: Identified, asked: Asked): Closure => {
  if (!held) return { closed: [], spared: [] };
  const { closed, spared } = excess(held, asked.part.untrusted);
  return {
    closed: closed.map(({ portRule, ports }) => closing(portRule.rule, transport, ports, asked)),
    spared: spared.map(({ rule }) => rule),
  };
};

const countOf = (ranges: readonly PortRange[]): number =>
  ranges.reduce((count, { from, to }) => count + to - from + 1, 0);

/**
 * Where every port is open, nobody can say which of them is meant to be: the rules that open the most go, as few of them
 * as will do. Which is the least number of them is found by halving.
 */
const widest = (opening: Identified, asked: Asked): readonly IdentifiedRule[] => {
  const rules = opening.rules
    .map((rule) => ({
      rule,
      ports: openPortsOf(rule, opening),
      portRule: portRuleOf(rule, everyPort, asked.lists.entries),
    }))
    .toSorted((a, b) => countOf(b.ports) - countOf(a.ports) || byWidth(b.portRule, a.portRule));
  const isOpenWithout = (count: number): boolean => {
    const left = joined(rules.slice(count).flatMap(({ ports }) => ports));
    return opening.ports.every((range) => minus(range, left).length === 0);
  };
  let [few, enough] = [0, rules.length];
  while (enough - few > 1) {
    const middle = (few + enough) >> 1;
    if (isOpenWithout(middle)) few = middle;
    else enough = middle;
  }
  return rules.slice(0, enough).map(({ rule }) => rule);
};

/** One opening of a transport must no longer be whole: the ones that only rules together make come first. */
const allPortsOf = (openings: readonly Identified[], asked: Asked): readonly Closed[] => {
  const first = openings.find(({ held }) => held) ?? openings[0];
  if (!first) return [];
  const rules = first.held ? first.rules : widest(first, asked);
  return rules.map((rule) => closing(rule, first.transport, [everyPort], asked));
};

/** What a control wants closed of these rules now; nothing where it passes. */
export const closedBy = (asked: Asked): Closure => {
  const { rules, lists, part, by } = asked;
  if ((by === 'allPorts') !== (part.altogether === true)) return { closed: [], spared: [] };
  const { openings } = exposureOf(rules, lists.entries, part);
  if (by === 'allPorts') return { closed: allPortsOf(openings, asked), spared: [] };
  if (by === 'itself') {
    const some = openings.filter(({ held }) => !held);
    return { closed: some.flatMap((opening) => byItself(opening, asked)), spared: [] };
  }
  const closures = openings.map((opening) => together(opening, asked));
  return {
    closed: closures.flatMap(({ closed }) => closed),
    spared: closures.flatMap(({ spared }) => spared),
  };
};
