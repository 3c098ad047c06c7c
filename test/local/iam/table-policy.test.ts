import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { outputsOf } from '../../../lib/aws/stack-outputs.ts';
import { namedAlone, serve } from '../served.ts';

const account = '123456789012';
const region = 'us-east-1';
let aws: Awaited<ReturnType<typeof serve>>;
let outputs: Readonly<Record<string, string>>;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-tables-'));
  const baseline = join(folder, 'plumbline.yaml');
  await writeFile(baseline, `${namedAlone}controls: { S3.8: { mode: remediate } }\n`);
  aws = await serve({ baseline, scheduleSpeed: 0 });
  const stack = { name: 'Plumbline', account, region };
  outputs = await outputsOf(stack, await sdkClients(settings('alice'))('cloudformation'));
}, 180_000);
afterAll(async () => {
  await aws.end();
  await rm(folder, { recursive: true });
}, 60_000);

const settings = (accessKeyId: string) => ({
  region,
  endpoint: aws.url,
  credentials: { accessKeyId, secretAccessKey: 'any' },
});
const asFunction = (handler: string) => {
  const credentials = aws.own[handler];
  if (!credentials) throw new Error(`the stack has no function ${handler}`);
  return new DynamoDB({ region, endpoint: aws.url, credentials });
};
const Item = { pk: { S: 'forged' }, sk: { S: 'resource' } };
const Key = Item;
const denied = {
  name: 'AccessDeniedException',
  message: expect.stringContaining('with an explicit deny in a resource-based policy'),
};

type Attack = (dynamodb: DynamoDB, TableName: string) => Promise<unknown>;
const attacks: Record<string, Attack> = {
  PutItem: (db, TableName) => db.putItem({ TableName, Item }),
  UpdateItem: (db, TableName) => db.updateItem({ TableName, Key }),
  DeleteItem: (db, TableName) => db.deleteItem({ TableName, Key }),
  BatchWriteItem: (db, TableName) =>
    db.batchWriteItem({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }),
  'TransactWriteItems with a Put': (db, TableName) =>
    db.transactWriteItems({ TransactItems: [{ Put: { TableName, Item } }] }),
  UpdateTimeToLive: (db, TableName) =>
    db.updateTimeToLive({
      TableName,
      TimeToLiveSpecification: { AttributeName: 'other', Enabled: true },
    }),
};

describe.each(['PostureTable', 'LedgerTable'])('the %s', (name) => {
  const table = () => outputs[name] ?? '';

  it.each(Object.entries(attacks))(
    'takes no %s from whoever is not a function of ours',
    async (_, attack) => {
      for (const key of ['alice', 'AKIAPOWERUSER'])
        await expect(attack(new DynamoDB(settings(key)), table())).rejects.toMatchObject(denied);
    },
  );

  it('is read by whoever may', async () => {
    const { Item: found } = await new DynamoDB(settings('alice')).getItem({
      TableName: table(),
      Key,
    });
    expect(found).toBeUndefined();
  });
});

describe('the posture table', () => {
  it('takes the rows of a function of ours', async () => {
    const TableName = outputs['PostureTable'] ?? '';
    await expect(asFunction('evaluate').putItem({ TableName, Item })).resolves.toBeDefined();
  });
});

describe('the ledger', () => {
  const write = Object.entries(attacks).filter(([name]) => name !== 'UpdateTimeToLive');

  it.each(['evaluate', 'sweep', 'heartbeat'])(
    'takes nothing from the function %s',
    async (handler) => {
      const TableName = outputs['LedgerTable'] ?? '';
      for (const [, attack] of write)
        await expect(attack(asFunction(handler), TableName)).rejects.toMatchObject({
          name: 'AccessDeniedException',
        });
    },
  );

  it('is read by who evaluates, and written by who acts', async () => {
    const TableName = outputs['LedgerTable'] ?? '';
    await asFunction('remediate').putItem({ TableName, Item });
    const { Item: found } = await asFunction('evaluate').getItem({ TableName, Key });
    expect(found).toEqual(Item);
  });
});
