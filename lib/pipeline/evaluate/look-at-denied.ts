import { attempted } from '../../aws/errors.ts';
import { homeOf } from '../../engine/changes/place.ts';
import { deniedControl, deniedOn } from '../../engine/posture/denied.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { readerType } from '../../resources/account/own-names.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Delay of the evaluation, so that one counts all reads that were denied in this time. */
const gatherSeconds = 120;
/** By so much the index of the table may be behind. */
const behindSeconds = 20;

/** Whether other reads of a resource are denied to our own role than before. */
export const isDeniedOtherwise = (before: ResourceRow | undefined, row: ResourceRow): boolean =>
  deniedOn(row) !== (before && deniedOn(before));

/**
 * Requests an evaluation of the control that reports the denied reads of our own role. Never throws: after a failure the next
 * denied read, or the daily sweep, requests it.
 */
export const lookAtDenied = async (runtime: Runtime): Promise<void> => {
  if (!runtime.baseline.controls[deniedControl]) return;
  await attempted(async () => {
    const delaySeconds = runtime.settlesAfterSeconds ?? gatherSeconds;
    const now = runtime.clock();
    const claimedMs = Math.max(0, delaySeconds - behindSeconds) * 1000;
    const since = new Date(now.getTime() - claimedMs).toISOString();
    if (!(await runtime.posture.claimDenied(now.toISOString(), since))) return;
    const home = homeOf(runtime.place);
    const ref = { ...home, id: home.region };
    const cause = { kind: 'review' } as const;
    await runtime.queues.settle(
      { version: 1, type: readerType, ref, facets: 'all', cause },
      delaySeconds,
    );
  });
};
