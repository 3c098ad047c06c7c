import { inspect } from 'node:util';
import fc from 'fast-check';
import { runs } from '../extent.ts';

/** Jest's own `expect`, of which the one that tests call leaves out what surely holds. */
const { expect: ofJest }: { expect: typeof expect } = Reflect.get(
  globalThis,
  Symbol.for('plumbline.current'),
);

const counted = () => ofJest.getState().assertionCalls;
/** What an assertion comes to: its message and the file of its first line, or nothing; and what it counts. */
const outcomeOf = (assertion: () => void) => {
  const before = counted();
  try {
    assertion();
    return { counts: counted() - before };
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(inspect(error));
    const [first = ''] = stack
      .slice(stack.indexOf(message) + message.length)
      .split(/\n +at /)
      .slice(1);
    return { message, first: first.replace(/.*\/|:.*/g, ''), counts: counted() - before };
  }
};

const matchers = ['toBe', 'toEqual', 'toMatchObject', 'toContain'] as const;
const asked = (matchers: object, name: string, other: unknown) =>
  Reflect.apply(Reflect.get(matchers, name), matchers, [other]);
const isAsOfJest = (one: unknown, other: unknown) => {
  for (const name of matchers) {
    expect(outcomeOf(() => asked(expect(one), name, other))).toStrictEqual(
      outcomeOf(() => asked(ofJest(one), name, other)),
    );
    expect(outcomeOf(() => asked(expect(one).not, name, other))).toStrictEqual(
      outcomeOf(() => asked(ofJest(one).not, name, other)),
    );
  }
};

describe('what tests expect is what Jest expects', () => {
  const anything = fc.anything({
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
  });

  it('of values that differ', () => {
    fc.assert(fc.property(anything, anything, isAsOfJest), runs());
  });

  it('of values of one shape', () => {
    fc.assert(
      fc.property(fc.clone(anything, 2), ([one, other]) => isAsOfJest(one, other)),
      runs(),
    );
  });

  it.each<[string, unknown, unknown]>([
    ['a key that is not there', { a: 1, b: undefined }, { a: 1 }],
    ['a key in the place of another', { a: undefined }, { b: undefined }],
    ['a part', { a: [{ b: 1, c: 2 }], d: 1 }, { a: [{ b: 1 }] }],
    ['a part of a list', [1, 2], [1]],
    ['an object with more', { b: 1 }, { a: undefined, b: 1 }],
    ['a matcher', { a: 1 }, { a: expect.any(Number) }],
    ['a matcher that does not hold', { a: 1 }, { a: expect.any(String) }],
    ['a negative zero', [-0], [0]],
    ['a symbol', { [Symbol.iterator]: 1 }, {}],
    ['a list with a hole', [undefined], new Array(1)],
    ['what a regular expression found', /a/.exec('a'), ['a']],
    ['a list and an object', [], {}],
    ['an object of a class', new Error('one'), new Error('other')],
    ['a part of a text', 'one two', 'two'],
    ['a part that no text is', 'one 2', 2],
    ['not a number, in a list', [Number.NaN], Number.NaN],
  ])('of %s', (_, one, other) => isAsOfJest(one, other));

  it.each<[string, unknown, number]>([
    ['a list', [1], 1],
    ['a shorter list', [], 1],
    ['a text', 'one', 3],
    ['what has no length', 1, 1],
    ['a length below zero', [], -1],
  ])('of the length of %s', (_, one, length) => {
    expect(outcomeOf(() => expect(one).toHaveLength(length))).toStrictEqual(
      outcomeOf(() => ofJest(one).toHaveLength(length)),
    );
  });

  it('is told at the line of the test', () => {
    const { message, first } = outcomeOf(() => expect(1).toBe(2));
    expect(message).toContain('Expected: ');
    expect(first).toBe('expecting.test.ts');
  });

  it('of a promise', async () => {
    await expect(Promise.resolve([1])).resolves.toEqual([1]);
    await expect(expect(Promise.resolve(1)).resolves.toBe(2)).rejects.toThrow('Expected: 2');
  });
});
