import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { sdkClients } from '../../aws/clients.ts';
import { createEntry } from '../../aws/entry.ts';
import { attempted } from '../../aws/errors.ts';
import { outputsOf } from '../../aws/stack-outputs.ts';
import { createRoster } from '../../aws/stores/roster.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { everyAccount } from '../../engine/baseline/exemption.ts';
import { inOrganization } from '../../engine/baseline/in-organization.ts';
import { nextRoster } from '../../engine/baseline/next-roster.ts';
import {
  type AccountListed,
  endedIn,
  isActive,
  type Roster,
} from '../../engine/baseline/organization.ts';
import { dynamoDbIn } from '../../pipeline/runtime/environment.ts';
import { memberOutputs } from '../../resources/account/member.ts';
import { readRoleName } from '../../resources/account/own-prefix.ts';
import { runAs } from '../../support/run-as.ts';
import { UserError } from '../../support/user-error.ts';
import { callerOf } from '../account.ts';
import { usualStack } from '../own-buckets.ts';
import type { AccountsAsked } from './accounts-asked.ts';
import { underUnits } from './of-accounts.ts';
import { accountsOfOrganization } from './organization.ts';

/** An account as it is read. */
export interface AccountRead {
  readonly account: string;
  /** ARN of whoever asks. */
  readonly caller: string;
  /** The account that the caller belongs to, which others know. */
  readonly hub: string;
  /** @default - those of the environment, for the account of the caller itself */
  readonly credentials?: AwsCredentialIdentityProvider;
}
/** An account that is not read, and why. */
export interface AccountLeft {
  readonly account: string;
  readonly why: string;
}
export interface AccountsToRead {
  /** As it counts with the accounts that the organization has. */
  readonly baseline: Baseline;
  readonly read: readonly AccountRead[];
  /** Those where nothing can be: closed, or not yet there. */
  readonly left: readonly AccountLeft[];
}

interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What the stack says of other accounts, and those of the organization as it listed them last. */
interface Standing {
  readonly outputs: Readonly<Record<string, string>>;
  readonly roster?: Roster | undefined;
  /** As it counts with these. */
  readonly baseline: Baseline;
}

const rosterIn = async (table: string, region: string): Promise<Roster | undefined> =>
  createRoster(await dynamoDbIn(region), table).read();

/** What is deployed; nothing where it may not be looked up, which says itself where it is needed. */
const standing = async (baseline: Baseline, { account }: Caller): Promise<Standing> => {
  const { homeRegion: region, organization } = baseline;
  const stack = { name: usualStack, account, region };
  const found = await attempted(async () =>
    outputsOf(stack, await sdkClients({ region })('cloudformation')),
  );
  const outputs = 'value' in found ? found.value : {};
  const { PostureTable: table, [memberOutputs.organization]: governed } = outputs;
  if (!organization || organization.id !== governed || table === undefined)
    return { outputs, baseline };
  const roster = await rosterIn(table, region);
  return { outputs, roster, baseline: inOrganization(baseline, roster, account) };
};

/** What the roles of governed accounts ask for, and which these are: the stack knows it. */
const deployedIn = (
  { outputs, baseline, roster }: Standing,
  { account }: Caller,
): { readonly externalId: string; readonly accounts: readonly string[] } => {
  const { [memberOutputs.externalId]: externalId, [memberOutputs.accounts]: lone } = outputs;
  if (externalId === undefined)
    throw new UserError(
      `the stack ${usualStack} in account ${account} governs no other account, or may not be looked up: name a role that lets you in with --role`,
    );
  const { accounts = [] } = baseline;
  const listed = accounts.filter((id) => roster?.accounts.some((one) => one.id === id));
  return { externalId, accounts: [...(lone?.split(' ') ?? []), ...listed] };
};

const governedNamed = (
  asked: readonly string[],
  { accounts: governed = [] }: Baseline,
  { account: own }: Caller,
  hasRole: boolean,
): readonly string[] => {
  if (asked.includes(everyAccount)) return [...new Set([own, ...governed])];
  const other = asked.find((account) => account !== own && !governed.includes(account));
  if (other === undefined || hasRole) return asked;
  throw new UserError(
    `the baseline does not govern account ${other}; it governs ${[own, ...governed].join(', ')}. Name a role that lets you in there with --role`,
  );
};

const leftOf = ({
  id,
  name,
  state,
}: Pick<AccountListed, 'id' | 'name' | 'state'>): AccountLeft => ({
  account: id,
  why: `${name === '' ? 'it' : name} is ${state.toLowerCase().replaceAll('_', ' ')}`,
});

/** Ids of governed accounts as they are asked for, with those that ended. */
const chosenGoverned = (
  { accounts, units, role }: AccountsAsked,
  { baseline, roster }: Standing,
  caller: Caller,
) => {
  const { organization } = baseline;
  const isEvery = accounts.includes(everyAccount);
  if (isEvery && organization && !roster)
    throw new UserError(
      `the accounts of the organization are not known: the stack ${usualStack} in account ${caller.account} has not listed them yet, or may not be looked up. ${runAs('scan')} --organization --role <name> lists them itself`,
    );
  const isUnder = underUnits(units, roster?.accounts);
  const ids = governedNamed(accounts, baseline, caller, role !== undefined).filter(isUnder);
  const ended =
    isEvery && organization && roster ? endedIn(organization, roster, caller.account) : [];
  const left = ended.filter(({ id }) => isUnder(id)).map(leftOf);
  return { ids, left };
};

/** Whether what the baseline says depends on which units an account is in. */
const saysOfUnits = ({ organization, exemptionsElsewhere = [] }: Baseline): boolean =>
  (organization?.overrides.length ?? 0) > 0 ||
  exemptionsElsewhere.some(({ organizationalUnit }) => organizationalUnit !== undefined);

/** The same of all accounts of the organization, as it says itself; what is said of units counts with nothing deployed, too. */
const chosenListed = async (
  { accounts, units }: AccountsAsked,
  written: Baseline,
  { account: caller }: Caller,
) => {
  const hasUnits = units.length > 0 || saysOfUnits(written);
  const listed = await accountsOfOrganization(written.homeRegion, hasUnits);
  const { accounts: all } = listed;
  const other = accounts.find((account) => !all.some(({ id }) => id === account));
  if (other !== undefined)
    throw new UserError(
      `the organization has no account ${other}; it has ${all.map(({ id }) => id).join(', ')}`,
    );
  const isUnder = underUnits(units, all);
  const wanted = all.filter(
    ({ id }) => (accounts.length === 0 || accounts.includes(id)) && isUnder(id),
  );
  return {
    ids: wanted.filter(isActive).map(({ id }) => id),
    left: wanted.filter((one) => !isActive(one)).map(leftOf),
    baseline: hasUnits
      ? inOrganization(written, nextRoster(undefined, listed, new Date()), caller)
      : written,
  };
};

/** The accounts that the options name, each with what it is read by. Nothing is assumed before it is asked for. */
export const accountsToRead = async (
  asked: AccountsAsked,
  baseline: Baseline,
): Promise<AccountsToRead> => {
  const { homeRegion: region } = baseline;
  const caller = await callerOf(region);
  const stands = await standing(baseline, caller);
  const { ids, left, ...listed } = asked.isOrganization
    ? await chosenListed(asked, baseline, caller)
    : { ...chosenGoverned(asked, stands, caller), baseline: stands.baseline };
  if (ids.length + left.length === 0)
    throw new UserError('no account that is named is in the organizational units that are named');
  const others = ids.filter((id) => id !== caller.account);
  const deployed =
    asked.role === undefined && others.length > 0 ? deployedIn(stands, caller) : undefined;
  const undeployed = others.find((id) => deployed && !deployed.accounts.includes(id));
  if (undeployed !== undefined)
    throw new UserError(
      `the stack ${usualStack} does not govern account ${undeployed} yet: deploy it, and deploy there what ${runAs('member-template')} prints`,
    );
  const externalId = deployed?.externalId ?? asked.externalId;
  const sts = sdkClients({ region, maxAttempts: 3 });
  const entry = createEntry({
    sts: () => sts('sts'),
    ...(externalId === undefined ? {} : { externalId }),
    accounts: () => others,
    region,
    sessionName: 'plumbline-scan',
  });
  const role = asked.role ?? readRoleName;
  const read = ids.map((account) => ({
    account,
    caller: caller.arn,
    hub: caller.account,
    ...(account === caller.account ? {} : { credentials: entry(account, role) }),
  }));
  return { read, left, ...listed };
};
