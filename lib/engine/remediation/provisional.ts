import type { ResourceRow } from '../posture/row.ts';
import type { Action } from './action.ts';

/**
 * Whether a first read shows that an action did what it was for: its controls pass, read after the last of its calls,
 * each of which AWS took from us. That proves nothing: a replica that is behind shows the state before the drift, which
 * passes too, and there is no read of a fix in the catalogue that shows what did not exist before its calls. What AWS says
 * of each service's reads stands in `lib/services` (`showsInTheEnd`), and in the reference by type.
 * So it is said as what it is, and VERIFIED waits for the read after settle.
 */
export const isFixedAtFirst = (action: Action, row: ResourceRow): boolean => {
  const { state, undoes, calls, controls, actedAt } = action;
  if (state !== 'VERIFYING' || undoes !== undefined || actedAt === undefined) return false;
  if (row.goneAt !== undefined || controls.length === 0 || calls.length === 0) return false;
  const isOurs = calls.every(({ result }) => result === 'done');
  const passes = controls.every((id) => {
    const { verdict, readAt = '', hidden } = row.controls[id] ?? {};
    return verdict?.status === 'PASS' && !hidden && readAt >= actedAt;
  });
  return isOurs && passes;
};
