import { randomUUID } from 'node:crypto';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { Rollout } from '../../engine/rollouts/rollout.ts';
import { isDone } from './conditional.ts';
import { pagesOf } from './pages.ts';

/** A rollout as it was read, with the version that the next write is conditional on. */
export interface KeptRollout {
  readonly key: string;
  readonly version: string;
  readonly rollout: Rollout;
}

/** How far fixes have come on the hosts. */
export interface Rollouts {
  get(key: string): Promise<KeptRollout | undefined>;
  /** Writes the next state of a rollout, or its first; false where somebody wrote since. */
  put(key: string, before: KeptRollout | undefined, rollout: Rollout, at: Date): Promise<boolean>;
  all(): Promise<readonly KeptRollout[]>;
  /** Forgets a rollout, so that the next host is tried anew; false where somebody wrote since. */
  forget(kept: KeptRollout): Promise<boolean>;
}

/** Partition key in the posture table; the sort key begins with the control. */
export const rolloutsKey = 'rollouts';
const daysKept = 30;

const keptIn = ({ sk, version, rollout }: Record<string, unknown>): KeptRollout => ({
  key: String(sk),
  version: String(version),
  rollout: JSON.parse(String(rollout)),
});

export const createRollouts = (documents: DynamoDBDocument, table: string): Rollouts => {
  const keyOf = (sk: string) => ({ pk: rolloutsKey, sk });
  return {
    async get(key) {
      const { Item } = await documents.get({
        TableName: table,
        Key: keyOf(key),
        ConsistentRead: true,
      });
      return Item && keptIn(Item);
    },
    put: (key, before, rollout, at) =>
      isDone(() =>
        documents.put({
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
          ...(before
            ? {
                ConditionExpression: 'version = :before',
                ExpressionAttributeValues: { ':before': before.version },
              }
            : { ConditionExpression: 'attribute_not_exists(pk)' }),
        }),
      ),
    async all() {
      const found: KeptRollout[] = [];
      const read = (ExclusiveStartKey?: Record<string, unknown>) =>
        documents.query({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': rolloutsKey },
          ConsistentRead: true,
          ExclusiveStartKey,
        });
      for await (const items of pagesOf(read)) found.push(...items.map(keptIn));
      return found;
    },
    forget: ({ key, version }) =>
      isDone(() =>
        documents.delete({
          TableName: table,
          Key: keyOf(key),
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: { ':version': version },
        }),
      ),
  };
};
