import fc from 'fast-check';
import { compareNaturally } from '../../lib/support/compare.ts';
import { runs } from '../extent.ts';

const collator = new Intl.Collator('en', { numeric: true });
const expectAlike = (a: string, b: string): void => {
  expect(Math.sign(compareNaturally(a, b))).toBe(Math.sign(collator.compare(a, b)));
};

it('sorts numbers by what they are, and letters in lower case first', () => {
  const sorted = ['EC2.2', 'EC2.13', 'ec2.13', 'S3.2', 'S3.10'];
  expect(sorted.toReversed().toSorted(compareNaturally)).toEqual([
    'EC2.2',
    'ec2.13',
    'EC2.13',
    'S3.2',
    'S3.10',
  ]);
});

describe('as the collator of English does', () => {
  const printable = fc.constantFrom(
    ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)),
  );
  const few = fc.constantFrom('a', 'A', 'b', '0', '1', '9', '-', '.', ':', '/');

  it('any two printable characters', () => {
    fc.assert(fc.property(printable, printable, expectAlike), runs(10_000));
  });
  it('texts of a few characters, which are often nearly equal', () => {
    const text = fc.string({ unit: few, maxLength: 8 });
    fc.assert(fc.property(text, text, expectAlike), runs(20_000));
  });
  it('texts of all printable characters', () => {
    const text = fc.string({ unit: printable });
    fc.assert(
      fc.property(text, text, text, (same, a, b) => expectAlike(same + a, same + b)),
      runs(),
    );
  });
  it('texts beyond ASCII', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(fc.property(text, text, expectAlike), runs());
  });
});
