import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { breakerNamed } from '../../support/breaker-name.ts';
import { text } from '../../support/untyped.ts';
import { decode, encode } from '../../support/wire.ts';
import { putIf } from './conditional.ts';
import { pagesOf } from './pages.ts';

/** That the breaker of a control is open. */
export interface Trip {
  readonly control: string;
  /** Where it reached its limit; in none other something stops. @default - it stops in every account */
  readonly account?: string;
  readonly until: string;
  /** The number of actions in an hour that was reached. */
  readonly actions: number;
  /** Whose drift is left alone; everybody's where it is nobody's in particular. */
  readonly actors?: readonly string[];
}
/** The breakers that have tripped, by name, as the ledger knows them: who deletes a parameter closes none. */
export interface Trips {
  get(name: string): Promise<Trip | undefined>;
  keep(name: string, trip: Trip): Promise<void>;
  /** False where there was none. */
  end(name: string): Promise<boolean>;
  /** The names of those of a control. */
  names(control: string): Promise<readonly string[]>;
}

const pk = 'trips';
const keyOf = (name: string) => ({ pk, sk: name });
const daysKept = 30;

export const createTrips = (dynamoDb: DynamoDBDocument, table: string): Trips => ({
  async get(name) {
    const Key = keyOf(name);
    const { Item } = await dynamoDb.get({ TableName: table, Key, ConsistentRead: true });
    const body = text(Item?.['trip']);
    return body === undefined ? undefined : (decode(body) as Trip);
  },
  async keep(name, trip) {
    const expiresAt = Math.floor(Date.parse(trip.until) / 1000) + daysKept * 86_400;
    const Item = { ...keyOf(name), trip: encode(trip), expiresAt };
    await dynamoDb.put({ TableName: table, Item });
  },
  end: (name) =>
    putIf(() =>
      dynamoDb.delete({
        TableName: table,
        Key: keyOf(name),
        ConditionExpression: 'attribute_exists(pk)',
      }),
    ),
  async names(control) {
    const read = (ExclusiveStartKey: Record<string, unknown> | undefined) =>
      dynamoDb.query({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :control)',
        ExpressionAttributeValues: { ':pk': pk, ':control': control },
        ProjectionExpression: 'sk',
        ExclusiveStartKey,
      });
    const names: string[] = [];
    for await (const items of pagesOf(read)) names.push(...items.map(({ sk }) => String(sk)));
    return names.filter((name) => breakerNamed(name).control === control);
  },
});
