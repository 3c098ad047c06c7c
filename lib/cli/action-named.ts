import { type Action, isActionId } from '../engine/remediation/action.ts';
import { runAs } from '../support/run-as.ts';
import { UserError } from '../support/user-error.ts';
import type { Deployed } from './deployed.ts';

/** Refuses what is not written as the id of an action, before anything is asked. */
export const checkActionId = (id: string): void => {
  if (!isActionId(id))
    throw new UserError(
      `${id} is not the id of an action: an id is pl- and 20 characters, each 0-9 or a-f; ${runAs('actions')} lists the actions`,
    );
};

/** The action of this id; a sentence where there is none. */
export const actionNamed = async (
  id: string,
  { ledger, stack }: Pick<Deployed, 'ledger' | 'stack'>,
): Promise<Action> => {
  checkActionId(id);
  const entry = await ledger.get(id);
  if (entry) return entry.action;
  throw new UserError(
    `there is no action ${id} in account ${stack.account}, region ${stack.region}; ${runAs('actions')} lists those that there are`,
  );
};
