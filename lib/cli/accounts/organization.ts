import { Organizations } from '@aws-sdk/client-organizations';
import { listAccounts, listOrganization } from '../../aws/organization.ts';
import type { AccountListed } from '../../engine/baseline/organization.ts';

/** Every account of the organization, in the order of their ids; with the units above it where that is asked for. */
export const accountsOfOrganization = async (
  region: string,
  hasUnits: boolean,
): Promise<readonly AccountListed[]> => {
  const client = async () => new Organizations({ region, maxAttempts: 5 });
  const accounts = hasUnits
    ? (await listOrganization(client)).accounts
    : await listAccounts(client);
  return accounts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};
