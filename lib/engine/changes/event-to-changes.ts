import type { AnyResourceType } from '../../model/resource-type.ts';
import { isOmitted } from '../../support/omitted.ts';
import { record, text } from '../../support/untyped.ts';
import { actorOf } from './actor.ts';
import { timeFault } from './bounds.ts';
import type { Cause, EventCause } from './change.ts';
import { configArrival } from './config-item.ts';
import { envelopeFault } from './envelope.ts';
import { ownChange } from './own-message.ts';
import type { Provenance } from './sender.ts';
import { type Announced, type Arrival, changesFrom, type Place } from './triggered.ts';

const cloudTrailArrival = (
  event: Record<string, unknown>,
  types: readonly AnyResourceType[],
  place: Place,
  now: Date,
): Arrival => {
  const detail = record(event['detail']);
  const call = text(detail['eventName']);
  const source = text(detail['eventSource']);
  const id = text(detail['eventID']) ?? text(event['id']);
  const time = text(detail['eventTime']) ?? text(event['time']);
  if (!(call && source && id && time)) return { dropped: 'malformed' };
  const fault = timeFault(time, now);
  if (fault !== undefined) return { dropped: fault };
  if (detail['errorCode'] !== undefined) return { dropped: 'failed' };
  if (detail['readOnly'] === true) return { dropped: 'readOnly' };
  const announced = types.flatMap((type) =>
    type.live.announcements.flatMap((one): Announced[] => {
      if (one.via !== 'cloudtrail' || (one.source !== source && one.source !== 'any')) return [];
      const effect = Object.hasOwn(one.calls, call) ? one.calls[call] : undefined;
      if (!effect) return [];
      const ids = one.idsIn(detail, place.account);
      const { comesWith, hides = [] } = one;
      const came = comesWith ? { with: comesWith.idIn(detail) } : {};
      return [{ type, ids, effect, ...came, ...(hides.includes(call) ? { hides: true } : {}) }];
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
  now: Date,
): Arrival => {
  const id = text(event['id']);
  const time = text(event['time']);
  if (!(id && time)) return { dropped: 'malformed' };
  const fault = timeFault(time, now);
  if (fault !== undefined) return { dropped: fault };
  const detail = record(event['detail']);
  const announced = types.flatMap((type) =>
    type.live.announcements.flatMap((one): Announced[] =>
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

/**
 * What a message of the queues says, as changes. `body` is an event of EventBridge or a change of our own. Never throws:
 * what cannot be understood, or may not be said by who sent it, is dropped with its reason.
 */
export const arrivalOf = (
  body: unknown,
  types: readonly AnyResourceType[],
  place: Place,
  provenance: Provenance,
): Arrival => {
  const message = record(body);
  if (message['version'] === 1) {
    const change = ownChange(message, { ...provenance, types, place });
    return 'dropped' in change ? change : { changes: [change], sweeps: [] };
  }
  if (text(message['source']) === undefined) return { dropped: 'malformed' };
  const regions = [place.region, place.homeRegion];
  const fault = envelopeFault(message, place, regions, provenance);
  if (fault !== undefined) return { dropped: fault };
  const { now } = provenance;
  if (message['detail-type'] === 'AWS API Call via CloudTrail') {
    return cloudTrailArrival(message, types, place, now);
  }
  if (message['detail-type'] === 'Config Configuration Item Change') {
    return configArrival(message, types, place, now);
  }
  return serviceArrival(message, types, place, now);
};
