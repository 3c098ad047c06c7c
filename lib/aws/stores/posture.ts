import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { RowForm } from '../../engine/posture/row-form.ts';
import { awaitsNote, type Noted, withNoted } from '../../engine/posture/row-version.ts';
import { claimJob } from './claim-job.ts';
import { putIf } from './conditional.ts';
import { createKeptPlans, type KeptPlans } from './kept-plans.ts';
import { noteBesideText } from './note-beside-text.ts';
import { populationKey } from './population.ts';
import {
  dueShardsNamed,
  goneExpiry,
  isDeflated,
  itemOf,
  noteIn,
  noteItemOf,
  noteKeyOf,
  rowIn,
  rowKey,
} from './row-items.ts';
import { formerKeyOf, formerRowIn, partIn, splitRow, successorKeysOf } from './split-rows.ts';
import { createTurns, type Turns } from './turns.ts';

const sweepKey = 'sweep';
const deniedKey = 'denied';

/**
 * The posture table: one item a resource, with the verdicts of all its controls as JSON (a map of maps costs a
 * multiple of its size and time to read and write), and one a transition.
 */
export interface Posture extends KeptPlans {
  /** For those who write the same row. */
  readonly turns: Turns;
  /** Consistent reads of several rows, by `keyOf`. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, ResourceRow>>;
  /**
   * Writes a row; false where somebody wrote since `before` was read.
   * @param dueAt when time alone asks for the next look
   */
  write(
    key: string,
    before: ResourceRow | undefined,
    row: ResourceRow,
    dueAt: string,
  ): Promise<boolean>;
  /**
   * Keeps how the controls of this very version turned, for 90 days, and notes what was published of it, so that nobody
   * publishes it again; of no effect where a later version stands. Noted twice, it is the same.
   */
  note(key: string, row: ResourceRow, noted: Noted): Promise<void>;
  /** Keys of the rows of a subject, as a finding's id leads to it. */
  keysOf(subject: string): Promise<readonly string[]>;
  /** How many resources of a type there are, as a sweep counted them. */
  notePopulation(type: string, count: number): Promise<void>;
  /** Keys of rows whose time has come, at most `limit` a shard. */
  due(at: string, limit: number): Promise<readonly string[]>;
  /** Claims the next sweep of everything; false where one began after `since`. */
  claimSweep(at: string, since: string): Promise<boolean>;
  /** Claims the next look at what our own role may not read; false where one was claimed after `since`. */
  claimDenied(at: string, since: string): Promise<boolean>;
}

/** The keys of what a row of a former type became, in its place. */
const currentKeys = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.flatMap(successorKeysOf)),
];

/** The condition that nobody wrote since `before` was read: who writes gives it a version. */
const unwrittenSince = (before: ResourceRow | undefined) => {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  if (!Number.isNaN(before.version))
    return {
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': before.version },
    };
  const most = Number.MAX_SAFE_INTEGER;
  return {
    ConditionExpression:
      'NOT attribute_type(version, :number) OR version < :least OR version > :most',
    ExpressionAttributeValues: { ':number': 'N', ':least': -most, ':most': most },
  };
};

/** @param form in which rows are written; the other one is read as well */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a store is one object of short methods.
export const createPosture = (
  dynamoDb: DynamoDBDocument,
  table: string,
  form: RowForm = 'json',
  clock: () => Date = () => new Date(),
): Posture => {
  const readKeyed = async (keys: readonly Readonly<Record<'pk' | 'sk', string>>[]) => {
    const items = new Map<string, Readonly<Record<string, unknown>>>();
    let wanted: Record<string, unknown>[] = [...keys];
    while (wanted.length > 0) {
      const answer = await dynamoDb.batchGet({
        RequestItems: { [table]: { Keys: wanted.slice(0, 100), ConsistentRead: true } },
      });
      for (const item of answer.Responses?.[table] ?? []) items.set(item['pk'], item);
      wanted = [...wanted.slice(100), ...(answer.UnprocessedKeys?.[table]?.Keys ?? [])];
    }
    return items;
  };
  const readItems = (keys: readonly string[]) => readKeyed(keys.map((pk) => ({ pk, sk: rowKey })));
  /** Rows with what was noted of their very versions; a note that is not there says nothing. */
  const noted = async (rows: ReadonlyMap<string, ResourceRow>) => {
    const notes = await readKeyed([...rows].map(([key, row]) => noteKeyOf(key, row)));
    return [...rows].flatMap(([key, row]) => {
      const note = notes.get(key);
      return note ? [[key, withNoted(row, noteIn(note).noted)] as const] : [];
    });
  };
  /** Parts of rows of former types, which are not kept by themselves yet. */
  const readParts = async (keys: readonly string[]) => {
    const formers = new Map(keys.map((key) => [key, formerKeyOf(key)]));
    const items = await readItems([...new Set(formers.values())].flatMap((key) => key ?? []));
    return [...formers].flatMap(([key, formerKey = '']) => {
      const old = formerRowIn(items.get(formerKey));
      const part = old && partIn(old, formerKey, key);
      return part ? [[key, part] as const] : [];
    });
  };
  return {
    ...createKeptPlans(dynamoDb, table),
    turns: createTurns(dynamoDb, table),

    async read(keys) {
      const items = await readItems(keys);
      const rows = new Map([...items].map(([key, item]) => [key, rowIn(item)]));
      const open = [...rows].filter(
        ([key, row]) => isDeflated(items.get(key) ?? {}) && awaitsNote(row),
      );
      if (open.length > 0) for (const [key, row] of await noted(new Map(open))) rows.set(key, row);
      const missing = keys.filter((key) => !rows.has(key) && formerKeyOf(key) !== undefined);
      const parts = missing.length > 0 ? await readParts(missing) : [];
      for (const [key, part] of parts) rows.set(key, part);
      return rows;
    },

    async write(key, before, row, dueAt) {
      const item = itemOf(key, row, dueAt, form);
      const formerKey = before?.splitFrom;
      if (formerKey !== undefined) {
        const formerItem = (await readItems([formerKey])).get(formerKey);
        // Nobody has looked at a part since it stands alone.
        const ofPart = (other: string, part: ResourceRow) => itemOf(other, part, part.readAt, form);
        const expiresAt = goneExpiry(row.readAt);
        const split = { key, formerKey, formerItem, item, itemOf: ofPart, expiresAt };
        return splitRow({ dynamoDb, table }, split);
      }
      return putIf(() =>
        dynamoDb.put({
          TableName: table,
          Item: item,
          ...unwrittenSince(before),
        }),
      );
    },

    async note(key, row, what) {
      if (form === 'deflated') {
        const note = { transitions: row.unrecorded ?? [], noted: what };
        const Item = noteItemOf(key, row, note, clock().toISOString());
        await dynamoDb.put({ TableName: table, Item });
        return;
      }
      await noteBesideText(key, row, what, { dynamoDb, table }, clock().toISOString());
    },

    async keysOf(subject) {
      const { Items = [] } = await dynamoDb.query({
        TableName: table,
        IndexName: 'subjects',
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': subject },
      });
      return currentKeys(Items.map(({ pk }): string => pk));
    },

    async notePopulation(type, count) {
      await dynamoDb.put({ TableName: table, Item: { ...populationKey(type), count } });
    },

    async due(at, limit) {
      const shards = await Promise.all(
        dueShardsNamed.map((shard) =>
          dynamoDb.query({
            TableName: table,
            IndexName: 'due',
            KeyConditionExpression: 'dueShard = :shard AND dueAt <= :at',
            ExpressionAttributeValues: { ':shard': shard, ':at': at },
            Limit: limit,
          }),
        ),
      );
      return currentKeys(
        shards.flatMap(({ Items }) => (Items ?? []).map((item): string => item['pk'])),
      );
    },

    claimSweep: (at, since) => claimJob({ dynamoDb, table, key: sweepKey }, at, since),

    claimDenied: (at, since) => claimJob({ dynamoDb, table, key: deniedKey }, at, since),
  };
};
