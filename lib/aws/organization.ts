import type { Account, ListParentsResponse, Organizations } from '@aws-sdk/client-organizations';
import type { AccountListed, Listed } from '../engine/baseline/next-roster.ts';
import { UserError } from '../support/user-error.ts';
import { attempted, codeOf, messageOf, sortError } from './errors.ts';

type Client = () => Promise<Organizations>;

const refusalOf = (failure: unknown): string => {
  if (codeOf(failure) === 'AWSOrganizationsNotInUseException')
    return 'this account is in no organization';
  if (sortError(failure, {}).kind === 'denied')
    return 'the accounts of the organization may not be listed: that takes organizations:ListAccounts and its like, in its management account or in one that administers a service for it';
  return `the accounts of the organization could not be listed: ${messageOf(failure)}`;
};

/** Says in a sentence why the organization cannot be listed, where that is for good; else what failed. */
const saying = async <T>(ask: () => Promise<T>): Promise<T> => {
  const asked = await attempted(ask);
  if ('value' in asked) return asked.value;
  const { failure } = asked;
  if (failure instanceof UserError) throw failure;
  throw new UserError(refusalOf(failure), { cause: failure });
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

/** Every account under a unit or root, with the units above it; one call at a time, since Organizations takes few in a second. */
const under = async (
  client: Organizations,
  ParentId: string,
  above: readonly string[],
): Promise<readonly AccountListed[]> => {
  const path = [...above, ParentId];
  const accounts = await pagesOf(
    (input) => client.listAccountsForParent({ ParentId, ...input }),
    ({ Accounts }) => Accounts,
  );
  const units = await pagesOf(
    (input) => client.listOrganizationalUnitsForParent({ ParentId, ...input }),
    ({ OrganizationalUnits }) => OrganizationalUnits,
  );
  const found = accounts.flatMap((account) => listedOf(account, path));
  for (const { Id } of units) if (Id !== undefined) found.push(...(await under(client, Id, path)));
  return found;
};

/** The organization with its accounts, and the units that each is in. Throws a sentence where it may not be listed. */
export const listOrganization = (client: Client): Promise<Listed> =>
  saying(async () => {
    const organizations = await client();
    const { Organization } = await organizations.describeOrganization({});
    const roots = await pagesOf(
      (input) => organizations.listRoots(input),
      ({ Roots }) => Roots,
    );
    const accounts: AccountListed[] = [];
    for (const { Id } of roots)
      if (Id !== undefined) accounts.push(...(await under(organizations, Id, [])));
    return { organization: Organization?.Id ?? '', accounts };
  });

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
