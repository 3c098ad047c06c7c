import type { DecodedCall } from '../endpoint/call.ts';
import type { CustomActions } from './custom-actions.ts';
import { invalidInput, Refusal } from './refusal.ts';
import type { SecurityHubStore } from './security-hub-store.ts';

/** The Security Hub of one account and region, as an operation sees it. */
export interface Hub {
  readonly account: string;
  /** The account whose Security Hub shows the findings of the others too. @default - this one */
  readonly administrator?: string;
  readonly store: SecurityHubStore;
  readonly actions: CustomActions;
  /** The caller's ARN, for the text of a refusal. */
  callerArn(call: DecodedCall): string;
}
/** Whether a finding is of the account, or of one that it administers. */
export const shows = (
  { account, administrator = account }: Pick<Hub, 'account' | 'administrator'>,
  productArn = '',
): boolean => account === administrator || productArn.split(':')[4] === account;

export type Output = Readonly<Record<string, unknown>>;
/** When Security Hub was enabled; refuses the call where it is not. */
export const enabledAt = ({ account, store }: Hub): Date => {
  if (store.enabledAt) return store.enabledAt;
  const message = `Account ${account} is not subscribed to AWS Security Hub`;
  throw new Refusal('InvalidAccessException', 401, message);
};

const maxItems = 100;
/** A call writes 1 to 100 findings. */
export const checkCount = (name: string, { length }: readonly unknown[]) => {
  if (length === 0)
    throw invalidInput(`Invalid parameter '${name}'. data should NOT have fewer than 1 items`);
  if (length > maxItems)
    throw invalidInput(
      `Invalid parameter '${name}'. data should NOT have more than ${maxItems} items, got ${length}`,
    );
};
