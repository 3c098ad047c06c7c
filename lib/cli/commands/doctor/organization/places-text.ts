import { paint } from '../../../../reports/paint.ts';
import { countsOf, groupsBy } from '../../../../support/groups.ts';
import { plural } from '../../../../support/plural.ts';
import type { Fault, PlaceState, Status } from './place-state.ts';

/** So many lines people read; of more they read what is wrong. */
const mostLines = 40;
/** Accounts that are named of one fault, and regions of one account. */
const [mostAccounts, mostRegions] = [10, 4];

const statusText: Readonly<Record<Status, string>> = {
  PASS: paint.green('ok     '),
  FAIL: paint.red('BLIND  '),
  UNKNOWN: paint.yellow('unknown'),
  NOT_APPLICABLE: paint.dim('n/a    '),
};
const partText: Readonly<Record<Status, string>> = {
  PASS: 'ok',
  FAIL: 'no',
  UNKNOWN: 'unknown',
  NOT_APPLICABLE: 'n/a',
};

const instancesText = ({ instances }: PlaceState): string =>
  instances.length === 0
    ? ''
    : `  StackSets ${[...new Set(instances.map(({ state }) => state))].join(', ')}`;

const lineOf = (place: PlaceState): string => {
  const { account, region, name, status, role, trail, ears, heardAt, sweptAt, closedSince } = place;
  const closed = closedSince === undefined ? '' : `  refuses every read since ${closedSince}`;
  return [
    `${statusText[status]}  ${account}  ${region.padEnd(14)}`,
    `role ${partText[role]}`,
    `trail ${partText[trail]}`,
    `ears ${partText[ears]}`,
    heardAt === undefined ? 'never heard' : `heard ${heardAt}`,
    sweptAt === undefined ? 'never swept' : `swept ${sweptAt}`,
  ]
    .join('  ')
    .concat(instancesText(place), closed, name === undefined ? '' : `  ${paint.dim(name)}`);
};

interface Found {
  readonly fault: Fault;
  readonly place: PlaceState;
}

const regionsText = (regions: readonly string[]): string => {
  const more = regions.length - mostRegions;
  return more > 0
    ? `${regions.slice(0, mostRegions).join(', ')} and ${more} more`
    : regions.join(', ');
};

/** What is so in one account: its regions, and each thing that is of them alone once. */
const accountLines = (account: string, found: readonly Found[]): readonly string[] => {
  const { name } = found[0]?.place ?? {};
  const regions = found.map(({ place }) => place.region);
  const texts = found.flatMap(({ fault: { detail, command } }) => [
    ...(detail === undefined ? [] : [detail]),
    ...(command === undefined ? [] : [command]),
  ]);
  const once = [...new Set(texts)];
  return [
    `         ${account}${name === undefined ? '' : ` ${name}`}  ${regionsText(regions)}`,
    ...once.slice(0, mostRegions).map((one) => `           ${one}`),
    ...(once.length > mostRegions
      ? [`           ${once.length - mostRegions} more like these`]
      : []),
  ];
};

const faultLines = (found: readonly Found[]): readonly string[] => {
  const [{ fault } = {}] = found;
  if (!fault) return [];
  const byAccount = [...groupsBy(found, ({ place }) => place.account)];
  const more = byAccount.length - mostAccounts;
  const where = `${plural(found.length, 'region')} of ${plural(byAccount.length, 'account')}`;
  return [
    `${statusText[fault.status]}  ${where}: ${fault.what}`,
    ...byAccount.slice(0, mostAccounts).flatMap(([account, of]) => accountLines(account, of)),
    ...(more > 0 ? [`         and ${plural(more, 'more account')}: --json names each`] : []),
  ];
};

const words: readonly (readonly [Status, string])[] = [
  ['PASS', 'well'],
  ['FAIL', 'not well'],
  ['UNKNOWN', 'not known'],
  ['NOT_APPLICABLE', 'not governed, since it refuses every read and nothing is known to be there'],
];

const summary = (places: readonly PlaceState[]): string => {
  const counts = countsOf(places.map(({ status }) => status));
  const accounts = new Set(places.map(({ account }) => account)).size;
  const said = words.flatMap(([status, word]) => {
    const count = counts.get(status) ?? 0;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${plural(accounts, 'account')}, ${plural(places.length, 'region of them', 'regions of them')}: ${said.join(', ')}`;
};

/** Places for people: each, where they are few or all are asked for; then what is wrong, by what it is; then how many there are. */
export const placesText = (places: readonly PlaceState[], isAll: boolean): readonly string[] => {
  const found = places.flatMap((place) => place.faults.map((fault) => ({ fault, place })));
  return [
    ...(isAll || places.length <= mostLines ? places.map(lineOf) : []),
    ...[...groupsBy(found, ({ fault }) => `${fault.status} ${fault.part} ${fault.what}`).values()]
      .toSorted((a, b) => b.length - a.length)
      .flatMap(faultLines),
    summary(places),
  ];
};
