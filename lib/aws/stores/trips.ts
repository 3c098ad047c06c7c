import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { text } from '../../support/untyped.ts';
import { decode, encode } from '../../support/wire.ts';
import { putIf } from './conditional.ts';

/** That the breaker of a control is open. */
export interface Trip {
  readonly control: string;
  readonly until: string;
  /** The number of actions in an hour that was reached. */
  readonly actions: number;
  /** Whose drift is left alone; everybody's where it is nobody's in particular. */
  readonly actors?: readonly string[];
}
/** The breakers that have tripped, as the ledger knows them: who deletes a parameter closes none. */
export interface Trips {
  get(control: string): Promise<Trip | undefined>;
  keep(trip: Trip): Promise<void>;
  /** False where there was none. */
  end(control: string): Promise<boolean>;
}

const keyOf = (control: string) => ({ pk: 'trips', sk: control });
const daysKept = 30;

export const createTrips = (documents: DynamoDBDocument, table: string): Trips => ({
  async get(control) {
    const Key = keyOf(control);
    const { Item } = await documents.get({ TableName: table, Key, ConsistentRead: true });
    const body = text(Item?.['trip']);
    return body === undefined ? undefined : (decode(body) as Trip);
  },
  async keep(trip) {
    const expiresAt = Math.floor(Date.parse(trip.until) / 1000) + daysKept * 86_400;
    const Item = { ...keyOf(trip.control), trip: encode(trip), expiresAt };
    await documents.put({ TableName: table, Item });
  },
  end: (control) =>
    putIf(() =>
      documents.delete({
        TableName: table,
        Key: keyOf(control),
        ConditionExpression: 'attribute_exists(pk)',
      }),
    ),
});
