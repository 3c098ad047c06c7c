import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { ResourceRow, Transition } from '../../engine/posture/row.ts';
import { type Noted, nextVersion, withPublished } from '../../engine/posture/row-version.ts';
import { putIf } from './conditional.ts';
import { bodyOf, epochSeconds, rowKey, transitionDays } from './row-items.ts';

interface Table {
  readonly dynamoDb: DynamoDBDocument;
  readonly table: string;
}

/** Transitions as rows in the form of a text keep them: each an item. */
const addTransitions = async (
  key: string,
  transitions: readonly Transition[],
  recordedAt: string,
  { dynamoDb, table }: Table,
): Promise<void> => {
  let wanted = transitions.map((transition) => ({
    PutRequest: {
      Item: {
        pk: key,
        sk: `transition#${transition.at}#${transition.controlId}`,
        expiresAt: epochSeconds(transition.at, transitionDays),
        recordedAt,
        transition,
      },
    },
  }));
  while (wanted.length > 0) {
    const answer = await dynamoDb.batchWrite({ RequestItems: { [table]: wanted.slice(0, 25) } });
    const left = answer.UnprocessedItems?.[table] ?? [];
    wanted = [
      ...wanted.slice(25),
      ...wanted.filter(({ PutRequest }) =>
        left.some((one) => one.PutRequest?.Item?.['sk'] === PutRequest.Item.sk),
      ),
    ];
  }
};

/**
 * Makes the row that was published the next version, so that nobody who read the row before can put the old word back;
 * false where a later version stands.
 */
const notePublished = (
  key: string,
  row: ResourceRow,
  noted: Noted,
  { dynamoDb, table }: Table,
): Promise<boolean> =>
  putIf(() =>
    dynamoDb.update({
      TableName: table,
      Key: { pk: key, sk: rowKey },
      UpdateExpression: 'SET version = :next, #row = :row',
      ConditionExpression: 'version = :version',
      ExpressionAttributeNames: { '#row': 'row' },
      ExpressionAttributeValues: {
        ':version': row.version,
        ':next': nextVersion(row.version),
        ':row': bodyOf(withPublished(row, noted), 'json')['row'],
      },
    }),
  );

/** Keeps what became known of a row that is kept as text: its transitions first, which are not told again once it is noted. */
export const noteBesideText = async (
  key: string,
  row: ResourceRow,
  noted: Noted,
  place: Table,
  recordedAt: string,
): Promise<void> => {
  await addTransitions(key, row.unrecorded ?? [], recordedAt, place);
  await notePublished(key, row, noted, place);
};
