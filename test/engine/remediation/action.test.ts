import fc from 'fast-check';
import {
  type ActionKey,
  actionId,
  isActionId,
  isConcluded,
  planHash,
} from '../../../lib/engine/remediation/action.ts';
import type { Plan } from '../../../lib/model/control.ts';

const key: ActionKey = {
  type: 'AWS::S3::Bucket',
  ref: { account: '123456789012', region: 'us-east-1', id: 'photos' },
  controls: ['S3.8'],
  episodes: [1],
  attempt: 0,
};
const others: Record<string, ActionKey> = {
  'another account': { ...key, ref: { ...key.ref, account: '111122223333' } },
  'another region': { ...key, ref: { ...key.ref, region: 'eu-west-1' } },
  'another resource': { ...key, ref: { ...key.ref, id: 'films' } },
  'another type': { ...key, type: 'AWS::SQS::Queue' },
  'another control': { ...key, controls: ['S3.5'] },
  'one control more': { ...key, controls: ['S3.8', 'S3.5'] },
  'another episode': { ...key, episodes: [2] },
  'another attempt': { ...key, attempt: 1 },
  'a person’s word': { ...key, attempt: '1a1111a1-b22b-3c33-444d-5555e5ee5555' },
};

describe('an action’s id', () => {
  it('is the same for the same', () => {
    expect(actionId({ ...key, ref: { ...key.ref } })).toBe(actionId(key));
  });

  it.each(Object.entries(others))('is another for %s', (_, other) => {
    expect(actionId(other)).not.toBe(actionId(key));
  });

  it('is fit to be a source identity and a session’s name, whatever the resource is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), fc.string(), (id, attempt) => {
        const made = actionId({ ...key, ref: { ...key.ref, id }, attempt });
        expect(made).toMatch(/^[A-Za-z0-9_+=,.@-]{2,64}$/);
        expect(isActionId(made)).toBe(true);
      }),
    );
  });

  it('does not run parts together', () => {
    const [a, b] = ['ab', 'a'].map((account) =>
      actionId({ ...key, ref: { account, region: account === 'a' ? 'bc' : 'c', id: 'x' } }),
    );
    expect(a).not.toBe(b);
  });

  it.each(['', 'pl-', 'pl-XYZ', `pl-${'0'.repeat(19)}`, `pl-${'0'.repeat(21)}`, 'aws-go-sdk-1'])(
    'is not %j',
    (text) => expect(isActionId(text)).toBe(false),
  );
});

describe('a plan’s hash', () => {
  const plan: Plan = {
    kind: 'calls',
    risk: 'safe',
    summary: 'turns it on',
    calls: [{ service: 's3', operation: 'putBucketVersioning', input: { Bucket: 'a' } }],
    undo: { calls: [], widensAccess: false },
  };

  it('tells what would be called, and not how it is put', () => {
    expect(planHash({ ...plan, summary: 'switches it on' })).toBe(planHash(plan));
    const [call] = plan.kind === 'calls' ? plan.calls : [];
    if (!call) throw new Error('the plan has no call');
    const other = { ...plan, calls: [{ ...call, input: { Bucket: 'b' } }] };
    expect(planHash(other)).not.toBe(planHash(plan));
  });

  it('tells one proposal from another', () => {
    expect(planHash({ kind: 'proposal', why: 'a' })).not.toBe(
      planHash({ kind: 'proposal', why: 'b' }),
    );
  });
});

it.each([
  ['BLOCKED', false],
  ['ACTING', false],
  ['VERIFYING', false],
  ['VERIFIED', true],
  ['PARTIAL', true],
  ['INEFFECTIVE', true],
  ['SUPERSEDED', true],
] as const)('%s is an outcome: %s', (state, expected) => {
  expect(isConcluded({ state })).toBe(expected);
});
