import type { Rule } from '../../resources/ec2/security-group-rules.ts';
import { onceEach } from '../../support/once.ts';

/** The protocols that have ports in a security group; of any other a rule lets everything through. */
export const transports = ['tcp', 'udp'] as const;
export type Transport = (typeof transports)[number];

/** Ports from one to another, both included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

const last = 65_535;
export const everyPort: PortRange = { from: 0, to: last };

export const single = (port: number): PortRange => ({ from: port, to: port });
/** Each of these; a baseline says them once for all groups. */
export const singles = onceEach((ports: readonly number[]): readonly PortRange[] =>
  ports.map(single),
);

/** Every port but these. */
export const portsBut = onceEach((ports: readonly number[]): readonly PortRange[] => {
  const sorted = [...new Set(ports)].toSorted((a, b) => a - b);
  const gaps = [-1, ...sorted].map((port, i) => ({
    from: port + 1,
    to: (sorted[i] ?? last + 1) - 1,
  }));
  return gaps.filter(({ from, to }) => from <= to);
});

// Templates and older API calls write the number of a protocol where EC2 answers with its name.
const names = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmpv6'],
  ['all', '-1'],
]);
export const protocolOf = ({ protocol }: Pick<Rule, 'protocol'>): string => {
  const written = protocol.trim().toLowerCase();
  // One number is written in several ways, of which YAML takes more than JSON: `06`, `0x6`, `6.0`.
  const number = written === '' ? Number.NaN : Number(written);
  const plain = Number.isInteger(number) ? String(number) : written;
  return names.get(plain) ?? plain;
};

/** What EC2 refuses, as `ssh`: it takes four names and numbers up to 255. Whoever wrote it wants its ports open. */
const isRefused = (protocol: string): boolean => {
  const number = Number(protocol);
  const isNumber = Number.isInteger(number) && number >= 0 && number <= 255;
  return !isNumber && ![...names.values()].includes(protocol);
};

/** The ports that a rule opens for a transport; none where it is about another protocol. */
export const portsOf = (rule: Rule, transport: Transport): PortRange | undefined => {
  const protocol = protocolOf(rule);
  if (protocol === '-1') return everyPort;
  if (protocol !== transport && !isRefused(protocol)) return undefined;
  // EC2 reads a port that is left out, or -1, as every port.
  const { fromPort = -1, toPort = -1 } = rule;
  return { from: fromPort === -1 ? 0 : fromPort, to: toPort === -1 ? last : toPort };
};

/** The first of ordered ranges that does not end before a port. */
const firstFrom = (ranges: readonly PortRange[], port: number): number => {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) < port) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Whether a range has a port in common with one of ordered ranges. */
export const meets = (ranges: readonly PortRange[], { from, to }: PortRange): boolean =>
  (ranges[firstFrom(ranges, from)]?.from ?? to + 1) <= to;

/** What a range has in common with ordered ones, none of which touches another. */
export const commonOf = (
  ranges: readonly PortRange[],
  { from, to }: PortRange,
): readonly PortRange[] => {
  const some: PortRange[] = [];
  for (let index = firstFrom(ranges, from); index < ranges.length; index++) {
    const range = ranges[index];
    if (!range || range.from > to) break;
    some.push({ from: Math.max(range.from, from), to: Math.min(range.to, to) });
  }
  return some;
};

/** What of a range is in none of these. */
export const minus = (
  { from, to }: PortRange,
  ranges: readonly PortRange[],
): readonly PortRange[] => {
  const left: PortRange[] = [];
  let next = from;
  for (const gap of joined(ranges)) {
    if (gap.to < next || gap.from > to) continue;
    if (gap.from > next) left.push({ from: next, to: gap.from - 1 });
    next = gap.to + 1;
  }
  return next > to ? left : [...left, { from: next, to }];
};

/** Ranges in order, those that touch joined. */
export const joined = (ranges: readonly PortRange[]): readonly PortRange[] => {
  const done: PortRange[] = [];
  for (const next of ranges.toSorted((a, b) => a.from - b.from)) {
    const before = done.at(-1);
    if (!before || next.from > before.to + 1) done.push(next);
    else done[done.length - 1] = { from: before.from, to: Math.max(before.to, next.to) };
  }
  return done;
};
/** The same of those that one list says for many. */
export const joinedOf = onceEach(joined);

/** `22`, `20-25`, or `0-65535`. */
export const portText = ({ from, to }: PortRange): string =>
  from === to ? String(from) : `${from}-${to}`;
