import {
  common,
  joined,
  overlap,
  type PortRange,
  portsOf,
  type Transport,
  transports,
} from '../../../analysis/network/ports.ts';
import { type Network, networkOf } from '../../../analysis/network/sources.ts';
import { fail, pass, unknown, type Verdict } from '../../../model/control.ts';
import type { Peer, Rule } from '../../../resources/ec2/security-group-rules.ts';
import { evidenceOf, openText, ruleText } from './open-ports-evidence.ts';

/** Entries of prefix lists by id; a list that is not there cannot be seen. */
export type PrefixLists = Readonly<Record<string, readonly string[]>>;

/** A rule that opens ports that were asked about, and the addresses that come in by it. */
export interface Door {
  readonly rule: Rule;
  readonly ports: PortRange;
  readonly networks: readonly Network[];
  /** Some of its addresses cannot be made out. */
  readonly isUnclear: boolean;
}

/** Who must stay outside. */
export interface Outsiders {
  /** Completes "open to". */
  readonly name: string;
  /** A peer that is welcome whatever addresses it has. */
  welcome?(peer: Peer): boolean;
  /** Whether a door lets them in by itself. */
  enter(door: Door): boolean;
  /** Of the doors at one port, of which none lets them in by itself, those that do so together. */
  enterTogether?(doors: readonly Door[]): readonly Door[];
}

/** Which ports must be closed to whom. */
export interface Question {
  readonly tcp?: readonly PortRange[];
  readonly udp?: readonly PortRange[];
  /** Ports count only where all of them are open, each transport by itself. */
  readonly altogether?: true;
  readonly outsiders: Outsiders;
}

export interface Opening {
  readonly transport: Transport;
  readonly ports: PortRange;
  readonly rules: readonly Rule[];
}
export interface Answer {
  /** Ports that outsiders reach, with the rules that let them in. */
  readonly openings: readonly Opening[];
  /** Rules that may let them in too: their addresses cannot be made out. */
  readonly unclear: readonly Rule[];
}

const cidrsOf = (peer: Peer, lists: PrefixLists): readonly string[] | undefined => {
  if (peer.kind === 'network') return [peer.cidr];
  // Members of a group have addresses of their own VPC or of a peered one.
  return peer.kind === 'group' ? [] : lists[peer.id];
};

/** A rule as a door to these ports. */
export const doorOf = (rule: Rule, ports: PortRange, lists: PrefixLists): Door => {
  const cidrs = cidrsOf(rule.peer, lists);
  const networks: Network[] = [];
  for (const cidr of cidrs ?? []) {
    const network = networkOf(cidr);
    if (network) networks.push(network);
  }
  return { rule, ports, networks, isUnclear: networks.length !== cidrs?.length };
};

/** What opens a port that was asked about to anybody who is not welcome. */
const doorsTo = (
  asked: readonly PortRange[],
  transport: Transport,
  rules: readonly Rule[],
  lists: PrefixLists,
  outsiders: Outsiders,
): readonly Door[] => {
  const doors: Door[] = [];
  for (const rule of rules) {
    const ports = rule.direction === 'ingress' ? portsOf(rule, transport) : undefined;
    if (!ports || !asked.some((range) => overlap(range, ports))) continue;
    if (!outsiders.welcome?.(rule.peer)) doors.push(doorOf(rule, ports, lists));
  }
  return doors;
};

/** Cuts the ports where a door begins or ends: within a piece the same doors are open at each port. */
const pieces = (doors: readonly Door[]): readonly PortRange[] => {
  if (doors.length === 1) return doors.map(({ ports }) => ports);
  const starts = new Set(doors.flatMap(({ ports }) => [ports.from, ports.to + 1]));
  const cuts = [...starts].toSorted((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => ({ from, to: (cuts[i + 1] ?? 0) - 1 }));
};

const openingsAmong = (
  doors: readonly Door[],
  asked: readonly PortRange[],
  transport: Transport,
  outsiders: Outsiders,
): readonly Opening[] => {
  const openings: Opening[] = [];
  const open = new Set(doors.filter((door) => outsiders.enter(door)));
  const openAt = (piece: PortRange): readonly Door[] => {
    const there = doors.filter(({ ports }) => overlap(ports, piece));
    const alone = there.filter((door) => open.has(door));
    if (alone.length > 0 || there.length < 2) return alone;
    return outsiders.enterTogether?.(there) ?? [];
  };
  for (const piece of pieces(doors)) {
    const within = asked.filter((range) => overlap(range, piece));
    if (within.length === 0) continue;
    const entered = openAt(piece);
    if (entered.length === 0) continue;
    const rules = entered.map(({ rule }) => rule);
    for (const range of within) openings.push({ transport, ports: common(range, piece), rules });
  }
  return openings;
};

const covers = (
  parts: readonly { readonly ports: PortRange }[],
  asked: readonly PortRange[],
): boolean => {
  const whole = joined(parts.map(({ ports }) => ports));
  return asked.every(({ from, to }) => whole.some((part) => part.from <= from && to <= part.to));
};

/** Which of the ports asked about are open to outsiders: at each port all of its rules count together. */
export const answer = (rules: readonly Rule[], lists: PrefixLists, question: Question): Answer => {
  const openings: Opening[] = [];
  const unclear: Rule[] = [];
  for (const transport of transports) {
    const { [transport]: asked = [], outsiders, altogether } = question;
    if (asked.length === 0) continue;
    const doors = doorsTo(asked, transport, rules, lists, outsiders);
    if (doors.length === 0) continue;
    const open = openingsAmong(doors, asked, transport, outsiders);
    const dim = doors.filter(({ isUnclear }) => isUnclear);
    if (!altogether || covers(open, asked)) openings.push(...open);
    if (!altogether || covers([...open, ...dim], asked))
      unclear.push(...dim.map(({ rule }) => rule));
  }
  return { openings, unclear };
};

/** Passes where all the ports asked about are closed to outsiders. */
export const mustBeClosed = (
  rules: readonly Rule[],
  lists: PrefixLists,
  question: Question,
): Verdict => {
  const { openings, unclear } = answer(rules, lists, question);
  const { name } = question.outsiders;
  if (openings.length > 0) {
    const culprits = openings.flatMap((opening) => opening.rules);
    return fail(`${openText(openings)} open to ${name}`, evidenceOf(culprits, `closed to ${name}`));
  }
  if (unclear.length === 0) return pass;
  const texts = [...new Set(unclear.map(ruleText))].toSorted();
  return unknown(`addresses that cannot be made out: ${texts.join('; ')}`);
};
