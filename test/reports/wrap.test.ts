import { columnsOf, wrap } from '../../lib/reports/wrap.ts';

describe('a text in lines', () => {
  it('breaks between words, and in words that are longer than a line', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghijkl', 8)).toEqual(['abcdefgh', 'ijkl']);
  });

  it('keeps a command whole where it fits, so that it can be copied', () => {
    const command = 'npx --no-install plumbline undo pl-00000000000000000000';
    expect(wrap(`It is done. Undo: ${command}`, 60)).toEqual(['It is done. Undo:', command]);
    expect(wrap(`${'word '.repeat(8)}npx --no-install plumbline controls lists them`, 50)).toEqual([
      'word word word word word word word word',
      'npx --no-install plumbline controls lists them',
    ]);
  });
});

describe('the columns of a terminal', () => {
  it.each([
    ['as it says', { columns: 120 }, 120],
    ['none, where nobody gave it a size', { columns: 0 }, undefined],
    ['none of a pipe', {}, undefined],
  ])('are %s', (_, stream, columns) => {
    expect(columnsOf(stream)).toBe(columns);
  });
});
