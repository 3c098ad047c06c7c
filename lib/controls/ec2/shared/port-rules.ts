import type { PortRange } from '../../../analysis/network/ports.ts';
import { type Network, networksOf } from '../../../analysis/network/sources.ts';
import type { Union } from '../../../analysis/network/unions.ts';
import type { Peer, Rule } from '../../../resources/ec2/security-group-rules.ts';
import { namedIn } from '../../../support/named-in.ts';

/** Entries of prefix lists by id; a list that is not there cannot be seen. */
export type PrefixLists = Readonly<Record<string, readonly string[]>>;

/** A rule that opens ports that were asked about, and the addresses that come in by it. */
export interface PortRule<R extends Rule = Rule> {
  readonly rule: R;
  readonly ports: PortRange;
  readonly networks: readonly Network[];
  /** Some of its addresses cannot be made out. */
  readonly isUnclear: boolean;
}

/** Who must stay outside. */
export interface UntrustedSources {
  /** Completes "open to". */
  readonly name: string;
  /** Whether a peer is trusted, whatever addresses it has. */
  trusts?(peer: Peer): boolean;
  /** Whether a rule lets them in by itself. */
  reach(portRule: PortRule): boolean;
  /** Whether a network is one of those by which they come in, alone or with others. */
  isTheirs(network: Network): boolean;
  /** Of networks by none of which they come in alone, those that let them in together. */
  unions?(networks: readonly Network[]): readonly Union[];
  /** Of networks that let them in together, those that must be closed: all that are a cause, or as few as will do. */
  readonly closes?: 'all' | 'excess';
}

const cidrsOf = (peer: Peer, lists: PrefixLists): readonly string[] | undefined => {
  if (peer.kind === 'network') return [peer.cidr];
  // Members of a group have addresses of their own VPC or of a peered one.
  return peer.kind === 'group' ? [] : namedIn(lists, peer.id);
};

/** A rule, with those of its ports that were asked about. */
export const portRuleOf = <R extends Rule>(
  rule: R,
  ports: PortRange,
  lists: PrefixLists,
): PortRule<R> => {
  const cidrs = cidrsOf(rule.peer, lists);
  const networks = networksOf(cidrs ?? []);
  return { rule, ports, networks, isUnclear: networks.length !== cidrs?.length };
};
