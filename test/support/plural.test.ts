import { readdirSync, readFileSync } from 'node:fs';
import { plural } from '../../lib/support/plural.ts';

describe('a number with what it counts', () => {
  it.each([
    [0, 'call', undefined, '0 calls'],
    [1, 'call', undefined, '1 call'],
    [2, 'call', undefined, '2 calls'],
    [1, 'try', 'tries', '1 try'],
    [3, 'try', 'tries', '3 tries'],
  ])('%i %s', (count, noun, many, said) => {
    expect(plural(count, noun, many)).toBe(said);
  });

  it('is written by this one function', () => {
    const counted =
      'actions|buckets|controls|days|documents|events|findings|functions|hosts|hours|messages|minutes|regions|resources|times|tries|verdicts';
    const byHand = new RegExp(`\\$\\{[^{}]*\\} (?:${counted})\\b|=== 1 \\? '1 `);
    // These say what AWS says, in its words, or a number that is never 1.
    const others =
      /lib\/local\/(security-hub|hosts|iam|lambda\/runner)|harden-plan|outcome\.ts|rollout-entry|overdue|exemptions-change|operator\.ts/;
    const found = readdirSync('lib', { recursive: true, encoding: 'utf8' })
      .map((name) => `lib/${name}`)
      .filter((file) => file.endsWith('.ts') && !others.test(file))
      .filter((file) => byHand.test(readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')));
    expect(found).toEqual([]);
  });
});
