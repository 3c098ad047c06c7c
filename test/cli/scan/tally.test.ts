import { exitCodeOf, missingText } from '../../../lib/cli/output/tally.ts';
import { bucketBlocksPublicAccess } from '../../../lib/controls/s3/bucket-blocks-public-access.ts';

const missing = (...reasons: readonly string[]) =>
  missingText(
    reasons.map((reason) => ({
      control: bucketBlocksPublicAccess,
      resourceType: 'AWS::S3::Bucket',
      region: 'us-east-1',
      id: 'bucket',
      arn: 'arn:aws:s3:::bucket',
      verdict: { status: 'UNKNOWN', reason } as const,
      priority: { level: 'standard', why: '' },
    })),
  );

describe('what a scan could not evaluate', () => {
  it('is not said where there is none', () => {
    expect(missing()).toBeUndefined();
  });
  it('is said with its reason', () => {
    expect(missing('refused')).toBe('1 verdict is missing: refused. This scan is not complete.');
  });
  it('is said with the commonest reason, and how many others there are', () => {
    expect(missing('slow', 'refused', 'refused')).toBe(
      '3 verdicts are missing: refused, and for 1 other reason. This scan is not complete.',
    );
    expect(missing('slow', 'refused', 'refused', 'gone')).toBe(
      '4 verdicts are missing: refused, and for 2 other reasons. This scan is not complete.',
    );
  });
});

it.each([
  [{ failed: 0, unknown: 0 }, 0],
  [{ failed: 3, unknown: 0 }, 1],
  [{ failed: 0, unknown: 1 }, 2],
  [{ failed: 3, unknown: 1 }, 2],
])('the exit code of %o is %i', (counts, code) => {
  expect(exitCodeOf(counts)).toBe(code);
});
