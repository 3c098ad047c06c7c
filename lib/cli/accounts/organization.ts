import { type Account, Organizations } from '@aws-sdk/client-organizations';
import { attempted, codeOf, messageOf, sortError } from '../../aws/errors.ts';
import { listOrganization } from '../../aws/organization.ts';
import { UserError } from '../../support/user-error.ts';

/** An account of the organization. */
export interface OrganizationAccount {
  readonly account: string;
  readonly name: string;
  /** `ACTIVE`, or why nobody can enter it. */
  readonly state: string;
  /** The root, then each unit down to its own; none where units were not asked for. */
  readonly path: readonly string[];
}

const accountOf = ({ Id, Name = '', State, Status }: Account): readonly OrganizationAccount[] =>
  Id === undefined
    ? []
    : // State replaces Status: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
      [{ account: Id, name: Name, state: State ?? Status ?? 'ACTIVE', path: [] }];

const refusalOf = (failure: unknown): string => {
  if (codeOf(failure) === 'AWSOrganizationsNotInUseException')
    return 'this account is in no organization';
  if (sortError(failure, {}).kind === 'denied')
    return 'the accounts of the organization may not be listed: that takes organizations:ListAccounts, in its management account or in one that administers a service for it';
  return `the accounts of the organization could not be listed: ${messageOf(failure)}`;
};

const listedWithUnits = async (
  organizations: Organizations,
): Promise<readonly OrganizationAccount[]> => {
  const { accounts } = await listOrganization(async () => organizations);
  return accounts.map(({ id: account, ...one }) => ({ account, ...one }));
};

const listed = async (organizations: Organizations): Promise<readonly OrganizationAccount[]> => {
  const found: OrganizationAccount[] = [];
  let NextToken: string | undefined;
  do {
    const page = await organizations.listAccounts(NextToken === undefined ? {} : { NextToken });
    found.push(...(page.Accounts ?? []).flatMap(accountOf));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
};

/** Every account of the organization, in the order of their ids; with the units above it where that is asked for. */
export const accountsOfOrganization = async (
  region: string,
  hasUnits: boolean,
): Promise<readonly OrganizationAccount[]> => {
  const organizations = new Organizations({ region, maxAttempts: 5 });
  const asked = await attempted(() => (hasUnits ? listedWithUnits : listed)(organizations));
  if ('failure' in asked) throw new UserError(refusalOf(asked.failure), { cause: asked.failure });
  return asked.value.toSorted((a, b) => (a.account < b.account ? -1 : 1));
};
