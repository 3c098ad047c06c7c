import type { Clients } from '../../../aws/clients.ts';
import type { Left, LeftBehind } from '../../../aws/left-behind.ts';
import { rosterOf } from '../../../aws/stores/roster.ts';
import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { inOrganization } from '../../../engine/baseline/in-organization.ts';
import type { AccountKnown, Roster } from '../../../engine/baseline/organization.ts';
import type { Where } from '../../../model/resource-type.ts';
import { dynamoDbIn } from '../../../pipeline/runtime/environment.ts';
import {
  memberChangesStackName,
  memberHostsStackName,
  memberStackName,
  membersStackName,
} from '../../../resources/account/ears-names.ts';
import { memberOutputs } from '../../../resources/account/member.ts';
import { plural } from '../../../support/plural.ts';
import { UserError } from '../../../support/user-error.ts';
import {
  askedAs,
  lookUpInstances,
  type StackInstance,
  type StackInstances,
  setsOf,
  targetOf,
} from '../../accounts/stack-instances.ts';

/** What stands in other accounts, as far as it is known where Plumbline stands. */
export interface Members {
  readonly hub: string;
  readonly stack: string;
  /** As it counts with the accounts that the organization has. */
  readonly baseline: Baseline;
  readonly roster: Roster | undefined;
  /** Accounts that deployed by hand what `member-template` prints, and those of them that let something be changed. */
  readonly lone: readonly string[];
  readonly changed: readonly string[];
  /** Whether hosts are audited, by the baseline or by the stack as it was deployed. */
  readonly hasHosts: boolean;
  readonly clients: Clients;
}

const listed = (ids: string | undefined): readonly string[] =>
  ids?.split(' ').filter(Boolean) ?? [];

/** The accounts that the baseline names, those that the stack was deployed with, and those of the organization. */
export const membersOf = async (
  { hub, stack, clients }: Pick<Members, 'hub' | 'stack' | 'clients'>,
  written: Baseline,
  outputs: Readonly<Record<string, string>>,
): Promise<Members> => {
  const { PostureTable: table } = outputs;
  const roster =
    table === undefined
      ? undefined
      : await rosterOf(written, await dynamoDbIn(written.homeRegion), table);
  const remediated = [
    ...(written.remediatedAccounts ?? []),
    ...listed(outputs[memberOutputs.remediated]),
  ];
  return {
    hub,
    stack,
    clients,
    roster,
    baseline: inOrganization(written, roster, hub),
    lone: [...new Set([...(written.accounts ?? []), ...listed(outputs[memberOutputs.accounts])])],
    changed: [...new Set(remediated)],
    hasHosts: written.hosts !== undefined || outputs['HostAuditHours'] !== undefined,
  };
};

/** The ears of other regions name a role of the home region, which goes last. */
const regionsLast = ({ regions }: Pick<Baseline, 'regions'>): readonly string[] =>
  regions.toReversed();

/** What one account deployed by hand, which only it can remove; whether it is there is not asked. */
const loneLeft = (account: string, { stack, baseline, changed, hasHosts }: Members): Left => {
  const name = memberStackName(stack);
  const remove = (one: string, region: string) =>
    `aws cloudformation delete-stack --stack-name ${one} --region ${region}`;
  return {
    what: `roles and ears in account ${account}`,
    name,
    commands: [
      ...(changed.includes(account)
        ? [remove(memberChangesStackName(stack), baseline.homeRegion)]
        : []),
      ...(hasHosts
        ? regionsLast(baseline).map((region) => remove(memberHostsStackName(stack), region))
        : []),
      ...regionsLast(baseline).map((region) => remove(name, region)),
    ],
    note: `with the credentials of account ${account}, where it was deployed`,
  };
};

/** In the order in which they go: what listens, what asks hosts, what changes something, then the roles. */
const inOrder = (stack: string): readonly string[] => Object.values(setsOf(stack)).toReversed();

const heldText = (made: readonly (Where & StackInstance)[]): string =>
  `${plural(made.length, 'stack')} in ${plural(new Set(made.map(({ account }) => account)).size, 'account')}`;

const isBroken = ({ state }: StackInstance): boolean => state.startsWith('INOPERABLE');

/**
 * A stack that a StackSet could not remove: it is given up by the set, and then deleted in its account.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html
 */
const brokenLeft = (
  { account, region, set, state, reason }: Where & StackInstance,
  {
    baseline,
    roster,
    found,
  }: Pick<Members, 'baseline' | 'roster'> & { readonly found: StackInstances },
): Left => {
  const known = roster?.accounts.find(({ id }) => id === account);
  return {
    what: `a stack in account ${account}, ${region}, that ${set} has ${state}`,
    name: `StackSet-${set}-…`,
    commands: known
      ? [
          `aws cloudformation delete-stack-instances --stack-set-name ${set} --deployment-targets ${targetOf(known)} --regions ${region} --retain-stacks ${askedAs(baseline.homeRegion, found)}`,
        ]
      : [],
    note: `${reason === undefined ? '' : `${reason}; `}then delete the stack in that account`,
  };
};

const setsLeft = (members: Members, found: StackInstances): readonly Left[] => {
  const held = inOrder(members.stack)
    .filter((set) => found.sets.includes(set))
    .map((set) => `${set}: ${heldText(found.by(set))}`);
  const broken = found.sets.flatMap((set) => found.by(set).filter(isBroken));
  return [
    ...broken.map((one) => brokenLeft(one, { ...members, found })),
    {
      what: 'StackSets, with roles and ears in the accounts of the organization',
      name: membersStackName,
      commands: ['npx cdk destroy -c members=true'],
      note: `before the stack ${members.stack}, in this account, where StackSets are administered. ${held.join('; ')}`,
    },
  ];
};

const archive = (prefix: string, region: string): string =>
  `aws securityhub update-findings --region ${region} --record-state ARCHIVED --filters '{"Id":[{"Value":"${prefix}","Comparison":"PREFIX"}]}'`;

const findingsLeft = (who: string, prefix: string, { baseline: { regions } }: Members): Left => ({
  what: `findings in Security Hub of ${who}`,
  name: prefix,
  commands: regions.map((region) => archive(prefix, region)),
  note: `once Plumbline can no longer publish there: with the credentials of ${who}, or of the account that administers their Security Hub. Security Hub deletes them 90 days after their last update`,
});

const stackSetsOf = async (members: Members): Promise<StackInstances | string | undefined> =>
  members.baseline.organization && lookUpInstances(members.stack, members.clients);

/** What stands in all other accounts, in the order in which it goes. */
export const membersLeft = async (members: Members): Promise<LeftBehind> => {
  const { lone, baseline } = members;
  const found = await stackSetsOf(members);
  const governed = lone.length > 0 || baseline.organization !== undefined;
  return {
    left: [
      ...(typeof found === 'object' ? setsLeft(members, found) : []),
      ...lone.map((account) => loneLeft(account, members)),
      ...(governed ? [findingsLeft('each account', 'plumbline/', members)] : []),
    ],
    unasked: typeof found === 'string' ? [found] : [],
  };
};

const madeIn = (
  account: AccountKnown,
  members: Members,
  found: StackInstances,
): readonly Left[] => {
  const { baseline, stack } = members;
  const left = inOrder(stack).flatMap((set) => {
    const made = found.by(set).filter((one) => one.account === account.id);
    if (made.length === 0) return [];
    const regions = regionsLast(baseline).filter((one) =>
      made.some(({ region }) => region === one),
    );
    return [
      {
        what: `what the StackSet ${set} holds in account ${account.id}`,
        name: set,
        commands: [
          `aws cloudformation delete-stack-instances --stack-set-name ${set} --deployment-targets ${targetOf(account)} --regions ${regions.join(' ')} --no-retain-stacks ${askedAs(baseline.homeRegion, found)}`,
        ],
        note: `where the deployment before has not taken it away: ${made.map(({ region, state }) => `${region} ${state}`).join(', ')}`,
      },
    ];
  });
  return [
    {
      what: `StackSets no longer deploy in account ${account.id}`,
      name: membersStackName,
      commands: ['npx cdk deploy -c members=true'],
      note: 'in this account, where StackSets are administered, with the parameters that it was deployed with',
    },
    ...left,
  ];
};

const takenOut = (account: string, isListed: boolean, { stack }: Members): Left => ({
  what: `account ${account} is no longer governed`,
  name: stack,
  commands: ['npx cdk deploy --all'],
  note: isListed
    ? `once exclude of organization in the baseline names '${account}'`
    : `once accounts of the baseline names '${account}' no more`,
});

/** How one account is taken out, in order, and what stays of it. */
export const accountLeft = async (account: string, members: Members): Promise<LeftBehind> => {
  const { lone, roster, hub } = members;
  const known = roster?.accounts.find(({ id }) => id === account);
  if (account === hub)
    throw new UserError(
      `Plumbline stands in account ${account}: leave --account out to see how it is removed`,
    );
  if (!known && !lone.includes(account))
    throw new UserError(
      `Plumbline knows no account ${account}; it knows ${[...lone, ...(roster?.accounts ?? []).map(({ id }) => id)].filter((id) => id !== hub).join(', ') || 'no other account'}`,
    );
  const isLone = lone.includes(account);
  const found = isLone ? undefined : await stackSetsOf(members);
  return {
    left: [
      takenOut(account, !isLone, members),
      ...(isLone ? [loneLeft(account, members)] : []),
      ...(known && typeof found === 'object' ? madeIn(known, members, found) : []),
      findingsLeft(`account ${account}`, `plumbline/${account}/`, members),
      {
        what: 'what is kept of it here: verdicts, actions with their undo, history',
        name: `account ${account}`,
        commands: [],
        note: 'no report counts it any more. An action can be taken back only while its role there stands: look at actions first',
      },
    ],
    unasked: typeof found === 'string' ? [found] : [],
  };
};
