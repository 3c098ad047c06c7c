import type { EventCause } from '../../engine/changes/change.ts';
import type { ControlEvaluation } from '../../engine/evaluation/control-evaluation.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { Awaited, ResourceRow } from '../../engine/posture/row.ts';
import { actorsIn } from '../../engine/posture/suspects.ts';
import { type Action, isConcluded } from '../../engine/remediation/action.ts';
import { namesOf, otherActorsAmong } from '../../engine/remediation/other-actors.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { EvaluationRequest } from './evaluation-request.ts';

type Over = NonNullable<Found['concluded']>[number] & Pick<Action, 'state' | 'actedAt'>;

/** Somebody's events on what the action changed that it did not know of when it began. */
const eventsSince = (
  action: Action,
  { events, evaluated }: Found,
  row: ResourceRow | undefined,
): readonly EventCause[] => {
  const { controls, undoes } = action;
  const known = controls.flatMap((control) => actorsIn(row?.controls[control]));
  const found = evaluated.flatMap(({ control, causes }) =>
    controls.includes(control.id) ? causes : [],
  );
  // What an undo brings back can be more than what its controls look at.
  const all = [...found, ...known, ...(undoes === undefined ? [] : events)];
  return otherActorsAmong(action, all);
};

/** An action whose verdict is awaited still, with those who have changed the resource meanwhile. */
const stillAwaited = (
  one: Awaited,
  action: Action,
  found: Found,
  row: ResourceRow | undefined,
): Awaited => {
  const meanwhile = namesOf(one.meanwhile ?? [], eventsSince(action, found, row));
  return meanwhile.length > 0 ? { ...one, meanwhile } : one;
};

/** What somebody broke again while it was put right is a drift of its own, though no PASS was read in between. */
const renewed = (
  evaluated: readonly ControlEvaluation[],
  over: readonly Over[],
  row: ResourceRow | undefined,
): readonly ControlEvaluation[] => {
  const superseded = new Map(
    over
      .filter(({ state }) => state === 'SUPERSEDED')
      .flatMap((action) => action.controls.map((control) => [control, action] as const)),
  );
  return evaluated.map((one) => {
    const action = superseded.get(one.control.id);
    if (action === undefined || one.verdict.status !== 'FAIL') return one;
    const { lastPassAt = '' } = row?.controls[one.control.id] ?? {};
    // What has passed since has turned by itself.
    if (lastPassAt >= (action.actedAt ?? action.startedAt)) return one;
    return { ...one, renewedBy: action };
  });
};

/** An action that nothing is to be known of any more: it came to nothing, or is none. */
const closed = (id: string): Over => ({ id, state: 'BLOCKED', controls: [], startedAt: '' });

/** Whether a read before settle shows the fix, which is said once, as what is still to be confirmed. */
const showsAtFirst = (
  { fixedAtFirst, undoes, controls }: Action,
  evaluated: readonly ControlEvaluation[],
): boolean =>
  fixedAtFirst === undefined &&
  undoes === undefined &&
  controls.every((id) =>
    evaluated.some(({ control, verdict }) => control.id === id && verdict.status === 'PASS'),
  );

/**
 * The actions on this resource whose outcome was said are no longer awaited; of the others it is kept who changes the
 * resource meanwhile. Once it is read as settled, whoever says outcomes is to look at the verdict: nothing is called
 * fixed, or ineffective, from an early read. One that shows a fix is looked at as well, to be said as what it is.
 */
export const withAwaited = async (
  found: Found,
  { row }: Pick<EvaluationRequest, 'row'>,
  { remediation }: Runtime,
): Promise<Found> => {
  const awaited = [...(row?.awaits ?? []), ...(found.awaits ?? [])];
  if (awaited.length === 0) return found;
  const awaits: Awaited[] = [];
  const over: Over[] = [];
  const toConclude: string[] = [];
  for (const one of new Map(awaited.map((each) => [each.action, each])).values()) {
    const action = (await remediation?.ledger.get(one.action))?.action;
    if (!action || action.state === 'BLOCKED') over.push(closed(one.action));
    else if (isConcluded(action)) over.push(action);
    else {
      awaits.push(stillAwaited(one, action, found, row));
      const isIn = found.settle === undefined || showsAtFirst(action, found.evaluated);
      if (action.state === 'VERIFYING' && isIn) toConclude.push(action.id);
    }
  }
  return {
    ...found,
    evaluated: renewed(found.evaluated, over, row),
    awaits,
    concluded: over,
    ...(toConclude.length > 0 ? { toConclude } : {}),
  };
};
