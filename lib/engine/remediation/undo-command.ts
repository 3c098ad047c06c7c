import type { Action } from './action.ts';

/** The command that takes an action back, as it is run: what opens access again is asked for by name. */
export const undoCommand = ({ id, plan }: Pick<Action, 'id' | 'plan'>): string => {
  const widens = plan?.kind === 'calls' && 'calls' in plan.undo && plan.undo.widensAccess;
  return `plumbline undo ${id}${widens ? ' --widen-access' : ''}`;
};
