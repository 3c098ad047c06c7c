import {
  commonOf,
  joined,
  joinedOf,
  meets,
  minus,
  type PortRange,
  portsOf,
  type Transport,
  transports,
} from '../../../analysis/network/ports.ts';
import { fail, pass, unknown, type Verdict } from '../../../model/control.ts';
import type { Rule } from '../../../resources/ec2/security-group-rules.ts';
import { evidenceOf, openText, ruleText } from './open-ports-evidence.ts';
import { type Held, heldUnions } from './open-ports-together.ts';
import {
  type PortRule,
  type PrefixLists,
  portRuleOf,
  type UntrustedSources,
} from './port-rules.ts';

/** Which ports must be closed to whom. */
export interface PortQuery {
  readonly tcp?: readonly PortRange[];
  readonly udp?: readonly PortRange[];
  /** Ports count only where all of them are open, each transport by itself. */
  readonly altogether?: true;
  readonly untrusted: UntrustedSources;
}

export interface Opening<R extends Rule = Rule> {
  readonly transport: Transport;
  /** In order; at each of them some of the rules let untrusted sources in. */
  readonly ports: readonly PortRange[];
  readonly rules: readonly R[];
  /** The rules let them in only together. */
  readonly held?: Held<R>;
}
export interface Exposure<R extends Rule = Rule> {
  /** Ports that untrusted sources reach, with the rules that let them in. */
  readonly openings: readonly Opening<R>[];
  /** Rules that may let them in too: their addresses cannot be made out. */
  readonly unclear: readonly R[];
}

/** What opens a port that was asked about to anybody who is not welcome. */
const portRulesTo = <R extends Rule>(
  asked: readonly PortRange[],
  transport: Transport,
  rules: readonly R[],
  lists: PrefixLists,
  untrusted: UntrustedSources,
): readonly PortRule<R>[] => {
  const portRules: PortRule<R>[] = [];
  for (const rule of rules) {
    const ports = rule.direction === 'ingress' ? portsOf(rule, transport) : undefined;
    if (!ports || !meets(asked, ports)) continue;
    if (!untrusted.trusts?.(rule.peer)) portRules.push(portRuleOf(rule, ports, lists));
  }
  return portRules;
};

const portsIn = (
  portRules: readonly PortRule[],
  asked: readonly PortRange[],
): readonly PortRange[] =>
  joined(portRules.map(({ ports }) => ports)).flatMap((ports) => commonOf(asked, ports));

const openingsAmong = <R extends Rule>(
  portRules: readonly PortRule<R>[],
  asked: readonly PortRange[],
  transport: Transport,
  untrusted: UntrustedSources,
): readonly Opening<R>[] => {
  const open: PortRule<R>[] = [];
  const rest: PortRule<R>[] = [];
  for (const portRule of portRules) (untrusted.reach(portRule) ? open : rest).push(portRule);
  const held = heldUnions(rest, asked, untrusted);
  return [
    ...(open.length > 0
      ? [{ transport, ports: portsIn(open, asked), rules: open.map(({ rule }) => rule) }]
      : []),
    ...held.map((one) => ({
      transport,
      ports: one.ports,
      rules: one.causes.map(({ portRule }) => portRule.rule),
      held: one,
    })),
  ];
};

const covers = (parts: readonly PortRange[], asked: readonly PortRange[]): boolean => {
  const whole = joined(parts);
  return asked.every((range) => minus(range, commonOf(whole, range)).length === 0);
};

const noPorts: readonly PortRange[] = [];
/** Which of the ports asked about are open to untrusted sources: at each port all of its rules count together. */
export const exposureOf = <R extends Rule>(
  rules: readonly R[],
  lists: PrefixLists,
  query: PortQuery,
): Exposure<R> => {
  const openings: Opening<R>[] = [];
  const unclear: R[] = [];
  for (const transport of transports) {
    const asked = joinedOf(query[transport] ?? noPorts);
    const { untrusted, altogether } = query;
    if (asked.length === 0) continue;
    const portRules = portRulesTo(asked, transport, rules, lists, untrusted);
    if (portRules.length === 0) continue;
    const open = openingsAmong(portRules, asked, transport, untrusted);
    const ports = open.flatMap((one) => one.ports);
    const unresolved = portRules.filter(({ isUnclear }) => isUnclear);
    if (!altogether || covers(ports, asked)) openings.push(...open);
    if (!altogether || covers([...ports, ...unresolved.map((portRule) => portRule.ports)], asked))
      unclear.push(...unresolved.map(({ rule }) => rule));
  }
  return { openings, unclear };
};

/** Passes where all the ports asked about are closed to untrusted sources. */
export const mustBeClosed = (
  rules: readonly Rule[],
  lists: PrefixLists,
  query: PortQuery,
): Verdict => {
  const { openings, unclear } = exposureOf(rules, lists, query);
  const { name } = query.untrusted;
  if (openings.length > 0) {
    const culprits = openings.flatMap((opening) => opening.rules);
    return fail(`${openText(openings)} open to ${name}`, evidenceOf(culprits, `closed to ${name}`));
  }
  if (unclear.length === 0) return pass;
  const texts = [...new Set(unclear.map(ruleText))].toSorted();
  return unknown(`addresses that cannot be made out: ${texts.join('; ')}`);
};
