import { attempted, isBusy, messageOf } from '../../aws/errors.ts';
import type { Block } from '../../engine/remediation/action.ts';
import { type Delivered, isLastTry, mostReceives } from '../../engine/remediation/delivery.ts';
import { type Guard, type Guarded, guards } from './guards.ts';
import type { Wait } from './wait.ts';

export interface Passed {
  /** The controls that every guard lets through. */
  readonly controls: readonly string[];
  /** The first block of each of the others. */
  readonly blocked: Readonly<Record<string, Block>>;
  /** What keeps one of them for now. */
  readonly waits?: Wait;
}

/** Why a guard that could not look blocks. Throws what may pass: the delivery is tried again, while there are tries. */
const whyBlind = (name: string, ask: Delivered, failure: unknown): string => {
  const why = messageOf(failure);
  if (!isBusy(failure)) return `it could not be looked up: ${why}`;
  if (isLastTry(ask)) return `it could not be looked up in ${mostReceives} tries: ${why}`;
  throw new Error(`the guard ${name} could not look, and is tried again: ${why}`, {
    cause: failure,
  });
};

/** Asks every guard of every control, in order: the first that blocks a control takes it out. */
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
