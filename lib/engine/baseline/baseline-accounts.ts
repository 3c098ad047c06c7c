import { z } from 'zod';
import { allowed, unique } from './baseline-shapes.ts';

/** What the policies of the hub's roles and of its bus hold beside the rest: a policy of IAM takes 6,144 characters. */
const mostAccounts = 50;
const limit = `at most ${mostAccounts} accounts by id`;

const adviceOn = (said: unknown): string => {
  // YAML reads digits as a number, which loses a zero that it begins with.
  if (typeof said === 'number') return `write it in quotes: '${String(said).padStart(12, '0')}'`;
  return "allowed: the 12 digits of an account, in quotes, such as '444455556666'";
};

const account = z.custom<string>((said) => typeof said === 'string' && /^\d{12}$/.test(said), {
  error: ({ input }) => adviceOn(input),
});

/** `accounts: ['444455556666']`: those that are governed beside that where Plumbline stands. */
export const accounts = unique(account, (said) => said, "accounts, such as ['444455556666']")
  .refine((all) => all.length <= mostAccounts, allowed(limit))
  .optional();

/** Its place is kept: what it says cannot be done by this version, and is never half done. */
export const organization = z
  .undefined({
    error:
      "this version knows no organizations: name each account by its id, `accounts: ['444455556666']`",
  })
  .optional();
