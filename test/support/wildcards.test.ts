import fc from 'fast-check';
import { covers, patternSet } from '../../lib/support/pattern-sets.ts';
import { matches, matchesStars, overlaps } from '../../lib/support/wildcards.ts';
import { runs } from '../extent.ts';

/** What a pattern means, told as simply as it can be. */
const means = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  const [first, ...rest] = pattern;
  if (first === '*')
    return [...text, ''].some((_, length) => means(rest.join(''), text.slice(length)));
  return text !== '' && (first === '?' || first === text[0]) && means(rest.join(''), text.slice(1));
};

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 7 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 7 });
const texts = ['', 'a', 'b', '/'].flatMap((a) =>
  ['', 'a', 'b', '/'].flatMap((b) =>
    ['', 'a', 'b', '/'].flatMap((c) => ['', 'a', 'b', '/'].map((d) => a + b + c + d)),
  ),
);

describe('wildcards', () => {
  it('match what they mean', () => {
    fc.assert(
      fc.property(pattern, text, (glob, name) => {
        expect(matches(glob, name)).toBe(means(glob, name));
      }),
      runs(3000),
    );
  });

  it('are stars alone where a question mark is a letter, and many of them take no time', () => {
    fc.assert(
      fc.property(pattern, text, (glob, name) => {
        expect(matchesStars(glob, name)).toBe(means(glob.replaceAll('?', '!'), name));
      }),
      runs(1000),
    );
    expect(matchesStars('what?', 'what?')).toBe(true);
    expect(matchesStars('what?', 'whats')).toBe(false);
    const begun = process.cpuUsage();
    expect(matchesStars('*a'.repeat(2000), `${'a'.repeat(1900)}b`)).toBe(false);
    expect(process.cpuUsage(begun).user).toBeLessThan(3_000_000);
  });

  it('overlap where some text matches both', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3 });
    fc.assert(
      fc.property(short, short, (left, right) => {
        const both = texts.some((each) => means(left, each) && means(right, each));
        // Any text that both match can be as long as the two together.
        if (both) expect(overlaps(left, right)).toBe(true);
        else if (left.length + right.length <= 4) expect(overlaps(left, right)).toBe(false);
        expect(overlaps(left, right)).toBe(overlaps(right, left));
      }),
      runs(3000),
    );
  });

  it('cover where every text of the other matches', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3 });
    fc.assert(
      fc.property(fc.array(short, { maxLength: 3 }), short, (wide, narrow) => {
        const missed = texts.find(
          (each) => means(narrow, each) && !wide.some((pattern) => means(pattern, each)),
        );
        expect(covers(wide, narrow)).toBe(missed === undefined);
      }),
      runs(3000),
    );
  });

  it('are covered by those alone that are candidates', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(short, { maxLength: 6 }), short, (wide, narrow) => {
        const candidates = patternSet(wide).candidates(narrow).flat();
        const some = candidates.map((index) => wide[index] ?? '');
        expect(covers(some, narrow)).toBe(covers(wide, narrow));
      }),
      runs(3000),
    );
  });

  it('are taken for as wide as is asked where they are too entangled to say', () => {
    // Each part has so many lengths that count that all of them together are too many to follow.
    const least = (count: number) => `${'?'.repeat(count)}*`;
    const entangled = [
      ...Array.from(
        { length: 40 },
        (_, i) => `arn:aws:*${least(20 + i)}:${least(60 - i)}:${least(i)}:*`,
      ),
      ...Array.from({ length: 25 }, (_, i) => `arn:aws:${'?'.repeat(i + 1)}:*:*:*`),
    ];
    expect(covers(entangled, 'arn:aws:?*:*:*:?*', true)).toBe(true);
    expect(covers(entangled, 'arn:aws:?*:*:*:?*')).toBe(false);
  });

  it('take steps, not tries: many stars on a long name', () => {
    const name = 'a'.repeat(2048);
    expect(matches(`${'*a'.repeat(60)}b`, name)).toBe(false);
    expect(overlaps(`${'*a'.repeat(500)}b`, `${'a*'.repeat(500)}c`)).toBe(false);
    expect(overlaps(`${'*a'.repeat(500)}b`, `${'a?'.repeat(500)}c`)).toBe(false);
  });
});
