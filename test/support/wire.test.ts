import fc from 'fast-check';
import { decode, encode } from '../../lib/support/wire.ts';

describe('a message between our functions', () => {
  it('comes out as it went in, dates included', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.date({ noInvalidDate: true }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((key) => key !== '__proto__' && key !== '$date'),
          tie('value'),
          { maxKeys: 3, noNullPrototype: true },
        ),
      ),
    })).value;
    fc.assert(fc.property(json, (value) => expect(decode(encode(value))).toEqual(value)));
  });

  it('that is no JSON is nothing', () => {
    expect(decode('{')).toBeUndefined();
  });
});
