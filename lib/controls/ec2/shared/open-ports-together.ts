import { commonOf, joined, meets, type PortRange } from '../../../analysis/network/ports.ts';
import { type Network, publicPartsOf } from '../../../analysis/network/sources.ts';
import { type Covering, coveringOf, type Union } from '../../../analysis/network/unions.ts';
import type { Rule } from '../../../resources/ec2/security-group-rules.ts';
import type { PortRule, UntrustedSources } from './port-rules.ts';

/** A rule as a part of a union: the networks of it that belong there. */
export interface Part<R extends Rule = Rule> {
  readonly portRule: PortRule<R>;
  readonly networks: readonly Network[];
}

/** Rules that let untrusted sources in together, and at which ports. */
export interface Held<R extends Rule = Rule> {
  readonly union: Union;
  readonly ports: readonly PortRange[];
  /** The rules that are to blame for it. */
  readonly causes: readonly Part<R>[];
}

/** In which unions each network has a part. */
const homesOf = (unions: readonly Union[]): ReadonlyMap<Network, readonly Union[]> => {
  const homes = new Map<Network, Union[]>();
  for (const union of unions)
    for (const network of union.networks) {
      const known = homes.get(network);
      if (known) known.push(union);
      else homes.set(network, [union]);
    }
  return homes;
};

/** The parts that rules have in each union; a network is in few of them, so each rule is asked for its own. */
const partsOf = <R extends Rule>(
  portRules: readonly PortRule<R>[],
  unions: readonly Union[],
): ReadonlyMap<Union, readonly Part<R>[]> => {
  const homes = homesOf(unions);
  const parts = new Map<Union, Part<R>[]>(unions.map((union) => [union, []]));
  for (const portRule of portRules) {
    const own = new Map<Union, Network[]>();
    const join = (network: Network) => {
      for (const union of homes.get(network) ?? []) {
        const networks = own.get(union);
        if (networks) networks.push(network);
        else own.set(union, [network]);
      }
    };
    for (const network of portRule.networks) {
      join(network);
      for (const part of publicPartsOf(network)) if (part !== network) join(part);
    }
    for (const [union, networks] of own) parts.get(union)?.push({ portRule, networks });
  }
  return parts;
};

interface Turn {
  readonly port: number;
  readonly by: 1 | -1;
  readonly networks: readonly Network[];
}

/** The ports at which a union is held, found by going through them once, from where a rule begins or ends to the next. */
export const heldAt = (
  covering: Covering,
  parts: readonly { readonly ports: PortRange; readonly networks: readonly Network[] }[],
): readonly PortRange[] => {
  const turns = parts
    .flatMap(({ ports, networks }): Turn[] => [
      { port: ports.from, by: 1, networks },
      { port: ports.to + 1, by: -1, networks },
    ])
    .toSorted((a, b) => a.port - b.port);
  const held: PortRange[] = [];
  for (const [index, { port, by, networks }] of turns.entries()) {
    for (const network of networks) covering.change(network, by);
    const next = turns[index + 1]?.port ?? port;
    if (next > port && covering.isHeld()) held.push({ from: port, to: next - 1 });
  }
  return joined(held);
};

/** The unions that are held at ports that were asked about. */
export const heldUnions = <R extends Rule>(
  portRules: readonly PortRule<R>[],
  asked: readonly PortRange[],
  untrusted: UntrustedSources,
): readonly Held<R>[] => {
  const unions = untrusted.unions?.(portRules.flatMap(({ networks }) => networks)) ?? [];
  if (unions.length === 0) return [];
  return [...partsOf(portRules, unions)].flatMap(([union, parts]) => {
    const all = heldAt(
      coveringOf(union),
      parts.map(({ portRule, networks }) => ({ ports: portRule.ports, networks })),
    );
    const ports = all.flatMap((range) => commonOf(asked, range));
    if (ports.length === 0) return [];
    const causes = parts.filter(
      ({ portRule, networks }) => networks.some(union.isCause) && meets(ports, portRule.ports),
    );
    return [{ union, ports, causes }];
  });
};
