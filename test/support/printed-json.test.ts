import { blocksOf, bytesOf } from '../../lib/support/blocks.ts';
import { jsonPieces } from '../../lib/support/printed-json.ts';

const values: readonly [string, unknown][] = [
  ['nothing', {}],
  ['an empty list', []],
  ['a text with line ends', 'a\nb'],
  ['keys that are not there', { a: undefined, b: 1, c: undefined }],
  ['what has no JSON in a list', [undefined, () => 1, null]],
  ['lists in lists', [[1, [2]], { a: [3, { b: '4\n5' }] }]],
  ['objects, deeper than they are told by keys', { a: { b: { c: { d: [{ e: 1 }] } } }, f: [] }],
  ['a date, which says itself', { at: { on: [new Date(0)] } }],
  ['keys that are no names', { 'a "b"': { '\n': [1] } }],
];

describe('JSON in pieces', () => {
  it.each(values)('of %s is what JSON is', (_, value) => {
    expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value, undefined, 2));
  });

  it('asks a list for its elements one at a time', () => {
    let made = 0;
    const list = {
      *[Symbol.iterator]() {
        for (; made < 3; ) {
          made += 1;
          yield { at: made };
        }
      },
    };
    const pieces = jsonPieces({ list });
    const seen: number[] = [];
    let text = '';
    for (const piece of pieces) {
      text += piece;
      seen.push(made);
    }
    expect(JSON.parse(text)).toEqual({ list: [{ at: 1 }, { at: 2 }, { at: 3 }] });
    expect(seen).toEqual([0, 1, 2, 3, 3, 3]);
  });
});

describe('blocks', () => {
  it('are the same text in fewer pieces, none of them small but the last', () => {
    const pieces = Array.from({ length: 3000 }, (_, index) => `${index} is née\n`.repeat(9));
    const blocks = [...blocksOf(pieces)];
    expect(blocks.join('')).toBe(pieces.join(''));
    expect(blocks.slice(0, -1).every(({ length }) => length >= 16_384)).toBe(true);
    expect(Buffer.from(bytesOf(pieces)).toString()).toBe(pieces.join(''));
    expect([...blocksOf([])]).toEqual([]);
  });
});
