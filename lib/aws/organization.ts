import type { Account, ListParentsResponse, Organizations } from '@aws-sdk/client-organizations';
import type { Listed } from '../engine/baseline/next-roster.ts';
import type { AccountListed } from '../engine/baseline/organization.ts';
import { UserError } from '../support/user-error.ts';
import { attempted, codeOf, credentialCodes, isBusy, messageOf, sortError } from './errors.ts';

type Client = () => Promise<Organizations>;

/** Calls that whoever lists needs, as the sentence says it. */
const [oneCall, severalCalls] = [
  'organizations:ListAccounts',
  'organizations:ListAccounts and its like',
];

const refusalOf = (failure: unknown, calls: string): string => {
  if (codeOf(failure) === 'AWSOrganizationsNotInUseException')
    return 'this account is in no organization';
  if (sortError(failure, {}).kind === 'denied')
    return `the accounts of the organization may not be listed: that takes ${calls}, in its management account or in one that administers a service for it`;
  return `the accounts of the organization could not be listed: ${messageOf(failure)}`;
};

/** Says in a sentence why the organization cannot be listed, where that is for good; else what failed. */
const saying = async <T>(ask: () => Promise<T>, calls = severalCalls): Promise<T> => {
  const asked = await attempted(ask);
  if ('value' in asked) return asked.value;
  const { failure } = asked;
  if (failure instanceof UserError) throw failure;
  throw new UserError(refusalOf(failure, calls), { cause: failure });
};

const pagesOf = async <P extends { readonly NextToken?: string | undefined }, Item>(
  ask: (input: { NextToken?: string }) => Promise<P>,
  itemsOf: (page: P) => readonly Item[] | undefined,
): Promise<readonly Item[]> => {
  const found: Item[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ask(NextToken === undefined ? {} : { NextToken });
    found.push(...(itemsOf(page) ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
};

const listedOf = (
  { Id, Name = '', State, Status, JoinedTimestamp }: Account,
  path: readonly string[],
): readonly AccountListed[] =>
  Id === undefined
    ? []
    : [
        {
          id: Id,
          name: Name,
          path,
          // State replaces Status: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
          state: State ?? Status ?? 'ACTIVE',
          ...(JoinedTimestamp === undefined ? {} : { joinedAt: JoinedTimestamp.toISOString() }),
        },
      ];

/** Calls at once: Organizations takes some ten in a second, of all who ask. */
const mostAtOnce = 4;
/** Pauses before a call is tried again while Organizations is busy: the first, and the longest. */
const [pauseMs, mostPauseMs] = [250, 4000];
/** A listing that takes longer is given up, while its function has time left to go on without. */
const mostMs = 150_000;

const isWorthTrying = (failure: unknown): boolean =>
  isBusy(failure) && !credentialCodes.includes(codeOf(failure));

type Asking = <T>(ask: () => Promise<T>) => Promise<T>;

/** Has some calls made at once, each with patience, and none any more once one failed or time is over. */
const createAsking = (): Asking => {
  const waiting: (() => void)[] = [];
  let running = 0;
  let until = Date.now() + mostMs;
  const once = async <T>(ask: () => Promise<T>, tries = 1): Promise<T> => {
    if (Date.now() > until) throw new Error('it takes too long, or failed');
    const asked = await attempted(ask);
    if ('value' in asked) return asked.value;
    if (!isWorthTrying(asked.failure)) throw asked.failure;
    const pause = Math.min(mostPauseMs, pauseMs * 2 ** (tries - 1));
    await new Promise((resolve) => setTimeout(resolve, pause));
    return once(ask, tries + 1);
  };
  return async (ask) => {
    if (running < mostAtOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await once(ask);
    } catch (failure) {
      until = 0;
      throw failure;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

/** Every account under a unit or root, with the units above it. */
const under = async (
  client: Organizations,
  asking: Asking,
  ParentId: string,
  above: readonly string[],
): Promise<readonly AccountListed[]> => {
  const path = [...above, ParentId];
  const [accounts, below] = await Promise.all([
    pagesOf(
      (input) => asking(() => client.listAccountsForParent({ ParentId, ...input })),
      ({ Accounts }) => Accounts,
    ),
    pagesOf(
      (input) => asking(() => client.listOrganizationalUnitsForParent({ ParentId, ...input })),
      ({ OrganizationalUnits }) => OrganizationalUnits,
    ).then((units) =>
      Promise.all(units.map(({ Id }) => (Id === undefined ? [] : under(client, asking, Id, path)))),
    ),
  ]);
  return [...accounts.flatMap((account) => listedOf(account, path)), ...below.flat()];
};

/** The organization with its accounts, and the units that each is in. Throws a sentence where it may not be listed. */
export const listOrganization = (client: Client): Promise<Listed> =>
  saying(async () => {
    const organizations = await client();
    const asking = createAsking();
    const { Organization } = await asking(() => organizations.describeOrganization({}));
    const roots = await pagesOf(
      (input) => asking(() => organizations.listRoots(input)),
      ({ Roots }) => Roots,
    );
    const accounts = await Promise.all(
      roots.map(({ Id }) => (Id === undefined ? [] : under(organizations, asking, Id, []))),
    );
    return { organization: Organization?.Id ?? '', accounts: accounts.flat() };
  });

/** Every account of the organization, without its units: one call lists many. Throws a sentence where they may not be listed. */
export const listAccounts = (client: Client): Promise<readonly AccountListed[]> =>
  saying(async () => {
    const organizations = await client();
    const accounts = await pagesOf(
      (input) => organizations.listAccounts(input),
      ({ Accounts }) => Accounts,
    );
    return accounts.flatMap((account) => listedOf(account, []));
  }, oneCall);

/** The units above an account, the root first, as Organizations says now. Throws a sentence where it may not be asked. */
export const pathNow = (client: Client, account: string): Promise<readonly string[]> =>
  saying(async () => {
    const organizations = await client();
    const path: string[] = [];
    let ChildId: string | undefined = account;
    while (ChildId !== undefined) {
      const answer: ListParentsResponse = await organizations.listParents({ ChildId });
      const [parent] = answer.Parents ?? [];
      if (parent?.Id !== undefined) path.unshift(parent.Id);
      ChildId = parent?.Type === 'ROOT' ? undefined : parent?.Id;
    }
    return path;
  });
