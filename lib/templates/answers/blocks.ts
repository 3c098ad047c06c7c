import { bits, type Family, networkOf } from '../../analysis/network/sources.ts';
import type { Part, Stand, StandIn } from '../part.ts';

const addresses: Readonly<Record<Family, Stand>> = {
  IPv4: ['10.0.0.1', '203.0.113.7'],
  IPv6: ['fd00::1', '2600::1'],
};
const written = (part: unknown): string => (typeof part === 'string' ? part : '');
/** Of `${Address}/32` only the address is open, of `10.0.0.0/${Length}` only how much of it counts. */
const standIn =
  (family: Family, whole: Stand): StandIn =>
  (parts, index) => {
    if (parts.length === 1) return whole;
    const isInLength = parts.slice(0, index).some((one) => written(one).includes('/'));
    if (isInLength) return ['0', String(bits[family])];
    const isAddress = index === 0 && written(parts[1]).startsWith('/');
    return isAddress ? addresses[family] : ['1'];
  };
/** A block of addresses; where it is open, each of those that stand for it, with the part of it that is written. */
export const blockOf = (part: Part, family: Family, whole: Stand): string | undefined => {
  const block = part.text(standIn(family, whole));
  // What is open in it is why it is none: that is thrown.
  if (block !== undefined && networkOf(block) === undefined) part.json();
  return block;
};
