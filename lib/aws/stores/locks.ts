import type { Delivery } from '../../engine/remediation/delivery.ts';
import { text } from '../../support/untyped.ts';
import { putIf } from './conditional.ts';
import { itemIn, type LedgerTables } from './ledger-tables.ts';

/** Who holds a resource: one delivery, not one action, or an action that is delivered twice at once would let itself in. */
export interface Holder {
  /** Of this delivery alone. */
  readonly token: string;
  readonly delivery?: Delivery;
}
/** Who works on a resource, and what is left alone on it for a while. */
export interface Locks {
  /**
   * False where another holds the resource. A lock that was not given back ends at `until`, or with the next receive of
   * its message: the queue brings that only after the function has answered, or has been over for long.
   */
  take(key: string, holder: Holder, now: Date, until: Date): Promise<boolean>;
  /** Gives back a lock of its own, or of an earlier receive of its message; another one stays. */
  release(key: string, holder: Holder): Promise<void>;
  /** Leaves a control alone on a resource. */
  hold(key: string, control: string, until: Date): Promise<void>;
  /** Until when a control is left alone. */
  heldUntil(key: string, control: string): Promise<string | undefined>;
  /** Keeps that people were told of somebody who undoes what Plumbline does, who need no word of it before `until`. */
  noteFlapping(key: string, control: string, until: Date): Promise<void>;
  flappingNotedUntil(key: string, control: string): Promise<string | undefined>;
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
/** Without a message nothing was received before. */
const receiveOf = ({ token, delivery }: Holder): Delivery =>
  delivery ?? { message: token, receive: 0 };
const isOver = '(#message = :message AND #receive < :receive)';
const receiveNames = { '#message': 'message', '#receive': 'receive' };
const receiveValues = ({ message, receive }: Delivery) => ({
  ':message': message,
  ':receive': receive,
});

/** Marks on a resource that end by themselves: sort key, and until when. */
const createMarks = (tables: LedgerTables) => ({
  async set(pk: string, sk: string, until: Date): Promise<void> {
    const Item = { pk, sk, until: until.toISOString(), expiresAt: seconds(until) + 86_400 };
    await tables.dynamoDb.put({ TableName: tables.table, Item });
  },
  /** The later of two: what an earlier release has left alone stays so. */
  async until(pk: string, sk: string): Promise<string | undefined> {
    const items = await Promise.all(
      [tables.table, tables.earlier].map((table) => itemIn(tables, table, { pk, sk })),
    );
    const times = items.flatMap((item) => text(item?.['until']) ?? []);
    return times.sort().at(-1);
  },
});

export const createLocks = (tables: LedgerTables): Locks => {
  const { dynamoDb, table } = tables;
  const marks = createMarks(tables);
  return {
    take: (key, holder, now, until) =>
      putIf(() =>
        dynamoDb.put({
          TableName: table,
          Item: {
            pk: key,
            sk: 'lock',
            holder: holder.token,
            ...receiveOf(holder),
            until: until.toISOString(),
            expiresAt: seconds(until) + 86_400,
          },
          ConditionExpression: `attribute_not_exists(pk) OR #until < :now OR ${isOver}`,
          ExpressionAttributeNames: { '#until': 'until', ...receiveNames },
          ExpressionAttributeValues: {
            ':now': now.toISOString(),
            ...receiveValues(receiveOf(holder)),
          },
        }),
      ),
    async release(key, holder) {
      await putIf(() =>
        dynamoDb.delete({
          TableName: table,
          Key: { pk: key, sk: 'lock' },
          ConditionExpression: `holder = :holder OR ${isOver}`,
          ExpressionAttributeNames: receiveNames,
          ExpressionAttributeValues: {
            ':holder': holder.token,
            ...receiveValues(receiveOf(holder)),
          },
        }),
      );
    },
    hold: (key, control, until) => marks.set(key, `hold#${control}`, until),
    heldUntil: (key, control) => marks.until(key, `hold#${control}`),
    noteFlapping: (key, control, until) => marks.set(key, `flapping#${control}`, until),
    flappingNotedUntil: (key, control) => marks.until(key, `flapping#${control}`),
  };
};
