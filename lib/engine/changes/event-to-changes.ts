import type { AnyResourceType, EventDetail } from '../../model/resource-type.ts';
import { reachableFacet } from '../../model/ways-in.ts';
import { groupsBy } from '../../support/groups.ts';
import { isOmitted } from '../../support/omitted.ts';
import { onceEach } from '../../support/once.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { actorOf } from './actor.ts';
import { timeFault } from './bounds.ts';
import type { Cause, EventCause } from './change.ts';
import { parseConfigItem } from './config-item.ts';
import { envelopeFault, whereIn } from './envelope.ts';
import { ownChanges } from './own-message.ts';
import { evaluatedAt, isGoverned, type Place, type Scene } from './place.ts';
import { recordFault } from './record-fault.ts';
import type { Provenance } from './sender.ts';
import { callDetailType, itemDetailType } from './told-of.ts';
import { type Announced, changesFrom, type ParsedEvent, sweepOf } from './triggered.ts';

/** The version of Lambda's API in a call's name: `20150331`, `20150331v2`, `20150331v2_2`. */
const date = /20\d{6}(v\d+(_\d+)?)?$/;

/** What opens or closes a way to the resources of a type, by the service that tells of it. */
const waysToldBy = onceEach((types: readonly AnyResourceType[]) =>
  groupsBy(
    types.flatMap((type) =>
      [...groupsBy(type.reachable?.announcements ?? [], ({ source }) => source)].map(
        ([source, announcements]) => ({ source, type, announcements }),
      ),
    ),
    ({ source }): string => source,
  ),
);

/** The types to whose resources a call can have opened or closed a way. */
const waysChanged = (types: readonly AnyResourceType[], detail: EventDetail, scene: Scene) =>
  (waysToldBy(types).get(String(detail['eventSource'])) ?? []).flatMap(
    ({ type, announcements }) => {
      const where = isGoverned(scene.where, scene.place) ? evaluatedAt(type, scene) : undefined;
      const all = announcements.filter(({ calls }) => calls.includes(detail.eventName ?? ''));
      const named = all.map(({ idsIn }) => idsIn(detail, scene.where.account));
      const ids = named.flatMap((one) => (one === 'all' ? [] : one));
      if (!where || (ids.length === 0 && !named.includes('all'))) return [];
      return [{ type, where, through: named.includes('all') ? ('all' as const) : ids }];
    },
  );

/** What is announced by CloudTrail, by the service that it names: each event asks only those of its own. */
const announcedBy = onceEach((types: readonly AnyResourceType[]) =>
  groupsBy(
    types.flatMap((type) =>
      type.live.announcements.flatMap((one) => (one.via === 'cloudtrail' ? [{ type, one }] : [])),
    ),
    ({ one }): string => one.source,
  ),
);

const parseCloudTrailEvent = (
  event: Record<string, unknown>,
  types: readonly AnyResourceType[],
  scene: Scene,
  now: Date,
): ParsedEvent => {
  const detail = asRecord(event['detail']);
  const { account } = scene.where;
  const call = text(detail['eventName']);
  const source = text(detail['eventSource']);
  const id = text(detail['eventID']) ?? text(event['id']);
  const time = text(detail['eventTime']) ?? text(event['time']);
  if (!(call && source && id && time)) return { dropped: 'malformed' };
  const fault = timeFault(time, now) ?? recordFault(detail, scene);
  if (fault !== undefined) return { dropped: fault };
  if (detail['errorCode'] !== undefined) return { dropped: 'failed' };
  if (detail['readOnly'] === true) return { dropped: 'readOnly' };
  const ofSource = announcedBy(types);
  const announced = [...(ofSource.get(source) ?? []), ...(ofSource.get('any') ?? [])].flatMap(
    ({ type, one }): Announced[] => {
      const name = one.isDated ? call.replace(date, '') : call;
      const effect = Object.hasOwn(one.calls, name) ? one.calls[name] : undefined;
      if (!effect) return [];
      const ids = one.idsIn(detail, account);
      const { comesWith, hides = [], isEverywhere } = one;
      const region = one.regionIn?.(detail);
      const elsewhere = region === undefined ? {} : { region };
      const came = comesWith ? { with: comesWith.idIn(detail) } : {};
      const hidden = hides.includes(call) ? { hides: true as const } : {};
      const spread = isEverywhere ? { isEverywhere } : {};
      return [{ type, ids, effect, ...came, ...hidden, ...spread, ...elsewhere }];
    },
  );
  const ways = waysChanged(types, detail, scene);
  if (announced.length === 0 && ways.length === 0) return { dropped: 'unknown' };
  const cause: EventCause = {
    kind: 'event',
    via: 'cloudtrail',
    id,
    time: new Date(time).toISOString(),
    call: `${source.split('.')[0]}:${call}`,
    ...actorOf(detail),
    ...(isOmitted(detail) || isOmitted(detail, 'responseElements') ? { omitted: true } : {}),
  };
  const parsed = changesFrom(types, announced, scene, cause);
  const sweeps = ways.map(({ type, where, through }) => ({
    ...sweepOf(type, [reachableFacet], where, { ...cause, reach: [reachableFacet] }),
    reachable: { ...(through === 'all' ? {} : { through }), sent: 0 },
  }));
  return 'dropped' in parsed ? parsed : { ...parsed, sweeps: [...parsed.sweeps, ...sweeps] };
};

const parseServiceEvent = (
  event: Record<string, unknown>,
  types: readonly AnyResourceType[],
  scene: Scene,
  now: Date,
): ParsedEvent => {
  const id = text(event['id']);
  const time = text(event['time']);
  if (!(id && time)) return { dropped: 'malformed' };
  const fault = timeFault(time, now);
  if (fault !== undefined) return { dropped: fault };
  const detail = asRecord(event['detail']);
  const announced = types.flatMap((type) =>
    type.live.announcements.flatMap((one): Announced[] =>
      one.via === 'service' &&
      one.source === event['source'] &&
      one.detailType === event['detail-type']
        ? [{ type, ids: one.idsIn(detail, scene.where.account), effect: one.effect }]
        : [],
    ),
  );
  if (announced.length === 0) return { dropped: 'unknown' };
  const cause: Cause = { kind: 'event', via: 'service', id, time: new Date(time).toISOString() };
  return changesFrom(types, announced, scene, cause);
};

/**
 * What a message of the queues says, as changes. `body` is an event of EventBridge or a change of our own. Never throws:
 * what cannot be understood, or may not be said by who sent it, is dropped with its reason.
 */
export const parseEvent = (
  body: unknown,
  types: readonly AnyResourceType[],
  place: Place,
  provenance: Provenance,
): ParsedEvent => {
  const message = asRecord(body);
  if (message['version'] === 1) {
    const changes = ownChanges(message, { ...provenance, types, place });
    return 'dropped' in changes ? changes : { changes, sweeps: [] };
  }
  if (text(message['source']) === undefined) return { dropped: 'malformed' };
  const fault = envelopeFault(message, place, provenance);
  if (fault !== undefined) return { dropped: fault };
  const { now } = provenance;
  const scene = { where: whereIn(message), place };
  if (message['detail-type'] === callDetailType) {
    return parseCloudTrailEvent(message, types, scene, now);
  }
  if (message['detail-type'] === itemDetailType) {
    return parseConfigItem(message, types, scene, now);
  }
  return parseServiceEvent(message, types, scene, now);
};
