import { createClientPool } from '../../aws/client-pool.ts';
import { type Clients, sdkClients } from '../../aws/clients.ts';
import { createEntry, type Entry } from '../../aws/entry.ts';
import type { Where } from '../../model/resource-type.ts';
import { once } from '../../support/once.ts';
import { dynamoDbIn } from './environment.ts';

let clients: Clients | undefined;
/** The clients of the deployed function where it stands itself: one set for each process. */
export const deployedClients = (region: string): Clients => {
  clients ??= sdkClients({ region });
  return clients;
};
/** How it enters the other accounts that the baseline names. */
export const deployedEntry = (home: Where, accounts: () => readonly string[]): Entry => {
  const { EXTERNAL_ID: externalId, AWS_LAMBDA_FUNCTION_NAME: sessionName = 'plumbline' } =
    process.env;
  // Not every function enters others.
  if (externalId === undefined)
    return (account) => () => {
      throw new Error(`this function does not enter account ${account}`);
    };
  return createEntry({
    sts: () => deployedClients(home.region)('sts'),
    externalId,
    accounts,
    region: home.region,
    sessionName,
  });
};
/** Clients of a place by themselves; in another account they are those of a role there. */
export const ownClientsAt = (
  home: Where,
  entry: Entry,
  role: string,
): ((where: Where) => Clients) =>
  createClientPool(({ account, region }) =>
    sdkClients({
      region,
      ...(account === home.account ? {} : { credentials: entry(account, role) }),
    }),
  );

/** Its clients of each governed region and account. */
export const deployedClientsAt = (
  home: Where,
  entry: Entry,
  role: string,
): ((where: Where) => Clients) => {
  const elsewhere = ownClientsAt(home, entry, role);
  return (where) =>
    where.account === home.account && where.region === home.region
      ? deployedClients(home.region)
      : elsewhere(where);
};
/** Its client of DynamoDB. */
export const deployedDocuments = once(dynamoDbIn);
