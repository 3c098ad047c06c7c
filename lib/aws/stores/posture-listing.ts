import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { formerTypes } from '../../engine/posture/former-types.ts';
import { unpacked } from '../../engine/posture/packed-row.ts';
import type { ResourceRow, Transition } from '../../engine/posture/row.ts';
import { partsOf } from '../../engine/posture/split-row.ts';
import { pagesOf } from './pages.ts';
import { formerKeyOf } from './split-rows.ts';

/** What people look up in the posture table, and handlers never do. */
export interface PostureListing {
  /** Rows that keep an exemption. Reads the whole table: only a person's question is worth that. */
  exempted(): AsyncIterable<ResourceRow>;
  /** Rows on which something is pending. Reads the whole table too. */
  pending(): AsyncIterable<ResourceRow>;
  /** How one control turned at a time, as long as that is kept: 90 days. */
  transition(key: string, at: string, controlId: string): Promise<Transition | undefined>;
}

export const createPostureListing = (
  documents: DynamoDBDocument,
  table: string,
): PostureListing => {
  const rowsThatSay = async function* (some: string): AsyncGenerator<ResourceRow> {
    const read = (ExclusiveStartKey?: Record<string, unknown>) =>
      documents.scan({
        TableName: table,
        // What was of a former type and became several rows is no row any more.
        FilterExpression: 'sk = :row AND contains(#row, :some) AND attribute_not_exists(retired)',
        ExpressionAttributeNames: { '#row': 'row' },
        ExpressionAttributeValues: { ':row': 'resource', ':some': some },
        ExclusiveStartKey,
      });
    for await (const items of pagesOf(read))
      for (const { row } of items) {
        const kept = unpacked(JSON.parse(String(row)));
        if (formerTypes.includes(kept.type)) yield* partsOf(kept).map((part) => part.row);
        else yield kept;
      }
  };
  return {
    // A row is JSON: one whose exemptions have all ended says `{}`.
    exempted: () => rowsThatSay('"exemptions":{"'),
    pending: () => rowsThatSay('"state":"waiting"'),
    async transition(pk, at, controlId) {
      const sk = `transition#${at}#${controlId}`;
      const of = async (key: string) =>
        (await documents.get({ TableName: table, Key: { pk: key, sk } })).Item?.['transition'];
      const formerKey = formerKeyOf(pk);
      return (await of(pk)) ?? (formerKey && of(formerKey));
    },
  };
};
