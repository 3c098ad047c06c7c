import type { Input } from '../../../lib/model/control.ts';
import { dynamodbTable } from '../../../lib/resources/dynamodb/dynamodb-table.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(dynamodbTable);

const facets = Object.keys(dynamodbTable.facets);
const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(dynamodbTable, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-full', 'read.bare'];
const arnOf = (name: string) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'dynamodb:GetItem',
      Resource: arnOf(full),
    },
  ],
});

beforeAll(async () => {
  const dynamodb = await aws.clients()('dynamodb');
  const common: Omit<Input<'dynamodb', 'createTable'>, 'TableName'> = {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  };
  await dynamodb.createTable({
    ...common,
    TableName: full,
    DeletionProtectionEnabled: true,
    Tags: [{ Key: 'data', Value: 'secret' }],
  });
  await dynamodb.updateContinuousBackups({
    TableName: full,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
  await dynamodb.putResourcePolicy({ ResourceArn: arnOf(full), Policy: policy });
  await dynamodb.createTable({ ...common, TableName: bare });
}, 60_000);

it('shows how it is set, and its policy', async () => {
  expect(await read(full, 'table', 'recovery', 'policy')).toMatchObject({
    table: { value: { state: 'ACTIVE', refusesDeletion: true } },
    recovery: { value: { isOn: true } },
    policy: { value: policy },
  });
  expect(await read(bare, 'table', 'recovery', 'policy')).toMatchObject({
    table: { value: { state: 'ACTIVE', refusesDeletion: false } },
    recovery: { value: { isOn: false } },
    policy: { value: undefined },
  });
});

it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
  expect(await read('never-made', facet)).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(dynamodbTable, 'example')).toEqual(
    Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);

it('tells its ARN and tags, and is listed', async () => {
  expect(await read(full, 'about')).toEqual({
    about: { value: { arn: arnOf(full), tags: { data: 'secret' } } },
  });
  const { resources } = await dynamodbTable.live.list.page(aws.reader(), undefined);
  expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([full, bare]));
});

const [ofTable, ofPolicy] = ['UpdateTable', 'PutResourcePolicy'];
it.each<[string, string, object, unknown]>([
  ['its name', ofTable, { requestParameters: { tableName: 'orders' } }, ['orders']],
  // Calls take the ARN in place of the name since 2024.
  ['its ARN', ofTable, { requestParameters: { tableName: arnOf('orders') } }, ['orders']],
  [
    'what a backup is restored to',
    'RestoreTableFromBackup',
    { requestParameters: { targetTableName: 'orders', backupArn: `${arnOf('old')}/backup/1` } },
    ['orders'],
  ],
  ['nothing', ofTable, { requestParameters: null }, 'all'],
  ['the ARN in a policy', ofPolicy, { requestParameters: { resourceArn: arnOf('a.b') } }, ['a.b']],
  [
    'the ARN of its stream, whose policy is another',
    ofPolicy,
    { requestParameters: { resourceArn: `${arnOf('orders')}/stream/2026-06-15T12:00:00.000` } },
    [],
  ],
])('is named by %s', (_, eventName, detail, ids) => {
  const found = dynamodbTable.live.announcements.find(
    (one) => one.via === 'cloudtrail' && eventName in one.calls,
  );
  expect(found?.idsIn({ eventName, awsRegion: region, ...detail }, accountId)).toEqual(ids);
});
