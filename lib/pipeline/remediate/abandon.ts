import { messageOf } from '../../aws/errors.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import { type Delivered, mostReceives } from '../../engine/remediation/delivery.ts';
import { actionNote } from '../../engine/remediation/notification.ts';
import { plural } from '../../support/plural.ts';
import { noteOn } from '../runtime/note.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { failedCall, unanswered } from './action-log.ts';
import { targetOf } from './target.ts';
import { isActionRequest, unbegun } from './unbegun.ts';
import { verify } from './verify.ts';
import { canWait, retrySeconds } from './wait.ts';

/**
 * Says what became of a request that failed the last time that it comes: one that was not begun is blocked, one that was
 * is evaluated as it is by now. Throws where nothing of that is to be said, or cannot be: the message goes to the dead
 * letters.
 */
export const abandon = async (
  ask: Delivered,
  failure: unknown,
  runtime: RemediationRuntime,
): Promise<void> => {
  const why = `given up after ${plural(mostReceives, 'try', 'tries')}, at last: ${messageOf(failure)}`;
  const known = await runtime.remediation.ledger.get(ask.id);
  // What is not heard of a host is overdue in time, and said then; who asked for an exemption waits for it.
  if (!isActionRequest(ask) || (known && targetOf(known.action).answersLater)) throw failure;
  if (!known) {
    const original =
      ask.ask === 'undo' ? await runtime.remediation.ledger.get(ask.undoes) : undefined;
    const block = { guard: 'delivery', why };
    const action = await unbegun(ask, block, original?.action, runtime);
    if (ask.ask === 'remediate' && canWait(ask)) {
      const wait = { ...block, seconds: retrySeconds(ask), isPaced: true as const };
      return targetOf(ask).waitFor(ask, action, wait, runtime);
    }
    await runtime.remediation.ledger.add(action);
    const findings = identifiersOf(action, action.controls);
    await noteOn(findings, actionNote(action), runtime);
    return;
  }
  if (known.action.state !== 'ACTING') throw failure;
  const call = failedCall(unanswered(known.action), runtime.clock().toISOString(), why);
  const calls = [...known.action.calls, call];
  await verify({ ...known, action: { ...known.action, calls } }, runtime);
};
