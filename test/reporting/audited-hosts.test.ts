import type { ControlRow, ResourceRow } from '../../lib/engine/posture/row.ts';
import { asAudited, hasAnswered, unknownHost } from '../../lib/reporting/audited-hosts.ts';

const since = '2026-11-30T08:00:00.000Z';
const [earlier, later] = ['2026-11-30T07:59:59.999Z', '2026-11-30T08:00:05.000Z'];
const audit = { since, asked: new Set(['PL.SSH.1', 'PL.SSH.2']) };
const home = { account: '123456789012', region: 'us-east-1' };
const read = (
  status: 'PASS' | 'FAIL' | 'NOT_APPLICABLE' | 'UNKNOWN',
  readAt: string,
): ControlRow => ({
  verdict: { status },
  since: readAt,
  firstSeenAt: readAt,
  readAt,
  episodes: 1,
  causes: [],
});
const rowOf = (controls: ResourceRow['controls']): ResourceRow => ({
  ...unknownHost({ ...home, id: 'i-1' }),
  controls,
});
const statusesOf = (row: ResourceRow) =>
  Object.fromEntries(
    Object.entries(asAudited(row, audit).controls).map(([id, { verdict }]) => [id, verdict.status]),
  );

describe('a host by an audit', () => {
  it.each([
    ['what it answered counts, read at that very second', read('PASS', since), 'PASS'],
    ['what it answered later counts', read('NOT_APPLICABLE', later), 'NOT_APPLICABLE'],
    ['what passed before is unknown', read('PASS', earlier), 'UNKNOWN'],
    ['what did not apply before is unknown', read('NOT_APPLICABLE', earlier), 'UNKNOWN'],
    ['what failed before fails', read('FAIL', earlier), 'FAIL'],
    ['what was unknown before is unknown', read('UNKNOWN', earlier), 'UNKNOWN'],
  ])('%s', (_, row, status) => {
    expect(statusesOf(rowOf({ 'PL.SSH.1': row }))).toEqual({
      'PL.SSH.1': status,
      'PL.SSH.2': 'UNKNOWN',
    });
  });

  it('that was never heard of is unknown in all that it was asked', () => {
    expect(statusesOf(unknownHost({ ...home, id: 'i-1' }))).toEqual({
      'PL.SSH.1': 'UNKNOWN',
      'PL.SSH.2': 'UNKNOWN',
    });
  });

  it('of an area that is not asked for any more is unknown', () => {
    expect(statusesOf(rowOf({ 'PL.DKR.1': read('PASS', earlier) }))).toMatchObject({
      'PL.DKR.1': 'UNKNOWN',
    });
  });

  it('has answered where each control is read anew', () => {
    const both = { 'PL.SSH.1': read('PASS', later), 'PL.SSH.2': read('UNKNOWN', since) };
    expect(hasAnswered(rowOf(both), audit)).toBe(true);
    expect(hasAnswered(rowOf({ ...both, 'PL.SSH.2': read('PASS', earlier) }), audit)).toBe(false);
    expect(hasAnswered(rowOf({ 'PL.SSH.1': read('PASS', later) }), audit)).toBe(false);
    expect(hasAnswered(undefined, audit)).toBe(false);
  });
});
