import fc from 'fast-check';
import type { Action } from '../../../lib/engine/remediation/action.ts';
import {
  actionNote,
  breakerNotice,
  flappingNotice,
  noticeOf,
  rolloutNotice,
} from '../../../lib/engine/remediation/notification.ts';
import type { Plan } from '../../../lib/model/control.ts';

type Calls = Extract<Plan, { kind: 'calls' }>;
const plan: Calls = {
  kind: 'calls',
  risk: 'safe',
  summary: 'turns on the four blocks',
  calls: [],
  undo: { calls: [], widensAccess: true },
};
const action = (more: Partial<Action> = {}): Action => ({
  id: `pl-${'0'.repeat(20)}`,
  type: 'AWS::S3::Bucket',
  ref: { account: '123456789012', region: 'us-east-1', id: 'photos' },
  arn: 'arn:aws:s3:::photos',
  controls: ['S3.8'],
  askedBy: { kind: 'drift' },
  state: 'VERIFIED',
  driftedBy: ['arn:aws:iam::123456789012:user/mallory'],
  startedAt: '2026-06-15T12:00:00.000Z',
  calls: [],
  plan,
  ...more,
});
const impossible: Calls = { ...plan, undo: { impossible: 'the backups are deleted' } };

const command = `Undo: npx --no-install plumbline undo pl-${'0'.repeat(20)}`;
const notes: Record<string, [more: Partial<Action>, parts: readonly string[]]> = {
  'a fix': [
    {},
    [
      'remediation VERIFIED',
      'turns on the four blocks',
      'drift by arn:aws:iam::123456789012:user/mallory',
      command,
    ],
  ],
  'a fix that cannot be taken back': [
    { plan: impossible },
    ['remediation VERIFIED', 'Cannot be taken back: the backups are deleted.'],
  ],
  'drift by nobody known': [{ driftedBy: [] }, ['drift by somebody unknown', command]],
  'what a guard blocked': [
    { state: 'BLOCKED', guard: 'hold', why: 'a person took it back' },
    ['remediation BLOCKED by the guard hold', 'a person took it back'],
  ],
  'a fix whose undo opens nothing': [
    { plan: { ...plan, undo: { calls: [], widensAccess: false } } },
    [command],
  ],
  'an undo': [{ undoes: 'pl-1' }, ['undo of pl-1 VERIFIED']],
};

describe('the note on a finding', () => {
  it.each(Object.entries(notes))('tells of %s', (_, [more, parts]) => {
    const note = actionNote(action(more));
    for (const part of parts) expect(note).toContain(part);
    expect(note.includes('plumbline undo')).toBe(parts.some((part) => part.startsWith('Undo')));
  });

  it('fits 512 characters whole, undo and all, however long the names are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 600 }), { maxLength: 6 }),
        fc.string({ maxLength: 2000 }),
        fc.boolean(),
        (driftedBy, why, isPossible) => {
          const undo = isPossible ? plan.undo : { impossible: why };
          const note = actionNote(action({ driftedBy, why, plan: { ...plan, undo } }));
          expect(note.length).toBeLessThanOrEqual(512);
          if (isPossible) expect(note.endsWith(command)).toBe(true);
          expect(note.startsWith('remediation VERIFIED')).toBe(true);
        },
      ),
    );
  });
});

describe('people are told', () => {
  it.each(['INEFFECTIVE', 'PARTIAL'] as const)('of %s', (state) => {
    const notice = noticeOf(action({ state, why: 'it still fails' }));
    expect(notice?.subject).toBe(`Plumbline: ${state}, S3.8 on photos`);
    expect(notice?.message).toContain('it still fails');
    expect(notice?.message).toContain(`plumbline action pl-${'0'.repeat(20)}`);
  });

  it.each(['VERIFIED', 'SUPERSEDED', 'BLOCKED', 'ACTING', 'VERIFYING'] as const)(
    'nothing of %s',
    (state) => expect(noticeOf(action({ state }))).toBeUndefined(),
  );

  it('of flapping, naming both parties', () => {
    const { subject, message } = flappingNotice(action(), 3, 24);
    expect(subject).toBe('Plumbline: flapping, S3.8 on photos');
    expect(message).toContain('3 times in 24 hours');
    expect(message).toContain('user/mallory');
    expect(message).toContain('Plumbline put it right');
  });

  it('of a breaker, and how it is closed', () => {
    const { subject, message } = breakerNotice(action(), {
      control: 'S3.8',
      until: '2026-06-15T13:00:00.000Z',
      actions: 3,
      actors: ['arn:aws:iam::123456789012:role/ci'],
    });
    expect(subject).toBe('Plumbline: breaker of S3.8 is open');
    expect(message).toContain('until 2026-06-15T13:00:00.000Z');
    expect(message).toContain('plumbline breakers close S3.8');
  });

  it('of a rollout that stopped: which host showed it, why, and how it is started again', () => {
    const at = '2026-06-15T13:00:00.000Z';
    const rollout = {
      ...{ control: 'PL.SSH.4', document: 'Plumbline-HardenHost-ssh', system: 'debian 12' },
      ...{ slots: 1, canaries: [], rest: [], failed: 0 },
    };
    const stop = { at, action: 'pl-1', host: 'i-1', why: 'it did not confirm' };
    const { subject, message } = rolloutNotice(rollout, stop);
    expect(subject).toBe('Plumbline: rollout of PL.SSH.4 stopped by i-1');
    expect(message).toContain('i-1: it did not confirm');
    expect(message).toContain('plumbline action pl-1');
    expect(message).toContain('plumbline rollouts start PL.SSH.4');
  });

  // SNS: less than 100 characters, no line breaks or control characters.
  it('under a subject that SNS takes, whatever the resource is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (id) => {
        const one = action({ state: 'PARTIAL', ref: { ...action().ref, id } });
        for (const subject of [noticeOf(one)?.subject, flappingNotice(one, 3, 24).subject]) {
          expect(subject).toMatch(/^[ -~]{1,99}$/);
        }
      }),
    );
  });
});
