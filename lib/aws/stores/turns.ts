import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { putIf } from './conditional.ts';

/**
 * Places in line for whoever writes the same item, in the order in which they asked. Nothing is locked: a write counts
 * by its condition, and whoever waits too long goes on.
 */
export interface Turns {
  /** The next place in line for what has this key, from 1. */
  take(key: string): Promise<number>;
  /** The last place that is through; 0 where none is. */
  through(key: string): Promise<number>;
  /** Says that a place, and every one before it, is through. */
  leave(key: string, place: number): Promise<void>;
}

const daysKept = 1;
const keyOf = (key: string) => ({ pk: `turn#${key}`, sk: 'turn' });

/** Lines in a table of items by `pk` and `sk`. */
export const createTurns = (dynamoDb: DynamoDBDocument, table: string): Turns => ({
  async take(key) {
    const { Attributes } = await dynamoDb.update({
      TableName: table,
      Key: keyOf(key),
      UpdateExpression: 'ADD #last :one SET expiresAt = :end',
      ExpressionAttributeNames: { '#last': 'last' },
      ExpressionAttributeValues: {
        ':one': 1,
        ':end': Math.floor(Date.now() / 1000) + daysKept * 86_400,
      },
      ReturnValues: 'UPDATED_NEW',
    });
    return Number(Attributes?.['last']);
  },
  async through(key) {
    const Key = keyOf(key);
    const { Item } = await dynamoDb.get({ TableName: table, Key, ConsistentRead: true });
    return Number(Item?.['through'] ?? 0);
  },
  async leave(key, place) {
    await putIf(() =>
      dynamoDb.update({
        TableName: table,
        Key: keyOf(key),
        UpdateExpression: 'SET through = :place',
        ConditionExpression: 'attribute_not_exists(through) OR through < :place',
        ExpressionAttributeValues: { ':place': place },
      }),
    );
  },
});
