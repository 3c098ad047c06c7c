import type { Baseline } from './baseline.ts';
import type { AccountSetting } from './baseline-accounts.ts';
import {
  type AccountKnown,
  type AccountLimits,
  governedIn,
  isUnder,
  type OrganizationSettings,
  type Override,
  overridesOf,
  type Roster,
} from './organization.ts';
import { controlsTrusting } from './trusted-accounts.ts';

type AccountSettings = Readonly<Record<string, AccountSetting>>;

const withSaid = (value: AccountSetting): AccountSetting =>
  Object.fromEntries(Object.entries(value).filter(([, said]) => said !== undefined));

/** Value by value, what the later one says counts. */
const joined = (far: AccountSettings, near: AccountSettings = {}): AccountSettings => ({
  ...far,
  ...Object.fromEntries(
    Object.entries(near).map(([id, said]) => {
      const before = far[id];
      const parameters = { ...before?.parameters, ...said.parameters };
      return [
        id,
        {
          ...before,
          ...withSaid(said),
          ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
        },
      ];
    }),
  ),
});

const settingsOf = (overrides: readonly Override[]): AccountSettings =>
  overrides.reduce<AccountSettings>((far, { controls }) => joined(far, controls), {});

/** The strictest of each, at whichever level it is said. */
const limitsOf = (overrides: readonly Override[]): AccountLimits | undefined => {
  const said = overrides.flatMap(({ remediation }) => remediation ?? []);
  const holds = said.flatMap(({ holdHours }) => holdHours ?? []);
  const most = said.flatMap(({ perHour }) => perHour ?? []);
  const windows = said.flatMap(({ windows = [] }) => (windows.length === 0 ? [] : [windows]));
  if (holds.length + most.length + windows.length === 0) return undefined;
  return {
    ...(holds.length === 0 ? {} : { holdHours: Math.max(...holds) }),
    ...(most.length === 0 ? {} : { perHour: Math.min(...most) }),
    ...(windows.length === 0 ? {} : { windows }),
  };
};

/** The nearest word counts of what may be put right; of what stops it any word. */
const isRemediated = (overrides: readonly Override[]): boolean =>
  overrides.findLast(({ remediate }) => remediate !== undefined)?.remediate === true &&
  !overrides.some(({ stopped }) => stopped);

/** What counts in an account of the organization. */
interface Said {
  readonly controls: AccountSettings;
  readonly regions: Readonly<Record<string, AccountSettings>>;
  readonly isRemediated: boolean;
  readonly limits: AccountLimits | undefined;
}

const isOfAllRegions = ({ region }: Override): boolean => region === undefined;

const saidOf = (overrides: readonly Override[]): Said => {
  const inAll = overrides.filter(isOfAllRegions);
  const regions = [...new Set(overrides.flatMap(({ region }) => region ?? []))];
  return {
    controls: settingsOf(inAll),
    regions: Object.fromEntries(
      regions.map((region) => [
        region,
        settingsOf(overrides.filter((one) => one.region === region)),
      ]),
    ),
    isRemediated: isRemediated(inAll),
    limits: limitsOf(inAll),
  };
};

/** Accounts of which the same is said share what comes of it. */
const sayingOf = (settings: OrganizationSettings) => {
  const made = new Map<string, Said>();
  return (account: AccountKnown): Said => {
    const overrides = overridesOf(settings, account);
    const key = overrides.map((one) => settings.overrides.indexOf(one)).join(' ');
    const said = made.get(key) ?? saidOf(overrides);
    made.set(key, said);
    return said;
  };
};

const under = (accounts: readonly AccountKnown[], units: readonly string[] = []) =>
  accounts.filter((one) => isUnder(one, units)).map(({ id }) => id);

/** Operators and exemptions of units, as what they are of now. */
const ofUnits = (
  { operatorScopes, exemptionsElsewhere }: Baseline,
  accounts: readonly AccountKnown[],
): Pick<Baseline, 'operatorScopes' | 'exemptionsElsewhere'> => ({
  ...(operatorScopes && {
    operatorScopes: Object.fromEntries(
      Object.entries(operatorScopes).map(([arn, { organizationalUnits, ...scope }]) => [
        arn,
        organizationalUnits === undefined
          ? scope
          : {
              ...scope,
              accounts: [...(scope.accounts ?? []), ...under(accounts, organizationalUnits)],
            },
      ]),
    ),
  }),
  ...(exemptionsElsewhere && {
    exemptionsElsewhere: exemptionsElsewhere.map((one) =>
      one.organizationalUnit === undefined
        ? one
        : { ...one, accounts: under(accounts, [one.organizationalUnit]) },
    ),
  }),
});

/**
 * The baseline as it counts with the accounts that the organization has now: those that are governed, by id, with what is
 * said nearest to each. Lone accounts stay as they are named. Without an organization it is the baseline itself.
 * @param hub the account where Plumbline stands, of which the baseline says what counts
 */
export const inOrganization = <B extends Baseline>(
  baseline: B,
  roster: Roster | undefined,
  hub: string,
): B => {
  const { organization, accounts: lone = [] } = baseline;
  if (!organization) return baseline;
  const known = roster?.organization === organization.id ? roster.accounts : [];
  const saying = sayingOf(organization);
  const governed = governedIn(organization, { accounts: known }, hub)
    .filter(({ id }) => !lone.includes(id))
    .map((account) => ({ id: account.id, ...saying(account) }));
  const some = <V>(of: (one: (typeof governed)[number]) => V | undefined) =>
    Object.fromEntries(
      governed.flatMap((one) => {
        const value = of(one);
        return value === undefined ? [] : [[one.id, value] as const];
      }),
    );
  const accounts = [...lone, ...governed.map(({ id }) => id)].sort();
  const isSaid = (settings: object): boolean => Object.keys(settings).length > 0;
  return {
    ...baseline,
    ...ofUnits(baseline, known),
    accounts,
    controls: controlsTrusting(baseline.controls, accounts),
    remediatedAccounts: [
      ...(baseline.remediatedAccounts ?? []),
      ...governed.flatMap((one) => (one.isRemediated ? one.id : [])),
    ].sort(),
    accountControls: {
      ...baseline.accountControls,
      ...some(({ controls }) => (isSaid(controls) ? controls : undefined)),
    },
    accountRegions: some(({ regions }) => (isSaid(regions) ? regions : undefined)),
    accountLimits: some(({ limits }) => limits),
  };
};
