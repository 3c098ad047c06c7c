import { isMatchOf } from '../../lib/support/java-pattern/matches.ts';

describe('an expression of Java', () => {
  it.each([
    ['[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*', 'my-bucket-1', true],
    ['[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*', 'my-', false],
    [String.raw`(\d{1,3})\.(\d{1,3})/(\d{1,2})`, '10.0/16', true],
    [String.raw`(\d{1,3})\.(\d{1,3})/(\d{1,2})`, '1000.0/16', false],
    ['^$|^arn:(aws[a-zA-Z-]*)?:kms:.+$', '', true],
    ['^$|^arn:(aws[a-zA-Z-]*)?:kms:.+$', 'arn:aws-cn:kms:a', true],
    ['(?=^.{3,5}$)(?!.*[.-]{2})[a-z.-]+', 'a.b', true],
    ['(?=^.{3,5}$)(?!.*[.-]{2})[a-z.-]+', 'a.-b', false],
    ['(?=^.{3,5}$)(?!.*[.-]{2})[a-z.-]+', 'abcdef', false],
    [String.raw`[\w-\+]+@[^@\s]+`, 'a-b+c@d', true],
    [String.raw`\S+\D\W?`, 'ab!', true],
    [String.raw`\p{Alpha}\P{Digit}[\p{Punct}]`, 'ab!', true],
    [String.raw`\p{Alpha}\P{Digit}[\p{Punct}]`, 'a1!', false],
    ['a{2}', 'aa', true],
    ['a{2}', 'aaa', false],
    ['(a|b){2,}?c', 'abac', true],
    ['(?:a?){3}', 'aaaa', false],
    ['(a*)*', 'aaa', true],
    ['(a|)+b', 'b', true],
    ['.', '😀', true],
    ['[]', ']', undefined],
    ['[]a]', 'a', undefined],
    ['[a&&b]', 'a', undefined],
    ['[a[b]]', 'a', undefined],
    ['[b-a]', 'a', undefined],
    [String.raw`[a-\w]`, 'a', undefined],
    ['a++', 'a', undefined],
    ['a{2}{2}', 'aaaa', undefined],
    ['a{,2}', 'a', undefined],
    ['a{2,1}', 'aa', undefined],
    ['*', 'a', undefined],
    ['(a', 'a', undefined],
    ['a)', 'a', undefined],
    ['(?<name>a)', 'a', undefined],
    ['(?<!a)b', 'b', undefined],
    ['(?i)a', 'A', undefined],
    [String.raw`\p{L}`, 'a', undefined],
    [String.raw`\p`, 'a', undefined],
    [String.raw`(a)\1`, 'aa', undefined],
    [String.raw`\bab`, 'ab', undefined],
    ['a\\', 'a', undefined],
    ['.*', 'a\nb', undefined],
  ])('%s with %j: %s', (pattern, text, expected) => {
    expect(isMatchOf(pattern, text)).toBe(expected);
  });
  it.each([
    ['(a+)+b', 4_000],
    ['(a|a)*b', 4_000],
    ['((a*)*)*b', 4_000],
    ['(.*a){20}b', 4_000],
    ['(a{1,1000}){1,1000}b', 1_000],
    ['(){999999999}b', 1],
    [`${'('.repeat(900)}b${')'.repeat(900)}`, 1],
    ['b'.repeat(3_000), 3_000],
    ['b*', 5_000],
  ])('takes no long time: %s', (pattern, length) => {
    const begun = performance.now();
    expect(isMatchOf(pattern, 'a'.repeat(length))).not.toBe(true);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
