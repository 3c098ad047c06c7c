import { isNotEntered } from '../../aws/entry.ts';
import { attempted, messageOf } from '../../aws/errors.ts';
import { failureOf } from '../../aws/failures.ts';
import { UserError } from '../../support/user-error.ts';
import type { ExitCode } from '../command.ts';
import type { AccountRead } from './accounts-to-read.ts';

/** Accounts that are read at the same time: each has limits of its own for calls, and this process has one core. */
const accountsAtOnce = 4;

/** What came of an account, or why nothing did. */
export type OfAccount<T> =
  | { readonly account: string; readonly value: T }
  | { readonly account: string; readonly why: string };

const sentenceOf = (failure: unknown): string => {
  if (isNotEntered(failure)) return `it lets us not in: ${messageOf(failure.cause)}`;
  const said = failure instanceof UserError ? failure.message : failureOf(failure);
  return (said ?? messageOf(failure)).replace(/\.$/, '');
};

/** Assumes the role that an account is read by; a sentence where that is refused. */
export const enter = async ({ account, credentials }: AccountRead): Promise<void> => {
  const asked = await attempted(async () => credentials?.());
  if ('failure' in asked)
    throw new UserError(`account ${account} cannot be looked at: ${sentenceOf(asked.failure)}`, {
      cause: asked.failure,
    });
};

const enterAnd = async <T>(
  as: AccountRead,
  work: (as: AccountRead) => Promise<T>,
): Promise<OfAccount<T>> => {
  const { account, credentials } = as;
  const done = await attempted(async () => {
    // Entered first: a refusal is of the account, and not of each of its resources.
    await credentials?.();
    return work(as);
  });
  return 'value' in done ? { account, ...done } : { account, why: sentenceOf(done.failure) };
};

/** Works in each account, in several at once; what fails in one ends nothing in another. In the order of the accounts. */
export const byAccount = async <T>(
  accounts: readonly AccountRead[],
  work: (as: AccountRead) => Promise<T>,
): Promise<readonly OfAccount<T>[]> => {
  const done = new Map<AccountRead, OfAccount<T>>();
  const queue = accounts.values();
  const worker = async () => {
    for (const as of queue) done.set(as, await enterAnd(as, work));
  };
  await Promise.all(Array.from({ length: accountsAtOnce }, worker));
  return accounts.flatMap((as) => done.get(as) ?? []);
};

/** What several accounts end with: what could not be evaluated outweighs findings. */
export const worstOf = (codes: readonly ExitCode[]): ExitCode =>
  codes.length === 0 || codes.includes(2) ? 2 : codes.includes(1) ? 1 : 0;
