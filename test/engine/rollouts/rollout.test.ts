import type { ControlRow, ResourceRow } from '../../../lib/engine/posture/row.ts';
import type { Action } from '../../../lib/engine/remediation/action.ts';
import {
  type Rollout,
  rolloutKey,
  type Seen,
  slotsOf,
} from '../../../lib/engine/rollouts/rollout.ts';
import { entered } from '../../../lib/engine/rollouts/rollout-entry.ts';
import { reviewed } from '../../../lib/engine/rollouts/rollout-review.ts';
import { unseenIn } from '../../../lib/engine/rollouts/rollout-soak.ts';

const start = Date.parse('2026-06-15T12:00:00.000Z');
const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
const ref = { account: '123456789012', region: 'us-east-1', id: 'i-1' };
const entrant = (host: string) => ({ action: `pl-${host}`, host, at: at(0) });

const acted = (over: Partial<Action> = {}): Action => ({
  id: 'pl-1',
  type: 'Host::EC2::Instance',
  ref,
  arn: 'i-1',
  controls: ['PL.SSH.1'],
  askedBy: { kind: 'drift' },
  state: 'VERIFIED',
  driftedBy: [],
  startedAt: at(0),
  concludedAt: at(5),
  calls: [],
  ...over,
});
const controlRow = (minutes: number, over: Partial<ControlRow> = {}): ControlRow => ({
  verdict: { status: 'PASS' },
  lastKnown: 'PASS',
  since: at(-60),
  firstSeenAt: at(-60),
  readAt: at(minutes),
  knownAt: at(minutes),
  episodes: 0,
  causes: [],
  ...over,
});
const turned = (minutes: number) =>
  controlRow(minutes, { lastKnown: 'FAIL', began: 'turned', since: at(minutes) });
const rowWith = (controls: ResourceRow['controls']): ResourceRow => ({
  type: 'Host::EC2::Instance',
  ref,
  version: 1,
  readAt: at(0),
  stampedAt: at(0),
  tags: {},
  controls,
});
/** Evaluated as passing so many minutes after the start. */
const passing = (minutes: number) =>
  rowWith({ 'PL.SSH.1': controlRow(minutes), 'PL.NET.1': controlRow(minutes) });

const two: Rollout = {
  control: 'PL.SSH.1',
  document: 'Plumbline-HardenHost-ssh',
  system: 'debian 12',
  slots: 2,
  canaries: [entrant('i-1'), entrant('i-2')],
  rest: [],
  failed: 0,
};
const good: Seen = { action: acted(), row: passing(40) };
const termsAt = (minutes: number) => ({
  canaryMinutes: 30,
  slots: 3,
  controls: ['PL.SSH.1', 'PL.NET.1'],
  now: new Date(at(minutes)),
});
const review = (seen: Readonly<Record<string, Seen>>, minutes = 40, rollout = two) =>
  reviewed(rollout, ({ host }) => seen[host] ?? good, termsAt(minutes));

it.each([
  ['10%', 1, 1],
  ['10%', 9, 1],
  ['10%', 35, 3],
  ['50%', 4, 2],
  ['50%', 5, 2],
  ['50%', 100, 10],
  ['7', 6, 3],
  ['3', 2, 1],
  ['10', 1000, 10],
])('%s of %i hosts are %i canaries', (share, known, slots) => {
  expect(slotsOf(share, known)).toBe(slots);
});

it('a rollout is another one with another control, document, parameters or system', () => {
  const key = rolloutKey('PL.SSH.1', 'content', { Parameters: ['none'] }, 'debian 12');
  expect(key).toMatch(/^PL\.SSH\.1#[0-9a-f]{16}$/);
  expect(rolloutKey('PL.SSH.1', 'content', { Parameters: ['none'] }, 'debian 12')).toBe(key);
  const others = [
    rolloutKey('PL.SSH.2', 'content', { Parameters: ['none'] }, 'debian 12'),
    rolloutKey('PL.SSH.1', 'other', { Parameters: ['none'] }, 'debian 12'),
    rolloutKey('PL.SSH.1', 'content', { Parameters: ['PL.SSH.1.max=3'] }, 'debian 12'),
    rolloutKey('PL.SSH.1', 'content', { Parameters: ['none'] }, 'ubuntu 24.04'),
  ];
  expect(new Set([key, ...others]).size).toBe(5);
});

describe('a rollout opens', () => {
  it('once all canaries are verified, were left alone, and were audited after that', () => {
    expect(review({}).openedAt).toBe(at(40));
  });

  const reasons: Readonly<
    Record<string, readonly [Rollout, Readonly<Record<string, Seen>>, number]>
  > = {
    'while a slot is free': [{ ...two, slots: 3 }, {}, 40],
    'while one is at work': [two, { 'i-2': { action: acted({ state: 'VERIFYING' }) } }, 40],
    'while one has only taken its slot': [two, { 'i-2': {} }, 40],
    'before the last of them was left alone for long enough': [
      two,
      { 'i-2': { ...good, action: acted({ concludedAt: at(11) }) } },
      40,
    ],
    'while one was not audited since': [two, { 'i-2': { ...good, row: passing(34) } }, 40],
    'while one was audited since in some areas': [
      two,
      { 'i-2': { ...good, row: rowWith({ 'PL.SSH.1': controlRow(40) }) } },
      40,
    ],
    'while one cannot say any more what it could say before': [
      two,
      {
        'i-2': {
          ...good,
          row: rowWith({
            'PL.SSH.1': controlRow(40),
            'PL.NET.1': controlRow(40, { verdict: { status: 'UNKNOWN' }, knownAt: at(4) }),
          }),
        },
      },
      40,
    ],
    'where what it was proven by is a day old': [two, {}, 26 * 60],
  };
  it.each(Object.entries(reasons))('not %s', (_, [rollout, seen, minutes]) => {
    const after = review(seen, minutes, rollout);
    expect(after).not.toHaveProperty('openedAt');
    expect(after).not.toHaveProperty('stopped');
  });

  it('though one could never say anything of a control', () => {
    const { lastKnown: _, knownAt: __, ...unknown } = controlRow(40);
    const row = rowWith({ 'PL.SSH.1': controlRow(40), 'PL.NET.1': unknown });
    expect(review({ 'i-2': { ...good, row } }).openedAt).toBe(at(40));
  });

  it('not before those have been looked at that were not seen since', () => {
    const seen: Readonly<Record<string, Seen>> = { 'i-2': { ...good, row: passing(34) } };
    const look = (minutes: number) =>
      unseenIn(two, ({ host }) => seen[host] ?? good, termsAt(minutes)).map(({ host }) => host);
    expect(look(34)).toEqual([]);
    expect(look(36)).toEqual(['i-2']);
  });

  it('for a day, and then it begins anew with the slots of then', () => {
    const opened = { ...two, openedAt: at(40), rest: [entrant('i-3')] };
    expect(review({ 'i-3': {} }, 60, opened).openedAt).toBe(at(40));
    const after = review(
      { 'i-3': { action: acted({ state: 'ACTING' }) } },
      40 + 24 * 60 + 1,
      opened,
    );
    expect(after).toMatchObject({ slots: 3, canaries: [], rest: [{ host: 'i-3' }] });
    expect(after).not.toHaveProperty('openedAt');
  });
});

describe('a slot is free again', () => {
  const seen: Readonly<Record<string, Seen>> = {
    'where a guard stood against it': { action: acted({ state: 'BLOCKED' }) },
    'where the host refused by name': {
      action: acted({ state: 'PARTIAL', unchanged: true, why: 'the host says refused' }),
    },
    'where nothing was to be done': { action: acted({ unchanged: true }) },
    'where somebody broke the same again': {
      action: acted(),
      row: rowWith({ 'PL.SSH.1': turned(9) }),
    },
  };
  it.each(Object.entries(seen))('%s', (_, one) => {
    expect(review({ 'i-1': one }).canaries).toEqual([entrant('i-2')]);
  });

  it('and where all are, there are as many as there are for the hosts of now', () => {
    const none = { action: acted({ state: 'BLOCKED' }) } as const;
    expect(review({ 'i-1': none, 'i-2': none })).toMatchObject({ canaries: [], slots: 3 });
    expect(review({ 'i-1': none })).toMatchObject({ slots: 2 });
  });

  it('where it was taken a day ago and nothing was begun', () => {
    expect(review({ 'i-1': {} }, 23 * 60).canaries).toHaveLength(2);
    expect(review({ 'i-1': {}, 'i-2': {} }, 24 * 60 + 1).canaries).toEqual([]);
  });
});

describe('a rollout stops', () => {
  const failed = { service: 'ssm', operation: 'sendCommand', at: at(1), result: 'failed' } as const;
  const seen: Readonly<Record<string, Seen>> = {
    'at a command that failed, before its outcome is said': {
      action: acted({ state: 'VERIFYING', calls: [{ ...failed, error: 'it broke' }] }),
    },
    'at an outcome that proves nothing': {
      action: acted({ state: 'INEFFECTIVE', why: 'it broke' }),
    },
    'at a canary that is gone': { action: acted({ state: 'SUPERSEDED', why: 'it broke' }) },
    'at a canary that a person took back': { action: acted({ undoneBy: 'pl-9' }) },
    'at a control that fails since': { action: acted(), row: rowWith({ 'PL.NET.1': turned(9) }) },
    'at a control that fails since, though the same was broken again': {
      action: acted(),
      row: rowWith({ 'PL.SSH.1': turned(8), 'PL.NET.1': turned(9) }),
    },
  };
  it.each(Object.entries(seen))('%s', (_, one) => {
    const { stopped } = review({ 'i-2': one });
    expect(stopped).toMatchObject({ host: 'i-2', action: 'pl-i-2', at: at(40) });
    expect(stopped?.why).toMatch(/it broke|pl-9|PL\.NET\.1/);
  });

  it('not at what failed before the canary was begun, or was found failing', () => {
    const before = rowWith({ ...passing(40).controls, 'PL.KRN.1': turned(-5) });
    const found = rowWith({
      ...passing(40).controls,
      'PL.KRN.1': { ...turned(9), began: 'found' },
    });
    for (const row of [before, found])
      expect(review({ 'i-1': { action: acted(), row } })).not.toHaveProperty('stopped');
  });

  it('at as many failures of the rest as there were canaries, and not before', () => {
    const rest = [entrant('i-3'), entrant('i-4'), entrant('i-5'), entrant('i-6')];
    const opened = { ...two, openedAt: at(40), rest };
    const partial: Seen = { action: acted({ state: 'PARTIAL', why: 'it broke' }) };
    const gone: Seen = { action: acted({ state: 'SUPERSEDED', why: 'the resource is gone' }) };
    const pending: Seen = { action: acted({ state: 'ACTING' }) };
    const one = review({ 'i-3': partial, 'i-4': gone, 'i-5': good, 'i-6': pending }, 60, opened);
    expect(one).toMatchObject({ failed: 1, rest: [{ host: 'i-6' }] });
    expect(one).not.toHaveProperty('stopped');
    expect(review({ 'i-6': partial }, 61, one).stopped).toMatchObject({ host: 'i-6' });
  });
});

describe('one that asks', () => {
  const me = entrant('i-9');
  const ask = (rollout: Rollout, seen: Readonly<Record<string, Seen>> = {}, minutes = 10) => {
    const { rollout: _, ...answer } = entered(
      rollout,
      me,
      ({ host }) => seen[host] ?? good,
      termsAt(minutes),
    );
    return answer;
  };

  it('takes a slot that is free, and has it still when it comes again', () => {
    const free = { ...two, slots: 3 };
    const first = entered(free, me, () => good, termsAt(10));
    expect(first).toMatchObject({ goes: 'canary', rollout: { canaries: [...two.canaries, me] } });
    const second = entered(first.rollout, me, () => good, termsAt(12));
    expect(second).toEqual({ goes: 'canary', rollout: first.rollout });
  });

  it('waits for as long as is missing, at least a minute and at most a quarter of an hour', () => {
    expect(ask(two)).toMatchObject({ waits: 'it is tried on i-1, i-2 first', seconds: 900 });
    expect(ask(two, {}, 28)).toMatchObject({ seconds: 7 * 60 });
    expect(ask(two, {}, 35)).toMatchObject({ seconds: 60 });
    expect(ask(two, { 'i-1': {} }, 28)).toMatchObject({ seconds: 900 });
  });

  it('goes ahead where it is open, ten at a time', () => {
    const opened = { ...two, openedAt: at(40) };
    expect(ask(opened, {}, 41)).toEqual({ goes: 'rest' });
    const rest = Array.from({ length: 10 }, (_, index) => entrant(`i-1${index}`));
    expect(ask({ ...opened, rest }, {}, 41)).toMatchObject({ seconds: 60, isPaced: true });
  });

  it('is turned away where it was stopped', () => {
    const stopped = { at: at(5), action: 'pl-1', host: 'i-1', why: 'it broke' };
    expect(ask({ ...two, slots: 3, stopped })).toEqual({ stopped });
  });
});
