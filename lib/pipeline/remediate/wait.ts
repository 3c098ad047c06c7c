import { isInWindow, nextWindow } from '../../engine/baseline/maintenance-window.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import type { Action, Wait } from '../../engine/remediation/action.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import type { FixRequest, RemediationRequest } from '../../engine/remediation/request.ts';
import { dayMs } from '../../engine/rollouts/rollout.ts';
import { hardeningOf } from '../hosts/harden/change-host.ts';
import { isOnHost } from '../hosts/host-instance.ts';
import { noteOn } from '../runtime/note.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { pend } from './pend.ts';

export const isWait = (held: object): held is Wait => 'seconds' in held;

/** The longest that SQS holds a message back. */
export const mostSeconds = 900;
/** A month of waiting so long each time. A window opens once a week at least, and a day of short waits is half of it. */
export const mostTries = 2880;

/** Whether an ask can wait: a person is told at once. What is in the cloud waits by its row, a host by its news. */
export const canWait = ({ askedBy }: FixRequest): boolean => askedBy.kind !== 'person';

export const hasWaited = (ask: RemediationRequest): ask is FixRequest =>
  ask.ask === 'remediate' && ask.waited !== undefined;

export const secondsUntil = (time: Date | undefined, now: Date): number =>
  time === undefined ? mostSeconds : Math.ceil((time.getTime() - now.getTime()) / 1000);

/** What keeps it where no maintenance window is open, and until one is. */
export const closedWindow = ({ baseline, clock }: Runtime): Wait | undefined => {
  const { windows } = baseline.remediation;
  const now = clock();
  if (isInWindow(windows, now)) return undefined;
  const seconds = secondsUntil(nextWindow(windows, now), now);
  const why = 'no maintenance window is open';
  return { guard: 'maintenanceWindow', why, seconds, isPaced: true };
};

const quarterSeconds = 900;
const mostDoublings = 6;

/** Seconds until AWS is asked again for what it did not answer: a quarter of an hour, then twice as long each time. */
export const retrySeconds = ({ waited }: FixRequest): number =>
  quarterSeconds * 2 ** Math.min(mostDoublings, waited?.tries ?? 0);

/** Says on the findings that it waits, once. */
const note = async (action: Action, { guard, why }: Wait, runtime: Runtime): Promise<void> => {
  const text = `Plumbline waits to put it right: ${guard}, ${why}.`;
  const findings = identifiersOf(action, action.controls);
  await noteOn(findings, text.slice(0, 512), runtime);
};

/**
 * Has an action asked for again later. The queue of asks is ordered and holds no message back: what is in the cloud is
 * pending in its row. Of hosts the queue of their news holds it back for a day, or until it is its time; what waits
 * longer is pending too, until the next audit.
 */
export const waitFor = async (
  ask: FixRequest & Delivered,
  action: Action,
  wait: Wait,
  runtime: RemediationRuntime,
): Promise<void> => {
  if (!isOnHost(ask)) return pend(ask, action, wait, runtime);
  const now = runtime.clock();
  const { waited, askedBy } = ask;
  const { guard, why } = wait;
  const { tries } = waited ?? { tries: 0 };
  const since = (wait.isPaced ? undefined : waited?.since) ?? now.toISOString();
  const isLate = now.getTime() - Date.parse(since) >= dayMs;
  if (isLate || tries >= mostTries) {
    const long = isLate ? 'for a day' : `${tries} times`;
    const late = { guard, why: `it has waited ${long}: ${why}`, seconds: 0 };
    return pend(ask, action, late, runtime);
  }
  if (!waited) await note(action, wait, runtime);
  const { ref, id, controls } = action;
  const kind = askedBy.kind === 'backlog' ? 'backlog' : 'drift';
  const again = { host: ref.id, action: id, controls, askedBy: kind, since } as const;
  const seconds = Math.max(1, Math.min(mostSeconds, wait.seconds));
  await hardeningOf(runtime).tell(
    { news: 'waits', ...again, tries: tries + 1, why: `${guard}: ${why}` },
    seconds,
  );
};
