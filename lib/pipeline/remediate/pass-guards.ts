import { attempted, isBusy, messageOf } from '../../aws/errors.ts';
import type { Block, Wait } from '../../engine/remediation/action.ts';
import { type Delivered, isLastTry, mostReceives } from '../../engine/remediation/delivery.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import { plural } from '../../support/plural.ts';
import { type Guard, type Guarded, guards } from './guards.ts';
import { canWait, retrySeconds } from './wait.ts';

export interface Passed {
  /** The controls that every guard lets through. */
  readonly controls: readonly string[];
  /** The first block of each of the others. */
  readonly blocked: Readonly<Record<string, Block>>;
  /** Why one of them has to wait; then all of them do. */
  readonly waits?: Wait;
}

/** After this many tries a request that can wait is pending, when AWS throttles what a guard reads. */
const mostLooks = 4;

/**
 * What follows when a guard could not read what it needs: a request that can wait is pending, a person's is blocked. Throws
 * while AWS throttles and tries are left: the delivery is then tried again.
 */
const whyBlind = (
  name: string,
  ask: FixRequest & Delivered,
  failure: unknown,
): string | Omit<Wait, 'guard'> => {
  const why = messageOf(failure);
  const isPatient = canWait(ask);
  const looks = ask.delivery?.receive ?? 1;
  const isOver = isPatient && ask.delivery ? looks >= mostLooks : isLastTry(ask);
  if (isBusy(failure) && !isOver) {
    throw new Error(`the guard ${name} could not look, and is tried again: ${why}`, {
      cause: failure,
    });
  }
  const tries = isBusy(failure)
    ? ` in ${plural(isPatient ? looks : mostReceives, 'try', 'tries')}`
    : '';
  const said = `it could not be looked up${tries}: ${why}`;
  return isPatient ? { why: said, seconds: retrySeconds(ask), isPaced: true } : said;
};

/** Asks the guards in order, for each control. The first that blocks a control removes it; one that waits stops them all. */
export const passGuards = async (
  guarded: Guarded,
  controls: readonly string[],
): Promise<Passed> => {
  const blocked: Record<string, Block> = {};
  let waits: Wait | undefined;
  for (const [name, guard] of Object.entries<Guard>(guards)) {
    for (const control of controls) {
      if (blocked[control] || waits) continue;
      const answer = await attempted(async () => guard(guarded, control));
      const why = 'failure' in answer ? whyBlind(name, guarded.ask, answer.failure) : answer.value;
      if (typeof why === 'object') waits = { guard: name, ...why };
      else if (why !== undefined) blocked[control] = { guard: name, why };
    }
  }
  const passed = controls.filter((control) => !blocked[control]);
  return { controls: passed, blocked, ...(waits ? { waits } : {}) };
};
