import type { LedgerTables } from './ledger-tables.ts';
import { pagesOf } from './pages.ts';

/** An action as the index of a month knows it. */
export interface Listed {
  readonly pk: string;
  readonly sk: string;
  readonly startedAt: string;
}

/** Actions of a page of the index, and those that are read at the same time. */
const mostAtOnce = 50;

/** The actions of a month in one table, the latest first. */
const ofMonthIn = async function* (
  { dynamoDb }: LedgerTables,
  TableName: string,
  month: string,
  most: number,
): AsyncGenerator<Listed> {
  const read = (ExclusiveStartKey?: Record<string, unknown>) =>
    dynamoDb.query({
      TableName,
      IndexName: 'actions',
      KeyConditionExpression: '#month = :month',
      ExpressionAttributeNames: { '#month': 'month' },
      ExpressionAttributeValues: { ':month': month },
      ScanIndexForward: false,
      Limit: Math.min(most, mostAtOnce),
      ExclusiveStartKey,
    });
  for await (const items of pagesOf(read))
    for (const { pk, sk, startedAt } of items)
      yield { pk: String(pk), sk: String(sk), startedAt: String(startedAt) };
};

/** The actions of a month, the latest first, each once: one that was begun by an earlier release stands in both tables. */
export const ofMonth = async function* (
  tables: LedgerTables,
  month: string,
  most: number,
): AsyncGenerator<Listed> {
  const own = ofMonthIn(tables, tables.table, month, most);
  const before = ofMonthIn(tables, tables.earlier, month, most);
  const seen = new Set<string>();
  let [one, other] = [await own.next(), await before.next()];
  while (!one.done || !other.done) {
    const isOwn = other.done || (!one.done && one.value.startedAt >= other.value.startedAt);
    const next = isOwn ? one : other;
    if (!next.done && !seen.has(next.value.pk)) {
      seen.add(next.value.pk);
      yield next.value;
    }
    if (isOwn) one = await own.next();
    else other = await before.next();
  }
};

/** The same, as many together as are read at the same time. */
export const inBatches = async function* (
  all: AsyncIterable<Listed>,
): AsyncGenerator<readonly Listed[]> {
  let batch: Listed[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < mostAtOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
};
