import { keyOf } from '../../engine/changes/change.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import { nameOf } from '../../engine/findings/who.ts';
import { actorsIn } from '../../engine/posture/suspects.ts';
import type { Action, Block, Wait } from '../../engine/remediation/action.ts';
import {
  actionNote,
  breakerNotice,
  flappingNotice,
} from '../../engine/remediation/notification.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import type { Refusal } from '../../engine/remediation/slots.ts';
import { plural } from '../../support/plural.ts';
import { noteOn } from '../runtime/note.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { evaluateBreakers } from './evaluate-own.ts';
import type { Preflight } from './preflight.ts';

/** The action as it is before anything is known of the resource. */
export const newAction = (
  { id, type, ref, controls, askedBy }: FixRequest,
  runtime: Runtime,
): Action => ({
  id,
  type,
  ref,
  arn: ref.id,
  controls,
  askedBy,
  state: 'BLOCKED',
  driftedBy: [],
  startedAt: runtime.clock().toISOString(),
  calls: [],
});

export const withResource = (action: Action, { arn, row }: Preflight): Action => {
  const rows = action.controls.flatMap((control) => row?.controls[control] ?? []);
  const causes = rows.flatMap((one) => one.causes);
  const driftedAt = rows.map(({ since }) => since).sort()[0];
  return {
    ...action,
    arn,
    driftedBy: [...new Set(causes.flatMap((cause) => (cause.ours ? [] : nameOf(cause))))],
    driftEvents: [...new Set(rows.flatMap(actorsIn).map(({ id }) => id))],
    ...(driftedAt === undefined ? {} : { driftedAt }),
  };
};

const note = async (
  action: Action,
  controls: readonly string[],
  { guard, why }: Block,
  runtime: Runtime,
): Promise<void> => {
  const told: Action = { ...action, controls, state: 'BLOCKED', guard, why };
  await noteOn(identifiersOf(told, controls), actionNote(told), runtime);
};

/** Keeps why nothing was done, and says so on the findings. */
export const blockAction = async (
  action: Action,
  { guard, why }: Block,
  runtime: RemediationRuntime,
): Promise<void> => {
  await note(action, action.controls, { guard, why }, runtime);
  await runtime.remediation.ledger.add({ ...action, state: 'BLOCKED', guard, why });
};

/** Notifies people once in the hours that count for flapping. Later drifts of the same quarrel are only recorded. */
const tellOfFlapping = async (
  action: Action,
  flapping: readonly string[],
  runtime: RemediationRuntime,
): Promise<void> => {
  const { locks, notify } = runtime.remediation;
  const { drifts, hours } = runtime.baseline.remediation.flapping;
  const now = runtime.clock();
  const key = keyOf(action);
  const noted = await Promise.all(
    flapping.map((control) => locks.flappingNotedUntil(key, control)),
  );
  const controls = flapping.filter((_, index) => (noted[index] ?? '') <= now.toISOString());
  if (controls.length === 0) return;
  const { subject, message } = flappingNotice({ ...action, controls }, drifts, hours);
  // Told before it is kept: what is told twice does no harm, what is never told does.
  await notify(subject, message);
  const until = new Date(now.getTime() + hours * 3_600_000);
  for (const control of controls) await locks.noteFlapping(key, control, until);
};

/** Says on the finding of each control which guard took it out, and tells people what is theirs to decide. */
export const noteBlocks = async (
  action: Action,
  blocked: Readonly<Record<string, Block>>,
  runtime: RemediationRuntime,
): Promise<void> => {
  const flapping = Object.keys(blocked).filter((control) => blocked[control]?.guard === 'flapping');
  await tellOfFlapping(action, flapping, runtime);
  for (const [control, one] of Object.entries(blocked)) await note(action, [control], one, runtime);
};

/** Blocks an action of which no control is left. It keeps the block of its first control; each finding names its own. */
export const blockAll = async (
  action: Action,
  blocked: Readonly<Record<string, Block>>,
  runtime: RemediationRuntime,
): Promise<void> => {
  const first = blocked[action.controls[0] ?? ''];
  if (!first) throw new Error(`${action.id} has no control that was blocked`);
  await noteBlocks(action, blocked, runtime);
  const leftOut = action.controls.length > 1 ? { leftOut: blocked } : {};
  await runtime.remediation.ledger.add({ ...action, ...leftOut, state: 'BLOCKED', ...first });
};

/** CRITICAL, or reached by outsiders: what has a reserve of slots. */
export const isUrgent = async (
  type: string,
  controls: readonly string[],
  { controlsOf }: Pick<Runtime, 'controlsOf'>,
): Promise<boolean> =>
  (await controlsOf(type)).some(
    ({ id, severity, exposes }) => controls.includes(id) && (severity === 'CRITICAL' || exposes),
  );

/** Whose budget an action takes from: a person's own, else that of those who can have brought the drift about. */
const actorsOf = ({ askedBy, driftedBy }: Action): readonly string[] =>
  askedBy.kind === 'person' ? [askedBy.who ?? 'a person'] : driftedBy;

/** Takes a slot of the last hour for a control; why there is none. */
export const slotOf = async (
  control: string,
  action: Action,
  runtime: RemediationRuntime,
): Promise<Refusal | undefined> =>
  runtime.remediation.breaker.reserve(
    {
      control,
      account: action.ref.account,
      type: action.type,
      action: action.id,
      actors: actorsOf(action),
      isUrgent: await isUrgent(action.type, [control], runtime),
    },
    runtime.clock(),
  );

export const whyRefused = (control: string, { limit, actors }: Refusal): string =>
  `${control} reached its limit of ${plural(limit, 'action')} in an hour${actors ? ` for ${actors.join(', ')}` : ''}`;

/** Takes a slot of each control; where there is none the breaker opens and says so once. */
export const reserve = async (
  action: Action,
  controls: readonly string[],
  runtime: RemediationRuntime,
): Promise<Block | Wait | undefined> => {
  const now = runtime.clock();
  for (const control of controls) {
    const refusal = await slotOf(control, action, runtime);
    if (!refusal) continue;
    const { account } = action.ref;
    const open = await runtime.remediation.breaker.trip({ control, account }, refusal, now);
    if (open) {
      const { subject, message } = breakerNotice(action, open);
      await runtime.remediation.notify(subject, message);
      await evaluateBreakers(runtime);
    }
    const block = { guard: 'breaker', why: whyRefused(control, refusal) };
    if (action.askedBy.kind === 'person') return block;
    const minutes = runtime.baseline.remediation.breaker.closesAfterMinutes;
    return { ...block, seconds: minutes * 60, isPaced: true };
  }
  return undefined;
};
