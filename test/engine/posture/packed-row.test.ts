import { packed, unpacked } from '../../../lib/engine/posture/packed-row.ts';
import type { ControlRow, ResourceRow } from '../../../lib/engine/posture/row.ts';
import { event } from '../../fakes/row-life.ts';

const time = '2026-06-15T12:00:00.000Z';
const control = (more: Partial<ControlRow> = {}): ControlRow => ({
  verdict: { status: 'FAIL', reason: 'it is dark', evidence: [] },
  lastKnown: 'FAIL',
  since: time,
  firstSeenAt: time,
  readAt: time,
  episodes: 1,
  causes: [event(1), event(2)],
  ...more,
});
const row: ResourceRow = {
  type: 'Plumbline::Lamp',
  ref: { account: '123456789012', region: 'us-east-1', id: 'hall' },
  version: 7,
  readAt: time,
  stampedAt: time,
  tags: {},
  controls: {
    'T.1': control(),
    'T.2': control({ changedSince: [event(3)], unproven: [event(4, { reach: ['light'] })] }),
    'T.3': control({ causes: [] }),
  },
  unrecorded: [{ controlId: 'T.1', to: 'FAIL', at: time, causes: [event(1)] }],
};
const kept = (value: unknown) => JSON.parse(JSON.stringify(value));

it('a row is kept with each of its events once, and read as it was', () => {
  expect(unpacked(kept(packed(row)))).toEqual(row);
  expect(packed(row).events).toHaveLength(4);
  const { unrecorded: _, ...settled } = row;
  expect(unpacked(kept(packed(settled)))).toEqual(settled);
});

it('a row that a release before has written is read', () => {
  expect(unpacked(kept(row))).toEqual(row);
});

it('the suspects of many controls take little room', () => {
  const causes = Array.from({ length: 18 }, (_, index) =>
    event(index, { userAgent: 'u'.repeat(200), by: 'b'.repeat(620), issuer: 'i'.repeat(620) }),
  );
  const ids = Array.from({ length: 20 }, (_, index) => `T.${index}`);
  const controls = Object.fromEntries(ids.map((id) => [id, control({ causes })]));
  expect(JSON.stringify(packed({ ...row, controls })).length).toBeLessThan(50_000);
});
