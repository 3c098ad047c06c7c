import { deniedIn } from '../../../lib/engine/evaluation/denied.ts';
import { deniedOn } from '../../../lib/engine/posture/denied.ts';
import type { ControlRow } from '../../../lib/engine/posture/row.ts';
import { heldUpIn, heldUpText } from '../../../lib/model/denied.ts';

const user = 'arn:aws:sts::123456789012:assumed-role/Plumbline-EvaluateRole/evaluate';
const may = `User: ${user} is not authorized to perform: s3:GetBucketPolicy on resource: arn:aws:s3:::home`;

describe('which policy keeps something from our own role', () => {
  it.each([
    ['with an explicit deny in an identity-based policy', 'identity-based policy'],
    ['with an explicit deny in a permissions boundary', 'permissions boundary'],
    ['with an explicit deny in a service control policy', 'service control policy'],
    ['with an explicit deny in a resource control policy', 'resource control policy'],
    ['with an explicit deny in a session policy', 'session policy'],
    ['with an explicit deny in a VPC endpoint policy', 'VPC endpoint policy'],
    [
      'because no identity-based policy allows the s3:GetBucketPolicy action',
      'identity-based policy',
    ],
    [
      'because no permissions boundary allows the s3:GetBucketPolicy action',
      'permissions boundary',
    ],
    [
      'because no service control policy allows the s3:GetBucketPolicy action',
      'service control policy',
    ],
  ])('%s', (why, by) => {
    const facet = 'policy';
    expect(deniedIn(facet, `${may} ${why}`)).toEqual({ facet, action: 's3:GetBucketPolicy', by });
  });

  it('is not known where AWS does not say it', () => {
    expect(deniedIn('policy', 'Access Denied')).toEqual({ facet: 'policy' });
  });
});

const held = (facet: string, more: object = {}): ControlRow => ({
  verdict: { status: 'UNKNOWN' },
  since: '',
  firstSeenAt: '',
  readAt: '',
  episodes: 0,
  causes: [],
  denied: { facet, ...more },
});
const action = 's3:GetBucketPolicy';

describe('what a row may not read', () => {
  const type = 'AWS::S3::Bucket';
  it('is counted by action and policy', () => {
    const { denied: _, ...seen } = held('policy');
    const controls = {
      'S3.2': held('policy', { action, by: 'session policy' }),
      'S3.3': held('policy', { action, by: 'session policy' }),
      'S3.8': held('publicAccessBlock'),
      'S3.9': seen,
    };
    expect(heldUpIn(deniedOn({ type, controls }) ?? '')).toEqual([
      [action, 'session policy', 2],
      ['AWS::S3::Bucket publicAccessBlock', '', 1],
    ]);
  });

  it('is nothing of what is read, or gone', () => {
    expect(deniedOn({ type, controls: {} })).toBeUndefined();
    const controls = { 'S3.2': held('policy') };
    expect(deniedOn({ type, controls, goneAt: '2026-06-01T00:00:00Z' })).toBeUndefined();
  });

  it('fits the key of an index, whatever is denied', () => {
    const all = Array.from({ length: 100 }, (_, index) => {
      const what = `${index}`.padStart(60, 'x');
      return [what, 'service control policy', index] as const;
    });
    const text = heldUpText(all) ?? '';
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
    expect(heldUpIn(text).length).toBeGreaterThan(5);
    expect(heldUpIn(text)[0]?.[2]).toBe(99);
  });

  it.each(['', '{', '{}', '[1]', '[["a","b","c"]]', '[["a",1,2]]'])(
    'says nothing by %j',
    (text) => {
      expect(heldUpIn(text)).toEqual([]);
    },
  );
});
