import { isOpen, nextOpen } from '../../engine/baseline/maintenance-window.ts';
import type { Wait } from '../../engine/remediation/action.ts';
import type { FixRequest, RemediationRequest } from '../../engine/remediation/request.ts';
import type { Runtime } from '../runtime/runtime.ts';

export const isWait = (held: object): held is Wait => 'seconds' in held;

/** The longest that SQS holds a message back. */
export const mostSeconds = 900;
/** A month of waiting so long each time. A window opens once a week at least, and a day of short waits is half of it. */
export const mostTries = 2880;

/** Whether a request can wait: a person is told at once. What is in the cloud waits by its row, a host by its message. */
export const canWait = ({ askedBy }: FixRequest): boolean => askedBy.kind !== 'person';

export const hasWaited = (ask: RemediationRequest): ask is FixRequest =>
  ask.ask === 'remediate' && ask.waited !== undefined;

export const secondsUntil = (time: Date | undefined, now: Date): number =>
  time === undefined ? mostSeconds : Math.ceil((time.getTime() - now.getTime()) / 1000);

/** What keeps it where no maintenance window is open, and until one is. */
export const closedWindow = ({ baseline, clock }: Runtime): Wait | undefined => {
  const now = clock();
  if (isOpen(baseline.remediation, now)) return undefined;
  const seconds = secondsUntil(nextOpen(baseline.remediation, now), now);
  const why = 'no maintenance window is open';
  return { guard: 'maintenanceWindow', why, seconds, isPaced: true };
};

const quarterSeconds = 900;
const mostDoublings = 6;

/** Seconds until AWS is asked again for what it did not answer: a quarter of an hour, then twice as long each time. */
export const retrySeconds = ({ waited }: FixRequest): number =>
  quarterSeconds * 2 ** Math.min(mostDoublings, waited?.tries ?? 0);
