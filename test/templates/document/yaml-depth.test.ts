import { tooDeepAt } from '../../../lib/templates/document/yaml-depth.ts';

const flow = (depth: number) => `a: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
const maps = (depth: number) =>
  Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:\n`).join('');

describe('how deep a text of YAML nests', () => {
  it.each([
    ['lists in brackets', flow(2000)],
    ['maps in brackets', `a: ${'{a: '.repeat(2000)}1${'}'.repeat(2000)}\n`],
    ['maps below maps', maps(300)],
    ['lists on one line', `${'- '.repeat(2000)}1\n`],
    ['keys that are lists', `${'? '.repeat(2000)}1\n`],
    ['the second of two documents', `a: 1\n---\n${flow(2000)}`],
    ['what is never closed', `a: ${'['.repeat(50_000)}`],
  ])('is told of %s', (_, text) => {
    expect(tooDeepAt(text, 200)).toEqual(expect.any(Number));
  });

  it.each([
    ['as deep as is read', flow(190)],
    ['brackets in texts', Array.from({ length: 500 }, (_, n) => `a${n}: "[{"\n`).join('')],
    ['a line that begins far in', `a: |\n${' '.repeat(500)}b\n`],
    ['nothing', ''],
  ])('is no fault of %s', (_, text) => {
    expect(tooDeepAt(text, 200)).toBeUndefined();
  });
});
