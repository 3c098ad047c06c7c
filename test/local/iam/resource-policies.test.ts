import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { STS } from '@aws-sdk/client-sts';
import { type Endpoint, startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { queueSenders } from '../../../lib/local/events/queue-senders.ts';
import { enforceIam } from '../../../lib/local/iam/iam-enforcement.ts';
import { createSts, type Sts } from '../../../lib/local/iam/sts.ts';
import { type MotoClients, motoClients } from '../../../lib/local/local-aws-clients.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';

const account = '123456789012';
const region = 'us-east-1';
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const queueArn = (name: string) => `arn:aws:sqs:${region}:${account}:${name}`;

let moto: Moto;
let clients: MotoClients;
let endpoint: Endpoint;
let sts: Sts;
beforeAll(async () => {
  moto = await startMoto();
  clients = motoClients(moto.url);
  sts = createSts({ account, iam: clients.iam, sts: clients.sts });
  const iam = enforceIam({ ...clients, account, sts, isOurs: () => false });
  endpoint = await startEndpoint({
    port: 0,
    moto,
    before: [iam.before, sts.before, queueSenders(sts.identityOf)],
    after: [iam.after],
  });
}, 30_000);
afterAll(async () => {
  await endpoint.close();
  await moto.stop();
});

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const settings = (given: string | Credentials) => ({
  region,
  endpoint: endpoint.url,
  maxAttempts: 1,
  credentials: typeof given === 'string' ? { accessKeyId: given, secretAccessKey: 'any' } : given,
});
const sqsAs = (given: string | Credentials) => new SQS(settings(given));
const sessionOf = async (name: string): Promise<Credentials> => {
  const AssumeRolePolicyDocument = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
  });
  await new IAM(settings('admin')).createRole({ RoleName: name, AssumeRolePolicyDocument });
  const { Credentials: given } = await new STS(settings('admin')).assumeRole({
    RoleArn: role(name),
    RoleSessionName: 'anything',
  });
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
};
const denySend = (name: string, admitted: readonly string[], more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'],
        Resource: queueArn(name),
        Condition: {
          ArnNotEquals: { 'aws:PrincipalArn': admitted },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        },
        ...more,
      },
    ],
  });
const queue = async (QueueName: string, Policy?: string): Promise<string> => {
  const Attributes = Policy === undefined ? {} : { Policy };
  return (await sqsAs('admin').createQueue({ QueueName, Attributes })).QueueUrl ?? '';
};
const refused = { name: expect.stringMatching(/^AccessDenied/) };

describe('the policy of a queue', () => {
  it('is held against everybody whom it does not name, whatever their credentials', async () => {
    const QueueUrl = await queue('held', denySend('held', [role('worker')]));
    const message = { QueueUrl, MessageBody: 'forged' };
    const mallory = sqsAs('mallory');
    await expect(mallory.sendMessage(message)).rejects.toMatchObject({
      ...refused,
      message: `User: arn:aws:iam::${account}:user/mallory is not authorized to perform: sqs:SendMessage on resource: ${queueArn('held')} with an explicit deny in a resource-based policy`,
    });
    await expect(
      mallory.sendMessageBatch({ QueueUrl, Entries: [{ Id: '0', MessageBody: 'forged' }] }),
    ).rejects.toMatchObject(refused);
    await expect(mallory.receiveMessage({ QueueUrl })).rejects.toMatchObject(refused);
    const other = sqsAs(await sessionOf('worker-of-mallory'));
    await expect(other.sendMessage(message)).rejects.toMatchObject(refused);
    // What is not denied is allowed to everybody of the account here.
    await mallory.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
  });

  it('lets through the role that it names, in any session', async () => {
    const QueueUrl = await queue('named', denySend('named', [role('named-worker')]));
    const worker = sqsAs(await sessionOf('named-worker'));
    await worker.sendMessage({ QueueUrl, MessageBody: 'true' });
    expect((await worker.receiveMessage({ QueueUrl })).Messages).toHaveLength(1);
  });

  it('does not deny AWS itself, whose principal is no ARN', async () => {
    const QueueUrl = await queue('service', denySend('service', [role('nobody')]));
    const events = sqsAs(sts.serviceKey('events.amazonaws.com'));
    await events.sendMessage({ QueueUrl, MessageBody: 'true' });
  });

  it('denies by a key that a request lacks only where the operator is negated', async () => {
    const absent = { 'aws:SourceArn': 'arn:aws:events:::rule/x' };
    const negated = denySend('negated', [], { Condition: { ArnNotEquals: absent } });
    const positive = denySend('positive', [], { Condition: { ArnEquals: absent } });
    const [first, second] = [await queue('negated', negated), await queue('positive', positive)];
    const alice = sqsAs('alice');
    await expect(alice.sendMessage({ QueueUrl: first, MessageBody: 'm' })).rejects.toMatchObject(
      refused,
    );
    await alice.sendMessage({ QueueUrl: second, MessageBody: 'm' });
  });

  it('counts from the call that changes it', async () => {
    const QueueUrl = await queue('changed');
    const message = { QueueUrl, MessageBody: 'm' };
    await sqsAs('alice').sendMessage(message);
    const setPolicy = (Policy: string) =>
      sqsAs('admin').setQueueAttributes({ QueueUrl, Attributes: { Policy } });
    await setPolicy(denySend('changed', [role('nobody')]));
    await expect(sqsAs('alice').sendMessage(message)).rejects.toMatchObject(refused);
    await setPolicy('');
    await sqsAs('alice').sendMessage(message);
  });

  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(`${endpoint.url}${path}`, { method: 'POST', headers, body });
  const waiting = async (QueueName: string) => {
    const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName });
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const { Attributes } = await clients.sqs.getQueueAttributes({ QueueUrl, AttributeNames });
    return Attributes?.['ApproximateNumberOfMessages'];
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const scope = `Credential=mallory/20260615/${region}/sqs/aws4_request`;
  const signed = { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` };

  it.each([
    ['that signs nothing', {}],
    ['of an older client, which names the queue by its path', signed],
  ])('is held against a call %s', async (_, more) => {
    await queue('open', denySend('open', [role('nobody')]));
    const json = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.SendMessage',
    };
    const QueueUrl = `${endpoint.url}/${account}/open`;
    const answers = [
      await post(`/${account}/open`, 'Action=SendMessage&MessageBody=forged', { ...form, ...more }),
      await post('/', JSON.stringify({ QueueUrl, MessageBody: 'forged' }), { ...json, ...more }),
    ];
    for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(400);
    expect(await waiting('open')).toBe('0');
  });
});

it('of a table is held against everybody too, on its indexes and in a transaction', async () => {
  const admin = new DynamoDB(settings('admin'));
  const name = 'guarded';
  await admin.createTable({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
  const ResourceArn = `arn:aws:dynamodb:${region}:${account}:table/${name}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'dynamodb:PutItem',
        Resource: ResourceArn,
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': role('writer') } },
      },
    ],
  });
  const Item = { pk: { S: 'row' } };
  await admin.putItem({ TableName: name, Item });
  await admin.putResourcePolicy({ ResourceArn, Policy });
  await expect(admin.putItem({ TableName: name, Item })).rejects.toMatchObject(refused);
  await expect(
    admin.transactWriteItems({ TransactItems: [{ Put: { TableName: name, Item } }] }),
  ).rejects.toMatchObject(refused);
  const writer = new DynamoDB(settings(await sessionOf('writer')));
  await writer.putItem({ TableName: name, Item });
  await admin.getItem({ TableName: name, Key: Item });
});

describe('a message says who sent it', () => {
  const senderOf = async (QueueName: string) => {
    const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName });
    const { Messages } = await clients.sqs.receiveMessage({
      QueueUrl,
      MessageSystemAttributeNames: ['SenderId'],
    });
    return Messages?.[0]?.Attributes?.['SenderId'];
  };

  it('by the id of a role, with the name of the session', async () => {
    const QueueUrl = await queue('from-role');
    await sqsAs(await sessionOf('sender')).sendMessage({ QueueUrl, MessageBody: 'm' });
    const { Role } = await clients.iam.getRole({ RoleName: 'sender' });
    expect(Role?.RoleId).toMatch(/^AROA/);
    expect(await senderOf('from-role')).toBe(`${Role?.RoleId}:anything`);
  });

  it('by the id of a user', async () => {
    const iam = new IAM(settings('admin'));
    const { User } = await iam.createUser({ UserName: 'carol' });
    const { AccessKey } = await iam.createAccessKey({ UserName: 'carol' });
    const QueueUrl = await queue('from-user');
    const Entries = [{ Id: '0', MessageBody: 'm' }];
    await sqsAs(AccessKey?.AccessKeyId ?? '').sendMessageBatch({ QueueUrl, Entries });
    expect(await senderOf('from-user')).toBe(User?.UserId);
  });

  it('though the caller claims another one', async () => {
    const QueueUrl = await queue('claimed');
    const mallory = sqsAs('mallory');
    mallory.middlewareStack.add(
      (next) => (args) => {
        Object.assign(Reflect.get(args.request as object, 'headers'), {
          'x-local-sender': 'AROAOURS:evaluate',
        });
        return next(args);
      },
      { step: 'build' },
    );
    await mallory.sendMessage({ QueueUrl, MessageBody: 'm' });
    expect(await senderOf('claimed')).toBe('mallory');
  });
});

describe('the policy of a bucket', () => {
  const s3As = (given: string | Credentials) =>
    new S3({ ...settings(given), forcePathStyle: true });
  const denying = (Bucket: string, name: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: { AWS: role(name) },
          Action: 's3:Get*',
          Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
        },
      ],
    });

  it('is held against whom it denies, bucket and objects, until it is taken away', async () => {
    const Bucket = 'of-mallory';
    const admin = s3As('admin');
    await admin.createBucket({ Bucket });
    await admin.putObject({ Bucket, Key: 'a:b', Body: 'any' });
    const reader = s3As(await sessionOf('bucket-reader'));
    await reader.getBucketVersioning({ Bucket });
    await admin.putBucketPolicy({ Bucket, Policy: denying(Bucket, 'bucket-reader') });
    await expect(reader.getBucketVersioning({ Bucket })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${account}:assumed-role/bucket-reader/anything is not authorized to perform: s3:GetBucketVersioning on resource: arn:aws:s3:::${Bucket} with an explicit deny in a resource-based policy`,
    });
    await expect(reader.getObject({ Bucket, Key: 'a:b' })).rejects.toMatchObject(refused);
    await reader.listObjectsV2({ Bucket });
    await admin.getBucketVersioning({ Bucket });
    await admin.deleteBucketPolicy({ Bucket });
    await reader.getBucketVersioning({ Bucket });
  });
});
