import { keyOf } from '../../engine/changes/change.ts';
import type { Action, Block } from '../../engine/remediation/action.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** An ask for an action. */
export type ActionAsk = Extract<Delivered, { ask: 'remediate' | 'undo' }>;

export const isActionAsk = (ask: Delivered): ask is ActionAsk =>
  ask.ask === 'remediate' || ask.ask === 'undo';

/** As the findings name it. */
const arnOf = async ({ type, ref }: ActionAsk, { posture, types }: Runtime): Promise<string> => {
  const key = keyOf({ type, ref });
  const row = (await posture.read([key])).get(key);
  return row?.arn ?? types.find((one) => one.type === type)?.arn?.(ref) ?? ref.id;
};

/**
 * An action that comes to nothing, of what its ask says alone.
 * @param original the action that an undo takes back
 */
export const unbegun = async (
  ask: ActionAsk,
  { guard, why }: Block,
  original: Action | undefined,
  runtime: Runtime,
): Promise<Action> => {
  const { id, type, ref, askedBy } = ask;
  const isUndo = ask.ask === 'undo';
  return {
    id,
    type,
    ref,
    arn: original?.arn ?? (await arnOf(ask, runtime)),
    controls: isUndo ? (original?.controls ?? []) : ask.controls,
    ...(isUndo ? { undoes: ask.undoes } : {}),
    askedBy,
    state: 'BLOCKED',
    guard,
    why,
    driftedBy: [],
    startedAt: runtime.clock().toISOString(),
    calls: [],
  };
};
