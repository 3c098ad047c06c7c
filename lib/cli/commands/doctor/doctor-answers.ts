import type { KnownHost, PlaceAsked } from '../../../aws/stores/host-inventory.ts';
import { silentBefore } from '../../../pipeline/hosts/audit/audit-hosts.ts';
import { plural } from '../../../support/plural.ts';
import type { Found, Looked } from './host-check.ts';

/** So many silent hosts are named, and so many places that refuse. */
const mostNamed = 10;

/** Whether all hosts are asked as often as they are to be. */
export const checkSchedule = async ({ inventory, everyHours, now }: Looked): Promise<Found> => {
  const begunAt = await inventory.begunAt();
  const told = { everyHours, ...(begunAt === undefined ? {} : { begunAt }) };
  if (begunAt === undefined) {
    const fault = 'no audit of all hosts has begun: the first does within 15 minutes of deploying';
    return { faults: [fault], said: '', told };
  }
  const said = `the last audit of all hosts began at ${begunAt}, one is due every ${plural(everyHours, 'hour')}`;
  const isLate = now.getTime() - Date.parse(begunAt) > (everyHours + 1) * 3_600_000;
  const fault = `${said}: see why the function AuditHosts does not run`;
  return { faults: isLate ? [fault] : [], said, told };
};

const silence = ({ id, where, answeredAt }: KnownHost): string =>
  `${id}${where ? ` in ${where.region} of account ${where.account}` : ''} has answered no audit since ${answeredAt}: see whether its agent is online`;

const refusalText = ({ account, region, askedAt, refused = '' }: PlaceAsked): string =>
  `hosts in ${region} of account ${account} cannot be asked, last tried at ${askedAt}: ${refused}`;

/** Whether hosts in other regions and accounts can be asked, with documents as they were deployed: as AuditHosts found it last. */
export const checkPlaces = async ({ inventory, everyHours, now }: Looked): Promise<Found> => {
  // What is governed no more is asked no more.
  const since = silentBefore(now, everyHours);
  const places = (await inventory.places()).filter(({ askedAt }) => askedAt >= since);
  const refusing = places.filter(({ refused }) => refused !== undefined);
  const more = refusing.length - mostNamed;
  return {
    faults: [
      ...refusing.slice(0, mostNamed).map(refusalText),
      ...(more > 0 ? [`hosts in ${plural(more, 'more region')} cannot be asked`] : []),
    ],
    said:
      places.length > 0
        ? `the hosts of ${plural(places.length, 'other region')} could be asked, or there are none`
        : 'no other region was asked yet, or none is governed',
    told: { places: places.length, refusing: refusing.length },
  };
};

/** How many of the hosts that were ever asked answer, and which are silent. */
export const checkAnswers = async ({ inventory, everyHours, now }: Looked): Promise<Found> => {
  const before = silentBefore(now, everyHours);
  let answering = 0;
  const silent: KnownHost[] = [];
  for await (const host of inventory.hosts()) {
    if (host.answeredAt < before) silent.push(host);
    else answering += 1;
  }
  const more = silent.length - mostNamed;
  return {
    faults: [
      ...silent.slice(0, mostNamed).map(silence),
      ...(more > 0 ? [`${more} more hosts are silent`] : []),
    ],
    said:
      answering > 0 ? plural(answering, 'host answers', 'hosts answer') : 'no host was asked yet',
    told: { answering, silent: silent.length },
  };
};
