import {
  commonOf,
  joined,
  meets,
  minus,
  type PortRange,
  portsOf,
  type Transport,
  transports,
} from '../../../analysis/network/ports.ts';
import { fail, pass, unknown, type Verdict } from '../../../model/control.ts';
import type { Rule } from '../../../resources/ec2/security-group-rules.ts';
import { type Door, doorOf, type Outsiders, type PrefixLists } from './doors.ts';
import { evidenceOf, openText, ruleText } from './open-ports-evidence.ts';
import { type Held, heldUnions } from './open-ports-together.ts';

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
