import {
  coversAction,
  coversEveryAction,
  coversResource,
  matchesAllBelow,
  matchesSomeBelow,
} from '../../../lib/analysis/policies/policy-matching.ts';
import { covers } from '../../../lib/support/pattern-sets.ts';
import { matches, overlaps } from '../../../lib/support/wildcards.ts';

describe('matches', () => {
  it.each([
    ['s3:GetObject', 's3:GetObject', true],
    ['s3:GetObject', 's3:GetObjectAcl', false],
    ['s3:Get*', 's3:GetObject', true],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['?', '', false],
    ['s3:GetObjec?', 's3:GetObject', true],
    ['s3:GetObject?', 's3:GetObject', false],
    ['*a*b*', 'xaxbx', true],
    ['*a*b', 'abac', false],
    ['a*a', 'a', false],
    ['**a', 'ba', true],
    ['a.c', 'abc', false],
    ['s3:Get*', 's3:getObject', false],
  ])('%j against %j: %j', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('is not led into exponential time', () => {
    expect(matches(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

describe('coversAction', () => {
  const isAbout = (patterns: string[], action: string, not = false) =>
    coversAction({ actions: { not, patterns } }, action);
  it.each([
    ['listed in another case', isAbout(['S3:getobject'], 's3:GetObject'), true],
    ['met by a wildcard in another case', isAbout(['s3:GETOBJ*'], 's3:GetObject'), true],
    ['not listed', isAbout(['s3:PutObject'], 's3:GetObject'), false],
    ['excepted', isAbout(['s3:Get*'], 's3:GetObject', true), false],
    ['not excepted', isAbout(['s3:Put*'], 's3:GetObject', true), true],
  ])('%s', (_, actual, expected) => expect(actual).toBe(expected));
});

describe('coversEveryAction', () => {
  it.each([
    [['*'], false, true],
    [['s3:GetObject', '*:*'], false, true],
    [['?*'], false, true],
    [['*:?*'], false, true],
    [['?*:?*'], false, true],
    [['*:????????????????*'], false, false],
    [['iam:?*'], false, false],
    [['s3:*'], false, false],
    [[], true, true],
    [['iam:*'], true, false],
  ])('%j, not %j: %j', (patterns, not, expected) => {
    expect(coversEveryAction({ actions: { not, patterns } })).toBe(expected);
  });
});

describe('coversResource', () => {
  it.each([
    [['arn:aws:s3:::a/*'], false, 'arn:aws:s3:::a/key', true],
    [['arn:aws:s3:::a/*'], false, 'arn:aws:s3:::A/key', false],
    [['arn:aws:s3:::a/*'], true, 'arn:aws:s3:::a', true],
  ])('%j, not %j: %s is %j', (patterns, not, arn, expected) => {
    expect(coversResource({ resources: { not, patterns } }, arn)).toBe(expected);
  });
});

describe('matchesAllBelow and matchesSomeBelow', () => {
  it.each([
    ['*', true, true],
    ['s3:*', true, true],
    ['s3:get*', true, true],
    ['s3:g*', true, true],
    ['s3:getobject*', false, true],
    ['s3:getobject', false, true],
    ['s3:*object', false, true],
    ['s3:?et*', true, true],
    ['s3:get', false, true],
    ['s3:ge', false, false],
    ['s3:put*', false, false],
    ['', false, false],
  ])('%j against s3:get…: all %j, some %j', (pattern, all, some) => {
    expect(matchesAllBelow(pattern, 's3:get')).toBe(all);
    expect(matchesSomeBelow(pattern, 's3:get')).toBe(some);
  });
});

describe('covers', () => {
  it.each<[readonly string[], string, boolean]>([
    [['a*'], 'a*b', true],
    [['*'], '*', true],
    [['**'], '*', true],
    [['*?'], '?*', true],
    [['?*'], '*', false],
    [['a*b'], 'a*', false],
    [['a?'], 'a*', false],
    [['a?'], 'a?', true],
    [['a'], 'a', true],
    [['a'], '*', false],
    [['a?s:*'], 'aws:*', true],
    [['a*', '?b*'], 'ab?', true],
    [['*a', '*b'], 'x?', false],
    [['', '?*'], '*', true],
    [['a?', 'a??*'], 'a?*', true],
    [['a?', 'a???*'], 'a?*', false],
    [[], 'a', false],
  ])('%j over %j: %j', (wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });

  it('ends for patterns that are made to be entangled', () => {
    const entangled = `*a${'?'.repeat(60)}*b${'?'.repeat(60)}`;
    const began = performance.now();
    expect(covers([entangled, `*b${'?'.repeat(60)}`], '*a*b*')).toBe(false);
    expect(
      covers(
        Array.from({ length: 400 }, (_, index) => `${index}*`),
        '?*',
      ),
    ).toBe(false);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('overlaps', () => {
  it.each([
    ['', '', true],
    ['', '*', true],
    ['', 'a', false],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['a*', 'ab', true],
    ['a*', '*b', true],
    ['a*c', 'ab*', true],
    ['a*c', 'b*', false],
    ['a?c', '*bc', true],
    ['a?', 'a', false],
    ['s3:*acl', 's3:putbucket*', true],
    ['s3:get*', 's3:put*', false],
    ['*a*b', 'b*a', false],
    ['*a*b*', 'b*a', true],
  ])('%j and %j: %j', (left, right, expected) => {
    expect(overlaps(left, right)).toBe(expected);
    expect(overlaps(right, left)).toBe(expected);
  });

  it('is not led into exponential time', () => {
    expect(overlaps(`${'*a'.repeat(60)}b`, `${'*a'.repeat(60)}c`)).toBe(false);
  });
});
