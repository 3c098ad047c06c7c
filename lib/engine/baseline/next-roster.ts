import { type AccountKnown, type AccountListed, isActive, type Roster } from './organization.ts';

/** The organization as it is listed. */
export interface Listed {
  readonly organization: string;
  readonly accounts: readonly AccountListed[];
}

/** So long after an account was listed first it is swept: what lets Plumbline in and hears there is deployed meanwhile. */
const sweptAfterMs = 900_000;
/** For so long an account is known that is listed no more: Organizations shows one that is closed for 90 days. */
const leftDays = 90;

const left = 'LEFT';

const isRecent = ({ endedAt }: AccountKnown, now: Date): boolean =>
  endedAt === undefined || Date.parse(endedAt) > now.getTime() - leftDays * 86_400_000;

const endOf = (
  account: Pick<AccountKnown, 'state'>,
  before: AccountKnown | undefined,
  now: Date,
): Pick<AccountKnown, 'endedAt'> =>
  isActive(account) || account.state === 'PENDING_ACTIVATION'
    ? {}
    : { endedAt: before?.endedAt ?? now.toISOString() };

const listedOne = (
  account: AccountListed,
  before: AccountKnown | undefined,
  now: Date,
): AccountKnown => {
  const isBack = before?.endedAt !== undefined && isActive(account);
  const isNew = before === undefined || isBack;
  const { sweepAt } = before ?? {};
  const swept = new Date(now.getTime() + sweptAfterMs).toISOString();
  return {
    ...account,
    seenAt: before?.seenAt ?? now.toISOString(),
    ...(isNew ? { sweepAt: swept } : sweepAt === undefined ? {} : { sweepAt }),
    ...endOf(account, before, now),
  };
};

const goneOne = (before: AccountKnown, now: Date): AccountKnown => {
  const { sweepAt: _, ...known } = before;
  return {
    ...known,
    state: left,
    endedAt: before.state === left ? (before.endedAt ?? now.toISOString()) : now.toISOString(),
  };
};

/** What is known once the organization was listed: new accounts are to be swept, and those that are gone stay known for a while. */
export const nextRoster = (before: Roster | undefined, listed: Listed, now: Date): Roster => {
  const known = new Map(
    before?.organization === listed.organization
      ? before.accounts.map((one) => [one.id, one] as const)
      : [],
  );
  const there = listed.accounts.map((account) => listedOne(account, known.get(account.id), now));
  const ids = new Set(there.map(({ id }) => id));
  const gone = [...known.values()]
    .filter(({ id }) => !ids.has(id))
    .map((account) => goneOne(account, now));
  return {
    organization: listed.organization,
    listedAt: now.toISOString(),
    accounts: [...there, ...gone]
      .filter((one) => isRecent(one, now))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
};

const endedIds = (roster: Roster | undefined): readonly string[] =>
  (roster?.accounts ?? []).flatMap(({ id, endedAt }) => (endedAt ? id : []));

/** The accounts that ended from one listing to the next, by id. */
export const endedBetween = (before: Roster | undefined, next: Roster): readonly string[] => {
  const known = new Set(endedIds(before));
  return endedIds(next).filter((id) => !known.has(id));
};

/** The accounts whose first sweep is due. */
export const sweptNow = (accounts: readonly AccountKnown[], now: Date): readonly AccountKnown[] =>
  accounts.filter(
    (one) => isActive(one) && one.sweepAt !== undefined && Date.parse(one.sweepAt) <= now.getTime(),
  );

/** The roster with another time for the first sweep of some accounts; of an account with `undefined` none is due any more. */
export const withSweeps = (
  roster: Roster,
  sweeps: ReadonlyMap<string, string | undefined>,
): Roster => ({
  ...roster,
  accounts: roster.accounts.map((one) => {
    if (!sweeps.has(one.id)) return one;
    const { sweepAt: _, ...rest } = one;
    const sweepAt = sweeps.get(one.id);
    return sweepAt === undefined ? rest : { ...rest, sweepAt };
  }),
});
