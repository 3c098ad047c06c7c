import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { claimJob } from './claim-job.ts';
import { putIf } from './conditional.ts';

/** What became of a person's ask for an audit of all hosts: when it was begun, or that another one was just before. */
export type HostAsk = { readonly takenAt: string } | { readonly isTooSoon: true };

/** Partition key in the posture table. */
export const hostAsksKey = 'host-asks';
const daysKept = 7;

/** What people asked for of hosts, by the id that each ask was given by who asked. */
export interface HostAsks {
  /** Claims the next audit by a person's word; false where one began after `since`. */
  claim(at: string, since: string): Promise<boolean>;
  /** Says what became of an ask; of no effect where that is said already. */
  note(id: string, became: HostAsk, at: Date): Promise<void>;
  /** `undefined` while nobody has taken it. */
  became(id: string): Promise<HostAsk | undefined>;
}

export const createHostAsks = (documents: DynamoDBDocument, table: string): HostAsks => ({
  claim: (at, since) => claimJob({ documents, table, key: hostAsksKey }, at, since),
  async note(id, ask, at) {
    const expiresAt = Math.floor(at.getTime() / 1000) + daysKept * 86_400;
    await putIf(() =>
      documents.put({
        TableName: table,
        Item: { pk: hostAsksKey, sk: id, expiresAt, ask },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  },
  async became(id) {
    const { Item } = await documents.get({
      TableName: table,
      Key: { pk: hostAsksKey, sk: id },
      ConsistentRead: true,
    });
    return Item?.['ask'];
  },
});
