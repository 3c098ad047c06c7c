import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { keyOf } from '../../engine/changes/change.ts';
import { subjectOf } from '../../engine/findings/finding-id.ts';
import { deniedOn } from '../../engine/posture/denied.ts';
import { packed, unpacked } from '../../engine/posture/packed-row.ts';
import type { ResourceRow, Transition } from '../../engine/posture/row.ts';
import type { RowForm } from '../../engine/posture/row-form.ts';
import { isNoted, isRow, transitionsAmong } from '../../engine/posture/row-shape.ts';
import type { Noted } from '../../engine/posture/row-version.ts';
import { unreadableRow } from '../../engine/posture/unreadable-row.ts';
import { deniedShard, deniedShards } from '../../model/denied.ts';
import { asRecord, list } from '../../support/untyped.ts';

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

const versionIn = ({ version }: Item): number =>
  typeof version === 'number' && Math.abs(version) <= Number.MAX_SAFE_INTEGER
    ? version
    : Number.NaN;

/** What an item says under its key, in whichever form; `undefined` where that is no row, or one of another resource. */
const readableIn = ({ pk, packed: bytes, row }: Item): ResourceRow | undefined => {
  try {
    const kept = bytes instanceof Uint8Array ? inflated(bytes) : JSON.parse(String(row));
    const said: unknown = unpacked(kept as ResourceRow);
    return isRow(said) && keyOf(said) === pk ? said : undefined;
  } catch {
    // Whoever may write the table may write what is no JSON, or inflates without end.
    return undefined;
  }
};

/** The row of an item, with the version that the next write's condition is compared with. */
export const rowIn = (item: Item): ResourceRow => ({
  ...(readableIn(item) ?? unreadableRow(String(item['pk']))),
  version: versionIn(item),
});

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

const noteSaidIn = ({ packed: bytes }: Item): Readonly<Record<string, unknown>> => {
  try {
    return bytes instanceof Uint8Array ? asRecord(inflated(bytes)) : {};
  } catch {
    return {};
  }
};

/** What an item notes; what is no note says nothing. */
export const noteIn = (item: Item): DeliveryNote => {
  const { transitions, noted } = noteSaidIn(item);
  return {
    transitions: transitionsAmong(list(transitions)),
    noted: isNoted(noted) ? noted : { published: {} },
  };
};

/** The transitions of an item: of one control, or of a whole delivery. */
export const transitionsIn = (item: Item): readonly Transition[] =>
  isDeflated(item) ? noteIn(item).transitions : transitionsAmong([item['transition']]);
