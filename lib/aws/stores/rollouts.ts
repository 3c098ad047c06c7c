import { randomUUID } from 'node:crypto';
import type { Rollout } from '../../engine/rollouts/rollout.ts';
import { putIf } from './conditional.ts';
import { itemOf, type LedgerTables } from './ledger-tables.ts';
import { pagesOf } from './pages.ts';
import { createTurns, type Turns } from './turns.ts';

/** A rollout as it was read, with the version that the next write is conditional on. */
export interface KeptRollout {
  readonly key: string;
  readonly version: string;
  readonly rollout: Rollout;
  /** An earlier release has left it in the posture table. */
  readonly isEarlier?: true;
}

/** How far fixes have come on the hosts. */
export interface Rollouts {
  /** For those who write the same rollout. */
  readonly turns: Turns;
  get(key: string): Promise<KeptRollout | undefined>;
  /** Writes the next state of a rollout, or its first; false where somebody wrote since. */
  put(key: string, before: KeptRollout | undefined, rollout: Rollout, at: Date): Promise<boolean>;
  all(): Promise<readonly KeptRollout[]>;
  /** Forgets a rollout, so that the next host is tried anew; false where somebody wrote since. */
  forget(kept: KeptRollout): Promise<boolean>;
}

/** Partition key; the sort key begins with the control. */
export const rolloutsKey = 'rollouts';
const daysKept = 30;

const keptIn = (
  { sk, version, rollout }: Readonly<Record<string, unknown>>,
  isEarlier: boolean,
): KeptRollout => ({
  key: String(sk),
  version: String(version),
  rollout: JSON.parse(String(rollout)),
  ...(isEarlier ? { isEarlier } : {}),
});

export const createRollouts = (tables: LedgerTables): Rollouts => {
  const { dynamoDb, table, earlier } = tables;
  const keyOf = (sk: string) => ({ pk: rolloutsKey, sk });
  const allIn = async (TableName: string): Promise<readonly KeptRollout[]> => {
    const found: KeptRollout[] = [];
    const read = (ExclusiveStartKey?: Record<string, unknown>) =>
      dynamoDb.query({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': rolloutsKey },
        ConsistentRead: true,
        ExclusiveStartKey,
      });
    for await (const items of pagesOf(read))
      found.push(...items.map((item) => keptIn(item, TableName === earlier)));
    return found;
  };
  const drop = (TableName: string, key: string, version: string): Promise<boolean> =>
    putIf(() =>
      dynamoDb.delete({
        TableName,
        Key: keyOf(key),
        ConditionExpression: 'version = :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    );
  return {
    turns: createTurns(dynamoDb, table),
    async get(key) {
      const found = await itemOf(tables, keyOf(key));
      return found && keptIn(found.item, found.table === earlier);
    },
    put: (key, before, rollout, at) =>
      putIf(() =>
        dynamoDb.put({
          TableName: table,
          Item: {
            ...keyOf(key),
            version: randomUUID(),
            rollout: JSON.stringify(rollout),
            // One that stopped stays so until a person starts it again.
            ...(rollout.stopped
              ? {}
              : { expiresAt: Math.floor(at.getTime() / 1000) + daysKept * 86_400 }),
          },
          ...(before && !before.isEarlier
            ? {
                ConditionExpression: 'version = :before',
                ExpressionAttributeValues: { ':before': before.version },
              }
            : { ConditionExpression: 'attribute_not_exists(pk)' }),
        }),
      ),
    async all() {
      const [own, before] = [await allIn(table), await allIn(earlier)];
      const known = new Set(own.map(({ key }) => key));
      return [...own, ...before.filter(({ key }) => !known.has(key))];
    },
    async forget({ key, version, isEarlier }) {
      if (isEarlier) return drop(earlier, key, version);
      // It would come to light again.
      await dynamoDb.delete({ TableName: earlier, Key: keyOf(key) });
      return drop(table, key, version);
    },
  };
};
