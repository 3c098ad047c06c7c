import fc from 'fast-check';
import type { Attestation } from '../../../lib/reports/compliance/attestation.ts';
import { attestationOn } from '../../../lib/reports/compliance/attestation.ts';
import { standings } from '../../../lib/reports/compliance/standing.ts';
import { shareOf, summaryOf, threeNumbers } from '../../../lib/reports/compliance/summary.ts';
import type { Requirement } from '../../../lib/reports/frameworks/resolve.ts';
import { counted, exemption, frameworkOf, requirement, result, scanOf } from './sample.ts';

const scan = scanOf(
  [
    result({ control: 'F.1' }),
    result({ control: 'U.1', status: 'UNKNOWN', reason: 'denied' }),
    result({ control: 'E.1', exemption }),
  ],
  { 'F.1': 999, 'P.1': 3, 'P.2': 1, 'E.1': 2, 'N.1': 0 },
);
const statusOf = (one: Requirement, attested = false) => {
  const attestation: Attestation = {
    standard: 'house',
    requirement: one.id,
    by: 'ann',
    until: '2027-01-31',
    link: 'https://example.com',
  };
  const [found] = standings(frameworkOf([one]), [scan], () => (attested ? attestation : undefined));
  return found && `${found.status}${found.isPart ? ' in part' : ''}`;
};

describe('a requirement', () => {
  const cases: Readonly<Record<string, readonly [Requirement, string, boolean?]>> = {
    'one bad resource of a thousand fails it': [requirement('1', ['F.1']), 'FAILED'],
    'a failure outweighs what is unknown': [requirement('1', ['U.1', 'F.1']), 'FAILED'],
    'what is unknown is not met': [requirement('1', ['P.1', 'U.1']), 'UNKNOWN'],
    'what is unknown outweighs an exemption': [requirement('1', ['E.1', 'U.1']), 'UNKNOWN'],
    'an exemption is not met': [requirement('1', ['E.1', 'P.1']), 'EXEMPTED'],
    'all pass': [requirement('1', ['P.1', 'P.2']), 'MET'],
    'nothing is there': [requirement('1', ['N.1']), 'NO_RESOURCES'],
    'one passes, of another nothing is there': [requirement('1', ['N.1', 'P.1']), 'MET'],
    'no scan evaluated its control': [requirement('1', ['X.1']), 'NOT_ASSESSED'],
    'a control that is turned off is not replaced by a word': [
      requirement('1', ['X.1']),
      'NOT_ASSESSED',
      true,
    ],
    'one of two was evaluated': [requirement('1', ['P.1', 'X.1']), 'MET in part'],
    'Security Hub has more for it': [
      requirement('1', ['P.1'], { missing: ['ACM.1'] }),
      'MET in part',
    ],
    'no control answers it': [requirement('1', []), 'NOT_YET'],
    'only a control that we lack answers it': [
      requirement('1', [], { kind: 'manual', missing: ['ACM.1'] }),
      'NOT_YET',
    ],
    'people answer it, and nobody has': [requirement('1', [], { kind: 'manual' }), 'MANUAL'],
    'somebody attests it': [requirement('1', [], { kind: 'manual' }), 'ATTESTED', true],
    'no control, and somebody attests it': [requirement('1', []), 'ATTESTED', true],
    'a word makes no failure good': [requirement('1', ['F.1']), 'FAILED', true],
    'shared: controls pass, nobody attests': [
      requirement('1', ['P.1'], { kind: 'shared' }),
      'MANUAL',
    ],
    'shared: a word does not stand for controls that nothing evaluated': [
      requirement('1', ['X.1'], { kind: 'shared' }),
      'NOT_ASSESSED',
      true,
    ],
    'shared: no control answers it, and somebody attests it': [
      requirement('1', [], { kind: 'shared' }),
      'ATTESTED',
      true,
    ],
    'shared: both': [requirement('1', ['P.1'], { kind: 'shared' }), 'MET', true],
    'shared: a word makes no failure good': [
      requirement('1', ['F.1'], { kind: 'shared' }),
      'FAILED',
      true,
    ],
    'shared: nothing unknown is made good': [
      requirement('1', ['U.1'], { kind: 'shared' }),
      'UNKNOWN',
      true,
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [one, expected, attested]) => {
    expect(statusOf(one, attested)).toBe(expected);
  });

  it('of a control with the name of a property is not there', () => {
    expect(statusOf(requirement('1', ['constructor']))).toBe('NOT_ASSESSED');
  });

  it('is not assessed by a scan that left resources out and found none', () => {
    const [standing] = standings(frameworkOf([requirement('1', ['S3.8'])]), [
      scanOf([], { 'S3.8': 0 }, { isNarrowed: true }),
    ]);
    expect(standing?.status).toBe('NOT_ASSESSED');
  });

  it('fails where it fails in one of two accounts, and is in part where one was not looked at', () => {
    const other = scanOf([result({ control: 'P.1' })], {}, { account: '210987654321' });
    const framework = frameworkOf([requirement('1', ['P.1']), requirement('2', ['P.2'])]);
    expect(
      standings(framework, [scan, other]).map(({ status, isPart, controls }) => [
        status,
        isPart,
        controls[0]?.notIn,
      ]),
    ).toEqual([
      ['FAILED', false, []],
      ['MET', true, ['210987654321']],
    ]);
  });
});

describe('an attestation', () => {
  const word = (until: string, by = 'ann'): Attestation => ({
    standard: 'house',
    requirement: '1',
    by,
    until,
    link: 'https://example.com',
  });
  it('counts to the last moment of its day, in UTC', () => {
    const on = (at: string) => attestationOn([word('2027-01-31')], 'house', new Date(at))('1')?.by;
    expect(on('2027-01-31T23:59:59.999Z')).toBe('ann');
    expect(on('2027-02-01T00:00:00.000Z')).toBeUndefined();
  });
  it('is of its own framework alone, and of several the longest counts', () => {
    const all = [word('2027-01-31'), word('2028-01-31', 'bob'), word('2026-01-31', 'eve')];
    const at = new Date('2026-11-30T00:00:00Z');
    expect(attestationOn(all, 'house', at)('1')?.by).toBe('bob');
    expect(attestationOn(all, 'other', at)('1')).toBeUndefined();
  });
});

describe('the numbers', () => {
  const all = [
    requirement('1', ['F.1']),
    requirement('2', ['U.1']),
    requirement('3', ['E.1']),
    requirement('4', ['P.1'], { missing: ['ACM.1'] }),
    requirement('5', ['N.1']),
    requirement('6', [], { kind: 'manual' }),
    requirement('7', ['X.1']),
    requirement('8', []),
  ];
  it('are three, each with what it is a share of', () => {
    expect(threeNumbers(summaryOf(standings(frameworkOf(all), [scan])))).toEqual([
      ['Coverage', '62 %', '5 of 8 requirements assessed, 1 of them in part'],
      ['Score', '40 %', '2 of 5 assessed are met, 1 unknown'],
      ['Exceptions', '1', 'of 1007 verdicts, 1004 passed'],
    ]);
  });
  it('count a control once, however many requirements it answers', () => {
    const twice = [requirement('1', ['E.1']), requirement('2', ['E.1'])];
    expect(summaryOf(standings(frameworkOf(twice), [scan])).exceptions).toBe(1);
  });
  it.each([
    [199, 200, '99 %'],
    [200, 200, '100 %'],
    [0, 3, '0 %'],
    [0, 0, '–'],
  ])('%d of %d is %s', (part, whole, said) => {
    expect(shareOf(part, whole)).toBe(said);
  });

  // Counted again, resource by resource, by what the guide says and not by what the module does.
  const outcomes = ['PASS', 'FAIL', 'UNKNOWN', 'EXEMPTED'] as const;
  const slow = (controls: readonly (readonly string[] | undefined)[]): string => {
    const looked = controls.filter((each) => each !== undefined).flat();
    if (controls.every((each) => each === undefined))
      return controls.length === 0 ? 'NOT_YET' : 'NOT_ASSESSED';
    if (looked.includes('FAIL')) return 'FAILED';
    if (looked.includes('UNKNOWN')) return 'UNKNOWN';
    if (looked.includes('EXEMPTED')) return 'EXEMPTED';
    return looked.includes('PASS') ? 'MET' : 'NO_RESOURCES';
  };
  it('are those of a second, slow count', () => {
    const outcome = fc.array(fc.constantFrom(...outcomes), { maxLength: 4 });
    const control = fc.option(outcome, { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(fc.array(control, { maxLength: 3 }), { maxLength: 6 }),
        (requirements) => {
          const named = requirements.map((controls, r) =>
            controls.map((each, c) => [`C${r}.${c}`, each] as const),
          );
          const number = (each: readonly string[], what: string) =>
            each.filter((one) => one === what).length;
          const controls = Object.fromEntries(
            named.flat().flatMap(([id, each]) =>
              each === undefined
                ? []
                : [
                    [
                      id,
                      counted({
                        passed: number(each, 'PASS'),
                        failed: number(each, 'FAIL'),
                        unknown: number(each, 'UNKNOWN'),
                        exempted: number(each, 'EXEMPTED'),
                      }),
                    ],
                  ],
            ),
          );
          const framework = frameworkOf(
            named.map((each, index) =>
              requirement(
                `${index}`,
                each.map(([id]) => id),
              ),
            ),
          );
          const found = standings(framework, [{ ...scan, controls }]);
          expect(found.map(({ status }) => status)).toEqual(requirements.map(slow));
          const summary = summaryOf(found);
          const states = requirements.map(slow);
          const answered = states.filter((each) => !each.startsWith('NOT_'));
          expect(summary.assessed).toBe(answered.length);
          expect(summary.met).toBe(
            answered.filter((each) => each === 'MET' || each === 'NO_RESOURCES').length,
          );
          const verdicts = requirements.flat(2).filter((each) => each !== undefined);
          expect(summary.verdicts).toEqual({
            passed: number(verdicts, 'PASS'),
            of: verdicts.length,
          });
        },
      ),
    );
  });
});
