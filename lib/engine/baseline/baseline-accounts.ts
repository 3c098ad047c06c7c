import { z } from 'zod';
import { allowed, flag, mapping, shortOr, unique } from './baseline-shapes.ts';

/** What the policies of the hub's roles and of its bus hold beside the rest: a policy of IAM takes 6,144 characters. */
const mostAccounts = 50;
const limit = `at most ${mostAccounts} accounts by id`;

export const accountAdvice = (said: unknown): string => {
  // YAML reads digits as a number, which loses a zero that it begins with.
  if (typeof said === 'number') return `write it in quotes: '${String(said).padStart(12, '0')}'`;
  return "allowed: the 12 digits of an account, in quotes, such as '444455556666'";
};

export const isAccountId = (said: unknown): said is string =>
  typeof said === 'string' && /^\d{12}$/.test(said);

export const account = z.custom<string>(isAccountId, {
  error: ({ input }) => accountAdvice(input),
});

/** An account that is governed; with `remediate` what fails there may be put right. */
export interface AccountSaid {
  readonly id: string;
  readonly remediate: boolean;
  /** What it says otherwise than the baseline of controls that this enables, by id. */
  readonly controls?: Readonly<Record<string, AccountSetting | undefined>> | undefined;
}
/** What an account says of a control; what it does not say counts as for all. */
export interface AccountSetting {
  readonly enabled?: boolean | undefined;
  readonly mode?: 'observe' | 'plan' | 'remediate' | undefined;
  readonly backlog?: boolean | undefined;
  readonly risk?: 'safe' | 'disruptive' | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * `accounts: ['444455556666']`: those that are governed beside that where Plumbline stands. Each is an id, or what is said of
 * it: `{ id: '444455556666', remediate: true, controls: { S3.8: { mode: plan } } }`.
 */
export const accounts = <C extends z.ZodType<AccountSaid['controls']>>(controls: C) =>
  unique(
    shortOr(
      account,
      mapping({ id: account, remediate: flag(), controls: controls.optional() }),
      (id) => ({ id, remediate: false }),
    ),
    ({ id }) => id,
    "accounts, such as ['444455556666']",
  )
    .refine((all) => all.length <= mostAccounts, allowed(limit))
    .optional();
