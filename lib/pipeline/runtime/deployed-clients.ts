import { createClientPool } from '../../aws/client-pool.ts';
import { type Clients, sdkClients } from '../../aws/clients.ts';
import type { Service } from '../../model/control.ts';
import type { Where } from '../../model/resource-type.ts';
import { once } from '../../support/once.ts';
import { documentsIn } from './environment.ts';

let clients: Clients | undefined;
/** The clients of the deployed function where it stands itself: one set for each process. */
export const deployedClients = (region: string): Clients => {
  clients ??= sdkClients({ region });
  return clients;
};
/** Its clients of each governed region. */
export const deployedClientsAt = (home: string): ((where: Where) => Clients) => {
  const elsewhere = createClientPool(({ region }) => sdkClients({ region }));
  return (where) => (where.region === home ? deployedClients(home) : elsewhere(where));
};
/** Its client of DynamoDB. */
export const deployedDocuments = once(documentsIn);

/**
 * What building clients before the first event may take: Lambda gives an init ten seconds and the processor of a larger
 * function, but it is paid for, and 100 MB are a fifth of what the function has.
 */
const mostMs = 150;
const mostRssBytes = 100_000_000;

/**
 * Builds clients during init, the most used first, as long as that stays within the budget; the others are built when
 * they are first asked for. The table's client is always built.
 */
export const buildMostUsed = async (services: readonly Service[]): Promise<void> => {
  const region = process.env['AWS_REGION'];
  if (region === undefined) return;
  const begun = performance.now();
  await deployedDocuments(region);
  for (const service of services) {
    if (performance.now() - begun > mostMs || process.memoryUsage.rss() > mostRssBytes) return;
    await deployedClients(region)(service);
  }
};
