import type { RecordedCounts } from '../../../lib/reports/compliance/counts.ts';
import type { Recorded, RecordedResult } from '../../../lib/reports/compliance/record.ts';
import type { Framework, Requirement } from '../../../lib/reports/frameworks/resolve.ts';

export const result = (over: Partial<RecordedResult> = {}): RecordedResult => ({
  control: 'S3.8',
  title: 'S3 general purpose buckets should block public access',
  severity: 'HIGH',
  resourceType: 'AWS::S3::Bucket',
  region: 'us-east-1',
  id: 'invoices',
  arn: 'arn:aws:s3:::invoices',
  status: 'FAIL',
  reason: 'the bucket has no public access block',
  evidence: [{ path: 'publicAccessBlock', actual: null, expected: { blockPublicAcls: true } }],
  priority: 'standard',
  priorityWhy: 'neither exposed nor tagged as sensitive',
  ...over,
});
export const exemption = {
  control: 'S3.8',
  resource: 'arn:aws:s3:::site',
  owner: 'web team',
  reason: 'public web site',
  expires: '2027-01-31T23:59:59.999Z',
};

const none: RecordedCounts = { passed: 0, failed: 0, exempted: 0, notApplicable: 0, unknown: 0 };
export const counted = (over: Partial<RecordedCounts> = {}): RecordedCounts => ({
  ...none,
  ...over,
});

/** A scan whose counts follow from its results and from how many passed. */
export const scanOf = (
  results: readonly RecordedResult[],
  passed: Readonly<Record<string, number>> = {},
  over: Partial<Recorded> = {},
): Recorded => {
  const ids = new Set([...Object.keys(passed), ...results.map(({ control }) => control)]);
  const of = (id: string): RecordedCounts => {
    const own = results.filter(({ control }) => control === id);
    return counted({
      passed: passed[id] ?? 0,
      failed: own.filter(({ status, exemption: by }) => status === 'FAIL' && !by).length,
      exempted: own.filter(({ status, exemption: by }) => status === 'FAIL' && by).length,
      unknown: own.filter(({ status }) => status === 'UNKNOWN').length,
    });
  };
  const controls = Object.fromEntries([...ids].map((id) => [id, of(id)]));
  const sum = (key: keyof RecordedCounts) =>
    Object.values(controls).reduce((all, each) => all + each[key], 0);
  return {
    schema: 'plumbline-scan/1',
    at: '2026-11-30T08:00:00.000Z',
    plumbline: '0.1.0',
    account: '123456789012',
    regions: ['us-east-1'],
    homeRegion: 'us-east-1',
    baseline: 'b'.repeat(64),
    resources: 12,
    isNarrowed: false,
    counts: {
      passed: sum('passed'),
      failed: sum('failed'),
      exempted: sum('exempted'),
      notApplicable: 0,
      unknown: sum('unknown'),
    },
    controls,
    results: results.map((one) => ({
      ...one,
      account: over.account ?? '123456789012',
      at: over.at ?? '2026-11-30T08:00:00.000Z',
    })),
    ...over,
  };
};

export const requirement = (
  id: string,
  controls: readonly string[],
  over: Partial<Requirement> = {},
): Requirement => ({ id, section: '1', kind: 'automated', controls, missing: [], ...over });
export const frameworkOf = (requirements: readonly Requirement[]): Framework => ({
  id: 'house',
  title: 'House rules',
  publisher: 'us',
  url: '',
  source: 'us',
  date: '2026-11-30',
  sections: { 1: 'All' },
  requirements,
});
