import { type AnyResourceType, configTypesOf, type Effect } from '../../model/resource-type.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { timeFault } from './bounds.ts';
import type { Scene } from './place.ts';
import { itemFault } from './record-fault.ts';
import { type Announced, changesFrom, type ParsedEvent } from './triggered.ts';

const deleted = ['ResourceDeleted', 'ResourceDeletedNotRecorded'];

const effectOf = (type: AnyResourceType, status: string): Effect => {
  if (deleted.includes(status)) return 'deleted';
  return status === 'ResourceDiscovered' ? 'created' : Object.keys(type.facets);
};

/** The item of a notification or of a rule's invoking event; an oversized one has only a summary. */
export const itemIn = (message: Record<string, unknown>): Record<string, unknown> => {
  const whole = asRecord(message['configurationItem']);
  return Object.keys(whole).length > 0 ? whole : asRecord(message['configurationItemSummary']);
};

/** Which resource a Config item is of: identity and status only, since its layout is not the SDK's. */
export const announcedBy = (
  item: Record<string, unknown>,
  types: readonly AnyResourceType[],
): Announced | undefined => {
  const recorded = text(item['resourceType']) ?? '';
  const type = types.find((one) => configTypesOf(one).includes(recorded));
  if (!type?.configurationItem) return undefined;
  // Notifications write `ARN`, BatchGetResourceConfig writes `arn`.
  const id =
    type.configurationItem === 'ARN'
      ? (text(item['ARN']) ?? text(item['arn']))
      : text(item[type.configurationItem]);
  const status = text(item['configurationItemStatus']) ?? 'OK';
  return { type, ids: id === undefined ? 'all' : [id], effect: effectOf(type, status) };
};

/** A Config item notification as changes. */
export const parseConfigItem = (
  event: Record<string, unknown>,
  types: readonly AnyResourceType[],
  scene: Scene,
  now: Date,
): ParsedEvent => {
  const id = text(event['id']);
  const item = itemIn(asRecord(event['detail']));
  const time = text(item['configurationItemCaptureTime']) ?? text(event['time']);
  if (!(id && time && text(item['resourceType']))) return { dropped: 'malformed' };
  const fault = timeFault(time, now) ?? itemFault(item, scene.where);
  if (fault !== undefined) return { dropped: fault };
  const announced = announcedBy(item, types);
  if (!announced) return { dropped: 'unknown' };
  return changesFrom(types, [announced], scene, {
    kind: 'event',
    via: 'config',
    id,
    time: new Date(time).toISOString(),
  });
};
