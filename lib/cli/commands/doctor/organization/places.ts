import { sdkClients } from '../../../../aws/clients.ts';
import { outputsOf } from '../../../../aws/stack-outputs.ts';
import { createHostInventory } from '../../../../aws/stores/host-inventory.ts';
import { createPosture } from '../../../../aws/stores/posture.ts';
import { createRegions } from '../../../../aws/stores/regions.ts';
import { rosterOf } from '../../../../aws/stores/roster.ts';
import type { Baseline } from '../../../../engine/baseline/baseline.ts';
import { inOrganization } from '../../../../engine/baseline/in-organization.ts';
import {
  type AccountKnown,
  isGoverning,
  type Roster,
} from '../../../../engine/baseline/organization.ts';
import { keyOf } from '../../../../engine/changes/change.ts';
import type { Where } from '../../../../model/resource-type.ts';
import { dynamoDbIn } from '../../../../pipeline/runtime/environment.ts';
import { cloudTrailRegion } from '../../../../resources/account/cloudtrail-region.ts';
import { ears } from '../../../../resources/account/ears.ts';
import { memberAccount } from '../../../../resources/account/member.ts';
import { regionId } from '../../../../resources/account/own-names.ts';
import { UserError } from '../../../../support/user-error.ts';
import { callerOf } from '../../../account.ts';
import {
  askedAs,
  lookUpInstances,
  type StackInstances,
  setsOf,
  targetOf,
} from '../../../accounts/stack-instances.ts';
import { endpointUrl } from '../../../environment.ts';
import { type PlaceState, stateOf } from './place-state.ts';

export interface Looked {
  /** The account where Plumbline stands. */
  readonly hub: string;
  /** The baseline in force, with the accounts of the organization. */
  readonly baseline: Baseline;
  readonly roster: Roster | undefined;
  /** Sorted by account and region; Plumbline's own come first. */
  readonly places: readonly PlaceState[];
  /** Why the stack instances are unknown; `undefined` where they are known, or where there are no StackSets. */
  readonly instancesUnknown?: string;
  readonly now: Date;
}

const deployMembers = 'npx cdk deploy -c members=true';

/**
 * The stack instances of an account in a region: those that are there, those that have to be, and the command that makes
 * one. Nothing retries a stack instance that failed, auto-deployment neither:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html
 */
export const stackSetsIn = (
  account: AccountKnown,
  region: string,
  found: StackInstances,
  { baseline, hubStack }: Pick<Looked, 'baseline'> & { readonly hubStack: string },
) => {
  const { roles, changes, hosts, ears: listening } = setsOf(hubStack);
  const isChanged = baseline.remediatedAccounts?.includes(account.id) === true;
  const isHome = region === baseline.homeRegion;
  return {
    instances: found.of({ account: account.id, region }),
    wanted: [
      ...(isHome ? [roles, ...(isChanged ? [changes] : [])] : []),
      listening,
      ...(baseline.hosts ? [hosts] : []),
    ],
    commandOf: (set: string, isThere: boolean) =>
      // A StackSet that is not there yet comes with the next deployment of its stack.
      !found.sets.includes(set)
        ? deployMembers
        : `aws cloudformation ${isThere ? 'update' : 'create'}-stack-instances --stack-set-name ${set} --deployment-targets ${targetOf(account)} --regions ${region} ${askedAs(baseline.homeRegion, found)}`,
  };
};

const rowsOf = ({ account, region }: Where, hub: Where) => {
  const ref = { account, region, id: region };
  return {
    member: keyOf({ type: memberAccount.type, ref: { ...hub, id: account } }),
    ears: keyOf({ type: ears.type, ref }),
    trails: keyOf({ type: cloudTrailRegion.type, ref }),
  };
};

/** What is known of each governed region of each account, from the tables alone: no role is assumed. */
export const lookAtPlaces = async (
  hubStack: string,
  written: Baseline,
  now = new Date(),
): Promise<Looked> => {
  const { homeRegion } = written;
  const endpoint = endpointUrl();
  const clients = sdkClients({
    region: homeRegion,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const { account: hub } = await callerOf(homeRegion);
  if (!isGoverning(written))
    throw new UserError(
      '--organization says how other accounts are governed, and the baseline names none: name an organization or accounts in it, or leave the option out',
    );
  const stack = { name: hubStack, account: hub, region: homeRegion };
  const { PostureTable: table } = await outputsOf(stack, await clients('cloudformation'));
  if (table === undefined) throw new UserError(`the stack ${hubStack} is none of Plumbline's`);
  const dynamoDb = await dynamoDbIn(homeRegion);
  const roster = await rosterOf(written, dynamoDb, table);
  const baseline = inOrganization(written, roster, hub);
  const all = [hub, ...(baseline.accounts ?? []).filter((one) => one !== hub)].flatMap((account) =>
    baseline.regions.map((region) => ({ account, region })),
  );
  const here = { account: hub, region: homeRegion };
  const [rows, notes, asked, found] = await Promise.all([
    createPosture(dynamoDb, table).read([
      ...new Set(all.flatMap((where) => Object.values(rowsOf(where, here)))),
    ]),
    createRegions(dynamoDb, table).all(),
    baseline.hosts ? createHostInventory(dynamoDb, table).places() : [],
    baseline.organization ? lookUpInstances(hubStack, clients) : undefined,
  ]);
  const hosts = new Map(asked.map((one) => [regionId(one), one]));
  const noted = new Map(notes.map((note) => [regionId(note), note]));
  const known = new Map(roster?.accounts.map((one) => [one.id, one]));
  const isEnabled = (control: string) => Object.hasOwn(baseline.controls, control);
  const places = all.map((where) => {
    const keys = rowsOf(where, here);
    const account = known.get(where.account);
    return stateOf(
      {
        where,
        name: account?.name || undefined,
        isHub: where.account === hub,
        isHome: where.region === homeRegion,
        note: noted.get(regionId(where)) ?? where,
        member: rows.get(keys.member),
        ears: rows.get(keys.ears),
        trails: rows.get(keys.trails),
        hosts: hosts.get(regionId(where)),
        sweepAt: account?.sweepAt,
        stackSets:
          typeof found === 'object' && account && where.account !== hub
            ? stackSetsIn(account, where.region, found, { baseline, hubStack })
            : undefined,
      },
      { now, isEnabled },
    );
  });
  return {
    hub,
    baseline,
    roster,
    places,
    ...(typeof found === 'string' ? { instancesUnknown: found } : {}),
    now,
  };
};
