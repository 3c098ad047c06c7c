import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { subjectOf } from '../../engine/findings/finding-id.ts';
import { deniedOn } from '../../engine/posture/denied.ts';
import { packed, unpacked } from '../../engine/posture/packed-row.ts';
import type { ResourceRow, Transition } from '../../engine/posture/row.ts';
import type { RowForm } from '../../engine/posture/row-form.ts';
import type { Noted } from '../../engine/posture/row-version.ts';
import { deniedShard, deniedShards } from '../../model/denied.ts';
import { list, record } from '../../support/untyped.ts';

type Item = Readonly<Record<string, unknown>>;

/** `due` is a sparse index over few shards, so that no one partition takes every write. */
const dueShards = 8;
export const dueShardsNamed: readonly string[] = Array.from(
  { length: dueShards },
  (_, shard) => `due#${shard}`,
);
const goneDays = 100;
export const transitionDays = 90;
/** The sort key of a row. */
export const rowKey = 'resource';
/** A row has less than 400 kB as text, however it is compressed. */
const mostInflatedBytes = 1_000_000;

export const epochSeconds = (from: string, days: number): number =>
  Math.floor(Date.parse(from) / 1000) + days * 86_400;
export const goneExpiry = (from: string): number => epochSeconds(from, goneDays);

const shardOf = (key: string, shards: number): number =>
  (createHash('sha256').update(key).digest()[0] ?? 0) % shards;

/** Only rows of which something may not be read are in the index of those. */
const deniedItem = (key: string, row: ResourceRow): Item => {
  const denied = deniedOn(row);
  return denied === undefined
    ? {}
    : { deniedShard: deniedShard(shardOf(key, deniedShards)), denied };
};

const deflated = (value: unknown): Uint8Array => deflateRawSync(JSON.stringify(value));
/** Throws for what would inflate to more than any row has. */
const inflated = (bytes: Uint8Array): unknown =>
  JSON.parse(inflateRawSync(bytes, { maxOutputLength: mostInflatedBytes }).toString());

/** For people who look at the table. */
const failingIn = ({ controls }: ResourceRow): readonly string[] =>
  Object.entries(controls).flatMap(([id, { lastKnown }]) => (lastKnown === 'FAIL' ? [id] : []));

/** By what people look rows up in the whole table, where the text of a row cannot be searched. */
const marksOf = ({ controls, exemptions = {} }: ResourceRow) => ({
  ...(Object.keys(exemptions).length > 0 ? { exempted: true } : {}),
  ...(Object.values(controls).some(
    ({ remediation: { state, waitsAt } = {} }) => state === 'waiting' || waitsAt !== undefined,
  )
    ? { pending: true }
    : {}),
});

/** What of an item says the row itself. */
export const bodyOf = (row: ResourceRow, form: RowForm): Item =>
  form === 'json'
    ? { row: JSON.stringify(packed(row)) }
    : { packed: deflated(packed(row)), ...marksOf(row) };

/** A row as an item of the table; the keys of its indexes stand beside it in either form. */
export const itemOf = (
  key: string,
  { splitFrom: _, ...row }: ResourceRow,
  dueAt: string,
  form: RowForm,
) => ({
  pk: key,
  sk: rowKey,
  version: row.version,
  lastEventAt: row.lastEventAt,
  ...(row.goneAt === undefined ? {} : { expiresAt: goneExpiry(row.goneAt) }),
  // The outcome of an action on what is gone may be still to be said.
  ...(row.goneAt === undefined || row.awaits
    ? { dueShard: `due#${shardOf(key, dueShards)}`, dueAt }
    : {}),
  failing: failingIn(row),
  ...deniedItem(key, row),
  ...(row.arn === undefined ? {} : { subject: subjectOf(row.arn) }),
  ...bodyOf(row, form),
});

export const isDeflated = (item: Item): boolean => item['packed'] instanceof Uint8Array;

/** The row of an item, in whichever form, with the version that the next write's condition is compared with. */
export const rowIn = (item: Item): ResourceRow => {
  const { packed: bytes, row, version } = item;
  const kept = bytes instanceof Uint8Array ? inflated(bytes) : JSON.parse(String(row));
  return { ...unpacked(kept as ResourceRow), version: Number(version) };
};

/** What became known once a version of a row was written, and how its controls turned. */
export interface DeliveryNote {
  readonly transitions: readonly Transition[];
  readonly noted: Noted;
}

/** Where the note of a version stands, among the transitions, by their time. */
export const noteKeyOf = (key: string, { readAt, version }: ResourceRow) => ({
  pk: key,
  sk: `transition#${readAt}#${version}`,
});

/** @param recordedAt when it is written, by which a history finds what is new */
export const noteItemOf = (
  key: string,
  row: ResourceRow,
  note: DeliveryNote,
  recordedAt: string,
) => ({
  ...noteKeyOf(key, row),
  recordedAt,
  expiresAt: epochSeconds(row.readAt, transitionDays),
  packed: deflated(note),
});

export const noteIn = (item: Item): DeliveryNote => {
  const bytes = item['packed'];
  return bytes instanceof Uint8Array
    ? (inflated(bytes) as DeliveryNote)
    : { transitions: [], noted: { published: {} } };
};

/** The transitions of an item: of one control, or of a whole delivery. */
export const transitionsIn = (item: Item): readonly Transition[] =>
  isDeflated(item)
    ? noteIn(item).transitions
    : list([item['transition']]).flatMap((one) =>
        record(one)['controlId'] === undefined ? [] : [one as Transition],
      );
