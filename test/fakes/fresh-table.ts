import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';

const keys = [
  ['pk', 'HASH'],
  ['sk', 'RANGE'],
] as const;

/** What makes a table with the keys of ours, without the indexes of the deployed one. */
export const tableCalled = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: keys.map(([name]) => ({ AttributeName: name, AttributeType: 'S' })),
  KeySchema: keys.map(([name, type]) => ({ AttributeName: name, KeyType: type })),
});

/** A DynamoDB for the tests of a file; each call gives it an empty table, without the indexes of the deployed one. */
export const givenTables = () => {
  let moto: Moto;
  let dynamoDb: DynamoDBDocument;
  let tables = 0;
  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new DynamoDBClient({ region: 'us-east-1', endpoint: moto.url, credentials });
    dynamoDb = DynamoDBDocument.from(client);
  }, 60_000);
  afterAll(async () => {
    dynamoDb.destroy();
    await moto.stop();
  });
  return async () => {
    tables += 1;
    const table = `posture${tables}`;
    await dynamoDb.send(new CreateTableCommand(tableCalled(table)));
    return { dynamoDb, table };
  };
};
