import type { BatchReader } from '../../aws/reader.ts';
import type { Posture } from '../../aws/stores/posture.ts';
import { keyOf } from '../../engine/changes/change.ts';
import type { ControlRow, ResourceRow } from '../../engine/posture/row.ts';
import { isOnHost } from './on-host.ts';
import type { Result } from './results/audit-output.ts';

const resultOf = ({ verdict: { status, reason = '', evidence = [] } }: ControlRow): Result => {
  if (status === 'PASS') return { s: 'PASS', p: true };
  if (status === 'NOT_APPLICABLE') return { s: 'NA', why: reason };
  if (status === 'UNKNOWN') return { s: 'UNKNOWN', why: reason };
  const [effective, persisted] = evidence;
  return { s: 'FAIL', e: String(effective?.actual ?? ''), p: persisted === undefined, why: reason };
};

const resultsIn = ({ controls }: ResourceRow): ReadonlyMap<string, Result> =>
  new Map(Object.entries(controls).map(([id, row]) => [id, resultOf(row)]));

/** A reader that answers for hosts with what they said last, as their rows keep it. */
export const withSelfReported = (
  reader: BatchReader,
  posture: Pick<Posture, 'read'>,
): BatchReader => ({
  ...reader,
  async read(type, ref, facets) {
    if (!isOnHost(type)) return reader.read(type, ref, facets);
    const reading = await reader.read(type, ref, facets);
    const key = keyOf({ type: type.type, ref });
    const row = (await posture.read([key])).get(key);
    if (reading.gone || !row || row.isUnreadable) return reading;
    const said = { audit: { value: resultsIn(row) }, system: { value: row.system } };
    return { ...reading, facets: { ...reading.facets, ...said } };
  },
});
