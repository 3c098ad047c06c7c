import fc from 'fast-check';
import { runs } from '../../extent.ts';
import type { RawStatement } from './policy-evaluation.ts';
import { evaluate, policies, write } from './policy-verdicts.ts';

const inEach =
  (effect: RawStatement['Effect'], change: (one: RawStatement) => RawStatement) =>
  (policy: readonly RawStatement[]) =>
    policy.map((one) => (one.Effect === effect ? change(one) : one));
const ifExists = ({ Condition = {}, ...statement }: RawStatement): RawStatement => ({
  ...statement,
  Condition: Object.fromEntries(
    Object.entries(Condition).map(([operator, keys]) => [
      /^Null$|IfExists$/.test(operator) ? operator : `${operator}IfExists`,
      keys,
    ]),
  ),
});
type Weaken = (policy: readonly RawStatement[], other: readonly RawStatement[]) => RawStatement[];
const weakenings: Readonly<Record<string, Weaken>> = {
  'one Allow more': (policy, other) => [
    ...policy,
    ...other.filter(({ Effect }) => Effect === 'Allow').slice(0, 1),
  ],
  'a Deny less': (policy) => {
    const index = policy.findIndex(({ Effect }) => Effect === 'Deny');
    return policy.filter((_, at) => at !== index);
  },
  'an Allow for everybody': inEach('Allow', ({ NotPrincipal, ...statement }) => ({
    ...statement,
    Principal: '*',
  })),
  'an Allow without conditions': inEach('Allow', ({ Condition, ...statement }) => statement),
  'an Allow where a missing key meets the condition': inEach('Allow', ifExists),
  'a Deny under one condition more': inEach('Deny', (statement) => ({
    ...statement,
    Condition: { ...statement.Condition, NumericLessThan: { 's3:max-keys': '10' } },
  })),
};

describe('a policy that allows more', () => {
  it.each(Object.entries(weakenings))('never passes where it failed: %s', (_, weaken) => {
    fc.assert(
      fc.property(policies, policies, (policy, other) => {
        const before = evaluate(write(policy));
        const after = evaluate(write(weaken(policy, other)));
        expect(after.filter((_, at) => before[at] === 'FAIL')).toEqual(
          before.filter((status) => status === 'FAIL'),
        );
      }),
      runs(150),
    );
  });
});
