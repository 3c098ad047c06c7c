import type { Evaluation } from '../../../lib/pipeline/scan/scan-resource.ts';
import { inTags } from '../../../lib/reports/compliance/in-tags.ts';
import { readRecord, recordPieces } from '../../../lib/reports/compliance/read-record.ts';
import type { Recorded } from '../../../lib/reports/compliance/record.ts';
import { createTagTally } from '../../../lib/reports/compliance/tag-tally.ts';
import { result, scanOf } from './sample.ts';

type Tags = Evaluation['reportTags'];
const hostile = '<script>alert(1)</script>\n=cmd|x\u202e';
/** Buckets, each with its tags: of one of them the control fails. */
const tallied = (buckets: Readonly<Record<string, Tags>>, region = 'us-east-1') => {
  const tally = createTagTally();
  for (const [id, reportTags] of Object.entries(buckets))
    tally.add(
      {
        control: { id: 'S3.8' },
        type: { type: 'AWS::S3::Bucket' },
        ref: { account: '123456789012', region, id },
        ...(reportTags ? { reportTags } : {}),
      } as unknown as Evaluation,
      id.startsWith('open') ? 'failed' : 'passed',
    );
  return [...tally.groups()];
};
const saved = (buckets: Readonly<Record<string, Tags>>): Recorded => {
  const results = Object.entries(buckets).flatMap(([id, reportTags]) =>
    id.startsWith('open') ? [result({ id, ...(reportTags ? { reportTags } : {}) })] : [],
  );
  const passed = Object.keys(buckets).length - results.length;
  const scan = scanOf(results, { 'S3.8': passed }, { byTags: tallied(buckets) });
  // As a file has it.
  return readRecord([...recordPieces(scan)].join(''), 'scan.json');
};
const web = [{ key: 'team', value: 'web' }];

describe('a saved scan of what has a tag', () => {
  const scan = saved({
    mine: { team: 'web' },
    'open-mine': { team: 'web' },
    'open-other': { team: 'data' },
    none: { team: null },
  });

  it('counts and lists those that have it', () => {
    const left = inTags(scan, web, [], 'scan.json');
    expect(left).toMatchObject({
      resources: 2,
      isNarrowed: true,
      counts: { passed: 1, failed: 1 },
      controls: { 'S3.8': { passed: 1, failed: 1 } },
    });
    expect(left.results.map(({ id }) => id)).toEqual(['open-mine']);
    expect(left.notLookedAt).toBeUndefined();
  });

  it('is as it was where no tag is asked for', () => {
    expect(inTags(scan, [], [], 'scan.json')).toBe(scan);
  });

  it('has nothing of another region', () => {
    expect(inTags(scan, web, ['eu-west-1'], 'scan.json')).toMatchObject({
      resources: 0,
      counts: { passed: 0, failed: 0 },
      results: [],
    });
  });

  it('takes a value as it is written, whatever it says', () => {
    const odd = saved({ mine: { team: hostile }, other: { team: 'x' } });
    const left = inTags(odd, [{ key: 'team', value: hostile }], [], 'scan.json');
    expect(left.counts).toMatchObject({ passed: 1 });
  });

  it.each([
    ['may not be read', {}],
    ['were not kept of this key', { env: 'prod' }],
  ])('tells of a resource whose tags %s, and counts it nowhere', (_, tags) => {
    const left = inTags(saved({ mine: { team: 'web' }, 'open-dark': tags }), web, [], 'scan.json');
    expect(left).toMatchObject({
      resources: 1,
      counts: { passed: 1, failed: 0 },
      results: [],
      notLookedAt: [
        { why: 'nobody knows whether 1 resource has the tag team=web', controls: ['S3.8'] },
      ],
    });
    expect(left.gaps?.at(-1)).toContain('AWS::S3::Bucket 1.');
  });

  it('keeps what could not be listed: it can have any tag', () => {
    const left = inTags(saved({ 'open-all': undefined }), web, [], 'scan.json');
    expect(left).toMatchObject({ resources: 0, counts: { failed: 1 } });
    expect(left.results).toHaveLength(1);
  });

  it('is refused where it does not count by tags', () => {
    const { byTags: _, ...older } = scan;
    expect(() => inTags(older, web, [], 'old.json')).toThrow(
      'old.json does not count by tags: leave --tag out, or save it again with team under reportTags in the baseline',
    );
  });

  it('has no more combinations than a file can hold: the rest is not known, and is told', () => {
    const many = Object.fromEntries(
      Array.from({ length: 2100 }, (_, n) => [`b-${n}`, { team: `t-${n}` }] as const),
    );
    const groups = tallied(many);
    expect(groups.length).toBeLessThanOrEqual(2001);
    const left = inTags(saved(many), [{ key: 'team', value: 't-0' }], [], 'scan.json');
    expect(left.counts).toMatchObject({ passed: 1 });
    expect(left.notLookedAt?.[0]?.why).toMatch(/nobody knows whether 100 resources have/);
  });
});
