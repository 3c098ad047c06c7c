import { noteFindings } from '../../aws/security-hub.ts';
import { isInWindow, nextWindow } from '../../engine/baseline/maintenance-window.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import type { Action, Block } from '../../engine/remediation/action.ts';
import type { FixRequest, RemediationRequest } from '../../engine/remediation/request.ts';
import { dayMs } from '../../engine/rollouts/rollout.ts';
import { hardeningOf } from '../hosts/harden/change-host.ts';
import { isOnHost } from '../hosts/host-instance.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { block } from './block.ts';

/** What keeps an action for now, and in how many seconds that is looked at again. */
export interface Wait extends Block {
  readonly seconds: number;
  /** It is let go on in time, if late: nobody has to be told after a day. */
  readonly isPaced?: true;
}

export const isWait = (held: object): held is Wait => 'seconds' in held;

/** The longest that SQS holds a message back. */
const mostSeconds = 900;
/** A month of waiting so long each time. A window opens once a week at least, and a day of short waits is half of it. */
export const mostTries = 2880;

/** Whether an ask can wait: a person is told at once, and what is in the cloud waits by the clock of its row. */
export const canWait = (ask: FixRequest): boolean => isOnHost(ask) && ask.askedBy.kind !== 'person';

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

/** Says on the findings that it waits, once. */
const note = async (action: Action, { guard, why }: Wait, runtime: Runtime): Promise<void> => {
  const text = `Plumbline waits to put it right: ${guard}, ${why}.`;
  const findings = identifiersOf(action, action.controls);
  await noteFindings(await runtime.hub(), findings, text.slice(0, 512));
};

/**
 * Has an action asked for again later. The queue of asks is ordered and holds no message back by itself, so that of
 * hosts' news does. What has waited for a day is blocked, unless it only waits for its time.
 */
export const waitFor = async (
  { waited, askedBy }: FixRequest,
  action: Action,
  wait: Wait,
  runtime: RemediationRuntime,
): Promise<void> => {
  const now = runtime.clock();
  const { guard, why } = wait;
  const { tries } = waited ?? { tries: 0 };
  const since = (wait.isPaced ? undefined : waited?.since) ?? now.toISOString();
  const isLate = now.getTime() - Date.parse(since) >= dayMs;
  if (isLate || tries >= mostTries) {
    const long = isLate ? 'for a day' : `${tries} times`;
    return block(action, { guard, why: `it has waited ${long}: ${why}` }, runtime);
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
