import type { AnyResourceType } from '../../model/resource-type.ts';
import { isOmitted } from '../../support/omitted.ts';
import { list, record, text } from '../../support/untyped.ts';
import { actorOf } from './actor.ts';
import type { Cause, Change, EventCause } from './change.ts';
import { configArrival } from './config-item.ts';
import { type Announced, type Arrival, changesFrom, type Place } from './triggered.ts';

/** Whether an event is of this account, and of this region or global. */
const isForeign = (event: Record<string, unknown>, place: Place): boolean =>
  event['account'] !== place.account ||
  (event['region'] !== place.region && event['region'] !== place.homeRegion);

const cloudTrailArrival = (
  event: Record<string, unknown>,
  types: readonly AnyResourceType[],
  place: Place,
): Arrival => {
  const detail = record(event['detail']);
  const call = text(detail['eventName']);
  const source = text(detail['eventSource']);
  const id = text(detail['eventID']) ?? text(event['id']);
  const time = text(detail['eventTime']) ?? text(event['time']);
  if (!(call && source && id && time) || Number.isNaN(Date.parse(time))) {
    return { dropped: 'malformed' };
  }
  if (detail['errorCode'] !== undefined) return { dropped: 'failed' };
  if (detail['readOnly'] === true) return { dropped: 'readOnly' };
  const announced = types.flatMap((type) =>
    type.announcements.flatMap((one): Announced[] => {
      if (one.via !== 'cloudtrail' || (one.source !== source && one.source !== 'any')) return [];
      const effect = Object.hasOwn(one.calls, call) ? one.calls[call] : undefined;
      if (!effect) return [];
      const ids = one.idsIn(detail, place.account);
      const { comesWith } = one;
      return [{ type, ids, effect, ...(comesWith ? { with: comesWith.idIn(detail) } : {}) }];
    }),
  );
  if (announced.length === 0) return { dropped: 'unknown' };
  const cause: EventCause = {
    kind: 'event',
    via: 'cloudtrail',
    id,
    time: new Date(time).toISOString(),
    call: `${source.split('.')[0]}:${call}`,
    ...actorOf(detail),
    ...(isOmitted(detail) || isOmitted(detail, 'responseElements') ? { omitted: true } : {}),
  };
  return changesFrom(types, announced, place, cause);
};

const serviceArrival = (
  event: Record<string, unknown>,
  types: readonly AnyResourceType[],
  place: Place,
): Arrival => {
  const id = text(event['id']);
  const time = text(event['time']);
  if (!(id && time) || Number.isNaN(Date.parse(time))) return { dropped: 'malformed' };
  const detail = record(event['detail']);
  const announced = types.flatMap((type) =>
    type.announcements.flatMap((one): Announced[] =>
      one.via === 'service' &&
      one.source === event['source'] &&
      one.detailType === event['detail-type']
        ? [{ type, ids: one.idsIn(detail, place.account), effect: one.effect }]
        : [],
    ),
  );
  if (announced.length === 0) return { dropped: 'unknown' };
  const cause: Cause = { kind: 'event', via: 'service', id, time: new Date(time).toISOString() };
  return changesFrom(types, announced, place, cause);
};

const isChange = (body: object): body is Change => {
  const { version, type, ref, facets, cause } = record(body);
  return (
    version === 1 &&
    typeof type === 'string' &&
    ['account', 'region', 'id'].every((part) => text(record(ref)[part]) !== undefined) &&
    (facets === 'all' || list(facets).length > 0) &&
    ['event', 'settle', 'sweep', 'verify', 'review'].includes(text(record(cause)['kind']) ?? '')
  );
};

const ownArrival = (body: object, types: readonly AnyResourceType[]): Arrival => {
  if (!isChange(body)) return { dropped: 'malformed' };
  if (!types.some(({ type }) => type === body.type)) return { dropped: 'unknown' };
  return { changes: [body], sweeps: [] };
};

/**
 * What a message of the queues says, as changes. `body` is an EventBridge event or a change of our own; the queue's
 * policy lets nobody else write. Never throws: what cannot be understood is dropped with its reason.
 */
export const arrivalOf = (
  body: unknown,
  types: readonly AnyResourceType[],
  place: Place,
): Arrival => {
  const message = record(body);
  if (message['version'] === 1) return ownArrival(message, types);
  const source = text(message['source']);
  if (source === undefined) return { dropped: 'malformed' };
  if (!source.startsWith('aws.') || isForeign(message, place)) return { dropped: 'foreign' };
  if (message['detail-type'] === 'AWS API Call via CloudTrail') {
    return cloudTrailArrival(message, types, place);
  }
  if (message['detail-type'] === 'Config Configuration Item Change') {
    return configArrival(message, types, place);
  }
  return serviceArrival(message, types, place);
};
