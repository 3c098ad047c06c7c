import { everyAccount } from '../../engine/baseline/exemption.ts';
import { type AccountKnown, isUnder } from '../../engine/baseline/organization.ts';
import type { Where } from '../../model/resource-type.ts';
import { didYouMean } from '../../support/nearest.ts';
import { UserError } from '../../support/user-error.ts';
import { partsOf } from '../arguments.ts';
import type { Deployed } from '../deployed.ts';
import { ofRegions } from '../regions.ts';

/** The option by which a command shows what is of some accounts alone. */
export const accountOption = {
  account: { type: 'string', multiple: true },
  'organizational-unit': { type: 'string', multiple: true },
} as const;

/** What is governed, and from where. */
interface Governing extends Pick<Deployed, 'baseline' | 'roster'> {
  readonly stack: Pick<Deployed['stack'], 'account'>;
}

/** Tells what is of the accounts that are named; of all where none is. Refuses an account that Plumbline does not govern. */
const ofAccounts = (
  said: readonly string[] | undefined,
  { stack, baseline }: Governing,
): ((account: string) => boolean) => {
  const named = partsOf(said).filter((one) => one !== everyAccount);
  const governed = [stack.account, ...(baseline.accounts ?? [])];
  const other = named.find((account) => !governed.includes(account));
  if (other !== undefined)
    throw new UserError(
      `Plumbline does not govern ${other === '' ? 'an account without an id' : `account ${other}`}; ${didYouMean(other, governed, `the baseline says which accounts it does: ${governed.join(', ')}`)}`,
    );
  return (account) => named.length === 0 || named.includes(account);
};

/** Tells what is of accounts under these units; of all where there is none. Refuses a unit that no account is in. */
export const underUnits = (
  units: readonly string[],
  accounts: readonly Pick<AccountKnown, 'id' | 'path'>[] | undefined,
): ((account: string) => boolean) => {
  if (units.length === 0) return () => true;
  if (!accounts)
    throw new UserError(
      'Plumbline knows no organizational units: the baseline names no organization, or its accounts were not listed yet',
    );
  const known = [...new Set(accounts.flatMap(({ path }) => path))];
  const other = units.find((unit) => !known.includes(unit));
  if (other !== undefined)
    throw new UserError(
      `no account is in the unit ${other}; ${didYouMean(other, known, `the accounts are in ${known.join(', ')}`)}`,
    );
  const under = new Set(accounts.filter((one) => isUnder(one, units)).map(({ id }) => id));
  return (account) => under.has(account);
};

/** Tells what is of the accounts and regions that are named; of all where none is. What says no place is of any. */
export const ofPlaces = (
  said: {
    readonly account?: readonly string[] | undefined;
    readonly 'organizational-unit'?: readonly string[] | undefined;
    readonly region?: readonly string[] | undefined;
  },
  plumbline: Governing,
): ((where: Partial<Where>) => boolean) => {
  const isNamed = ofAccounts(said.account, plumbline);
  const isUnder = underUnits(partsOf(said['organizational-unit']), plumbline.roster?.accounts);
  const isOfAccount = (account: string) => isNamed(account) && isUnder(account);
  const isOfRegion = ofRegions(said.region, plumbline.baseline);
  return ({ account, region }) =>
    (account === undefined || isOfAccount(account)) && (region === undefined || isOfRegion(region));
};
