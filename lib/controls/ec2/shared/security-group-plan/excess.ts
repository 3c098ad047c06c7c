import { commonOf, minus, type PortRange } from '../../../../analysis/network/ports.ts';
import type { Network } from '../../../../analysis/network/sources.ts';
import { coveringOf } from '../../../../analysis/network/unions.ts';
import type { Peer, Rule } from '../../../../resources/ec2/security-group-rules.ts';
import { type Held, heldAt, type Part } from '../open-ports-together.ts';
import type { PortRule, UntrustedSources } from '../port-rules.ts';

/** The share of all addresses that come in by a rule. */
const widthOf = ({ networks }: PortRule): number =>
  networks.reduce((share, { prefix }) => share + 2 ** -prefix, 0);

const textOf = (peer: Peer): string => (peer.kind === 'network' ? peer.cidr : peer.id);

/** The widest first. */
export const byWidth = (a: PortRule, b: PortRule): number =>
  widthOf(b) - widthOf(a) || (textOf(a.rule.peer) < textOf(b.rule.peer) ? -1 : 1);

/**
 * A prefix list may be closed where untrusted sources come in by each of its entries. Otherwise addresses that may come in
 * would be closed with those that may not; and the list is the owner's to change, for all groups that name it.
 */
export const mayClose = (
  { rule, networks, isUnclear }: PortRule,
  isTheirs: (network: Network) => boolean,
): boolean => rule.peer.kind !== 'prefixList' || (!isUnclear && networks.every(isTheirs));

const near =
  ({ from, to }: PortRange) =>
  ({ ports }: { readonly ports: PortRange }): boolean =>
    ports.from <= to && from <= ports.to;

/** What becomes of rules by which untrusted sources come in only together. */
export interface Excess<R extends Rule> {
  readonly closed: readonly {
    readonly portRule: PortRule<R>;
    readonly ports: readonly PortRange[];
  }[];
  /** Those that stay as they are: without the others they let nobody in. */
  readonly spared: readonly PortRule<R>[];
}

/**
 * What may not be closed stays, as long as untrusted sources do not come in by that alone. Of the others all go, or as few as
 * must, the narrowest first.
 */
export const excess = <R extends Rule>(
  { union, ports, causes }: Held<R>,
  { closes, isTheirs }: Pick<UntrustedSources, 'closes' | 'isTheirs'>,
): Excess<R> => {
  const isFixed = new Map(causes.map(({ portRule }) => [portRule, !mayClose(portRule, isTheirs)]));
  const rank = ({ portRule }: Part<R>) => (isFixed.get(portRule) ? 0 : 1);
  const kept: { readonly ports: PortRange; readonly networks: readonly Network[] }[] = [];
  const closed: Excess<R>['closed'][number][] = [];
  const covering = coveringOf(union);
  // Of those that are kept, whatever their ports: as long as these do not hold the union, none of its ports is held.
  const atAnyPort = coveringOf(union);
  for (const part of causes.toSorted(
    (a, b) => rank(a) - rank(b) || byWidth(a.portRule, b.portRule),
  )) {
    const { portRule, networks } = part;
    const isKept = closes === 'excess' || isFixed.get(portRule) === true;
    for (const network of networks) atAnyPort.change(network, 1);
    const own = { ports: portRule.ports, networks };
    const heldWith = () => heldAt(covering, [...kept.filter(near(portRule.ports)), own]);
    const held = isKept ? (atAnyPort.isHeld() ? heldWith() : []) : ports;
    const cut = commonOf(ports, portRule.ports).flatMap((range) => commonOf(held, range));
    if (cut.length > 0) closed.push({ portRule, ports: cut });
    const left = minus(portRule.ports, cut);
    kept.push(...left.map((range) => ({ ports: range, networks })));
    if (left.length === 0) for (const network of networks) atAnyPort.change(network, -1);
  }
  const isClosed = new Set(closed.map(({ portRule }) => portRule));
  return {
    closed,
    spared: causes.map(({ portRule }) => portRule).filter((portRule) => !isClosed.has(portRule)),
  };
};
