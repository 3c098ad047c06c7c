import type { Peer } from '../../../../resources/ec2/security-group-rules.ts';
import type { Door, Outsiders } from '../open-ports.ts';

/** The share of all addresses that come in by a door. */
const widthOf = ({ networks }: Door): number =>
  networks.reduce((share, { prefix }) => share + 2 ** -prefix, 0);

const textOf = (peer: Peer): string => (peer.kind === 'network' ? peer.cidr : peer.id);

/** The widest first. */
export const byWidth = (a: Door, b: Door): number =>
  widthOf(b) - widthOf(a) || (textOf(a.rule.peer) < textOf(b.rule.peer) ? -1 : 1);

/**
 * A prefix list may be closed where each of its entries lets outsiders in by itself. Otherwise addresses that may
 * come in would be closed with those that may not; and the list is the owner's to change, for all groups that name it.
 */
export const mayClose = (door: Door, outsiders: Outsiders): boolean =>
  door.rule.peer.kind !== 'prefixList' ||
  (!door.isUnclear &&
    door.networks.every((network) => outsiders.enter({ ...door, networks: [network] })));

/**
 * Of doors at one port by which outsiders come in, alone or only together, those that must be closed. What may not be
 * closed stays, then the widest, as long as outsiders do not come in: the least that anybody misses.
 */
export const excess = (doors: readonly Door[], outsiders: Outsiders): readonly Door[] => {
  const letIn = (some: readonly Door[]): boolean =>
    some.some((door) => outsiders.enter(door)) ||
    (some.length > 1 && (outsiders.enterTogether?.(some) ?? []).length > 0);
  const isFixed = new Map(doors.map((door) => [door, !mayClose(door, outsiders)]));
  const rank = (door: Door) => (isFixed.get(door) ? 0 : 1);
  const kept: Door[] = [];
  const closed: Door[] = [];
  for (const door of doors.toSorted((a, b) => rank(a) - rank(b) || byWidth(a, b))) {
    if (letIn([...kept, door])) closed.push(door);
    else kept.push(door);
  }
  return closed;
};
