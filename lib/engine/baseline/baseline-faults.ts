import type { AccountSaid } from './baseline-accounts.ts';
import { governedRegions } from './baseline-regions.ts';
import { everyAccount } from './exemption.ts';

const isGoverned = (account: string, governed: readonly AccountSaid[]): boolean =>
  account === everyAccount || governed.some(({ id }) => id === account);
const ungoverned = (index: number, governed: readonly AccountSaid[]) => ({
  code: 'custom' as const,
  path: ['exemptions', index, 'account'],
  message: `allowed: ${[everyAccount, ...governed.map(({ id }) => `'${id}'`)].join(', ')}, which the baseline governs; without it an exemption is of the account where Plumbline stands`,
});

/** What is said of units without an organization, or of a unit and an account at once. */
const unitless = (path: (string | number)[], organization: object | undefined) => ({
  code: 'custom' as const,
  path,
  message: organization
    ? 'it is of an account or of an organizational unit: write two'
    : 'the baseline names no organization: `organization: { id: o-abcdef1234 }`',
});

interface OfOrganization {
  readonly accounts?: readonly string[] | undefined;
  readonly exclude: readonly string[];
  readonly overrides: readonly {
    readonly region?: string | undefined;
    readonly controls?: AccountSaid['controls'];
  }[];
}
/** What an organization says that cannot be: of a region that nobody governs, or twice. */
const outside = (
  organization: OfOrganization | undefined,
  lone: readonly AccountSaid[],
  { homeRegion: home, regions: said }: Pick<Whole, 'homeRegion' | 'regions'>,
) => {
  if (!organization) return [];
  const { accounts: named = [], exclude, overrides } = organization;
  const governed = governedRegions(home, said);
  const issue = (path: (string | number)[], message: string) => ({
    code: 'custom' as const,
    path: ['organization', ...path],
    message,
  });
  return [
    ...overrides.flatMap(({ region: at }, index) =>
      at === undefined || governed.includes(at)
        ? []
        : [
            issue(
              ['overrides', index, 'region'],
              `allowed: ${governed.join(', ')}, which are governed`,
            ),
          ],
    ),
    ...named.flatMap((id, index) =>
      exclude.includes(id) ? [issue(['accounts', index], 'it stands in exclude as well')] : [],
    ),
    ...lone.flatMap(({ id }) =>
      named.includes(id)
        ? [issue(['accounts', named.indexOf(id)], 'it stands in accounts as well')]
        : [],
    ),
  ];
};

const ranks = ['observe', 'plan', 'remediate'];
/** What is read and may be changed is deployed for all: an account can say that less is done there, and not more. */
const beyond = (
  governed: readonly (Pick<AccountSaid, 'controls'> & { readonly at: (string | number)[] })[],
  common: string,
  named: Readonly<
    Record<
      string,
      { readonly enabled?: boolean | undefined; readonly mode?: string | undefined } | undefined
    >
  >,
) =>
  governed.flatMap(({ controls = {}, at }) =>
    Object.entries(controls).flatMap(([id, said]) => {
      const most = named[id]?.mode ?? common;
      if (said?.mode === undefined || ranks.indexOf(said.mode) <= ranks.indexOf(most)) return [];
      return {
        code: 'custom' as const,
        path: [...at, 'controls', id, 'mode'],
        message: `allowed: ${ranks.slice(0, ranks.indexOf(most) + 1).join(', ')}; the baseline says ${most} of ${id}, and an account can say less`,
      };
    }),
  );

interface Whole {
  readonly homeRegion: string;
  readonly accounts?: readonly AccountSaid[] | undefined;
  readonly organization?: OfOrganization | undefined;
  readonly exemptions: readonly {
    readonly account?: string | undefined;
    readonly organizationalUnit?: string | undefined;
  }[];
  readonly operators: readonly { readonly organizationalUnits?: readonly string[] | undefined }[];
  readonly regions: readonly string[];
  readonly mode: string;
  readonly controls: Parameters<typeof beyond>[2];
}
/** What parts of a baseline say that do not go together. */
export const faultsOf = ({
  accounts = [],
  organization,
  exemptions,
  operators: people,
  ...whole
}: Whole) => {
  const saying = [
    ...accounts.map((one, index) => ({ ...one, at: ['accounts', index] })),
    ...(organization?.overrides ?? []).map((one, index) => ({
      ...one,
      at: ['organization', 'overrides', index],
    })),
  ];
  return [
    ...beyond(saying, whole.mode, whole.controls),
    ...outside(organization, accounts, whole),
    ...exemptions.flatMap(({ account, organizationalUnit: unit }, index) => [
      ...(account !== undefined && !organization && !isGoverned(account, accounts)
        ? [ungoverned(index, accounts)]
        : []),
      ...(unit !== undefined && (!organization || account !== undefined)
        ? [unitless(['exemptions', index, 'organizationalUnit'], organization)]
        : []),
    ]),
    ...people.flatMap(({ organizationalUnits }, index) =>
      organizationalUnits !== undefined && !organization
        ? [unitless(['operators', index, 'organizationalUnits'], organization)]
        : [],
    ),
  ];
};

/** A control that is evaluated on hosts alone, where hosts are off. */
export const unheard = (id: string) => ({
  code: 'custom' as const,
  path: ['controls', id],
  message: 'it is evaluated on hosts, which are off: set `hosts: true`',
});
