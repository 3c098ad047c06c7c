import type { Where } from '../model/resource-type.ts';
import type { Clients } from './clients.ts';

/** Places whose clients are kept: a process that hears of more would else grow without end. */
const usualPlaces = 20;

/**
 * Clients by account and region; of those that were asked for longest ago nothing is kept. They are not closed: calls
 * may be under way, and AWS ends the idle connections by itself.
 */
export const createClientPool = (
  clientsAt: (where: Where) => Clients,
  most = usualPlaces,
): ((where: Where) => Clients) => {
  const made = new Map<string, Clients>();
  return ({ account, region }) => {
    const key = `${account} ${region}`;
    const clients = made.get(key) ?? clientsAt({ account, region });
    made.delete(key);
    made.set(key, clients);
    const [oldest] = made.keys();
    if (made.size > most && oldest !== undefined) made.delete(oldest);
    return clients;
  };
};
