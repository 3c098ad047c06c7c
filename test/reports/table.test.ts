import { stripVTControlCharacters } from 'node:util';
import { bucketBlocksPublicAccess as control } from '../../lib/controls/s3/bucket-blocks-public-access.ts';
import type { Result } from '../../lib/reports/result.ts';
import { resultTable } from '../../lib/reports/table.ts';

const result = (id: string, over: Partial<Result> = {}): Result => ({
  control,
  resourceType: 'AWS::S3::Bucket',
  region: 'us-east-1',
  id,
  arn: `arn:aws:s3:::${id}`,
  verdict: { status: 'FAIL', reason: 'the bucket has no public access block', evidence: [] },
  priority: { level: 'standard', why: '' },
  ...over,
});
const table = (results: readonly Result[], columns?: number) =>
  stripVTControlCharacters(resultTable(results, columns)).split('\n');
const resources = (lines: readonly string[]) =>
  lines.flatMap((line) => line.match(/arn:aws:s3:::(\S+)/)?.[1] ?? []);

describe('the table of results', () => {
  it('puts the most urgent first, what is exempted after, what is unknown last', () => {
    const exemption = {
      control: 'S3.8',
      resource: 'exempted',
      owner: 'web',
      reason: 'site',
      expires: '2027-01-31T23:59:59.999Z',
    };
    const lines = table([
      result('unknown', { verdict: { status: 'UNKNOWN', reason: 'denied' } }),
      result('exempted', { exemption, priority: { level: 'critical', why: '' } }),
      result('standard'),
      result('low', { control: { ...control, severity: 'LOW' } }),
      result('critical', { priority: { level: 'critical', why: '' } }),
      result('high', { priority: { level: 'high', why: '' } }),
    ]);
    expect(resources(lines)).toEqual([
      'critical',
      'high',
      'standard',
      'low',
      'exempted',
      'unknown',
    ]);
    expect(lines.find((line) => line.includes('exempted'))).toContain(
      'exempted by web until 2027-01-31',
    );
  });

  it('sorts numbers in names as numbers', () => {
    expect(resources(table([result('b-10'), result('b-9')]))).toEqual(['b-9', 'b-10']);
  });

  it('wraps the reason to fit the terminal, and does not wrap in a pipe', () => {
    const long = { verdict: { status: 'FAIL', reason: 'word '.repeat(40), evidence: [] } } as const;
    const narrow = table([result('a', long)], 100);
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(narrow.length).toBeGreaterThan(5);
    expect(table([result('a', long)])).toHaveLength(5);
  });
});
