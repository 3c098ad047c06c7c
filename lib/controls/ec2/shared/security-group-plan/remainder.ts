import {
  minus,
  type PortRange,
  portsOf,
  protocolOf,
  type Transport,
  transports,
} from '../../../../analysis/network/ports.ts';
import { type Family, families } from '../../../../analysis/network/sources.ts';
import type { Peer, Rule } from '../../../../resources/ec2/security-group-rules.ts';
import { namedIn } from '../../../../support/named-in.ts';
import type { Lists } from './lists.ts';

/** Ports of a rule that are to be closed. */
export type Cut = Readonly<Record<Transport, readonly PortRange[]>>;

/** The families whose addresses a peer has; members of a group have both, a list has one (AWS says which). */
export const familiesOf = (peer: Peer, lists: Pick<Lists, 'families'>): readonly Family[] => {
  if (peer.kind === 'network') return [peer.cidr.includes(':') ? 'IPv6' : 'IPv4'];
  const family = peer.kind === 'prefixList' ? namedIn(lists.families, peer.id) : undefined;
  return family ? [family] : families;
};

const icmp: Readonly<Record<Family, string>> = { IPv4: 'icmp', IPv6: 'icmpv6' };

const open = (rule: Rule, transport: Transport, cut: Cut): readonly Partial<Rule>[] => {
  const ports = portsOf(rule, transport);
  const left = ports ? minus(ports, cut[transport]) : [];
  // Nothing is served on port 0: a rule for it alone would be a riddle.
  const some = left.filter(({ from, to }) => from !== 0 || to !== 0);
  return some.map(({ from, to }) => ({ protocol: transport, fromPort: from, toPort: to }));
};

/**
 * What of a rule stays when ports of it are closed. A rule for all traffic becomes rules for TCP, UDP and ICMP: EC2
 * has no rule for every protocol but some, and one for each of the other 250 is more than a group may have.
 */
export const remaindersOf = <R extends Rule>(rule: R, cut: Cut, lists: Lists): readonly R[] => {
  const ports = transports.flatMap((transport) => open(rule, transport, cut));
  const pings =
    protocolOf(rule) === '-1'
      ? familiesOf(rule.peer, lists).map((family) => ({
          protocol: icmp[family],
          fromPort: -1,
          toPort: -1,
        }))
      : [];
  return [...ports, ...pings].map((traffic) => ({ ...rule, ...traffic }));
};
