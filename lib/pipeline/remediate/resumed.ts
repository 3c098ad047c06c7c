import type { Entry } from '../../aws/stores/ledger.ts';
import { type Action, type CallOutcome, callsIn } from '../../engine/remediation/action.ts';
import { unexplained } from '../../engine/remediation/concurrent-changes.ts';
import { differences } from '../../engine/remediation/outcome.ts';
import type { Call } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { save } from './action-log.ts';
import type { Preflight } from './preflight.ts';

// An action that died, when the next delivery takes it up: somebody can have changed the resource since.

type Facets = Readonly<Record<string, unknown>>;

/** The facets of the before-image as they are now; why not, where they cannot be read. */
export const readNow = async (
  { before = {}, ref }: Action,
  type: AnyResourceType,
  runtime: Runtime,
): Promise<Facets | string> => {
  const reading = await runtime.reader(ref).read(type, ref, Object.keys(before));
  if (reading.gone) return 'the resource is gone';
  const values = Object.entries(reading.facets);
  const unread = values.find(([, one]) => !('value' in one));
  if (unread) return `${unread[0]} could not be read`;
  return Object.fromEntries(values.map(([name, one]) => [name, 'value' in one && one.value]));
};

/** A fix that was begun, marked where somebody has changed the resource in a way that its calls do not explain. */
export const withMeanwhile = async (
  known: Entry,
  { type, facets }: Preflight,
  runtime: RemediationRuntime,
): Promise<Entry> => {
  const { plan, before = {}, meanwhile } = known.action;
  if (plan?.kind !== 'calls' || meanwhile !== undefined) return known;
  const back = 'calls' in plan.undo ? plan.undo.calls : [];
  const changed = unexplained(type, { before, calls: plan.calls, back }, facets);
  if (changed.length === 0) return known;
  const marked = { ...known.action, meanwhile: `somebody (${changed.join(', ')})` };
  return save(known, marked, runtime);
};

/** The calls whose outcome is not kept; none once one has failed. */
export const callsLeft = (action: Action): readonly Call[] =>
  action.calls.some(({ result }) => result === 'failed')
    ? []
    : callsIn(action).slice(action.calls.length);

/** The action as though these calls had been answered so. */
const answered = (
  { action, ...entry }: Entry,
  calls: readonly Call[],
  how: Pick<CallOutcome, 'at' | 'result' | 'error'>,
): Entry => {
  const made = calls.map(({ service, operation }) => ({ service, operation, ...how }));
  return { ...entry, action: { ...action, calls: [...action.calls, ...made] } };
};

/** Why an undo that died must not go on: what somebody has changed is not overwritten. */
const whyHalted = (
  { before = {}, ...action }: Action,
  original: Action,
  type: AnyResourceType,
  now: Facets,
): string | undefined => {
  const made = { before, calls: callsIn(action), back: callsIn(original) };
  const changed = unexplained(type, made, now);
  if (changed.length === 0) return undefined;
  return `somebody has changed it meanwhile: ${changed.join(', ')}`;
};

/** An undo that was begun, as the resource now is: what is there again is not put there a second time. */
export const resumedUndo = async (
  known: Entry,
  original: Action,
  runtime: Runtime,
): Promise<Entry> => {
  const { action } = known;
  const left = callsLeft(action);
  const type = await runtime.types.named(action.type);
  if (!type || left.length === 0) return known;
  const now = await readNow(action, type, runtime);
  const at = runtime.clock().toISOString();
  if (typeof now !== 'string' && differences(type, action.wanted ?? {}, now).length === 0) {
    return answered(known, left, { at, result: 'lost' });
  }
  const error = typeof now === 'string' ? now : whyHalted(action, original, type, now);
  if (error === undefined) return known;
  return answered(known, left.slice(0, 1), { at, result: 'failed', error });
};
