import { someOf } from '../../lib/support/some-of.ts';

it.each<[number, string]>([
  [1, '1'],
  [2, '1 and 2'],
  [6, '1 and 2 and 3 and 4 and 5 and 6'],
  [7, '1 and 2 and 3 and 4 and 5 and 2 others'],
  [150, '1 and 2 and 3 and 4 and 5 and 145 others'],
])('names the first of %d', (count, said) => {
  expect(someOf(Array.from({ length: count }, (_, at) => String(at + 1)))).toBe(said);
});
