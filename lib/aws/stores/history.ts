import { randomBytes } from 'node:crypto';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { currentType, formerTypes } from '../../engine/posture/former-types.ts';
import type { ResourceRow, Transition } from '../../engine/posture/row.ts';
import { partsOf } from '../../engine/posture/split-row.ts';
import { groupsBy } from '../../support/groups.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { putIf } from './conditional.ts';
import { pagesOf } from './pages.ts';
import { epochSeconds, rowIn, rowKey, transitionsIn } from './row-items.ts';

const partition = 'history';

/** What the table holds for a history: a row, or transitions with the row of their resource, if that is still there. */
export type Kept =
  | { readonly key: string; readonly row: ResourceRow }
  | {
      readonly key: string;
      readonly of: ResourceRow | undefined;
      readonly transitions: readonly Transition[];
    };
/** How far a history has come. */
export interface Written {
  /** Until when what was recorded is in its files. */
  readonly to: string;
  /** The checksum of the latest manifest of each account. */
  readonly manifests: Readonly<Record<string, string>>;
  /** The month for which files say how everything stood. */
  readonly stated: string;
}
/** What one heartbeat heard: times in which no event of its writes came back. */
export interface Heard {
  readonly region: string;
  readonly lastBeatAt?: string;
  /** Since when nothing came back. */
  readonly silentSince?: string;
  /** Those that have ended. */
  readonly silences: readonly { readonly from: string; readonly to: string }[];
}
export interface HistoryStore {
  /** Every row, and what was recorded from `from` until before `to`; all with the types that resources have today. */
  kept(from: string, to: string): AsyncIterable<Kept>;
  written(): Promise<Written | undefined>;
  /** False where somebody else has written since. */
  noteWritten(before: Written | undefined, now: Written): Promise<boolean>;
  /** A random text from which the pseudonyms of a month are made; it is deleted with them. */
  secretOf(month: string, days: number): Promise<string>;
  heard(): Promise<readonly Heard[]>;
}

/** A row by its key; of a type that was split, the rows that it became. */
const rowsOf = (key: string, row: ResourceRow): ReadonlyMap<string, ResourceRow> =>
  formerTypes.includes(row.type)
    ? new Map(partsOf(row).map((part) => [part.key, part.row]))
    : new Map([[key, row]]);

/** Transitions by the key of the resource that their control evaluates today. */
const byKey = (key: string, transitions: readonly Transition[]) => {
  const [account, region, type = '', ...id] = key.split('#');
  return groupsBy(transitions, ({ controlId }) =>
    [account, region, currentType(type, [controlId]), ...id].join('#'),
  );
};

/** Every row, and what was recorded in a time. */
const keptIn = async function* (
  dynamoDb: DynamoDBDocument,
  TableName: string,
  from: string,
  to: string,
): AsyncGenerator<Kept> {
  const read = (ExclusiveStartKey?: Record<string, unknown>) =>
    dynamoDb.scan({
      TableName,
      FilterExpression:
        '(sk = :row AND attribute_not_exists(retired)) OR (begins_with(sk, :turn) AND recordedAt >= :from AND recordedAt < :to)',
      ExpressionAttributeValues: {
        ':row': rowKey,
        ':turn': 'transition#',
        ':from': from,
        ':to': to,
      },
      ExclusiveStartKey,
    });
  // A row stands before its transitions.
  let latest: { readonly key: string; readonly rows: ReadonlyMap<string, ResourceRow> } | undefined;
  for await (const items of pagesOf(read))
    for (const item of items) {
      const key = String(item['pk']);
      if (item['sk'] === rowKey) {
        latest = { key, rows: rowsOf(key, rowIn(item)) };
        for (const [own, row] of latest.rows) yield { key: own, row };
        continue;
      }
      const rows = latest?.key === key ? latest.rows : undefined;
      for (const [own, transitions] of byKey(key, transitionsIn(item)))
        yield { key: own, of: rows?.get(own), transitions };
    }
};

type Item = Readonly<Record<string, unknown>>;

const heardIn = (item: Item): Heard => {
  const [lastBeatAt, silentSince] = [text(item['beatAt']), text(item['silentSince'])];
  return {
    region: String(item['sk']).split('#')[1] ?? '',
    ...(lastBeatAt === undefined ? {} : { lastBeatAt }),
    ...(silentSince === undefined ? {} : { silentSince }),
    silences: list(item['silences']).flatMap((one) => {
      const [from, to] = [text(asRecord(one)['from']), text(asRecord(one)['to'])];
      return from !== undefined && to !== undefined ? [{ from, to }] : [];
    }),
  };
};

const writtenIn = (item: Item | undefined): Written | undefined => {
  const to = text(item?.['to']);
  if (to === undefined) return undefined;
  const manifests = Object.entries(asRecord(item?.['manifests'])).flatMap(([account, sum]) =>
    typeof sum === 'string' ? [[account, sum] as const] : [],
  );
  return { to, manifests: Object.fromEntries(manifests), stated: text(item?.['stated']) ?? '' };
};

export const createHistory = (dynamoDb: DynamoDBDocument, table: string): HistoryStore => {
  const get = async (sk: string): Promise<Item | undefined> =>
    (await dynamoDb.get({ TableName: table, Key: { pk: partition, sk }, ConsistentRead: true }))
      .Item;
  return {
    kept: (from, to) => keptIn(dynamoDb, table, from, to),

    written: async () => writtenIn(await get('written')),

    noteWritten: (before, now) =>
      putIf(() =>
        dynamoDb.put({
          TableName: table,
          Item: { pk: partition, sk: 'written', ...now },
          ...(before === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: '#to = :to',
                ExpressionAttributeNames: { '#to': 'to' },
                ExpressionAttributeValues: { ':to': before.to },
              }),
        }),
      ),

    async secretOf(month, days) {
      const sk = `secret#${month}`;
      const expiresAt = epochSeconds(`${month}-28T00:00:00.000Z`, days + 4);
      const secret = randomBytes(32).toString('hex');
      await putIf(() =>
        dynamoDb.put({
          TableName: table,
          Item: { pk: partition, sk, secret, expiresAt },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      const kept = text((await get(sk))?.['secret']);
      if (kept === undefined) throw new Error(`the secret of ${month} is not kept`);
      return kept;
    },

    async heard() {
      const { Items = [] } = await dynamoDb.query({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'heartbeat' },
      });
      return Items.map(heardIn);
    },
  };
};
