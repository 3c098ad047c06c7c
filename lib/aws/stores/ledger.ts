import type { S3 } from '@aws-sdk/client-s3';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { keyOf } from '../../engine/changes/change.ts';
import type { Action } from '../../engine/remediation/action.ts';
import { decode, encode } from '../../support/wire.ts';
import { isDone } from './conditional.ts';
import { pagesOf } from './pages.ts';

/** DynamoDB takes items of 400 kB; an action that is longer than this is kept in the bucket. */
const mostBytes = 300_000;
const keptDays = 400;
/** Actions that a listing reads at the same time. */
const mostAtOnce = 50;
const sortKey = 'action';

/** An action as it was read, with the version that the next write is conditional on. */
export interface Entry {
  readonly action: Action;
  readonly version: number;
}

/** What was done, and what was not done and why: one item an action, kept for 400 days. */
export interface Ledger {
  get(id: string): Promise<Entry | undefined>;
  /** Writes a new action; `undefined` where there is one of this id. */
  add(action: Action): Promise<Entry | undefined>;
  /** Writes the next state of an action; `undefined` where somebody wrote since. */
  put(before: Entry, action: Action): Promise<Entry | undefined>;
  /**
   * The latest actions first, at most so many of those that are wanted.
   * @param months such as `2026-11`, the latest first
   */
  list(
    months: readonly string[],
    most: number,
    isWanted?: (action: Action) => boolean,
  ): Promise<readonly Action[]>;
}

export interface Images {
  readonly s3: () => Promise<S3>;
  readonly bucket: string;
}

const idKey = (id: string) => ({ pk: `action#${id}`, sk: sortKey });

export const createLedger = (
  documents: DynamoDBDocument,
  table: string,
  images: Images,
): Ledger => {
  const write = async (action: Action, version: number): Promise<boolean> => {
    const body = encode(action);
    const isLong = Buffer.byteLength(body) > mostBytes;
    const image = `actions/${action.id}/${version}.json`;
    if (isLong) {
      const Bucket = images.bucket;
      await (await images.s3()).putObject({ Bucket, Key: image, Body: body });
    }
    return isDone(() =>
      documents.put({
        TableName: table,
        Item: {
          ...idKey(action.id),
          version,
          month: action.startedAt.slice(0, 7),
          startedAt: action.startedAt,
          state: action.state,
          resource: keyOf(action),
          expiresAt: Math.floor(Date.parse(action.startedAt) / 1000) + keptDays * 86_400,
          ...(isLong ? { image } : { action: body }),
        },
        ...(version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :before',
              ExpressionAttributeValues: { ':before': version - 1 },
            }),
      }),
    );
  };
  const bodyOf = async (item: Record<string, unknown>): Promise<string> => {
    if (typeof item['action'] === 'string') return item['action'];
    const object = { Bucket: images.bucket, Key: String(item['image']) };
    const { Body } = await (await images.s3()).getObject(object);
    if (!Body) throw new Error(`the before-image ${object.Key} is empty`);
    return Body.transformToString();
  };
  const entryOf = async (item: Record<string, unknown>): Promise<Entry> => ({
    action: decode(await bodyOf(item)) as Action,
    version: Number(item['version']),
  });
  const ofMonth = async function* (month: string, most: number): AsyncGenerator<Action> {
    const read = (ExclusiveStartKey?: Record<string, unknown>) =>
      documents.query({
        TableName: table,
        IndexName: 'actions',
        KeyConditionExpression: '#month = :month',
        ExpressionAttributeNames: { '#month': 'month' },
        ExpressionAttributeValues: { ':month': month },
        ScanIndexForward: false,
        Limit: Math.min(most, mostAtOnce),
        ExclusiveStartKey,
      });
    for await (const items of pagesOf(read)) {
      const entries = await Promise.all(
        items.map(async ({ pk, sk }) => {
          const { Item } = await documents.get({ TableName: table, Key: { pk, sk } });
          return Item && entryOf(Item);
        }),
      );
      for (const entry of entries) if (entry) yield entry.action;
    }
  };
  return {
    async get(id) {
      const { Item } = await documents.get({
        TableName: table,
        Key: idKey(id),
        ConsistentRead: true,
      });
      return Item && entryOf(Item);
    },
    add: async (action) => ((await write(action, 1)) ? { action, version: 1 } : undefined),
    async put({ version }, action) {
      return (await write(action, version + 1)) ? { action, version: version + 1 } : undefined;
    },
    async list(months, most, isWanted = () => true) {
      const found: Action[] = [];
      for (const month of months) {
        if (found.length >= most) break;
        for await (const action of ofMonth(month, most)) {
          if (isWanted(action)) found.push(action);
          if (found.length >= most) break;
        }
      }
      return found;
    },
  };
};
