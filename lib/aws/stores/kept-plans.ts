import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { Planned } from '../../engine/remediation/planning.ts';
import { runAs } from '../../support/run-as.ts';
import { decode, encode } from '../../support/wire.ts';

interface KeptPlan {
  readonly control: string;
  readonly planned: Planned;
}
/** What is planned on a resource, beside its row. */
export interface KeptPlans {
  /** Keeps the whole of what is planned for a control; at most 300 kB of it. */
  putPlans(key: string, plans: readonly KeptPlan[]): Promise<void>;
  readPlan(key: string, control: string): Promise<Planned | undefined>;
}

const mostPlanBytes = 300_000;

/** A plan that the table cannot hold is still named. */
const planItem = (planned: Planned): string => {
  const body = encode(planned);
  if (Buffer.byteLength(body) <= mostPlanBytes) return body;
  const why = `the plan is too long to be kept; ${runAs('plan')} shows it`;
  return encode({ ...planned, plan: { kind: 'proposal', why }, grants: [] });
};

export const createKeptPlans = (dynamoDb: DynamoDBDocument, table: string): KeptPlans => ({
  async putPlans(key, plans) {
    await Promise.all(
      plans.map(({ control, planned }) =>
        dynamoDb.put({
          TableName: table,
          Item: { pk: key, sk: `plan#${control}`, plan: planItem(planned) },
        }),
      ),
    );
  },

  async readPlan(key, control) {
    const { Item } = await dynamoDb.get({
      TableName: table,
      Key: { pk: key, sk: `plan#${control}` },
    });
    return Item ? (decode(Item['plan']) as Planned) : undefined;
  },
});
