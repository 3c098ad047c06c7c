import { everyPort, type PortRange, type Transport } from '../../../../analysis/network/ports.ts';
import type { IdentifiedRule } from '../../../../resources/ec2/security-group-rules.ts';
import { answer, doorOf, type Opening } from '../open-ports.ts';
import type { Forbidden } from './contribution.ts';
import { byWidth, excess, mayClose } from './excess.ts';
import type { Lists } from './lists.ts';

/** Ports of a rule that a control wants closed. */
export interface Closed {
  readonly rule: IdentifiedRule;
  readonly transport: Transport;
  readonly ports: PortRange;
  /** The prefix list that would be closed with them, although it also holds addresses that may come in. */
  readonly list?: string;
}
export interface Asked {
  readonly rules: readonly IdentifiedRule[];
  readonly lists: Lists;
  readonly part: Forbidden;
  /**
   * Rules that let outsiders in by themselves are closed first, for every control: what is then left of those that
   * only do so together is less, and may be nothing. Those for all ports together come last for the same reason.
   */
  readonly by: (typeof ways)[number];
}
export const ways = ['itself', 'together', 'allPorts'] as const;

const closing = (
  rule: IdentifiedRule,
  { transport, ports }: Pick<Closed, 'transport' | 'ports'>,
  { lists, part: { outsiders } }: Asked,
): Closed => {
  const { peer } = rule;
  const isShared =
    peer.kind === 'prefixList' && !mayClose(doorOf(rule, ports, lists.entries), outsiders);
  return { rule, transport, ports, ...(isShared ? { list: peer.id } : {}) };
};

const openers = ({ rules }: Opening, asked: Asked): readonly IdentifiedRule[] => {
  const there = new Set(rules);
  return asked.rules.filter((rule) => there.has(rule));
};

const closedAt = (opening: Opening, asked: Asked): readonly Closed[] => {
  const { outsiders } = asked.part;
  const door = (rule: IdentifiedRule) => doorOf(rule, opening.ports, asked.lists.entries);
  const doors = new Map(openers(opening, asked).map((rule) => [door(rule), rule]));
  const some = [...doors.keys()];
  if (asked.by === 'itself' && !some.some((one) => outsiders.enter(one))) return [];
  return excess(some, outsiders).flatMap((one) => {
    const rule = doors.get(one);
    return rule ? [closing(rule, opening, asked)] : [];
  });
};

// Where every port is open, nobody can say which of them is meant to be: the rule that opens the most goes.
const widest = (openings: readonly Opening[], asked: Asked): readonly Closed[] => {
  const [first] = openings;
  if (!first) return [];
  const { transport } = first;
  const counts = new Map<IdentifiedRule, number>();
  for (const opening of openings.filter((one) => one.transport === transport)) {
    const { from, to } = opening.ports;
    for (const rule of openers(opening, asked))
      counts.set(rule, (counts.get(rule) ?? 0) + to - from + 1);
  }
  const door = (rule: IdentifiedRule) => doorOf(rule, everyPort, asked.lists.entries);
  const [most] = [...counts].toSorted(
    ([a, ofA], [b, ofB]) => ofB - ofA || byWidth(door(b), door(a)),
  );
  return most ? [closing(most[0], { transport, ports: everyPort }, asked)] : [];
};

/** What a control wants closed of these rules now; nothing where it passes. */
export const closedBy = (asked: Asked): readonly Closed[] => {
  const { rules, lists, part, by } = asked;
  if ((by === 'allPorts') !== (part.altogether === true)) return [];
  const { openings } = answer(rules, lists.entries, part);
  return by === 'allPorts'
    ? widest(openings, asked)
    : openings.flatMap((opening) => closedAt(opening, asked));
};
