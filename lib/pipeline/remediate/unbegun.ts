import { keyOf } from '../../engine/changes/change.ts';
import type { Action, Block } from '../../engine/remediation/action.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** A request for an action. */
export type ActionRequest = Extract<Delivered, { ask: 'remediate' | 'undo' }>;

/** What names an action, and the resource that it is on. */
export type OfAction = ActionRequest | Extract<Delivered, { ask: 'conclude' }>;

export const isActionRequest = (ask: Delivered): ask is ActionRequest =>
  ask.ask === 'remediate' || ask.ask === 'undo';

/** As the findings name it. */
const arnOf = async ({ type, ref }: OfAction, { posture, types }: Runtime): Promise<string> => {
  const key = keyOf({ type, ref });
  const row = (await posture.read([key])).get(key);
  return row?.arn ?? (await types.named(type))?.arn?.(ref) ?? ref.id;
};

/**
 * An action that comes to nothing, of what its ask says alone.
 * @param original the action that an undo takes back
 */
export const unbegun = async (
  ask: OfAction,
  { guard, why }: Block,
  original: Action | undefined,
  runtime: Runtime,
): Promise<Action> => {
  const { id, type, ref, askedBy } = ask;
  return {
    id,
    type,
    ref,
    arn: original?.arn ?? (await arnOf(ask, runtime)),
    controls: ask.ask === 'remediate' ? ask.controls : (original?.controls ?? []),
    ...(ask.ask === 'undo' ? { undoes: ask.undoes } : {}),
    askedBy,
    state: 'BLOCKED',
    guard,
    why,
    driftedBy: [],
    startedAt: runtime.clock().toISOString(),
    calls: [],
  };
};
