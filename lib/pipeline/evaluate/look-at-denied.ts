import { attempted } from '../../aws/errors.ts';
import { homeOf } from '../../engine/changes/place.ts';
import { deniedControl, deniedOn } from '../../engine/posture/denied.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { readerType } from '../../resources/account/own-names.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** One look counts what is refused in so many seconds, of as many resources as there are. */
const gatherSeconds = 120;
/** The index of the table is a little behind. */
const behindSeconds = 20;

/** Whether what our own role may not read of a resource is not what it was. */
export const isDeniedOtherwise = (before: ResourceRow | undefined, row: ResourceRow): boolean =>
  deniedOn(row) !== (before && deniedOn(before));

/**
 * Has the control evaluated soon that says once what our own role may not read. Never throws: what is missed here the
 * next refusal, or the daily sweep, brings about.
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
