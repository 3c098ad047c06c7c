import { createHash } from 'node:crypto';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { subjectOf } from '../../engine/findings/finding-id.ts';
import { packed, unpacked } from '../../engine/posture/packed-row.ts';
import type { ResourceRow, Transition } from '../../engine/posture/row.ts';
import { type Noted, nextVersion, withPublished } from '../../engine/posture/row-version.ts';
import { populationKey } from './breaker.ts';
import { claimJob } from './claim-job.ts';
import { putIf } from './conditional.ts';
import { createKeptPlans, type KeptPlans } from './kept-plans.ts';
import { formerKeyOf, formerRowIn, partIn, splitRow, successorKeysOf } from './split-rows.ts';
import { createTurns, type Turns } from './turns.ts';

/** Keys of the table; `due` is a sparse index over few shards, so that no one partition takes every write. */
const rowKey = 'resource';
const sweepKey = 'sweep';
const dueShards = 8;
const transitionDays = 90;
const goneDays = 100;

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
  /** Keeps transitions for 90 days; one that is there already is the same. */
  addTransitions(key: string, transitions: readonly Transition[]): Promise<void>;
  /**
   * Notes what was published of this very version, and makes it the next, so that nobody who read the row before
   * can put the old word back; false where a later version stands.
   */
  notePublished(key: string, row: ResourceRow, noted: Noted): Promise<boolean>;
  /** Keys of the rows of a subject, as a finding's id leads to it. */
  keysOf(subject: string): Promise<readonly string[]>;
  /** How many resources of a type there are, as a sweep counted them. */
  notePopulation(type: string, count: number): Promise<void>;
  /** Keys of rows whose time has come, at most `limit` a shard. */
  due(at: string, limit: number): Promise<readonly string[]>;
  /** Claims the next sweep of everything; false where one began after `since`. */
  claimSweep(at: string, since: string): Promise<boolean>;
}

const shardOf = (key: string): string =>
  `due#${(createHash('sha256').update(key).digest()[0] ?? 0) % dueShards}`;

const epochSeconds = (from: string, days: number): number =>
  Math.floor(Date.parse(from) / 1000) + days * 86_400;

/** For people who look at the table. */
const failingIn = ({ controls }: ResourceRow): readonly string[] =>
  Object.entries(controls).flatMap(([id, { lastKnown }]) => (lastKnown === 'FAIL' ? [id] : []));

/** A row as an item of the table. */
const itemOf = (key: string, { splitFrom: _, ...row }: ResourceRow, dueAt: string) => ({
  pk: key,
  sk: rowKey,
  version: row.version,
  lastEventAt: row.lastEventAt,
  ...(row.goneAt === undefined ? {} : { expiresAt: epochSeconds(row.goneAt, goneDays) }),
  // The outcome of an action on what is gone may be still to be said.
  ...(row.goneAt === undefined || row.awaits ? { dueShard: shardOf(key), dueAt } : {}),
  failing: failingIn(row),
  ...(row.arn === undefined ? {} : { subject: subjectOf(row.arn) }),
  row: JSON.stringify(packed(row)),
});

/** The keys of what a row of a former type became, in its place. */
const currentKeys = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.flatMap(successorKeysOf)),
];

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a store is one object of short methods.
export const createPosture = (documents: DynamoDBDocument, table: string): Posture => {
  const readItems = async (keys: readonly string[]) => {
    const items = new Map<string, Readonly<Record<string, unknown>>>();
    let wanted: Record<string, unknown>[] = keys.map((pk) => ({ pk, sk: rowKey }));
    while (wanted.length > 0) {
      const answer = await documents.batchGet({
        RequestItems: { [table]: { Keys: wanted.slice(0, 100), ConsistentRead: true } },
      });
      for (const item of answer.Responses?.[table] ?? []) items.set(item['pk'], item);
      wanted = [...wanted.slice(100), ...(answer.UnprocessedKeys?.[table]?.Keys ?? [])];
    }
    return items;
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
    ...createKeptPlans(documents, table),
    turns: createTurns(documents, table),

    async read(keys) {
      const items = await readItems(keys);
      const rows = new Map<string, ResourceRow>();
      // The version that the next write's condition is compared with.
      for (const [key, { row, version }] of items)
        rows.set(key, { ...unpacked(JSON.parse(String(row))), version: Number(version) });
      const missing = keys.filter((key) => !rows.has(key) && formerKeyOf(key) !== undefined);
      const parts = missing.length > 0 ? await readParts(missing) : [];
      for (const [key, part] of parts) rows.set(key, part);
      return rows;
    },

    async write(key, before, row, dueAt) {
      const item = itemOf(key, row, dueAt);
      const formerKey = before?.splitFrom;
      if (formerKey !== undefined) {
        const formerItem = (await readItems([formerKey])).get(formerKey);
        // Nobody has looked at a part since it stands alone.
        const ofPart = (other: string, part: ResourceRow) => itemOf(other, part, part.readAt);
        const expiresAt = epochSeconds(row.readAt, goneDays);
        const split = { key, formerKey, formerItem, item, itemOf: ofPart, expiresAt };
        return splitRow({ documents, table }, split);
      }
      return putIf(() =>
        documents.put({
          TableName: table,
          Item: item,
          ...(before === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: 'version = :version',
                ExpressionAttributeValues: { ':version': before.version },
              }),
        }),
      );
    },

    async addTransitions(key, transitions) {
      let wanted = transitions.map((transition) => ({
        PutRequest: {
          Item: {
            pk: key,
            sk: `transition#${transition.at}#${transition.controlId}`,
            expiresAt: epochSeconds(transition.at, transitionDays),
            transition,
          },
        },
      }));
      while (wanted.length > 0) {
        const answer = await documents.batchWrite({
          RequestItems: { [table]: wanted.slice(0, 25) },
        });
        const left = answer.UnprocessedItems?.[table] ?? [];
        wanted = [
          ...wanted.slice(25),
          ...wanted.filter(({ PutRequest }) =>
            left.some((one) => one.PutRequest?.Item?.['sk'] === PutRequest.Item.sk),
          ),
        ];
      }
    },

    notePublished: (key, row, noted) =>
      putIf(() =>
        documents.update({
          TableName: table,
          Key: { pk: key, sk: rowKey },
          UpdateExpression: 'SET version = :next, #row = :row',
          ConditionExpression: 'version = :version',
          ExpressionAttributeNames: { '#row': 'row' },
          ExpressionAttributeValues: {
            ':version': row.version,
            ':next': nextVersion(row.version),
            ':row': JSON.stringify(packed(withPublished(row, noted))),
          },
        }),
      ),

    async keysOf(subject) {
      const { Items = [] } = await documents.query({
        TableName: table,
        IndexName: 'subjects',
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': subject },
      });
      return currentKeys(Items.map(({ pk }): string => pk));
    },

    async notePopulation(type, count) {
      await documents.put({ TableName: table, Item: { ...populationKey(type), count } });
    },

    async due(at, limit) {
      const shards = await Promise.all(
        Array.from({ length: dueShards }, (_, shard) =>
          documents.query({
            TableName: table,
            IndexName: 'due',
            KeyConditionExpression: 'dueShard = :shard AND dueAt <= :at',
            ExpressionAttributeValues: { ':shard': `due#${shard}`, ':at': at },
            Limit: limit,
          }),
        ),
      );
      return currentKeys(
        shards.flatMap(({ Items }) => (Items ?? []).map((item): string => item['pk'])),
      );
    },

    claimSweep: (at, since) => claimJob({ documents, table, key: sweepKey }, at, since),
  };
};
