import type { Verdict } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import type { ResourceRow } from '../posture/row.ts';
import { actorsIn } from '../posture/suspects.ts';
import type { Action } from './action.ts';
import { namesOf, otherActorsAmong } from './other-actors.ts';
import { differences, mostAwaitedHours, type Settled, type Steadying } from './outcome.ts';

type Facets = Readonly<Record<string, unknown>>;

/** What is known beside the row when an outcome is said. */
export interface Sight {
  readonly type: Steadying & Pick<AnyResourceType, 'selfReported'>;
  /** The facets of the before-image, as they are now. */
  readonly after: Facets;
  readonly now: Date;
  /** Seconds after which a read shows a change. */
  readonly settlesAfterSeconds: number;
}

/** SSM says to the second when a command was requested. */
const blurMs = 2000;

/** A read from this moment on shows what an action did. */
const shownFrom = (
  { actedAt, startedAt }: Action,
  { type, settlesAfterSeconds }: Sight,
): number => {
  const acted = Date.parse(actedAt ?? startedAt);
  return type.selfReported ? acted - blurMs : acted + settlesAfterSeconds * 1000;
};

/** Whether a control was read late enough to show what an action did. */
const isShownOf = (id: string, action: Action, { controls }: ResourceRow, sight: Sight): boolean =>
  Date.parse(controls[id]?.readAt ?? '') >= shownFrom(action, sight);

/** Whether what an undo brings back is there again; `undefined` where that cannot be read, or is not shown yet. */
const isRestored = (action: Action, { type, after, now }: Sight, from: number) => {
  const { wanted = {} } = action;
  const isRead = Object.keys(wanted).every((name) => Object.hasOwn(after, name));
  // Of what tells by itself nothing is read: its audit says that it is through.
  if (!isRead || (!type.selfReported && now.getTime() < from)) return undefined;
  return differences(type, wanted, after).length === 0;
};

/** What a row says of an action; `undefined` while that has not settled. A verdict that is too early is not known. */
export const settledIn = (action: Action, row: ResourceRow, sight: Sight): Settled | undefined => {
  const { id, controls, undoes, actedAt = action.startedAt } = action;
  const isGone = row.goneAt !== undefined;
  const isOverdue = sight.now.getTime() >= Date.parse(actedAt) + mostAwaitedHours * 3_600_000;
  const shown = new Set(controls.filter((control) => isShownOf(control, action, row, sight)));
  // A host takes back by itself what was not confirmed: only its audit after that says how it stands.
  const isAwaited = sight.type.selfReported && shown.size < controls.length && !isOverdue;
  if (!isGone && (row.settle !== undefined || isAwaited)) return undefined;
  const statuses = controls.map((control): Verdict['status'] => {
    const { verdict, hidden } = row.controls[control] ?? {};
    // Of what is hidden it is not known whether the action did anything.
    return verdict && !hidden && shown.has(control) ? verdict.status : 'UNKNOWN';
  });
  const restored = isGone ? false : isRestored(action, sight, shownFrom(action, sight));
  const known = controls.flatMap((control) => actorsIn(row.controls[control]));
  const { meanwhile = [] } = row.awaits?.find((one) => one.action === id) ?? {};
  return {
    verdicts: undoes === undefined ? statuses : [],
    otherActors: namesOf(meanwhile, otherActorsAmong(action, known)),
    isGone,
    ...(restored === undefined ? {} : { isRestored: restored }),
    isOverdue,
  };
};
