import type { Clients } from '../../aws/clients.ts';
import { listOrganization, pathNow } from '../../aws/organization.ts';
import type { RosterStore } from '../../aws/stores/roster.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { inOrganization } from '../../engine/baseline/in-organization.ts';
import { endedBetween, nextRoster } from '../../engine/baseline/next-roster.ts';
import { endedIn, type Roster, unitPathOf } from '../../engine/baseline/organization.ts';
import type { MemberKnown } from '../../model/resource-type.ts';
import { UserError } from '../../support/user-error.ts';
import { type Governed, type Governing, placeOf } from './governed.ts';

export interface GoverningOptions {
  readonly baseline: Baseline;
  readonly home: { readonly account: string; readonly region: string };
  readonly roster: RosterStore;
  readonly clients: Clients;
  readonly clock: () => Date;
}

/** For so long what was read counts in this process. */
const knownMs = 60_000;

const membersIn = (
  { organization, accounts = [] }: Baseline,
  roster: Roster | undefined,
  hub: string,
): readonly MemberKnown[] => [
  ...accounts.map((id) => ({ id })),
  ...(organization && roster ? endedIn(organization, roster, hub) : [])
    .filter(({ id }) => !accounts.includes(id))
    .map(({ id, name, state, endedAt: at = '' }) => ({ id, ended: { state, name, at } })),
];

export const createGoverning = (options: GoverningOptions): Governing => {
  const { baseline, home, roster, clients, clock } = options;
  const organizations = () => clients('organizations');
  let known:
    | { readonly governed: Governed; readonly roster: Roster | undefined; readonly until: number }
    | undefined;

  const learn = (read: Roster | undefined): Governed => {
    const counting = inOrganization(baseline, read, home.account);
    const governed = {
      baseline: counting,
      place: placeOf(counting, home.account),
      members: membersIn(counting, read, home.account),
    };
    known = { governed, roster: read, until: read ? clock().getTime() + knownMs : 0 };
    return governed;
  };
  return {
    roster,
    async now() {
      if (known && known.until > clock().getTime()) return known.governed;
      return learn(await roster.read());
    },
    async list() {
      const listed = await listOrganization(organizations);
      const { id } = baseline.organization ?? {};
      if (listed.organization !== id)
        throw new UserError(
          `account ${home.account} is in organization ${listed.organization}, and the baseline names ${id}`,
        );
      const before = await roster.read();
      const next = nextRoster(before, listed, clock());
      if (!(await roster.write(next, before)))
        throw new Error('the accounts of the organization were listed twice at once');
      learn(next);
      return endedBetween(before, next);
    },
    async confirm(account) {
      const kept = known?.roster ?? (await roster.read());
      const listed = kept && unitPathOf(kept, account);
      const path = listed && (await pathNow(organizations, account));
      if (path?.join() !== listed?.join())
        throw new Error(`account ${account} is in other units of the organization than it was`);
    },
  };
};
