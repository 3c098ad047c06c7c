import { allControls } from '../../../lib/controls/index.ts';
import type { EventCause } from '../../../lib/engine/changes/change.ts';
import { packed } from '../../../lib/engine/posture/packed-row.ts';
import type { ControlRow, ResourceRow, Transition } from '../../../lib/engine/posture/row.ts';
import { rowWithin, transitionsWithin } from '../../../lib/engine/posture/row-size.ts';
import { withTransitions } from '../../../lib/engine/posture/row-version.ts';
import { stored } from '../../../lib/engine/posture/stored-verdict.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { longTest, sampled } from '../../extent.ts';

const mostBytesOfDynamoDb = 400 * 1024;
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

// Three bytes in UTF-8: names and reasons may hold any character.
const long = (length: number) => '€'.repeat(length);
const at = '2026-11-29T12:00:00.000Z';
const cause = (id: number): EventCause => ({
  kind: 'event',
  via: 'cloudtrail',
  id: `${id}`.padStart(36, '0'),
  time: at,
  call: `iam:${long(120)}`,
  by: `arn:aws:sts::123456789012:assumed-role/${long(2000)}`,
  from: long(256),
  userAgent: long(1024),
  invokedBy: long(256),
  sourceIdentity: long(64),
});
const causes = [0, 1, 2, 3, 4].map(cause);
/** Events of one control that are those of no other. */
const ofItsOwn = (from: number, length: number) =>
  Array.from({ length }, (_, index) => cause(from + index));
const evidence = Array.from({ length: 100 }, (_, i) => ({
  path: `rules[${i} ${long(300)}]`,
  actual: { text: long(1000) },
  expected: long(1000),
}));
const failing: ControlRow = {
  verdict: stored({ status: 'FAIL', reason: long(2000), evidence }),
  lastKnown: 'FAIL',
  since: at,
  firstSeenAt: at,
  readAt: at,
  knownAt: at,
  lastPassAt: at,
  episodes: 1_000_000,
  began: 'turned',
  prompted: true,
  drifts: Array.from({ length: 10 }, () => at),
  settings: 'a'.repeat(64),
  plan: { text: long(1000), hash: 'a'.repeat(64), isCalls: true },
  remediation: {
    episode: 1,
    action: 'pl-470205b2c4521635f19c',
    state: 'waiting',
    notBefore: at,
    waitsAt: at,
    since: at,
    guard: 'maintenanceWindow',
    why: 'w'.repeat(300),
  },
  denied: { facet: 'accountPublicAccessBlock', action: 'a'.repeat(100), by: 'p'.repeat(100) },
  hidden: { was: 'PASS', since: at, told: true },
  lastAction: 'pl-470205b2c4521635f19c',
  lastActionAt: at,
  causes,
  hash: 'a'.repeat(64),
  published: { hash: 'a'.repeat(64), updatedAt: at, status: 'FAILED' },
};
const rowOf = (ids: readonly string[], control: ControlRow = failing): ResourceRow => ({
  type: 'Plumbline::IAM::Account',
  ref: { account: '123456789012', region: 'us-east-1', id: long(255) },
  version: 1,
  readAt: at,
  stampedAt: at,
  arn: `arn:aws:rds:us-east-1:123456789012:db:${long(255)}`,
  tags: { [long(128)]: long(256) },
  controls: Object.fromEntries(ids.map((id) => [id, control])),
  settle: { arrivesAt: at, wantedAt: at, facets: 'all', attempt: 9 },
  exemptions: Object.fromEntries(
    ids.map((id) => [id, { owner: long(100), reason: long(200), expires: at }]),
  ),
});
/** A row of which each control knows as many events as it keeps, and none that another knows. */
const crowded = (row: ResourceRow): ResourceRow => ({
  ...row,
  controls: Object.fromEntries(
    Object.entries(row.controls).map(([id, control], index) => {
      const from = 1000 + 100 * index;
      const causes = ofItsOwn(from, 18);
      const changedSince = ofItsOwn(from + 20, 5);
      return [id, { ...control, causes, changedSince, unproven: ofItsOwn(from + 30, 18) }];
    }),
  ),
});
const transition = (controlId: string): Transition => ({
  controlId,
  from: 'NOT_APPLICABLE',
  to: 'NOT_APPLICABLE',
  at,
  causes,
});

describe('the largest row', () => {
  it('keeps who deployed, with names that are cut', () => {
    const whole = rowOf(['PL.BLIND.4', 'PL.BLIND.5'], { ...failing, deployedBy: cause(1) });
    const many = crowded({ ...whole, type: 'Plumbline::Deployment' });
    const row = rowWithin(many);
    expect(bytesOf(packed(row))).toBeLessThan(mostBytesOfDynamoDb / 2);
    expect(row.controls['PL.BLIND.5']?.deployedBy).toMatchObject({ id: cause(1).id, time: at });
  });

  longTest(
    'fits for every type, with all of its controls failing in the longest words',
    async () => {
      const ofType = new Map<string, string[]>([['host', hostControls.map(({ id }) => id)]]);
      for (const { id, resources } of await allControls())
        for (const { type } of resources) ofType.set(type, [...(ofType.get(type) ?? []), id]);
      const largestFirst = [...ofType.values()].toSorted((one, other) => other.length - one.length);
      const rows = sampled(largestFirst, { usual: 16 }).flatMap((ids) => [
        rowOf(ids),
        crowded(rowOf(ids)),
      ]);
      const sizes = rows.map((whole) => {
        const row = rowWithin(whole);
        const ids = Object.keys(row.controls);
        const unrecorded = Array.from({ length: 100 }, () => transition(ids[0] ?? ''));
        const full = withTransitions({ ...row, unrecorded }, row);
        return bytesOf(packed(full));
      });
      expect(Math.max(...sizes)).toBeLessThan(mostBytesOfDynamoDb - 20 * 1024);
      expect(bytesOf(rowOf(ofType.get('Plumbline::IAM::Account') ?? []))).toBeGreaterThan(
        mostBytesOfDynamoDb,
      );
    },
  );

  it('says what is left out', () => {
    const ids = Array.from({ length: 14 }, (_, i) => `S3.${i}`);
    const { verdict } = rowWithin(rowOf(ids)).controls['S3.0'] ?? failing;
    expect(verdict.evidence?.at(-1)).toEqual({
      path: 'evidence',
      actual: expect.stringMatching(/^\d+ more$/),
      expected: 'left out, because a row of the table would be too large',
    });
    expect(verdict.status).toBe('FAIL');
  });

  it('keeps who did it, the first and the last of them, by id', () => {
    const ids = Array.from({ length: 60 }, (_, i) => `PL.SSH.${i}`);
    const [first] = rowWithin(rowOf(ids)).controls['PL.SSH.0']?.causes ?? [];
    expect(first).toMatchObject({ id: causes[0]?.id, time: at });
    expect(first?.by).toMatch(/^arn:aws:sts::123456789012:assumed-role/);
  });

  it('that is small stays as it is', () => {
    const row = rowOf(['S3.1'], {
      ...failing,
      verdict: { status: 'FAIL', reason: 'open', evidence: [] },
      causes: causes.slice(0, 1),
    });
    expect(rowWithin(row)).toBe(row);
    const few = [transition('S3.1')];
    expect(transitionsWithin(few)).toBe(few);
  });
});
