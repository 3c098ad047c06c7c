import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { Where } from '../../model/resource-type.ts';
import { regionId, regionsKey } from '../../resources/account/own-names.ts';
import { text } from '../../support/untyped.ts';
import { pagesOf } from './pages.ts';

/** What is known of a region of an account as a whole; times are ISO 8601. */
export interface RegionNote extends Where {
  /** When all of it was last listed. */
  readonly sweptAt?: string;
  /** When something was last known to be there, beside what every region has. */
  readonly heldAt?: string;
  /** When an event from there was last heard, to the hour. */
  readonly heardAt?: string;
  /** Since when it refuses every read. */
  readonly closedSince?: string;
}
export type RegionNews = Partial<Record<(typeof names)[number], string>>;

/** Notes of regions, in the posture table. */
export interface Regions {
  all(): Promise<readonly RegionNote[]>;
  read(where: Where): Promise<RegionNote>;
  note(where: Where, news: RegionNews): Promise<void>;
  /** Notes that reads are answered again. */
  opened(where: Where): Promise<void>;
}

type Item = Readonly<Record<string, unknown>>;

const names = ['sweptAt', 'heldAt', 'heardAt', 'closedSince'] as const;

const noteIn = (item: Item): RegionNote => {
  const [account = '', region = ''] = String(item['sk']).split('/');
  const known = names.flatMap((name) => {
    const time = text(item[name]);
    return time === undefined ? [] : [[name, time] as const];
  });
  return { account, region, ...Object.fromEntries(known) };
};

export const createRegions = (dynamoDb: DynamoDBDocument, table: string): Regions => {
  const keyOf = (where: Where) => ({ pk: regionsKey, sk: regionId(where) });
  return {
    async all() {
      const notes: RegionNote[] = [];
      const query = (ExclusiveStartKey?: Record<string, unknown>) =>
        dynamoDb.query({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': regionsKey },
          ExclusiveStartKey,
        });
      for await (const items of pagesOf(query)) notes.push(...items.map(noteIn));
      return notes;
    },

    async read(where) {
      const Key = keyOf(where);
      const { Item } = await dynamoDb.get({ TableName: table, Key, ConsistentRead: true });
      return Item ? noteIn(Item) : { ...where };
    },

    async note(where, news) {
      const said = Object.entries(news);
      await dynamoDb.update({
        TableName: table,
        Key: keyOf(where),
        UpdateExpression: `SET ${said.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(said.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          said.map(([name, time]) => [`:${name}`, time]),
        ),
      });
    },

    async opened(where) {
      await dynamoDb.update({
        TableName: table,
        Key: keyOf(where),
        UpdateExpression: 'REMOVE closedSince',
      });
    },
  };
};
