import { attempted, isBusy, messageOf } from '../../aws/errors.ts';
import type { Entry } from '../../aws/stores/ledger.ts';
import { keyOf } from '../../engine/changes/change.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import { actorsIn } from '../../engine/posture/suspects.ts';
import type { Action } from '../../engine/remediation/action.ts';
import { type Delivered, isLastTry } from '../../engine/remediation/delivery.ts';
import { actionNote } from '../../engine/remediation/notification.ts';
import { otherActorsAmong, otherActorsText } from '../../engine/remediation/other-actors.ts';
import { imageOf } from '../../engine/remediation/outcome.ts';
import type { UndoRequest } from '../../engine/remediation/request.ts';
import { noteOn } from '../runtime/note.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { whyNotOurs, whyNotOurUndo } from './derive.ts';
import { disown, ledgerGuard, notifyOfLedger } from './disown.ts';
import { readNow, resumedUndo } from './resumed.ts';
import { targetOf } from './target.ts';
import { changesSince, whyNoUndo, whyUnconfirmed } from './why-no-undo.ts';

const newUndo = (ask: UndoRequest, original: Action | undefined, runtime: Runtime): Action => ({
  id: ask.id,
  undoes: ask.undoes,
  type: ask.type,
  ref: ask.ref,
  arn: original?.arn ?? ask.ref.id,
  controls: original?.controls ?? [],
  askedBy: ask.askedBy,
  state: 'BLOCKED',
  driftedBy: [],
  startedAt: runtime.clock().toISOString(),
  calls: [],
});

/** Leaves the controls alone for a while, or the next drift would undo the undo. */
const hold = async (action: Action, runtime: RemediationRuntime): Promise<void> => {
  const hours = runtime.baseline.remediation.holdHours;
  const until = new Date(runtime.clock().getTime() + hours * 3_600_000);
  for (const control of action.controls)
    await runtime.remediation.locks.hold(keyOf(action), control, until);
};

/** Who changed it while it was carried out, as the row has come to know since: CloudTrail can be late. */
const whyLate = async (action: Action, runtime: Runtime): Promise<string | undefined> => {
  const key = keyOf(action);
  const row = (await runtime.posture.read([key])).get(key);
  const known = action.controls.flatMap((control) => actorsIn(row?.controls[control]));
  const then = known.filter(({ time }) => time <= (action.concludedAt ?? ''));
  const late = otherActorsAmong(action, then);
  if (late.length === 0) return undefined;
  return `${otherActorsText(late)} changed the resource while ${action.id} was carried out, and taking it back would overwrite that`;
};

/** What takes out the part that an action added, of a resource that others have changed since. */
const ownPartOf = async (
  { type, ref, arn, controls, before = {} }: Action,
  now: Readonly<Record<string, unknown>>,
  runtime: Runtime,
) => {
  const [id, ...others] = controls;
  if (id === undefined || others.length > 0) return undefined;
  const control = (await runtime.controlsOf(type)).find((one) => one.id === id);
  const parameters = runtime.baseline.controls[id]?.parameters ?? {};
  const at = runtime.clock();
  return control?.remediation.takeOut?.(now, { ref, arn, parameters, at, before });
};

const begin = async (
  ask: UndoRequest,
  original: Entry,
  runtime: RemediationRuntime,
): Promise<Entry | string> => {
  const type = await runtime.types.named(ask.type);
  if (!type) return `there is no resource type ${ask.type}`;
  const now = await readNow(original.action, type, runtime);
  if (typeof now === 'string') return now;
  const changed =
    changesSince(original.action, type, now) ?? (await whyLate(original.action, runtime));
  const { id, plan, before = {}, grants = [] } = original.action;
  if (plan?.kind !== 'calls' || 'impossible' in plan.undo) return 'it made no calls';
  const ours = changed === undefined ? undefined : await ownPartOf(original.action, now, runtime);
  if (changed !== undefined && !ours) return changed;
  const { calls, wanted } = ours ?? { calls: plan.undo.calls, wanted: before };
  const summary = ours
    ? `takes out what ${id} added, and leaves what others have changed since`
    : `takes back ${id}`;
  const taken = { ...plan, summary, calls };
  const entry = await runtime.remediation.ledger.add({
    ...newUndo(ask, original.action, runtime),
    state: 'ACTING',
    plan: { ...taken, undo: { impossible: 'an undo is not taken back' } },
    grants,
    before: imageOf(now),
    wanted,
  });
  // DynamoDB may have taken it though its answer was lost: the next delivery knows it.
  if (!entry) throw new Error(`${ask.id} was begun by another delivery; this one is tried again`);
  return entry;
};

const refuse = async (
  ask: UndoRequest,
  original: Action | undefined,
  why: string,
  runtime: RemediationRuntime,
): Promise<void> => {
  const refused: Action = { ...newUndo(ask, original, runtime), guard: 'undo', why };
  // A click in Security Hub gets no other answer.
  const findings = identifiersOf(refused, refused.controls);
  await noteOn(findings, actionNote(refused), runtime);
  await runtime.remediation.ledger.add(refused);
};

/** What is to be taken back is not what Plumbline planned: nothing that it says is used. */
const refuseForeign = async (
  ask: UndoRequest,
  why: string,
  runtime: RemediationRuntime,
): Promise<void> => {
  const refused: Action = { ...newUndo(ask, undefined, runtime), guard: ledgerGuard, why };
  await notifyOfLedger(refused, runtime);
  await runtime.remediation.ledger.add(refused);
};

const whyOff = async (ask: Delivered, runtime: RemediationRuntime): Promise<string | undefined> => {
  const isOn = await attempted(() => runtime.remediation.isOn());
  if (!('failure' in isOn)) return isOn.value ? undefined : 'remediation is switched off';
  if (isBusy(isOn.failure) && !isLastTry(ask)) throw isOn.failure;
  return `the kill switch could not be read: ${messageOf(isOn.failure)}`;
};

/**
 * Puts back what was there before an action, unless somebody has changed the resource since. The caller holds the lock.
 * An undo that was begun before is finished.
 */
export const undo = async (
  ask: UndoRequest & Delivered,
  known: Entry | undefined,
  runtime: RemediationRuntime,
): Promise<void> => {
  const original = await runtime.remediation.ledger.get(ask.undoes);
  const why = known ? undefined : (whyNoUndo(original?.action) ?? whyUnconfirmed(ask));
  if (why !== undefined || !original) return refuse(ask, original?.action, why ?? '', runtime);
  const off = known ? undefined : await whyOff(ask, runtime);
  if (off !== undefined) return refuse(ask, original.action, off, runtime);
  const { action } = original;
  const foreign = known
    ? await whyNotOurUndo(known, original, ask, runtime)
    : await whyNotOurs(original, ask.undoes, ask, runtime);
  if (foreign !== undefined)
    return known ? disown(ask, known, foreign, runtime) : refuseForeign(ask, foreign, runtime);
  const target = targetOf(action);
  if (!(await target.claim({ ...action, id: ask.id }, ask, runtime))) {
    return refuse(ask, action, 'another action changes this host; ask again later', runtime);
  }
  const entry = known ?? (await begin(ask, original, runtime));
  if (typeof entry === 'string') return refuse(ask, original.action, entry, runtime);
  await hold(entry.action, runtime);
  const resumed = known ? await resumedUndo(known, action, runtime) : entry;
  await target.takeBack(resumed, original, runtime);
};
