import { countSuppression } from '../../../lib/engine/remediation/suppression.ts';

const ops = 'arn:aws:iam::123456789012:role/ops';
const session = 'arn:aws:sts::123456789012:assumed-role/ops/carol';
const mallory = 'arn:aws:iam::123456789012:user/mallory';
const now = new Date('2026-06-15T12:00:00Z');
const days = (ago: number) => new Date(now.getTime() - ago * 86_400_000);
const evaluated = (more: Partial<Parameters<typeof countSuppression>[0]>) =>
  countSuppression(
    { by: session, at: days(1), operators: [ops], causes: [{ by: mallory }], days: 30, ...more },
    now,
  );

describe('the suppression of a finding', () => {
  it('counts where an operator set it, by any session, for thirty days', () => {
    expect(evaluated({})).toEqual({ until: days(-29) });
    expect(evaluated({ at: days(31) })).toEqual({ isOver: true });
  });

  it.each<[string, Parameters<typeof evaluated>[0], RegExp]>([
    ['somebody else set it', { by: mallory, causes: [] }, /user\/mallory is no operator/],
    ['nobody is an operator', { operators: [] }, /is no operator/],
    [
      'its setter may have brought the failure about',
      { causes: [{ by: session }] },
      /may have brought/,
    ],
    [
      'another session of that role may have',
      { causes: [{ by: `${session}2` }] },
      /may have brought/,
    ],
    ['nobody says who set it', { by: undefined }, /does not say who/],
    ['nobody says when', { at: undefined }, /does not say who/],
  ])('does not count where %s', (_, more, why) => {
    expect(evaluated(more)).toEqual({ why: expect.stringMatching(why) });
  });
});
