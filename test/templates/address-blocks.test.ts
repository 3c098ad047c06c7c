import { blocksIn } from '../../lib/templates/resolution/address-blocks.ts';

it.each<[whole: string, count: number, free: number, blocks: readonly string[] | undefined]>([
  ['192.168.0.0/24', 3, 5, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27']],
  ['10.0.255.0/16', 1, 8, ['10.0.0.0/24']],
  ['0.0.0.0/0', 2, 31, ['0.0.0.0/1', '128.0.0.0/1']],
  ['2001:db8::/56', 2, 64, ['2001:db8::/64', '2001:db8:0:1::/64']],
  ['::/0', 1, 128, ['::/0']],
  ['10.0.0.0/24', 1, 8, ['10.0.0.0/24']],
  ['10.0.0.0/24', 2, 8, undefined],
  ['10.0.0.0/8', 257, 8, undefined],
  ['10.0.0.0/8', 0, 8, undefined],
  ['10.0.0.0/8', 1.5, 8, undefined],
  ['10.0.0.0/8', 1, 33, undefined],
  ['10.0.0.0/8', 1, -1, undefined],
  ['10.0.0.0/8', 1, Number.NaN, undefined],
  ['none', 1, 8, undefined],
])('%s is split into %d blocks of %d bits', (whole, count, free, blocks) => {
  expect(blocksIn(whole, count, free)).toEqual(blocks);
});
