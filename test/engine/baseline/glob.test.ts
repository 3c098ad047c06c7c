import fc from 'fast-check';
import { isMatchable, matchesGlob } from '../../../lib/engine/baseline/glob.ts';
import { runs } from '../../extent.ts';

/** The regular expression of a glob of letters, slashes and stars: quick enough for short ones. */
const meaning = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/(?<=^|\/)(\*\*\/)+/g, 'S')
      .replace(/\*{2,}/g, 'D')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')
      .replace(/D/g, '.*')
      .replace(/S/g, '(.*/)?')}$`,
  );

describe('a glob', () => {
  const cases: Record<string, [glob: string, text: string, matches: boolean]> = {
    'one star stays between two slashes': ['role/*', 'role/teams/web', false],
    'two stars cross them': ['role/**', 'role/teams/web', true],
    'two stars cross them wherever they stand': [
      'arn:aws:iam::1:**',
      'arn:aws:iam::1:role/a',
      true,
    ],
    'two stars between slashes stand for no part at all': ['role/**/web', 'role/web', true],
    'a question mark is one character': ['i-?', 'i-0', true],
    'a question mark is no slash': ['role?a', 'role/a', false],
    'alternatives in alternatives': ['{a,b{c,d}}e', 'bde', true],
    'an alternative that is empty': ['web{,-old}', 'web', true],
    'a range of characters': ['i-[0-9a-f]', 'i-c', true],
    'none of these characters': ['i-[!0-9]', 'i-7', false],
    'none of these characters, and no slash': ['i[!0-9]a', 'i/a', false],
    'a star that is meant': ['a\\*', 'a*', true],
    'a star that is meant matches nothing else': ['a\\*', 'ab', false],
    'a leading exclamation mark is one': ['!a*', 'b', false],
    'characters of two units': ['[😀-😂]*', '😁', true],
  };
  it.each(Object.entries(cases))('%s', (_, [glob, text, expected]) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });

  it.each(['a{b', 'a[b', '{a}b*', 'i-{1..9}', '[[:alpha:]]', '{a,b}'.repeat(30)])(
    '%s says nothing that could match, and is refused',
    (glob) => {
      expect(isMatchable(glob)).toBe(false);
      expect(matchesGlob(glob, 'a')).toBe(false);
    },
  );

  it('means what its regular expression does', () => {
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '**', '?'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
    fc.assert(
      fc.property(glob, text, (pattern, name) => {
        expect(matchesGlob(pattern, name)).toBe(meaning(pattern).test(name));
      }),
      runs(5000),
    );
  });

  it('is told of a long name at once, however many stars it has', () => {
    const name = `${'a'.repeat(255)}`;
    for (const star of ['*', '**', '*a*', '?*']) {
      const before = performance.now();
      expect(matchesGlob(`${`${star}a`.repeat(12)}b`, name)).toBe(false);
      expect(performance.now() - before).toBeLessThan(500);
    }
  });
});
