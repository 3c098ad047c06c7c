import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Roster } from '../../engine/baseline/organization.ts';
import { claimJob } from './claim-job.ts';
import { putIf } from './conditional.ts';

export const rosterKey = 'roster';
const listingKey = 'roster-listing';
const laterKey = 'roster-later';
/** Of 11,000 accounts, the most that Security Hub has members, this is a third. */
const mostBytes = 8_000_000;

/** The accounts of the organization, as one item of the posture table: all of them are needed at once. */
export interface RosterStore {
  /** Undefined until they are listed first. */
  read(): Promise<Roster | undefined>;
  /** False where they were listed anew since `before` was read. */
  write(roster: Roster, before: Roster | undefined): Promise<boolean>;
  /** Claims the next listing; false where one began after `since`. */
  claim(at: string, since: string): Promise<boolean>;
  /** Claims to have them listed later; false where somebody did after `since`. */
  claimLater(at: string, since: string): Promise<boolean>;
}

export const createRoster = (dynamoDb: DynamoDBDocument, table: string): RosterStore => ({
  async read() {
    const { Item } = await dynamoDb.get({
      TableName: table,
      Key: { pk: rosterKey, sk: rosterKey },
      ConsistentRead: true,
    });
    const roster: unknown = Item?.['roster'];
    if (!(roster instanceof Uint8Array)) return undefined;
    return JSON.parse(inflateRawSync(roster, { maxOutputLength: mostBytes }).toString());
  },
  write: (roster, before) =>
    putIf(() =>
      dynamoDb.put({
        TableName: table,
        Item: {
          pk: rosterKey,
          sk: rosterKey,
          listedAt: roster.listedAt,
          roster: deflateRawSync(JSON.stringify(roster)),
        },
        ...(before === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'listedAt = :before',
              ExpressionAttributeValues: { ':before': before.listedAt },
            }),
      }),
    ),
  claim: (at, since) => claimJob({ dynamoDb, table, key: listingKey }, at, since),
  claimLater: (at, since) => claimJob({ dynamoDb, table, key: laterKey }, at, since),
});

/** The accounts of the organization that a baseline governs, as they were listed last; nothing is read where it names none. */
export const rosterOf = async (
  { organization }: Pick<Baseline, 'organization'>,
  dynamoDb: DynamoDBDocument,
  table: string,
): Promise<Roster | undefined> => organization && createRoster(dynamoDb, table).read();
