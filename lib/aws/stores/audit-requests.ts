import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { claimJob } from './claim-job.ts';
import { putIf } from './conditional.ts';

/** What became of a person's ask for an audit of all hosts: when it was begun, or that another one was just before. */
export type AuditRequest = { readonly takenAt: string } | { readonly isTooSoon: true };

/** Partition key in the posture table. */
export const auditRequestsKey = 'host-asks';
const daysKept = 7;

/** What people asked for of hosts, by the id that each ask was given by who asked. */
export interface AuditRequests {
  /** Claims the next audit by a person's word; false where one began after `since`. */
  claim(at: string, since: string): Promise<boolean>;
  /** Says what became of an ask; of no effect where that is said already. */
  note(id: string, became: AuditRequest, at: Date): Promise<void>;
  /** `undefined` while nobody has taken it. */
  became(id: string): Promise<AuditRequest | undefined>;
}

export const createAuditRequests = (dynamoDb: DynamoDBDocument, table: string): AuditRequests => ({
  claim: (at, since) => claimJob({ dynamoDb, table, key: auditRequestsKey }, at, since),
  async note(id, ask, at) {
    const expiresAt = Math.floor(at.getTime() / 1000) + daysKept * 86_400;
    await putIf(() =>
      dynamoDb.put({
        TableName: table,
        Item: { pk: auditRequestsKey, sk: id, expiresAt, ask },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  },
  async became(id) {
    const { Item } = await dynamoDb.get({
      TableName: table,
      Key: { pk: auditRequestsKey, sk: id },
      ConsistentRead: true,
    });
    return Item?.['ask'];
  },
});
