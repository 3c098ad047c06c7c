import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { sdkClients } from '../../lib/aws/clients.ts';
import { outputsOf } from '../../lib/aws/stack-outputs.ts';

const account = '123456789012';
const region = 'us-east-1';

/**
 * Lets every user of the local AWS write rows, which the tables' policies deny: for tests that put something there.
 */
export const admitUsers = async (endpoint: string): Promise<void> => {
  const settings = {
    region,
    endpoint,
    credentials: { accessKeyId: 'root', secretAccessKey: 'any' },
  };
  const cloudformation = await sdkClients(settings)('cloudformation');
  const { PostureTable = '', LedgerTable } = await outputsOf(
    { name: 'Plumbline', account, region },
    cloudformation,
  );
  const dynamodb = new DynamoDB(settings);
  for (const table of [PostureTable, ...(LedgerTable === undefined ? [] : [LedgerTable])]) {
    const ResourceArn = `arn:aws:dynamodb:${region}:${account}:table/${table}`;
    const { Policy = '{}' } = await dynamodb.getResourcePolicy({ ResourceArn });
    const document = JSON.parse(Policy);
    for (const statement of document.Statement) {
      const admitted = statement.Condition.ArnNotEquals['aws:PrincipalArn'];
      statement.Condition.ArnNotEquals['aws:PrincipalArn'] = [
        ...[admitted].flat(),
        `arn:aws:iam::${account}:user/*`,
      ];
    }
    await dynamodb.putResourcePolicy({ ResourceArn, Policy: JSON.stringify(document) });
  }
};
