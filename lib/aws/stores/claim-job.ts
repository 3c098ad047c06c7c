import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { putIf } from './conditional.ts';

interface Claimed {
  readonly dynamoDb: DynamoDBDocument;
  readonly table: string;
  /** Partition and sort key of what is claimed. */
  readonly key: string;
}

/** Claims what is begun by one alone, as often as it is due; false where it was begun after `since`. */
export const claimJob = (
  { dynamoDb, table, key }: Claimed,
  at: string,
  since: string,
): Promise<boolean> =>
  putIf(() =>
    dynamoDb.put({
      TableName: table,
      Item: { pk: key, sk: key, begunAt: at },
      ConditionExpression: 'attribute_not_exists(pk) OR begunAt <= :since',
      ExpressionAttributeValues: { ':since': since },
    }),
  );
