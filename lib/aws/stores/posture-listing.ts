import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { formerTypes } from '../../engine/posture/former-types.ts';
import { plausibleRow } from '../../engine/posture/plausible-row.ts';
import type { ResourceRow, Transition } from '../../engine/posture/row.ts';
import { partsOf } from '../../engine/posture/split-row.ts';
import { pagesOf } from './pages.ts';
import { rowIn, rowKey, transitionsIn } from './row-items.ts';
import { formerKeyOf } from './split-rows.ts';

/** What people look up in the posture table, and handlers never do: rows without what cannot have been, and what is no row marked so. */
export interface PostureListing {
  /** Every row. */
  all(): AsyncIterable<ResourceRow>;
  /** Rows that keep an exemption. Reads the whole table: only a person's question is worth that. */
  exempted(): AsyncIterable<ResourceRow>;
  /** Rows on which something is pending. Reads the whole table too. */
  pending(): AsyncIterable<ResourceRow>;
  /** How one control turned at a time, as long as that is kept: 90 days. */
  transition(key: string, at: string, controlId: string): Promise<Transition | undefined>;
}

export const createPostureListing = (
  dynamoDb: DynamoDBDocument,
  table: string,
  clock: () => Date = () => new Date(),
): PostureListing => {
  const rowsWhere = async function* (
    condition: string,
    values: Readonly<Record<string, string>> = {},
    names: Readonly<Record<string, string>> | undefined = undefined,
  ): AsyncGenerator<ResourceRow> {
    const read = (ExclusiveStartKey?: Record<string, unknown>) =>
      dynamoDb.scan({
        TableName: table,
        // What was of a former type and became several rows is no row any more.
        FilterExpression: `sk = :row AND attribute_not_exists(retired)${condition}`,
        ...(names ? { ExpressionAttributeNames: names } : {}),
        ExpressionAttributeValues: { ':row': rowKey, ...values },
        ExclusiveStartKey,
      });
    for await (const items of pagesOf(read))
      for (const item of items) {
        const kept = plausibleRow(rowIn(item), clock());
        if (formerTypes.includes(kept.type)) yield* partsOf(kept).map((part) => part.row);
        else yield kept;
      }
  };
  const rowsThatSay = (some: string, mark: string, other: string = some) =>
    rowsWhere(
      ' AND (contains(#row, :some) OR contains(#row, :other) OR attribute_exists(#mark))',
      { ':some': some, ':other': other },
      { '#row': 'row', '#mark': mark },
    );
  return {
    all: () => rowsWhere(''),
    // A row as text whose exemptions have all ended says `{}`; one that is compressed has a mark beside it.
    exempted: () => rowsThatSay('"exemptions":{"', 'exempted'),
    pending: () => rowsThatSay('"state":"waiting"', 'pending', '"waitsAt":"'),
    async transition(pk, at, controlId) {
      // Those of one delivery are one item, or each of its controls has one.
      const of = async (key: string) => {
        const { Items = [] } = await dynamoDb.query({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :at)',
          ExpressionAttributeValues: { ':pk': key, ':at': `transition#${at}#` },
        });
        return Items.flatMap(transitionsIn).find(
          (one) => one.controlId === controlId && one.at === at,
        );
      };
      const formerKey = formerKeyOf(pk);
      return (await of(pk)) ?? (formerKey === undefined ? undefined : of(formerKey));
    },
  };
};
