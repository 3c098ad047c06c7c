import { compareText } from '../../support/compare.ts';
import { type Durations, durationsOf } from '../history/durations.ts';
import type { Recorded, RecordedAction } from './record.ts';

/** What was done, and in which account. */
export interface ReportedAction extends RecordedAction {
  readonly account: string;
}
export interface ReportedActions {
  readonly from: string;
  readonly to: string;
  /** Whether there were more than are listed. */
  readonly isCut: boolean;
  readonly toDetect: Durations;
  readonly toRepair: Durations;
  /** The latest first. */
  readonly list: readonly ReportedAction[];
}
const seconds = (
  all: readonly ReportedAction[],
  key: 'toDetectSeconds' | 'toRepairSeconds',
): Durations => durationsOf(all.flatMap((one) => one[key] ?? []));

/** What installations did, from the first time that one of them tells of until the last. */
export const actionsOf = (scans: readonly Recorded[]): ReportedActions | undefined => {
  const told = scans.flatMap(({ account, actions }) => (actions ? [{ account, ...actions }] : []));
  const [first] = told;
  if (!first) return undefined;
  const list = told
    .flatMap(({ account, list: all }) =>
      all.map((one) => ({ ...one, account: one.account ?? account })),
    )
    .toSorted((a, b) => compareText(b.startedAt, a.startedAt) || compareText(a.id, b.id));
  return {
    from: told.map(({ from }) => from).toSorted(compareText)[0] ?? first.from,
    to:
      told
        .map(({ to }) => to)
        .toSorted(compareText)
        .at(-1) ?? first.to,
    isCut: told.some(({ isCut }) => isCut === true),
    toDetect: seconds(list, 'toDetectSeconds'),
    toRepair: seconds(list, 'toRepairSeconds'),
    list,
  };
};
