import { type Comparison, compared } from '../../../lib/reports/compliance/compare.ts';
import type { Recorded, RecordedResult } from '../../../lib/reports/compliance/record.ts';
import { exemption, result, scanOf } from './sample.ts';

const fails = result();
const other = result({ id: 'other', arn: 'arn:aws:s3:::other' });
const unknown = result({ status: 'UNKNOWN', reason: 'denied' });
const unlisted = result({ status: 'UNKNOWN', id: '*', reason: 'may not list' });
const looked = { 'S3.8': 1 };

const idsOf = ({ worse, better, firstSeen, excepted, open, same }: Comparison) => ({
  worse: worse.map(({ id }) => id),
  better: better.map(({ id }) => id),
  firstSeen: firstSeen.map(({ id }) => id),
  excepted: excepted.map(({ id }) => id),
  open: open.map(({ id }) => id),
  same,
});
const nothing = { worse: [], better: [], firstSeen: [], excepted: [], open: [], same: 0 };
const all = new Set(['S3.8', 'S3.5']);
const scan = (results: readonly RecordedResult[], over: Partial<Recorded> = {}) =>
  scanOf(results, looked, over);

/** A scan of another region, of a control on what is global. */
const elsewhere = (results: readonly RecordedResult[]): Recorded => {
  const made = scan(results, { regions: ['eu-west-1'], homeRegion: 'us-east-1' });
  const counts = made.controls['S3.8'];
  return counts ? { ...made, controls: { 'S3.8': { ...counts, isGlobal: true } } } : made;
};

describe('what is different', () => {
  const cases: Readonly<
    Record<string, readonly [Recorded, Recorded, Partial<typeof nothing> | object]>
  > = {
    nothing: [scan([fails]), scan([fails]), { same: 1 }],
    'fails now, and did not before': [scan([]), scan([fails]), { worse: ['invoices'] }],
    'failed before, and does not now': [scan([fails]), scan([]), { better: ['invoices'] }],
    'the control is new': [scanOf([], { 'S3.5': 1 }), scan([fails]), { firstSeen: ['invoices'] }],
    'the region is new': [
      scan([], { regions: ['eu-west-1'] }),
      scan([result({ region: 'us-east-1' })], { regions: ['us-east-1'] }),
      { firstSeen: ['invoices'] },
    ],
    'the account is new': [
      scan([], { account: '210987654321' }),
      scan([fails]),
      { firstSeen: ['invoices'] },
    ],
    'was unknown before': [scan([unknown]), scan([fails]), { firstSeen: ['invoices'] }],
    'is unknown now': [scan([fails]), scan([unknown]), { open: ['invoices'] }],
    'could not be listed now': [scan([fails]), scan([unlisted]), { open: ['invoices'] }],
    'the control was not evaluated now': [
      scan([fails]),
      scanOf([], { 'S3.5': 1 }),
      { open: ['invoices'] },
    ],
    'the region was not looked at now': [
      scan([fails]),
      scan([], { regions: ['eu-west-1'] }),
      { open: ['invoices'] },
    ],
    'options left resources out': [
      scan([fails]),
      scan([], { isNarrowed: true }),
      { open: ['invoices'] },
    ],
    'options left resources out before': [
      scan([], { isNarrowed: true }),
      scan([fails]),
      { firstSeen: ['invoices'] },
    ],
    'could not be listed before': [scan([unlisted]), scan([fails]), { firstSeen: ['invoices'] }],
    'is global, and stands in the home region, which was not asked for': [
      elsewhere([fails]),
      elsewhere([]),
      { better: ['invoices'] },
    ],
    'is regional, and its region was not asked for now': [
      scan([fails]),
      scan([], { regions: ['eu-west-1'], homeRegion: 'us-east-1' }),
      { open: ['invoices'] },
    ],
    'somebody answers for it now: it is not better': [
      scan([fails]),
      scan([result({ exemption })]),
      { excepted: ['invoices'] },
    ],
    'an exemption ended: it fails again': [
      scan([result({ exemption })]),
      scan([fails]),
      { worse: ['invoices'] },
    ],
    'each for itself': [scan([fails]), scan([other]), { worse: ['other'], better: ['invoices'] }],
  };
  it.each(Object.entries(cases))('%s', (_, [before, now, expected]) => {
    expect(idsOf(compared([before], [now], all))).toEqual({ ...nothing, ...expected });
  });

  it('is only what these controls found', () => {
    expect(idsOf(compared([scan([])], [scan([fails])], new Set(['S3.5'])))).toEqual(nothing);
  });
});
