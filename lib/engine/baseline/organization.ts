import type { AccountSetting } from './baseline-accounts.ts';
import type { MaintenanceWindow } from './maintenance-window.ts';

/** An account as Organizations lists it. */
export interface AccountListed {
  readonly id: string;
  readonly name: string;
  /** The root, then each organizational unit down to that of the account. */
  readonly path: readonly string[];
  /** `ACTIVE`, `PENDING_ACTIVATION`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`. */
  readonly state: string;
  /** When it came into the organization, as that says. */
  readonly joinedAt?: string;
}
/** An account of the organization, as it was listed last; its state is `LEFT` where it is listed no more. */
export interface AccountKnown extends AccountListed {
  /** When Plumbline listed it first. */
  readonly seenAt: string;
  /** When it is to be swept for the first time; absent once it was. */
  readonly sweepAt?: string;
  /** When Plumbline first listed it as closed, suspended or gone. */
  readonly endedAt?: string;
}
/** The accounts of the organization, from the last listing. */
export interface Roster {
  /** The id of the organization. */
  readonly organization: string;
  readonly listedAt: string;
  /** Sorted by id. */
  readonly accounts: readonly AccountKnown[];
}

/** The limits that an override can make stricter. */
export interface StricterLimits {
  readonly holdHours?: number | undefined;
  readonly perHour?: number | undefined;
  readonly windows?: readonly MaintenanceWindow[] | undefined;
}
/** The limits of one account, which are stricter than those of all. */
export interface AccountLimits {
  readonly holdHours?: number;
  readonly perHour?: number;
  /** The windows of each level that has some. On each level one of them has to be open. */
  readonly windows?: readonly (readonly MaintenanceWindow[])[];
}
/** Settings for one organizational unit, account or region. */
export interface Override {
  readonly organizationalUnit?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Whether Plumbline may remediate there. */
  readonly remediate?: boolean | undefined;
  /** Nothing is remediated there, whatever other settings say. */
  readonly stopped?: boolean | undefined;
  readonly controls?: Readonly<Record<string, AccountSetting>> | undefined;
  readonly remediation?: StricterLimits | undefined;
}
/** Which accounts of an organization are governed, and what counts otherwise in some. */
export interface OrganizationSettings {
  readonly id: string;
  /** Those in these units, and in the units below. @default - every account, where none is named either */
  readonly organizationalUnits?: readonly string[] | undefined;
  /** These beside them. @default [] */
  readonly accounts?: readonly string[] | undefined;
  /** But these. */
  readonly exclude: readonly string[];
  readonly overrides: readonly Override[];
}

/** Whether any other account is governed. */
export const isGoverning = ({
  accounts = [],
  organization,
}: {
  readonly accounts?: readonly unknown[] | undefined;
  readonly organization?: object | undefined;
}): boolean => accounts.length > 0 || organization !== undefined;

/** Whether something may be put right in any other account. */
export const isChangedElsewhere = ({
  remediatedAccounts = [],
  organization,
}: {
  readonly remediatedAccounts?: readonly string[];
  readonly organization?: OrganizationSettings;
}): boolean =>
  remediatedAccounts.length > 0 ||
  organization?.overrides.some(({ remediate }) => remediate) === true;

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html, and of a root beside it.
const unitId = /^(?:ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/;
/** Whether a text is the id of an organizational unit, or of the root. */
export const isUnitId = (text: string): boolean => unitId.test(text);

/** Whether an account is in one of these units, or in a unit below. */
export const isUnder = ({ path }: Pick<AccountKnown, 'path'>, units: readonly string[]): boolean =>
  path.some((one) => units.includes(one));

/** Whether an account is one of those that are to be governed, whatever its state. */
export const isChosen = (
  account: Pick<AccountKnown, 'id' | 'path'>,
  { organizationalUnits: units, accounts, exclude }: OrganizationSettings,
): boolean => {
  if (exclude.includes(account.id)) return false;
  if (units === undefined && accounts === undefined) return true;
  return isUnder(account, units ?? []) || accounts?.includes(account.id) === true;
};

export const isActive = ({ state }: Pick<AccountKnown, 'state'>): boolean => state === 'ACTIVE';

/** The accounts of the organization that are governed beside the hub. */
export const governedIn = (
  settings: OrganizationSettings,
  { accounts }: Pick<Roster, 'accounts'>,
  hub: string,
): readonly AccountKnown[] =>
  accounts.filter((one) => one.id !== hub && isActive(one) && isChosen(one, settings));

/** Those that were to be governed and ended: people are told of each, while it is known. */
export const endedIn = (
  settings: OrganizationSettings,
  { accounts }: Pick<Roster, 'accounts'>,
  hub: string,
): readonly AccountKnown[] =>
  accounts.filter((one) => one.id !== hub && one.endedAt !== undefined && isChosen(one, settings));

/** The root and each unit above an account, the root first; undefined where the roster has no such account. */
export const unitPathOf = (roster: Roster, account: string): readonly string[] | undefined =>
  roster.accounts.find(({ id }) => id === account)?.path;

/** What is said of an account, the farthest first: of units from the root down, then of itself. */
export const overridesOf = (
  { overrides }: Pick<OrganizationSettings, 'overrides'>,
  { id, path }: Pick<AccountKnown, 'id' | 'path'>,
): readonly Override[] => {
  const depth = ({ organizationalUnit: unit, account }: Override): number => {
    if (account !== undefined) return account === id ? path.length + 1 : -1;
    if (unit !== undefined) return path.indexOf(unit);
    return 0;
  };
  return overrides
    .map((override) => ({ override, at: depth(override) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ override }) => override);
};
