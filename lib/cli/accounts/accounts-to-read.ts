import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { sdkClients } from '../../aws/clients.ts';
import { createEntry } from '../../aws/entry.ts';
import { attempted } from '../../aws/errors.ts';
import { outputsOf } from '../../aws/stack-outputs.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { everyAccount } from '../../engine/baseline/exemption.ts';
import { memberOutputs } from '../../resources/account/member.ts';
import { readRoleName } from '../../resources/account/own-prefix.ts';
import { runAs } from '../../support/run-as.ts';
import { UserError } from '../../support/user-error.ts';
import { callerOf } from '../account.ts';
import { usualStack } from '../own-buckets.ts';
import type { AccountsAsked } from './accounts-asked.ts';
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
  readonly read: readonly AccountRead[];
  /** Those where nothing can be: closed, or not yet there. */
  readonly left: readonly AccountLeft[];
}

interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What the roles of governed accounts ask for: the stack knows it. */
const deployedExternalId = async (
  { account }: Caller,
  region: string,
): Promise<{ readonly externalId: string; readonly accounts: readonly string[] }> => {
  const stack = { name: usualStack, account, region };
  const found = await attempted(async () =>
    outputsOf(stack, await sdkClients({ region })('cloudformation')),
  );
  const outputs = 'value' in found ? found.value : {};
  const { [memberOutputs.externalId]: externalId, [memberOutputs.accounts]: accounts } = outputs;
  if (externalId === undefined)
    throw new UserError(
      `the stack ${usualStack} in account ${account} governs no other account, or may not be looked up: name a role that lets you in with --role`,
    );
  return { externalId, accounts: accounts?.split(' ') ?? [] };
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

/** Ids as they are asked for, of an organization or of the baseline, with those that cannot be entered. */
const chosen = async (asked: AccountsAsked, baseline: Baseline, caller: Caller) => {
  if (!asked.isOrganization) {
    const ids = governedNamed(asked.accounts, baseline, caller, asked.role !== undefined);
    return { ids, left: [] };
  }
  const all = await accountsOfOrganization(baseline.homeRegion);
  const other = asked.accounts.find((id) => !all.some(({ account }) => account === id));
  if (other !== undefined)
    throw new UserError(
      `the organization has no account ${other}; it has ${all.map(({ account }) => account).join(', ')}`,
    );
  const wanted = all.filter(
    ({ account }) => asked.accounts.length === 0 || asked.accounts.includes(account),
  );
  const inState = (is: boolean) => wanted.filter(({ state }) => (state === 'ACTIVE') === is);
  return {
    ids: inState(true).map(({ account }) => account),
    left: inState(false).map(({ account, name, state }) => ({
      account,
      why: `${name === '' ? 'it' : name} is ${state.toLowerCase().replaceAll('_', ' ')}`,
    })),
  };
};

/** The accounts that the options name, each with what it is read by. Nothing is assumed before it is asked for. */
export const accountsToRead = async (
  asked: AccountsAsked,
  baseline: Baseline,
): Promise<AccountsToRead> => {
  const { homeRegion: region } = baseline;
  const caller = await callerOf(region);
  const { ids, left } = await chosen(asked, baseline, caller);
  const others = ids.filter((id) => id !== caller.account);
  const deployed =
    asked.role === undefined && others.length > 0
      ? await deployedExternalId(caller, region)
      : undefined;
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
  return { read, left };
};
