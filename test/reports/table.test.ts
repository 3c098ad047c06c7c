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
      'exempted until 2027-01-31, owner web',
    );
  });

  it('sorts numbers in names as numbers', () => {
    expect(resources(table([result('b-10'), result('b-9')]))).toEqual(['b-9', 'b-10']);
  });

  const long = { verdict: { status: 'FAIL', reason: 'word '.repeat(40), evidence: [] } } as const;
  const widest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));

  it('wraps the reason to fit the terminal, and does not wrap in a pipe', () => {
    const lines = table([result('a', long)], 120);
    expect(widest(lines)).toBeLessThanOrEqual(120);
    expect(lines.length).toBeGreaterThan(5);
    expect(table([result('a', long)])).toHaveLength(5);
  });

  it('takes two lines a finding where a table would break every row', () => {
    const exposed = { priority: { level: 'critical', why: '' } } as const;
    const name = 'a-bucket-with-a-rather-long-name-of-the-finance-department';
    expect(table([result('open'), result(name, exposed)], 80)).toEqual([
      'HIGH  S3.8  critical',
      `  arn:aws:s3:::${name}`,
      '  the bucket has no public access block',
      'HIGH  S3.8  arn:aws:s3:::open',
      '  the bucket has no public access block',
    ]);
  });

  it.each([40, 80, 120, 200])('is never wider than a terminal of %i columns', (columns) => {
    const name = 'n'.repeat(63);
    const lines = table(
      [result('a', long), result(name, long), result(`${name}/${name}`)],
      columns,
    );
    expect(widest(lines)).toBeLessThanOrEqual(columns);
  });

  it('takes one row for what is unknown of one resource for one reason', () => {
    const verdict = { status: 'UNKNOWN', reason: 'could not be listed: refused' } as const;
    const all = [
      result('all', { verdict }),
      result('all', { verdict, control: { ...control, id: 'S3.1' } }),
      result('all', { verdict: { ...verdict, reason: 'another' } }),
    ];
    for (const columns of [80, 200, undefined]) {
      const lines = table(all, columns);
      expect(lines.filter((line) => line.includes('2 controls'))).toHaveLength(1);
      expect(resources(lines)).toHaveLength(2);
    }
  });

  it('names the region where one ARN stands in several', () => {
    const here = result('account');
    const lines = table([here, { ...here, region: 'eu-west-1' }, result('bucket')], 80);
    expect(lines.filter((line) => line.includes('arn:'))).toEqual([
      'HIGH  S3.8  arn:aws:s3:::account (eu-west-1)',
      'HIGH  S3.8  arn:aws:s3:::account (us-east-1)',
      'HIGH  S3.8  arn:aws:s3:::bucket',
    ]);
  });
});
