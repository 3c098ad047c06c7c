import type { Action, CallOutcome } from '../../../lib/engine/remediation/action.ts';
import {
  conclusionOf,
  differences,
  imageOf,
  type Settled,
} from '../../../lib/engine/remediation/outcome.ts';

const call = (more: Partial<CallOutcome> = {}): CallOutcome => ({
  service: 's3',
  operation: 'putPublicAccessBlock',
  at: '2026-06-15T12:00:01.000Z',
  result: 'done',
  ...more,
});
const failed = call({
  operation: 'putBucketPolicy',
  result: 'failed',
  error: 'AccessDenied: explicit deny',
});
const action = (calls: readonly CallOutcome[], more: Partial<Action> = {}): Action => ({
  id: 'pl-1',
  type: 'AWS::S3::Bucket',
  ref: { account: '123456789012', region: 'us-east-1', id: 'photos' },
  arn: 'arn:aws:s3:::photos',
  controls: ['S3.8'],
  askedBy: { kind: 'drift' },
  state: 'VERIFYING',
  driftedBy: [],
  startedAt: '2026-06-15T12:00:00.000Z',
  calls,
  ...more,
});
const named = 'arn:aws:iam::123456789012:user/mallory (s3:DeletePublicAccessBlock)';
const settled = (more: Partial<Settled> = {}): Settled => ({
  verdicts: ['PASS'],
  otherActors: [],
  isGone: false,
  ...more,
});

interface Case {
  readonly action?: Action;
  readonly settled?: Partial<Settled>;
  readonly outcome: string | undefined;
  readonly why?: string;
}
const undo = action([call()], { undoes: 'pl-0' });
const cases: Record<string, Case> = {
  'it passes': { outcome: 'VERIFIED' },
  'it passes, and AWS said that it was so already': {
    action: action([call({ result: 'tolerated' })]),
    outcome: 'VERIFIED',
  },
  'it passes though somebody changed it meanwhile': {
    settled: { otherActors: [named] },
    outcome: 'VERIFIED',
  },
  'it still fails': { settled: { verdicts: ['FAIL'] }, outcome: 'INEFFECTIVE', why: 'still fails' },
  'one of two still fails': { settled: { verdicts: ['PASS', 'FAIL'] }, outcome: 'INEFFECTIVE' },
  'it fails again, and somebody changed it meanwhile': {
    settled: { verdicts: ['FAIL'], otherActors: [named] },
    outcome: 'SUPERSEDED',
    why: 'changed meanwhile by arn:aws:iam::123456789012:user/mallory (s3:DeletePublicAccessBlock)',
  },
  'it is gone': {
    settled: { isGone: true, verdicts: ['UNKNOWN'] },
    outcome: 'SUPERSEDED',
    why: 'gone',
  },
  'it became something to which the control does not apply': {
    settled: { verdicts: ['NOT_APPLICABLE'] },
    outcome: 'SUPERSEDED',
    why: 'no longer applies',
  },
  'it cannot be read': { settled: { verdicts: ['UNKNOWN'] }, outcome: undefined },
  'one of two cannot be read': { settled: { verdicts: ['PASS', 'UNKNOWN'] }, outcome: undefined },
  'a call failed': {
    action: action([call(), failed]),
    settled: { verdicts: ['FAIL'] },
    outcome: 'PARTIAL',
    why: 's3:putBucketPolicy failed after 1 call: AccessDenied: explicit deny',
  },
  'a call failed, and it passes all the same': {
    action: action([failed]),
    outcome: 'PARTIAL',
    why: 'failed after 0 calls',
  },
  'an undo, and what was there is there again': {
    action: undo,
    settled: { verdicts: [], isRestored: true },
    outcome: 'VERIFIED',
  },
  'an undo, and what was there is not there': {
    action: undo,
    settled: { verdicts: [], isRestored: false },
    outcome: 'INEFFECTIVE',
  },
  'an undo, and somebody changed it meanwhile': {
    action: undo,
    settled: { verdicts: [], isRestored: false, otherActors: [named] },
    outcome: 'SUPERSEDED',
  },
};

describe('the outcome', () => {
  it.each(Object.entries(cases))('where %s', (_, { action: one, settled: more, outcome, why }) => {
    const conclusion = conclusionOf(one ?? action([call()]), settled(more));
    expect(conclusion?.outcome).toBe(outcome);
    if (why !== undefined) expect(conclusion?.why).toContain(why);
  });

  it('of an undo that did not restore does not speak of failing', () => {
    expect(conclusionOf(undo, settled({ verdicts: [], isRestored: false }))?.why).toBe(
      'every call was made, and what was there is not there again',
    );
  });
});

describe('a facet', () => {
  const type = {
    facets: {
      policy: {},
      rules: {
        comparable: (value: unknown) =>
          Array.isArray(value) ? value.map((one) => ({ ...one, id: 'assigned' })) : value,
      },
    },
  };

  it('that is absent is the same as one that is null', () => {
    expect(imageOf({ policy: undefined })).toEqual({ policy: null });
    expect(differences(type, { policy: null }, { policy: undefined })).toEqual([]);
    expect(differences(type, { policy: undefined }, {})).toEqual([]);
  });

  it('is the same whatever the order of its members', () => {
    expect(differences(type, { policy: { a: 1, b: 2 } }, { policy: { b: 2, a: 1 } })).toEqual([]);
  });

  it('is the same apart from ids that AWS assigns', () => {
    const before = { rules: [{ id: 'sgr-1', port: 22 }] };
    expect(differences(type, before, { rules: [{ id: 'sgr-2', port: 22 }] })).toEqual([]);
    expect(differences(type, before, { rules: [{ id: 'sgr-1', port: 23 }] })).toEqual(['rules']);
  });

  it('that was not there before is no difference', () => {
    expect(differences(type, {}, { policy: 'x' })).toEqual([]);
    expect(differences(type, { policy: 'x' }, {})).toEqual(['policy']);
  });
});
