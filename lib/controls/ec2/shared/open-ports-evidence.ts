import {
  joined,
  type PortRange,
  portText,
  protocolOf,
  type Transport,
  transports,
} from '../../../analysis/network/ports.ts';
import type { Evidence } from '../../../model/control.ts';
import type { Peer, Rule } from '../../../resources/ec2/security-group-rules.ts';

const peerText = (peer: Peer): string => (peer.kind === 'network' ? peer.cidr : peer.id);

const trafficText = (rule: Rule): string => {
  const protocol = protocolOf(rule);
  if (protocol === '-1') return 'all traffic';
  if (protocol !== 'tcp' && protocol !== 'udp') return `protocol ${protocol}`;
  return `${protocol} ${portText({ from: rule.fromPort ?? 0, to: rule.toPort ?? 65_535 })}`;
};

/** `ingress tcp 22 from 0.0.0.0/0`. */
export const ruleText = (rule: Rule): string =>
  [
    rule.direction,
    trafficText(rule),
    rule.direction === 'ingress' ? 'from' : 'to',
    peerText(rule.peer),
  ].join(' ');

/** One piece of evidence for each rule, in an order that does not depend on how EC2 lists them. */
export const evidenceOf = (rules: readonly Rule[], expected: string): readonly Evidence[] =>
  [...new Map([...new Set(rules)].map((rule) => [ruleText(rule), rule]))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([text, { description }]) => ({
      path: `rules[${text}]`,
      actual: description ? `open ("${description}")` : 'open',
      expected,
    }));

interface Open {
  readonly transport: Transport;
  readonly ports: readonly PortRange[];
}
/** `tcp 22, 3306-3310; udp 1434`. */
export const openText = (openings: readonly Open[]): string =>
  transports
    .map((transport) => {
      const ranges = openings.filter((open) => open.transport === transport);
      const ports = joined(ranges.flatMap((range) => range.ports)).map(portText);
      return ports.length === 0 ? '' : `${transport} ${ports.join(', ')}`;
    })
    .filter(Boolean)
    .join('; ');
