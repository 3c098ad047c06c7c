import type { Rule } from '../../resources/ec2/security-group-rules.ts';
import {
  commonOf,
  everyPort,
  joined,
  minus,
  type PortRange,
  portsOf,
  protocolOf,
} from './ports.ts';
import { networksOf, within } from './sources.ts';

/** A rule, and the addresses of its peer; none where it is a group. */
export interface AddressedRule {
  readonly rule: Rule;
  readonly cidrs: readonly string[];
}

const rangeOf = (rule: Rule): PortRange => {
  const ports = portsOf(rule, 'tcp') ?? portsOf(rule, 'udp');
  if (ports) return ports;
  // Of ICMP this is the type; -1 means every type.
  const { fromPort = -1 } = rule;
  return fromPort === -1 ? everyPort : { from: fromPort, to: fromPort };
};
const isWithin = (range: PortRange, ranges: readonly PortRange[]): boolean =>
  minus(range, commonOf(joined(ranges), range)).length === 0;

const isOfProtocol = (asked: Rule, wide: Rule): boolean =>
  protocolOf(wide) === '-1' || protocolOf(wide) === protocolOf(asked);

const isFrom = ({ rule, cidrs }: AddressedRule, by: readonly AddressedRule[]): boolean => {
  const { peer } = rule;
  const isNamed = by.some(
    ({ rule: { peer: other }, cidrs: known }) =>
      other.kind === peer.kind &&
      (other.kind === 'network' || peer.kind === 'network'
        ? known[0] === cidrs[0]
        : other.id === peer.id && known.length === 0 && cidrs.length === 0),
  );
  if (isNamed) return true;
  const networks = networksOf(cidrs);
  const blocks = networksOf(by.flatMap((one) => one.cidrs));
  return networks.length > 0 && networks.length === cidrs.length && networks.every(within(blocks));
};

/** Whether these rules, singly or together, let through all that a rule does; `false` where that cannot be decided. */
export const isRuleCovered = (asked: AddressedRule, by: readonly AddressedRule[]): boolean => {
  const range = rangeOf(asked.rule);
  const alike = by.filter(
    ({ rule }) => rule.direction === asked.rule.direction && isOfProtocol(asked.rule, rule),
  );
  const ofPorts = alike.filter(({ rule }) => isWithin(range, [rangeOf(rule)]));
  if (isFrom(asked, ofPorts)) return true;
  const ofPeer = alike.filter((one) => isFrom(asked, [one]));
  return (
    ofPeer.length > 0 &&
    isWithin(
      range,
      ofPeer.map(({ rule }) => rangeOf(rule)),
    )
  );
};
