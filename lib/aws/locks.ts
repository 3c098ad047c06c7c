import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { isDone } from './conditional.ts';

/** Who works on a resource, and what is left alone on it for a while. */
export interface Locks {
  /** False where another action holds the resource. A lock that its holder did not give back ends at `until`. */
  take(key: string, holder: string, now: Date, until: Date): Promise<boolean>;
  giveBack(key: string, holder: string): Promise<void>;
  /** Leaves a control alone on a resource. */
  hold(key: string, control: string, until: Date): Promise<void>;
  /** Until when a control is left alone. */
  heldUntil(key: string, control: string): Promise<string | undefined>;
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

export const createLocks = (documents: DynamoDBDocument, table: string): Locks => ({
  take: (key, holder, now, until) =>
    isDone(() =>
      documents.put({
        TableName: table,
        Item: {
          pk: key,
          sk: 'lock',
          holder,
          until: until.toISOString(),
          expiresAt: seconds(until) + 86_400,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder OR #until < :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':holder': holder, ':now': now.toISOString() },
      }),
    ),
  async giveBack(key, holder) {
    await isDone(() =>
      documents.delete({
        TableName: table,
        Key: { pk: key, sk: 'lock' },
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': holder },
      }),
    );
  },
  async hold(key, control, until) {
    await documents.put({
      TableName: table,
      Item: {
        pk: key,
        sk: `hold#${control}`,
        until: until.toISOString(),
        expiresAt: seconds(until) + 86_400,
      },
    });
  },
  async heldUntil(key, control) {
    const { Item } = await documents.get({
      TableName: table,
      Key: { pk: key, sk: `hold#${control}` },
      ConsistentRead: true,
    });
    return Item?.['until'];
  },
});
