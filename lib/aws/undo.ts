import type { AnyResourceType, Call } from '../controls/control.ts';
import { type Action, isConcluded } from '../engine/action.ts';
import type { UndoAsk } from '../engine/ask.ts';
import { canonicalJson } from '../engine/canonical-json.ts';
import { keyOf } from '../engine/change.ts';
import { clip } from '../engine/clip.ts';
import { identifiersOf } from '../engine/finding.ts';
import { actionNote } from '../engine/notice.ts';
import { differences, imageOf } from '../engine/outcome.ts';
import { carryOut } from './carry-out.ts';
import { type Delivered, isLastTry } from './delivery.ts';
import type { Engine, Remedies } from './engine.ts';
import { attempted, isBusy, messageOf } from './errors.ts';
import type { Entry } from './ledger.ts';
import { noteFindings } from './security-hub.ts';
import { verify } from './verify.ts';

type Facets = Readonly<Record<string, unknown>>;

/** Why an action cannot be taken back, whatever its resource looks like now. */
export const whyNoUndo = (action: Action | undefined, mayWiden: boolean): string | undefined => {
  if (!action) return 'there is no such action';
  const { id, plan, state, undoes, undoneBy } = action;
  if (undoes !== undefined) {
    return `${id} is itself an undo, of ${undoes}; put it right again with \`plumbline fix\``;
  }
  if (state === 'BLOCKED')
    return `${id} was blocked by the guard ${action.guard}: nothing was done`;
  if (!isConcluded(action))
    return `the verdict on ${id} is still awaited (${state}); try again then`;
  if (undoneBy !== undefined) return `${id} was taken back already, by ${undoneBy}`;
  if (plan?.kind !== 'calls') return `${id} made no calls`;
  if ('impossible' in plan.undo) return `${id} cannot be taken back: ${plan.undo.impossible}`;
  if (plan.undo.widensAccess && !mayWiden) {
    return `taking ${id} back opens access again; ask for it by name with --widen-access`;
  }
  return undefined;
};

const shown = (value: unknown): string => clip(canonicalJson(value), 200);
/** What somebody has changed since the outcome was said. */
export const changesSince = (
  { after = {} }: Action,
  type: AnyResourceType,
  now: Facets,
): string | undefined => {
  const changed = differences(type, after, now);
  if (changed.length === 0) return undefined;
  const lines = changed.map((name) => `${name} was ${shown(after[name])}, is ${shown(now[name])}`);
  return `the resource has changed since: ${lines.join('; ')}`;
};

const readNow = async (
  { before = {} }: Action,
  type: AnyResourceType,
  { ref }: UndoAsk,
  engine: Engine,
): Promise<Facets | string> => {
  const reading = await engine.reader().read(type, ref, Object.keys(before));
  if (reading.gone) return 'the resource is gone';
  const values = Object.entries(reading.facets);
  const unread = values.find(([, one]) => !('value' in one));
  if (unread) return `${unread[0]} could not be read`;
  return Object.fromEntries(values.map(([name, one]) => [name, 'value' in one && one.value]));
};

const blank = (ask: UndoAsk, original: Action | undefined, engine: Engine): Action => ({
  id: ask.id,
  undoes: ask.undoes,
  type: ask.type,
  ref: ask.ref,
  arn: original?.arn ?? ask.ref.id,
  controls: original?.controls ?? [],
  askedBy: ask.askedBy,
  state: 'BLOCKED',
  driftedBy: [],
  startedAt: engine.clock().toISOString(),
  calls: [],
});

/** Leaves the controls alone for a while, or the next drift would undo the undo. */
const hold = async (action: Action, engine: Engine, remedies: Remedies): Promise<void> => {
  const hours = engine.baseline.remediation.holdHours;
  const until = new Date(engine.clock().getTime() + hours * 3_600_000);
  for (const control of action.controls) await remedies.locks.hold(keyOf(action), control, until);
};

const begin = async (
  ask: UndoAsk,
  original: Entry,
  engine: Engine,
  remedies: Remedies,
): Promise<Entry | string> => {
  const type = engine.types.find((one) => one.type === ask.type);
  if (!type) return `there is no resource type ${ask.type}`;
  const now = await readNow(original.action, type, ask, engine);
  if (typeof now === 'string') return now;
  const changed = changesSince(original.action, type, now);
  if (changed !== undefined) return changed;
  const { plan, before = {}, grants = [] } = original.action;
  if (plan?.kind !== 'calls' || 'impossible' in plan.undo) return 'it made no calls';
  const calls = plan.undo.calls;
  const taken = { ...plan, summary: `takes back ${original.action.id}`, calls };
  const entry = await remedies.ledger.add({
    ...blank(ask, original.action, engine),
    state: 'ACTING',
    plan: { ...taken, undo: { impossible: 'an undo is not taken back' } },
    grants,
    before: imageOf(now),
    wanted: before,
  });
  // DynamoDB may have taken it though its answer was lost: the next delivery knows it.
  if (!entry) throw new Error(`${ask.id} was begun by another delivery; this one is tried again`);
  return entry;
};

const refuse = async (
  ask: UndoAsk,
  original: Action | undefined,
  why: string,
  engine: Engine,
  remedies: Remedies,
): Promise<void> => {
  const refused: Action = { ...blank(ask, original, engine), guard: 'undo', why };
  // A click in Security Hub gets no other answer.
  const findings = identifiersOf(refused, refused.controls);
  if (findings.length > 0) await noteFindings(await engine.hub(), findings, actionNote(refused));
  await remedies.ledger.add(refused);
};

const whyOff = async (ask: Delivered, remedies: Remedies): Promise<string | undefined> => {
  const isOn = await attempted(() => remedies.isOn());
  if (!('failure' in isOn)) return isOn.value ? undefined : 'remediation is switched off';
  if (isBusy(isOn.failure) && !isLastTry(ask)) throw isOn.failure;
  return `the kill switch could not be read: ${messageOf(isOn.failure)}`;
};

/** The calls whose outcome is not kept; none once one has failed. */
const callsLeft = ({ plan, calls }: Action): readonly Call[] => {
  if (plan?.kind !== 'calls' || calls.some(({ result }) => result === 'failed')) return [];
  return plan.calls.slice(calls.length);
};

/**
 * Puts back what was there before an action, unless somebody has changed the resource since. The caller holds the lock.
 * An undo that was begun before is finished.
 */
export const undo = async (
  ask: UndoAsk & Delivered,
  known: Entry | undefined,
  engine: Engine,
  remedies: Remedies,
): Promise<void> => {
  const original = await remedies.ledger.get(ask.undoes);
  const why = known ? undefined : whyNoUndo(original?.action, ask.mayWiden === true);
  if (why !== undefined || !original)
    return refuse(ask, original?.action, why ?? '', engine, remedies);
  const off = known ? undefined : await whyOff(ask, remedies);
  if (off !== undefined) return refuse(ask, original.action, off, engine, remedies);
  const entry = known ?? (await begin(ask, original, engine, remedies));
  if (typeof entry === 'string') return refuse(ask, original.action, entry, engine, remedies);
  await hold(entry.action, engine, remedies);
  const { grants = [] } = entry.action;
  const acted = await carryOut(entry, callsLeft(entry.action), grants, engine, remedies);
  // One that was stopped before its first call may be asked for again.
  if (acted.action.calls.some(({ result }) => result !== 'failed')) {
    await remedies.ledger.put(original, { ...original.action, undoneBy: ask.id });
  }
  await verify(acted, engine, remedies);
};
