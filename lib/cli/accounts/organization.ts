import { Organizations } from '@aws-sdk/client-organizations';
import { listAccounts, listOrganization } from '../../aws/organization.ts';
import type { Listed } from '../../engine/baseline/next-roster.ts';

/**
 * Every account of the organization, in the order of their ids; with the units above it where that is asked for, else the
 * organization has no id.
 */
export const accountsOfOrganization = async (
  region: string,
  hasUnits: boolean,
): Promise<Listed> => {
  const client = async () => new Organizations({ region, maxAttempts: 5 });
  const { organization, accounts } = hasUnits
    ? await listOrganization(client)
    : { organization: '', accounts: await listAccounts(client) };
  return { organization, accounts: accounts.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
};
