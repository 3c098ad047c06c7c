import { setTimeout as sleep } from 'node:timers/promises';
import { type Clients, sdkClients } from '../../lib/aws/clients.ts';
import { outputsOf } from '../../lib/aws/stack-outputs.ts';
import { nightTest } from '../extent.ts';
import { account, pathMillis, region, told, worldAt } from './path/world.ts';
import { serve } from './served.ts';

// Somebody whom IAM lets write the policy of his own resource keeps our reader from it, and opens it behind that.

let served: Awaited<ReturnType<typeof serve>>;
let world: ReturnType<typeof worldAt>;
let alice: Clients;
let mallory: Clients;
let reader = '';
let tries = 0;
const mail: string[] = [];
const malloryArn = `arn:aws:iam::${account}:user/mallory`;

const as = (accessKeyId: string): Clients =>
  sdkClients({
    region,
    endpoint: served.url,
    credentials: { accessKeyId, secretAccessKey: 'any' },
  });
beforeAll(async () => {
  served = await serve({ scheduleSpeed: 0, settlesAfterSeconds: 0 });
  world = worldAt(served.url);
  alice = as('alice');
  mallory = as('mallory');
  const lambda = await alice('lambda');
  const { Role = '' } = await lambda.getFunctionConfiguration({
    FunctionName: served.functions['evaluate'],
  });
  reader = Role;
  const stack = { name: 'Plumbline', account, region };
  const { AlarmTopic: TopicArn } = await outputsOf(stack, await alice('cloudformation'));
  await (await alice('sqs')).createQueue({ QueueName: 'mail' });
  const Endpoint = `arn:aws:sqs:${region}:${account}:mail`;
  await (await alice('sns')).subscribe({ TopicArn, Protocol: 'sqs', Endpoint });
}, 180_000);
afterAll(() => served?.end(), 60_000);

/** A name that no earlier try of the same test has left in a state of its own. */
const fresh = (name: string): string => `${name}-${++tries}`;

/** What people were told of a resource. */
const mailOn = async (resource: string): Promise<readonly string[]> => {
  const sqs = await alice('sqs');
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'mail' });
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(100)) {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
      mail.push(JSON.parse(Body).Message);
    }
    const found = mail.filter((one) => one.includes(resource));
    if (found.length > 0) return found;
  }
  throw new Error('nobody was told anything');
};

const openTo = (bucket: string, ...more: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
      ...more,
    ],
  });
const against = (Action: string, Resource: string) => ({
  Effect: 'Deny',
  Principal: '*',
  Action,
  Resource,
  Condition: { ArnEquals: { 'aws:PrincipalArn': reader } },
});

it(
  'a bucket that passed is opened behind a Deny to our reader, and shown again',
  async () => {
    const Bucket = fresh('hidden-shut');
    const on = { control: 'S3.2', resource: `arn:aws:s3:::${Bucket}` };
    await (await alice('s3')).createBucket({ Bucket });
    await world.finding({ ...on, status: 'PASSED' });
    await sleep(3100);
    const s3 = await mallory('s3');
    await s3.deletePublicAccessBlock({ Bucket });
    // Read while the policy comes, the bucket can be seen open for a moment: this read has ended first.
    await world.finding({ ...on, control: 'S3.8', status: 'FAILED' });
    const Policy = openTo(Bucket, against('s3:Get*', on.resource));
    await s3.putBucketPolicy({ Bucket, Policy });
    const failed = await world.finding({ ...on, status: 'FAILED', call: 's3:PutBucketPolicy' });
    expect(told(failed, 'reason')).toMatch(
      /^Plumbline may no longer read s3:\w+: a policy of the resource denies it; before, it was PASS$/,
    );
    expect(told(failed, 'by')).toBe(malloryArn);
    const [notice] = await mailOn(on.resource);
    expect(notice).toContain('S3.2 PASS');
    expect(notice).toContain(malloryArn);
    await (await alice('s3')).deleteBucketPolicy({ Bucket });
    await world.finding({ ...on, status: 'PASSED', workflow: 'RESOLVED' });
  },
  pathMillis,
);

it(
  'a bucket that failed goes on failing, with who hides it',
  async () => {
    const Bucket = fresh('hidden-open');
    const on = { control: 'S3.2', resource: `arn:aws:s3:::${Bucket}` };
    const s3 = await alice('s3');
    await s3.createBucket({ Bucket });
    await s3.deletePublicAccessBlock({ Bucket });
    await s3.putBucketPolicy({ Bucket, Policy: openTo(Bucket) });
    await world.finding({ ...on, status: 'FAILED' });
    await sleep(3100);
    const Policy = openTo(Bucket, against('s3:*', on.resource));
    await (await mallory('s3')).putBucketPolicy({ Bucket, Policy });
    const [notice] = await mailOn(on.resource);
    expect(notice).toContain('S3.2 FAIL');
    expect(notice).toContain(malloryArn);
    const failed = await world.finding({ ...on, status: 'FAILED', changedSince: malloryArn });
    expect(told(failed, 'reason')).toContain('a policy of the resource denies it');
  },
  pathMillis,
);

it(
  'a key is no longer rotated behind a Deny to our reader',
  async () => {
    const kms = await alice('kms');
    const { KeyMetadata: { KeyId = '', Arn = '' } = {} } = await kms.createKey({});
    await kms.enableKeyRotation({ KeyId });
    const on = { control: 'KMS.4', resource: Arn };
    await world.finding({ ...on, status: 'PASSED' });
    await sleep(3100);
    const allowed = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    };
    const Statement = [allowed, against('kms:GetKeyRotationStatus', '*')];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await (await mallory('kms')).putKeyPolicy({ KeyId, PolicyName: 'default', Policy });
    // The policy alone is heard: what is hidden needs no event of its own.
    const failed = await world.finding({ ...on, status: 'FAILED', call: 'kms:PutKeyPolicy' });
    expect(told(failed, 'reason')).toContain('may no longer read kms:GetKeyRotationStatus');
    expect(told(failed, 'by')).toBe(malloryArn);
    expect((await mailOn(KeyId))[0]).toContain('KMS.4 PASS');
  },
  pathMillis,
);

// As of the key above, on a bucket.
nightTest(
  'a Deny of one action that no other call is about is seen by the policy that holds it',
  async () => {
    const Bucket = fresh('hidden-versions');
    const on = { control: 'S3.14', resource: `arn:aws:s3:::${Bucket}` };
    const s3 = await alice('s3');
    await s3.createBucket({ Bucket });
    await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    await world.finding({ ...on, status: 'PASSED' });
    await sleep(3100);
    const Statement = [against('s3:GetBucketVersioning', on.resource)];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await (await mallory('s3')).putBucketPolicy({ Bucket, Policy });
    const failed = await world.finding({ ...on, status: 'FAILED', call: 's3:PutBucketPolicy' });
    expect(told(failed, 'by')).toBe(malloryArn);
    await s3.deleteBucketPolicy({ Bucket });
    await world.finding({ ...on, status: 'PASSED', workflow: 'RESOLVED' });
  },
  pathMillis,
);

it(
  'what our own role may not read on any bucket is one finding, and who denied it is named by another',
  async () => {
    const on = { control: 'PL.BLIND.6', resource: `arn:aws:iam::${account}:root` };
    const RoleName = reader.split('/').at(-1) ?? '';
    const PolicyName = 'theirs';
    const deny = { Effect: 'Deny', Action: 's3:GetBucketVersioning', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [deny] });
    await (await mallory('iam')).putRolePolicy({ RoleName, PolicyName, PolicyDocument });
    const s3 = await alice('s3');
    const buckets = [1, 2, 3].map(() => fresh('denied'));
    for (const Bucket of buckets) await s3.createBucket({ Bucket });
    const failed = await world.finding({ ...on, status: 'FAILED' });
    expect(told(failed, 'reason')).toMatch(
      /^its role may not read s3:GetBucketVersioning \(identity-based policy\); that holds up \d+ verdicts?$/,
    );
    const changed = { ...on, control: 'PL.BLIND.5' };
    const role = await world.finding({ ...changed, status: 'FAILED', call: 'iam:PutRolePolicy' });
    expect(told(role, 'by')).toBe(malloryArn);
    const { Findings = [] } = await (await alice('securityhub')).getFindings({
      Filters: { ComplianceStatus: [{ Comparison: 'EQUALS', Value: 'NOT_AVAILABLE' }] },
    });
    const ofBuckets = Findings.flatMap(({ Resources: [one] = [] }) => one?.Id ?? []);
    expect(ofBuckets.filter((id) => id.includes(':::denied-'))).toEqual([]);
    await (await alice('iam')).deleteRolePolicy({ RoleName, PolicyName });
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    // Those of the tests before can have been looked at meanwhile.
    const { Buckets = [] } = await s3.listBuckets({});
    for (const { Name: Bucket } of Buckets)
      await s3.putBucketVersioning({ Bucket, VersioningConfiguration });
    await world.finding({ ...on, status: 'PASSED', workflow: 'RESOLVED' });
  },
  pathMillis,
);
