import type { CloudFormation, ListStackInstancesOutput } from '@aws-sdk/client-cloudformation';
import type { Clients } from '../../aws/clients.ts';
import { attempted, codeOf, messageOf, sortError } from '../../aws/errors.ts';
import type { AccountKnown } from '../../engine/baseline/organization.ts';
import type { Where } from '../../model/resource-type.ts';
import {
  memberChangesStackName,
  memberHostsStackName,
  memberRolesStackName,
  memberStackName,
} from '../../resources/account/ears-names.ts';
import { regionId } from '../../resources/account/own-names.ts';
import { groupsBy } from '../../support/groups.ts';

/** What a StackSet made in one region of an account. */
export interface StackInstance {
  readonly set: string;
  /** `CURRENT`, `OUTDATED` or `INOPERABLE`; beside that how the last operation there ended. */
  readonly state: string;
  readonly reason?: string;
}
export interface StackInstances {
  /** Those of one region of an account. */
  readonly of: (where: Where) => readonly StackInstance[];
  /** All that a StackSet has, with where. */
  readonly by: (set: string) => readonly (Where & StackInstance)[];
  /** The StackSets that are there. */
  readonly sets: readonly string[];
  /** As whom they are looked up: `SELF` in the management account, else `DELEGATED_ADMIN`. */
  readonly callAs: 'SELF' | 'DELEGATED_ADMIN';
}

/** The StackSets of the stack `PlumblineMembers`. */
export const setsOf = (hub: string) => ({
  roles: memberRolesStackName(hub),
  changes: memberChangesStackName(hub),
  hosts: memberHostsStackName(hub),
  ears: memberStackName(hub),
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackInstances.html
const pagesOf = async (
  cloudformation: CloudFormation,
  asked: { readonly StackSetName: string; readonly CallAs: StackInstances['callAs'] },
) => {
  const found: NonNullable<ListStackInstancesOutput['Summaries']> = [];
  let NextToken: string | undefined;
  do {
    const page: ListStackInstancesOutput = await cloudformation.listStackInstances({
      ...asked,
      ...(NextToken === undefined ? {} : { NextToken }),
    });
    found.push(...(page.Summaries ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return found;
};

const stateOf = (status = 'UNKNOWN', detailed: string | undefined): string =>
  detailed === undefined || detailed === 'SUCCEEDED' ? status : `${status} (${detailed})`;

/** What a StackSet made, by region of an account; undefined where there is no such StackSet. */
const madeBy = async (
  set: string,
  callAs: StackInstances['callAs'],
  cloudformation: CloudFormation,
): Promise<readonly (Where & StackInstance)[] | undefined> => {
  const asked = await attempted(() =>
    pagesOf(cloudformation, { StackSetName: set, CallAs: callAs }),
  );
  if ('failure' in asked) {
    if (codeOf(asked.failure).startsWith('StackSetNotFound')) return undefined;
    throw asked.failure;
  }
  return asked.value.map(
    ({ Account = '', Region = '', Status, StatusReason, StackInstanceStatus }) => ({
      account: Account,
      region: Region,
      set,
      state: stateOf(Status, StackInstanceStatus?.DetailedStatus),
      ...(StatusReason === undefined ? {} : { reason: StatusReason }),
    }),
  );
};

const lookedUpAs = async (
  hub: string,
  callAs: StackInstances['callAs'],
  cloudformation: CloudFormation,
): Promise<StackInstances | undefined> => {
  const made: (Where & StackInstance)[] = [];
  const sets: string[] = [];
  for (const set of Object.values(setsOf(hub))) {
    const instances = await madeBy(set, callAs, cloudformation);
    if (!instances) continue;
    sets.push(set);
    made.push(...instances);
  }
  if (sets.length === 0) return undefined;
  const byPlace = groupsBy(made, regionId);
  const plain = ({ account: _, region: __, ...instance }: Where & StackInstance) => instance;
  return {
    of: (where) => (byPlace.get(regionId(where)) ?? []).map(plain),
    by: (set) => made.filter((one) => one.set === set),
    sets,
    callAs,
  };
};

const whyNot = (failure: unknown): string =>
  sortError(failure, {}).kind === 'denied'
    ? 'cloudformation:ListStackInstances was refused'
    : messageOf(failure);

/**
 * What the StackSets made, where they are administered in this account; else a sentence that says why that is not known.
 * @param hub the stack of Plumbline
 */
export const lookUpInstances = async (
  hub: string,
  clients: Clients,
): Promise<StackInstances | string> => {
  const cloudformation = await clients('cloudformation');
  const reasons: string[] = [];
  for (const callAs of ['SELF', 'DELEGATED_ADMIN'] as const) {
    const asked = await attempted(() => lookedUpAs(hub, callAs, cloudformation));
    if ('failure' in asked) reasons.push(whyNot(asked.failure));
    else if (asked.value) return asked.value;
  }
  const why = reasons[0] ?? 'this account administers none of that name';
  return `what StackSets made is not known: ${why}`;
};

/** One account of the organization, as a command names where a StackSet deploys. */
export const targetOf = ({ id, path }: Pick<AccountKnown, 'id' | 'path'>): string =>
  `OrganizationalUnitIds=${path.at(-1)},Accounts=${id},AccountFilterType=INTERSECTION`;

/** What a command on StackSets says beside what it is for: they stand in one region. */
export const askedAs = (homeRegion: string, { callAs }: Pick<StackInstances, 'callAs'>): string =>
  `--region ${homeRegion}${callAs === 'SELF' ? '' : ` --call-as ${callAs}`}`;
