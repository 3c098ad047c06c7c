import type { Reading } from '../../../lib/aws/reader.ts';
import { defineControl, fail, pass } from '../../../lib/model/control.ts';
import { assess, knownSource, listedSource } from '../../../lib/pipeline/evaluate/assess.ts';
import { s3Bucket } from '../../../lib/resources/s3/s3-bucket.ts';

const control = (id: `T.${number}`, needs: ['versioning'] | ['policy']) =>
  defineControl(s3Bucket, {
    id,
    title: 'A bucket is as it should be',
    severity: 'LOW',
    rationale: 'For a test.',
    standards: {},
    needs,
    evaluate: (snapshot) => (Object.values(snapshot)[0] === 'good' ? pass : fail('it is not', [])),
    remediation: { advice: 'None.' },
  });
const versioned = control('T.1', ['versioning']);
const guarded = control('T.2', ['policy']);
const baseline = { controls: {} };
const resource = {
  type: s3Bucket,
  ref: { account: '111111111111', region: 'us-east-1', id: 'bucket' },
};
const readAt = new Date('2026-11-29T10:00:00Z');
/** A source that notes what it is asked for. */
const noting = (reading: Reading) => {
  const asked: string[][] = [];
  const read = async (names: readonly string[]) => {
    asked.push([...names]);
    return reading;
  };
  return { asked, source: { read } };
};

const assessed = async (facets: Parameters<typeof knownSource>[0]) => {
  const found = await assess(resource, [versioned, guarded], knownSource(facets, readAt), baseline);
  return found.gone ? undefined : found.evaluations.map(({ verdict }) => verdict);
};

describe('assess', () => {
  it('evaluates each control on the facets of its source', async () => {
    const verdicts = await assessed({ versioning: { value: 'good' }, policy: { value: 'bad' } });
    expect(verdicts).toMatchObject([{ status: 'PASS' }, { status: 'FAIL' }]);
  });

  it('says what is missing where a source leaves a facet open', async () => {
    const open = { unresolved: 'the parameter BucketPolicy has no value' };
    expect(await assessed({ versioning: { value: 'good' }, policy: open })).toMatchObject([
      { status: 'PASS' },
      {
        status: 'UNKNOWN',
        reason: 'policy is not known: the parameter BucketPolicy has no value',
      },
    ]);
  });

  it('is unknown where the source does not tell a facet', async () => {
    expect(await assessed({ versioning: { value: 'good' } })).toMatchObject([
      { status: 'PASS' },
      { status: 'UNKNOWN', reason: 'policy was not read' },
    ]);
  });

  it('asks for each facet once, and for what is wanted beside', async () => {
    const { asked, source } = noting({ gone: false, readAt, facets: {} });
    await assess(resource, [versioned, versioned, guarded], source, baseline, ['about', 'policy']);
    expect(asked).toEqual([['versioning', 'policy', 'about']]);
  });

  it('does not read again what a listing gave', async () => {
    const facets = { policy: { value: 'good' } };
    const { asked, source } = noting({ gone: false, readAt, facets });
    const listed = listedSource({ versioning: { value: 'bad' } }, source);
    const found = await assess(resource, [versioned, guarded], listed, baseline);
    expect(asked).toEqual([['policy']]);
    expect(found).toMatchObject({
      evaluations: [{ verdict: { status: 'FAIL' } }, { verdict: { status: 'PASS' } }],
    });
  });

  it('has no verdict on what is gone', async () => {
    const { source } = noting({ gone: true, readAt });
    expect(await assess(resource, [versioned], source, baseline)).toEqual({ gone: true, readAt });
  });
});
