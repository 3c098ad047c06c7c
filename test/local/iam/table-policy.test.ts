import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { outputsOf } from '../../../lib/aws/stack-outputs.ts';
import { serve } from '../served.ts';

const account = '123456789012';
const region = 'us-east-1';
let aws: Awaited<ReturnType<typeof serve>>;
let TableName = '';
beforeAll(async () => {
  aws = await serve({ scheduleSpeed: 0 });
  const stack = { name: 'Plumbline', account, region };
  const outputs = await outputsOf(stack, await sdkClients(settings('alice'))('cloudformation'));
  TableName = outputs['PostureTable'] ?? '';
}, 180_000);
afterAll(() => aws.end(), 60_000);

const settings = (accessKeyId: string) => ({
  region,
  endpoint: aws.url,
  credentials: { accessKeyId, secretAccessKey: 'any' },
});
const Item = { pk: { S: 'forged' }, sk: { S: 'resource' } };
const Key = Item;
const denied = {
  name: 'AccessDeniedException',
  message: expect.stringContaining('with an explicit deny in a resource-based policy'),
};

type Attack = (dynamodb: DynamoDB) => Promise<unknown>;
const attacks: Record<string, Attack> = {
  PutItem: (db) => db.putItem({ TableName, Item }),
  UpdateItem: (db) => db.updateItem({ TableName, Key }),
  DeleteItem: (db) => db.deleteItem({ TableName, Key }),
  BatchWriteItem: (db) =>
    db.batchWriteItem({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }),
  'TransactWriteItems with a Put': (db) =>
    db.transactWriteItems({ TransactItems: [{ Put: { TableName, Item } }] }),
  UpdateTimeToLive: (db) =>
    db.updateTimeToLive({
      TableName,
      TimeToLiveSpecification: { AttributeName: 'other', Enabled: true },
    }),
};

describe('the posture table', () => {
  it.each(Object.entries(attacks))(
    'takes no %s from whoever is not a function of ours',
    async (_, attack) => {
      for (const key of ['alice', 'AKIAPOWERUSER'])
        await expect(attack(new DynamoDB(settings(key)))).rejects.toMatchObject(denied);
    },
  );

  it('is read by whoever may', async () => {
    const { Item: found } = await new DynamoDB(settings('alice')).getItem({ TableName, Key });
    expect(found).toBeUndefined();
  });

  it('takes the rows of a function of ours', async () => {
    const own = new DynamoDB({ region, endpoint: aws.url, credentials: aws.reader });
    await expect(own.putItem({ TableName, Item })).resolves.toBeDefined();
  });
});
