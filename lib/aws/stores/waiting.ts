import type { LedgerTables } from './ledger-tables.ts';
import { pagesOf } from './pages.ts';

/** Which rows wait for something that an operator can let go again: so that they are asked for at once when he does. */
export interface Waiting {
  /**
   * Notes that a row waits.
   * @param what as the log of what was let go calls it: `switch`, `breaker S3.8`
   * @param key of the row
   */
  note(what: string, key: string, now: Date): Promise<void>;
  /** Keys of the rows; one that waits no more can be among them. */
  all(what: string): Promise<readonly string[]>;
  forget(what: string, key: string): Promise<void>;
}

const daysKept = 35;
const keyOf = (what: string, key: string) => ({ pk: `waiting#${what}`, sk: key });

export const createWaiting = ({ dynamoDb, table }: LedgerTables): Waiting => ({
  async note(what, key, now) {
    const expiresAt = Math.floor(now.getTime() / 1000) + daysKept * 86_400;
    await dynamoDb.put({ TableName: table, Item: { ...keyOf(what, key), expiresAt } });
  },
  async all(what) {
    const keys: string[] = [];
    const read = (ExclusiveStartKey?: Record<string, unknown>) =>
      dynamoDb.query({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keyOf(what, '').pk },
        ConsistentRead: true,
        ExclusiveStartKey,
      });
    for await (const items of pagesOf(read)) keys.push(...items.map(({ sk }) => String(sk)));
    return keys;
  },
  async forget(what, key) {
    await dynamoDb.delete({ TableName: table, Key: keyOf(what, key) });
  },
});
