import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { startMoto } from '../../../lib/local/moto/moto.ts';
import { beatAll, throwIfLost, trustPolicy } from '../../../lib/pipeline/heartbeat/heartbeat.ts';
import { tableCalled } from '../../fakes/fresh-table.ts';

const moto = await startMoto();
afterAll(() => moto.stop());

const settings = {
  region: 'us-east-1',
  endpoint: moto.url,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
const clients = sdkClients(settings);
const dynamo = new DynamoDB(settings);
const dynamoDb = DynamoDBDocument.from(dynamo);
const table = 'posture';
const bucketKey = '123456789012#us-east-1#AWS::S3::Bucket#heartbeat-bucket';
const roleKey = '123456789012#us-east-1#AWS::IAM::Role#heartbeat-role';

/** One beat at a time of 15 June 2026, on the bucket and the role or on what is named. */
const beatAt = (time: string, keys: readonly string[] = [bucketKey, roleKey]) =>
  beatAll({ clients, dynamoDb, table, clock: () => new Date(`2026-06-15T${time}Z`) }, keys);
/** What evaluate keeps of an event on a resource. */
const eventCameAt = (key: string, time: string) =>
  dynamoDb.put({
    TableName: table,
    Item: { pk: key, sk: 'resource', lastEventAt: `2026-06-15T${time}Z` },
  });

beforeAll(async () => {
  // One after the other: modules that are loaded at once, and load the same one, end Jest's loader.
  const s3 = await clients('s3');
  const iam = await clients('iam');
  await s3.createBucket({ Bucket: 'heartbeat-bucket' });
  await iam.createRole({
    RoleName: 'heartbeat-role',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
  });
});
beforeEach(async () => {
  await dynamo.createTable(tableCalled(table));
});
afterEach(() => dynamo.deleteTable({ TableName: table }));

describe('a beat', () => {
  it('puts the block of the bucket and the trust policy of the role', async () => {
    await beatAt('12:00:00');
    const [s3, iam] = await Promise.all([clients('s3'), clients('iam')]);
    const { PublicAccessBlockConfiguration } = await s3.getPublicAccessBlock({
      Bucket: 'heartbeat-bucket',
    });
    expect(Object.values(PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
    const { Role } = await iam.getRole({ RoleName: 'heartbeat-role' });
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual(
      trustPolicy,
    );
  });

  it('has nothing to look for the first time', async () => {
    expect(await beatAt('12:00:00')).toEqual([]);
  });

  it('is content where the last one came back', async () => {
    await beatAt('12:00:00.400');
    // CloudTrail's clock has whole seconds.
    await eventCameAt(bucketKey, '12:00:00');
    await eventCameAt(roleKey, '12:00:03');
    expect(await beatAt('12:15:00')).toEqual([]);
  });

  it('names each that did not come back, and goes on beating', async () => {
    await beatAt('12:00:00');
    await eventCameAt(bucketKey, '12:00:01');
    const lost = [{ key: roleKey, beatAt: '2026-06-15T12:00:00.000Z' }];
    expect(await beatAt('12:15:00')).toEqual(lost);
    await eventCameAt(roleKey, '12:15:02');
    await eventCameAt(bucketKey, '12:15:02');
    expect(await beatAt('12:30:00')).toEqual([]);
  });

  it('does not take the event of an earlier beat for that of the last', async () => {
    await beatAt('12:00:00');
    await eventCameAt(bucketKey, '12:00:01');
    await beatAt('12:15:00', [bucketKey]);
    expect(await beatAt('12:30:00', [bucketKey])).toEqual([
      { key: bucketKey, beatAt: '2026-06-15T12:15:00.000Z' },
    ]);
  });

  it('takes an event after a pause for that of the beat before it', async () => {
    await beatAt('08:00:00', [bucketKey]);
    await eventCameAt(bucketKey, '08:00:01');
    expect(await beatAt('12:00:00', [bucketKey])).toEqual([]);
  });

  it('refuses a resource that it has no harmless write for', async () => {
    const key = '123456789012#us-east-1#AWS::EC2::SecurityGroup#sg-1';
    await expect(beatAt('12:00:00', [key])).rejects.toThrow(
      'allowed: AWS::S3::Bucket, AWS::IAM::Role',
    );
  });
});

describe('what is lost', () => {
  it('fails the function and says where to look', () => {
    expect(() => throwIfLost([{ key: bucketKey, beatAt: '2026-06-15T12:00:00.000Z' }])).toThrow(
      /AWS::S3::Bucket#heartbeat-bucket \(written at 2026-06-15T12:00:00.000Z\): see the trail/,
    );
  });

  it('is nothing to fail for where there is none', () => {
    expect(throwIfLost([])).toBeUndefined();
  });
});
