import type { Action, Block } from '../engine/action.ts';
import type { RemediateAsk } from '../engine/ask.ts';
import { identifiersOf } from '../engine/finding-id.ts';
import { dayMs } from '../engine/rollout.ts';
import { block } from './block.ts';
import type { Engine, Remedies } from './engine.ts';
import { hardeningOf } from './hosts/change-host.ts';
import { isOnHost } from './hosts/host-instance.ts';
import { noteFindings } from './security-hub.ts';

/** What keeps an action for now, and in how many seconds that is looked at again. */
export interface Wait extends Block {
  readonly seconds: number;
}

export const isWait = (held: object): held is Wait => 'seconds' in held;

/** The longest that SQS holds a message back. */
const mostSeconds = 900;

/** Whether an ask can wait: a person is told at once, and what is in the cloud waits by the clock of its row. */
export const canWait = (ask: RemediateAsk): boolean =>
  isOnHost(ask) && ask.askedBy.kind !== 'person';

export const secondsUntil = (time: Date | undefined, now: Date): number =>
  time === undefined ? mostSeconds : Math.ceil((time.getTime() - now.getTime()) / 1000);

/** Says on the findings that it waits, once. */
const note = async (action: Action, { guard, why }: Wait, engine: Engine): Promise<void> => {
  const text = `Plumbline waits to put it right: ${guard}, ${why}.`;
  const findings = identifiersOf(action, action.controls);
  await noteFindings(await engine.hub(), findings, text.slice(0, 512));
};

/**
 * Has an action asked for again later. The queue of asks is ordered and holds no message back by itself, so that of
 * hosts' news does. What has waited for a day is blocked.
 */
export const waitFor = async (
  { waited, askedBy }: RemediateAsk,
  action: Action,
  wait: Wait,
  engine: Engine,
  remedies: Remedies,
): Promise<void> => {
  const now = engine.clock();
  const { since, tries } = waited ?? { since: now.toISOString(), tries: 0 };
  const { guard, why } = wait;
  if (now.getTime() - Date.parse(since) >= dayMs)
    return block(action, { guard, why: `it has waited for a day: ${why}` }, engine, remedies);
  if (!waited) await note(action, wait, engine);
  const { ref, id, controls } = action;
  const kind = askedBy.kind === 'backlog' ? 'backlog' : 'drift';
  const again = { host: ref.id, action: id, controls, askedBy: kind, since } as const;
  const seconds = Math.max(1, Math.min(mostSeconds, wait.seconds));
  await hardeningOf(remedies).tell(
    { news: 'waits', ...again, tries: tries + 1, why: `${guard}: ${why}` },
    seconds,
  );
};
