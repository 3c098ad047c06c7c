import { bits, type Family, networkOf } from '../../analysis/network/sources.ts';

const most = 256;

const addressOf: Readonly<Record<Family, (address: bigint) => string>> = {
  IPv4: (address) => [24n, 16n, 8n, 0n].map((by) => String((address >> by) & 0xffn)).join('.'),
  IPv6: (address) => {
    const groups = (address.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':');
    return new URL(`http://[${groups}]`).hostname.slice(1, -1);
  },
};

/**
 * The first blocks of some bits that a block is split into; `undefined` where CloudFormation refuses to.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export const blocksIn = (
  whole: string,
  count: number,
  free: number,
): readonly string[] | undefined => {
  const network = networkOf(whole);
  if (!network || !Number.isInteger(count) || !Number.isInteger(free)) return undefined;
  const { family, first, last } = network;
  if (count < 1 || count > most || free < 0 || free > bits[family]) return undefined;
  const size = 1n << BigInt(free);
  if (first + BigInt(count) * size - 1n > last) return undefined;
  return Array.from(
    { length: count },
    (_, place) =>
      `${addressOf[family](first + BigInt(place) * size)}/${String(bits[family] - free)}`,
  );
};
