import { attempted, messageOf } from '../../aws/errors.ts';
import { noteFindings } from '../../aws/security-hub.ts';
import { keyOf } from '../../engine/changes/change.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import { type Action, type CallOutcome, callsIn } from '../../engine/remediation/action.ts';
import { type Delivered, mostReceives } from '../../engine/remediation/delivery.ts';
import { actionNote } from '../../engine/remediation/notification.ts';
import { isOnHost } from '../hosts/host-instance.ts';
import type { Remedies, Runtime } from '../runtime/runtime.ts';
import { stopped } from './action-log.ts';
import { verify } from './verify.ts';

/** As the findings name it. */
const arnOf = async ({ type, ref }: Delivered, { posture, types }: Runtime): Promise<string> => {
  const key = keyOf({ type, ref });
  const row = (await posture.read([key])).get(key);
  return row?.arn ?? types.find((one) => one.type === type)?.arn?.(ref) ?? ref.id;
};

const unbegun = async (
  ask: Exclude<Delivered, { ask: 'answer' | 'review' }>,
  why: string,
  runtime: Runtime,
  { ledger }: Remedies,
): Promise<Action> => {
  const { id, type, ref, askedBy } = ask;
  const isUndo = ask.ask === 'undo';
  const original = isUndo ? (await ledger.get(ask.undoes))?.action : undefined;
  return {
    id,
    type,
    ref,
    arn: original?.arn ?? (await arnOf(ask, runtime)),
    controls: isUndo ? (original?.controls ?? []) : ask.controls,
    ...(isUndo ? { undoes: ask.undoes } : {}),
    askedBy,
    state: 'BLOCKED',
    guard: 'delivery',
    why,
    driftedBy: [],
    startedAt: runtime.clock().toISOString(),
    calls: [],
  };
};

/** The call that was never answered, as far as the plan tells. */
const unanswered = (action: Action): Pick<CallOutcome, 'service' | 'operation'> => {
  const planned = callsIn(action);
  const receipt = { service: 'sqs', operation: 'receiveMessage' };
  return planned[action.calls.length] ?? planned.at(-1) ?? receipt;
};

/**
 * Says what became of an ask that failed the last time that it comes: one that was not begun is blocked, one that was
 * is judged as it is by now. Throws where nothing of that is to be said, or cannot be: the message goes to the dead
 * letters.
 */
export const abandon = async (
  ask: Delivered,
  failure: unknown,
  runtime: Runtime,
  remedies: Remedies,
): Promise<void> => {
  const why = `given up after ${mostReceives} tries, at last: ${messageOf(failure)}`;
  const known = await remedies.ledger.get(ask.id);
  // What is not heard of a host is overdue in time, and said then; a row to be reviewed is due at once anyway.
  if (ask.ask === 'answer' || ask.ask === 'review' || (known && isOnHost(known.action)))
    throw failure;
  if (!known) {
    const action = await unbegun(ask, why, runtime, remedies);
    await remedies.ledger.add(action);
    const findings = identifiersOf(action, action.controls);
    // That Security Hub could not be told may be what failed.
    await attempted(async () => noteFindings(await runtime.hub(), findings, actionNote(action)));
    return;
  }
  if (known.action.state !== 'ACTING') throw failure;
  const call = stopped(unanswered(known.action), runtime.clock().toISOString(), why);
  const calls = [...known.action.calls, call];
  await verify({ ...known, action: { ...known.action, calls } }, runtime, remedies);
};
