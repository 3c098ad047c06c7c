import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { formerOf, formerTypes, successorsOf } from '../../engine/posture/former-types.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { partsOf } from '../../engine/posture/split-row.ts';
import { rowIn } from './row-items.ts';

type Item = Readonly<Record<string, unknown>>;
interface Table {
  readonly dynamoDb: DynamoDBDocument;
  readonly table: string;
}

/** The key of the row that this one was a part of, in a release before. */
export const formerKeyOf = (key: string): string | undefined => {
  const [account, region, type = '', ...id] = key.split('#');
  const former = formerOf(type);
  return former === undefined ? undefined : [account, region, former, ...id].join('#');
};

/** The keys of what the row of a key became: itself, unless its type is a former one. */
export const successorKeysOf = (key: string): readonly string[] => {
  const [account, region, type = '', ...id] = key.split('#');
  if (!formerTypes.includes(type)) return [key];
  return successorsOf(type).map((each) => [account, region, each, ...id].join('#'));
};

/** A row of a former type as it is kept; `undefined` once its parts are, and of what is no row. */
export const formerRowIn = (item: Item | undefined): ResourceRow | undefined => {
  const row = item === undefined || item['retired'] === true ? undefined : rowIn(item);
  return row?.isUnreadable || Number.isNaN(row?.version) ? undefined : row;
};

/** A part that is not kept yet says where it stands. */
export const partIn = (old: ResourceRow, oldKey: string, key: string): ResourceRow | undefined => {
  const part = partsOf(old).find((one) => one.key === key);
  return part && { ...part.row, splitFrom: oldKey };
};

export interface Splitting {
  readonly key: string;
  readonly formerKey: string;
  /** The row of a former type as it stands. */
  readonly formerItem: Item | undefined;
  /** The row of `key` as it is to be kept. */
  readonly item: Item;
  readonly itemOf: (key: string, row: ResourceRow) => Item;
  readonly expiresAt: number;
}

const isCancelled = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TransactionCanceledException';

/**
 * Keeps every part of a row of a former type, and retires that, all at once: whoever comes second reads what the first
 * wrote. False where somebody did.
 */
export const splitRow = async (
  { dynamoDb, table }: Table,
  { key, formerKey, formerItem, item, itemOf, expiresAt }: Splitting,
): Promise<boolean> => {
  const old = formerRowIn(formerItem);
  if (!old) return false;
  const others = partsOf(old).filter((part) => part.key !== key);
  const put = (Item: Item) => ({
    Put: {
      TableName: table,
      Item: { ...Item },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });
  const retire = {
    Update: {
      TableName: table,
      Key: { pk: formerKey, sk: item['sk'] },
      UpdateExpression: 'SET retired = :yes, expiresAt = :end REMOVE dueShard, dueAt, subject',
      ConditionExpression: 'version = :version AND attribute_not_exists(retired)',
      ExpressionAttributeValues: { ':yes': true, ':end': expiresAt, ':version': old.version },
    },
  };
  try {
    await dynamoDb.transactWrite({
      TransactItems: [put(item), ...others.map((one) => put(itemOf(one.key, one.row))), retire],
    });
    return true;
  } catch (error) {
    if (isCancelled(error)) return false;
    throw error;
  }
};
