import type { Peer, Rule } from '../../resources/security-group-rules.ts';
import { fail, pass, unknown, type Verdict } from '../control.ts';
import { evidenceOf, openText, ruleText } from './open-ports-evidence.ts';
import { type Held, heldUnions } from './open-ports-together.ts';
import {
  commonOf,
  joined,
  meets,
  minus,
  type PortRange,
  portsOf,
  type Transport,
  transports,
} from './ports.ts';
import { type Network, networksOf } from './sources.ts';
import type { Union } from './unions.ts';

/** Entries of prefix lists by id; a list that is not there cannot be seen. */
export type PrefixLists = Readonly<Record<string, readonly string[]>>;

/** A rule that opens ports that were asked about, and the addresses that come in by it. */
export interface Door<R extends Rule = Rule> {
  readonly rule: R;
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
  /** Whether a network is one of those by which they come in, alone or with others. */
  isTheirs(network: Network): boolean;
  /** Of networks by none of which they come in alone, those that let them in together. */
  unions?(networks: readonly Network[]): readonly Union[];
  /** Of networks that let them in together, those that must be closed: all that are a cause, or as few as will do. */
  readonly closes?: 'all' | 'excess';
}

/** Which ports must be closed to whom. */
export interface Question {
  readonly tcp?: readonly PortRange[];
  readonly udp?: readonly PortRange[];
  /** Ports count only where all of them are open, each transport by itself. */
  readonly altogether?: true;
  readonly outsiders: Outsiders;
}

export interface Opening<R extends Rule = Rule> {
  readonly transport: Transport;
  /** In order; at each of them some of the rules let outsiders in. */
  readonly ports: readonly PortRange[];
  readonly rules: readonly R[];
  /** The rules let them in only together. */
  readonly held?: Held<R>;
}
export interface Answer<R extends Rule = Rule> {
  /** Ports that outsiders reach, with the rules that let them in. */
  readonly openings: readonly Opening<R>[];
  /** Rules that may let them in too: their addresses cannot be made out. */
  readonly unclear: readonly R[];
}

const cidrsOf = (peer: Peer, lists: PrefixLists): readonly string[] | undefined => {
  if (peer.kind === 'network') return [peer.cidr];
  // Members of a group have addresses of their own VPC or of a peered one.
  return peer.kind === 'group' ? [] : lists[peer.id];
};

/** A rule as a door to these ports. */
export const doorOf = <R extends Rule>(rule: R, ports: PortRange, lists: PrefixLists): Door<R> => {
  const cidrs = cidrsOf(rule.peer, lists);
  const networks = networksOf(cidrs ?? []);
  return { rule, ports, networks, isUnclear: networks.length !== cidrs?.length };
};

/** What opens a port that was asked about to anybody who is not welcome. */
const doorsTo = <R extends Rule>(
  asked: readonly PortRange[],
  transport: Transport,
  rules: readonly R[],
  lists: PrefixLists,
  outsiders: Outsiders,
): readonly Door<R>[] => {
  const doors: Door<R>[] = [];
  for (const rule of rules) {
    const ports = rule.direction === 'ingress' ? portsOf(rule, transport) : undefined;
    if (!ports || !meets(asked, ports)) continue;
    if (!outsiders.welcome?.(rule.peer)) doors.push(doorOf(rule, ports, lists));
  }
  return doors;
};

const portsIn = (doors: readonly Door[], asked: readonly PortRange[]): readonly PortRange[] =>
  joined(doors.map(({ ports }) => ports)).flatMap((ports) => commonOf(asked, ports));

const openingsAmong = <R extends Rule>(
  doors: readonly Door<R>[],
  asked: readonly PortRange[],
  transport: Transport,
  outsiders: Outsiders,
): readonly Opening<R>[] => {
  const open: Door<R>[] = [];
  const rest: Door<R>[] = [];
  for (const door of doors) (outsiders.enter(door) ? open : rest).push(door);
  const held = heldUnions(rest, asked, outsiders);
  return [
    ...(open.length > 0
      ? [{ transport, ports: portsIn(open, asked), rules: open.map(({ rule }) => rule) }]
      : []),
    ...held.map((one) => ({
      transport,
      ports: one.ports,
      rules: one.causes.map(({ door }) => door.rule),
      held: one,
    })),
  ];
};

const covers = (parts: readonly PortRange[], asked: readonly PortRange[]): boolean => {
  const whole = joined(parts);
  return asked.every((range) => minus(range, commonOf(whole, range)).length === 0);
};

/** Which of the ports asked about are open to outsiders: at each port all of its rules count together. */
export const answer = <R extends Rule>(
  rules: readonly R[],
  lists: PrefixLists,
  question: Question,
): Answer<R> => {
  const openings: Opening<R>[] = [];
  const unclear: R[] = [];
  for (const transport of transports) {
    const asked = joined(question[transport] ?? []);
    const { outsiders, altogether } = question;
    if (asked.length === 0) continue;
    const doors = doorsTo(asked, transport, rules, lists, outsiders);
    if (doors.length === 0) continue;
    const open = openingsAmong(doors, asked, transport, outsiders);
    const ports = open.flatMap((one) => one.ports);
    const dim = doors.filter(({ isUnclear }) => isUnclear);
    if (!altogether || covers(ports, asked)) openings.push(...open);
    if (!altogether || covers([...ports, ...dim.map((door) => door.ports)], asked))
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
