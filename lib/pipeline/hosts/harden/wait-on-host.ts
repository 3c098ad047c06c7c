import { sayWhere } from '../../../engine/changes/host-message.ts';
import { identifiersOf } from '../../../engine/findings/finding-id.ts';
import type { Action, Wait } from '../../../engine/remediation/action.ts';
import type { Delivered } from '../../../engine/remediation/delivery.ts';
import type { FixRequest } from '../../../engine/remediation/request.ts';
import { dayMs } from '../../../engine/rollouts/rollout.ts';
import { plural } from '../../../support/plural.ts';
import { noteWaitsInQueue, pend } from '../../remediate/pend.ts';
import { mostSeconds, mostTries } from '../../remediate/wait.ts';
import { noteOn } from '../../runtime/note.ts';
import type { RemediationRuntime, Runtime } from '../../runtime/runtime.ts';
import { hardeningOf } from './change-host.ts';

/** Says on the findings that it waits, once. */
const note = async (action: Action, { guard, why }: Wait, runtime: Runtime): Promise<void> => {
  const text = `Plumbline waits to put it right: ${guard}, ${why}.`;
  const findings = identifiersOf(action, action.controls);
  await noteOn(findings, text.slice(0, 512), runtime);
};

/**
 * Has an action on a host asked for again later: the queue of what hosts say holds the message back, for a day, or until
 * it is its time. What waits longer is pending in its row, until the next audit.
 */
export const waitOnHost = async (
  ask: FixRequest & Delivered,
  action: Action,
  wait: Wait,
  runtime: RemediationRuntime,
): Promise<void> => {
  const now = runtime.clock();
  const { waited, askedBy } = ask;
  const { guard, why } = wait;
  const { tries } = waited ?? { tries: 0 };
  const since = (wait.isPaced ? undefined : waited?.since) ?? now.toISOString();
  const isLate = now.getTime() - Date.parse(since) >= dayMs;
  if (isLate || tries >= mostTries) {
    const long = isLate ? 'for a day' : plural(tries, 'time');
    const late = { guard, why: `it has waited ${long}: ${why}`, seconds: 0 };
    return pend(ask, action, late, runtime);
  }
  if (!waited) await note(action, wait, runtime);
  await noteWaitsInQueue(ask, wait, runtime);
  const { ref, id, controls } = action;
  const kind = askedBy.kind === 'backlog' ? 'backlog' : 'drift';
  const at = { host: ref.id, ...sayWhere(ref, runtime.place) };
  const again = { ...at, action: id, controls, askedBy: kind, since } as const;
  const seconds = Math.max(1, Math.min(mostSeconds, wait.seconds));
  await hardeningOf(runtime).tell(
    { type: 'waits', ...again, tries: tries + 1, why: `${guard}: ${why}` },
    seconds,
  );
};
