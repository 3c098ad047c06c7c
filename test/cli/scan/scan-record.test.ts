import { scanRecord } from '../../../lib/cli/commands/scan/scan-record.ts';
import { plainReport } from '../../../lib/cli/commands/scan/scan-report.ts';
import { createTally } from '../../../lib/cli/commands/scan/scan-tally.ts';
import { resultOf } from '../../../lib/cli/output/tally.ts';
import { everyControl } from '../../../lib/controls/every.ts';
import { defaultBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { fail, pass, unknown, type Verdict } from '../../../lib/model/control.ts';
import type { Evaluation } from '../../../lib/pipeline/scan/scan-resource.ts';
import { readRecord } from '../../../lib/reports/compliance/read-record.ts';
import { exemption } from '../../reports/compliance/sample.ts';

const named = (id: string) => {
  const found = everyControl.find((control) => control.id === id);
  if (!found) throw new Error(id);
  return found;
};
const evaluation = (verdict: Verdict, over: Partial<Evaluation> = {}): Evaluation => {
  const control = named('S3.8');
  const [type] = control.resources;
  if (!type) throw new Error('no type');
  const ref = { account: '123456789012', region: 'us-east-1', id: 'invoices' };
  return {
    control,
    type,
    ref,
    arn: 'arn:aws:s3:::invoices',
    verdict,
    priority: { level: 'standard', why: '' },
    ...over,
  };
};

const baseline = defaultBaseline(everyControl);
const at = new Date('2026-11-30T08:00:00Z');
const evaluated = {
  account: '123456789012',
  regions: ['us-east-1'],
  resources: 4,
  calls: 9,
  byRegion: { 'us-east-1': { resources: 4, failed: 1, unknown: 1 } },
  notLookedAt: [{ region: 'af-south-1', why: 'it is not enabled in this account' }],
};
const saved = (evaluations: readonly Evaluation[], of = baseline): string => {
  const tally = createTally();
  for (const each of evaluations) tally.add(each);
  const controls = ['S3.8', 'IAM.3', 'EC2.13'].map(named);
  return plainReport({
    record: scanRecord({ at, baseline: of, isNarrowed: false, evaluated }, tally, controls),
    evaluated,
    counts: tally.counts,
    results: evaluations.filter(({ verdict }) => verdict.status !== 'PASS').map(resultOf),
    idleExemptions: [],
  });
};

describe('what a scan saves', () => {
  const found = fail('open', [{ path: 'a', actual: undefined, expected: true }]);
  const text = saved([
    evaluation(pass),
    evaluation(found),
    evaluation(found, { exemption }),
    evaluation(unknown('denied')),
  ]);
  it('is what a report reads', () => {
    const read = readRecord(text, 'scan.json');
    expect(read.at).toBe('2026-11-30T08:00:00.000Z');
    expect(read.gaps).toEqual(['af-south-1 was not looked at: it is not enabled in this account.']);
    expect(read.controls['S3.8']).toMatchObject({ passed: 1, failed: 1, exempted: 1, unknown: 1 });
    expect(read.results.map(({ status, control }) => [control, status])).toEqual([
      ['S3.8', 'FAIL'],
      ['S3.8', 'FAIL'],
      ['S3.8', 'UNKNOWN'],
    ]);
  });
  it('has controls for which nothing was there, and says which stand in the home region', () => {
    const { controls, homeRegion } = readRecord(text, 'scan.json');
    expect(controls['EC2.13']).toMatchObject({ passed: 0, failed: 0 });
    expect(controls['EC2.13']?.isGlobal).toBeUndefined();
    expect(controls['IAM.3']?.isGlobal).toBe(true);
    expect(homeRegion).toBe(baseline.homeRegion);
  });
  it('has the sum of the baseline, which another parameter changes', () => {
    const { 'IAM.3': rotated, ...others } = baseline.controls;
    if (!rotated) throw new Error('IAM.3 is off');
    const changed = { ...rotated, parameters: { ...rotated.parameters, maxAgeDays: 30 } };
    const sum = (of: typeof baseline) => readRecord(saved([], of), 'scan.json').baseline;
    expect(sum(baseline)).toMatch(/^[0-9a-f]{64}$/);
    expect(sum({ ...baseline })).toBe(sum(baseline));
    expect(sum({ ...baseline, controls: { ...others, 'IAM.3': changed } })).not.toBe(sum(baseline));
  });
});
