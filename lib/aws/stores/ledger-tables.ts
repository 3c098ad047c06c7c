import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';

/** Where the ledger is kept: actions, locks, holds, slots and rollouts. */
export interface LedgerTables {
  readonly dynamoDb: DynamoDBDocument;
  readonly table: string;
  /** The posture table. Earlier releases kept the ledger there; what they left is read, and never written. */
  readonly earlier: string;
}
type Item = Readonly<Record<string, unknown>>;
interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item as one of the tables holds it, read consistently. */
export const itemIn = async (
  { dynamoDb }: LedgerTables,
  table: string,
  Key: Key,
): Promise<Item | undefined> =>
  (await dynamoDb.get({ TableName: table, Key, ConsistentRead: true })).Item;

/** An item, and the table that holds it. The earlier table is read only if the ledger's own has no such item. */
export const itemOf = async (
  tables: LedgerTables,
  key: Key,
): Promise<{ readonly item: Item; readonly table: string } | undefined> => {
  for (const table of [tables.table, tables.earlier]) {
    const item = await itemIn(tables, table, key);
    if (item) return { item, table };
  }
  return undefined;
};
