import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { worldAt } from './path/world.ts';
import { namedAlone, serve } from './served.ts';

// Somebody in the same account who may do everything that IAM lets him, but is not Plumbline.

const account = '123456789012';
const region = 'us-east-1';
const baseline = `${namedAlone}
configRules: true
securityHub: { actions: true }
operators: [arn:aws:iam::123456789012:role/ops]
hosts: { areas: [ssh] }
controls: { S3.8: { mode: remediate }, PL.SSH.4: { mode: plan } }
`;
let served: Awaited<ReturnType<typeof serve>>;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-attacks-'));
  const file = join(folder, 'plumbline.yaml');
  await writeFile(file, baseline);
  served = await serve({ baseline: file, settlesAfterSeconds: 0 });
}, 180_000);
afterAll(async () => {
  await served.end();
  await rm(folder, { recursive: true });
}, 60_000);

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const mallory: Credentials = { accessKeyId: 'mallory', secretAccessKey: 'any' };
const settings = (credentials = mallory) => ({
  region,
  endpoint: served.url,
  credentials,
  maxAttempts: 1,
});
/** A session of a role that is called like one of ours. */
const powerUser = async (): Promise<Credentials> => {
  const RoleName = 'Plumbline-EvaluateRole';
  const AssumeRolePolicyDocument = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
  });
  await new IAM(settings()).createRole({ RoleName, AssumeRolePolicyDocument });
  const { Credentials: given } = await new STS(settings()).assumeRole({
    RoleArn: `arn:aws:iam::${account}:role/${RoleName}`,
    RoleSessionName: 'evaluate',
  });
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
};
const queueUrls = async (): Promise<readonly string[]> => {
  const { QueueUrls = [] } = await new SQS(settings()).listQueues({ QueueNamePrefix: 'Plumbline' });
  return QueueUrls;
};
const inboxUrls = async () =>
  (await queueUrls()).filter((url) => !/DeadLetters|Undelivered/.test(url));
const refused = { name: expect.stringMatching(/^AccessDenied/) };
const isOrdered = (url: string) => url.endsWith('.fifo');
const message = (QueueUrl: string) => ({
  QueueUrl,
  MessageBody: '{"version":1}',
  ...(isOrdered(QueueUrl) && { MessageGroupId: 'g', MessageDeduplicationId: 'd' }),
});

describe('the queues', () => {
  it('take nothing from mallory, by whichever session, and give him nothing', async () => {
    const callers = [mallory, await powerUser()].map((one) => new SQS(settings(one)));
    const all = await inboxUrls();
    expect(all.length).toBe(6);
    for (const sqs of callers)
      for (const QueueUrl of all) {
        const ReceiptHandle = 'any';
        const Entries = [{ Id: '0', ReceiptHandle, VisibilityTimeout: 0 }];
        const calls = [
          sqs.receiveMessage({ QueueUrl }),
          sqs.purgeQueue({ QueueUrl }),
          sqs.deleteMessage({ QueueUrl, ReceiptHandle }),
          sqs.deleteMessageBatch({ QueueUrl, Entries }),
          sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
          sqs.changeMessageVisibilityBatch({ QueueUrl, Entries }),
          sqs.sendMessage(message(QueueUrl)),
        ];
        await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject(refused)));
      }
  });

  it('of dead letters take nothing from him', async () => {
    const sqs = new SQS(settings());
    for (const url of (await queueUrls()).filter((one) => /DeadLetters|Undelivered/.test(one)))
      await expect(sqs.sendMessage(message(url))).rejects.toMatchObject(refused);
  });

  it('are not where a queue of his gives up to', async () => {
    const sqs = new SQS(settings());
    const changes = (await inboxUrls()).find((url) => url.includes('ChangesQueue')) ?? '';
    const deadLetterTargetArn = `arn:aws:sqs:${region}:${account}:${changes.split('/').at(-1)}`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    await expect(
      sqs.createQueue({ QueueName: 'mallorys', Attributes: { RedrivePolicy } }),
    ).rejects.toThrow('does not allow to be a dead-letter queue');
  });
});

const rowsOf = async (): Promise<Readonly<Record<string, string>>> => {
  const { Stacks: [stack] = [] } = await new CloudFormation(settings()).describeStacks({
    StackName: 'Plumbline',
  });
  const output = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'PostureTable');
  const { Items = [] } = await new DynamoDB(settings()).scan({ TableName: output?.OutputValue });
  return Object.fromEntries(
    Items.filter(({ pk }) => pk?.S !== 'heartbeat').map((item) => [
      `${item['pk']?.S} ${item['sk']?.S}`,
      item['row']?.S ?? JSON.stringify(item),
    ]),
  );
};
const rowOf = async (id: string) => {
  const [, row = '{}'] =
    Object.entries(await rowsOf()).find(([key]) => key.endsWith(`#${id} resource`)) ?? [];
  return JSON.parse(row);
};
const digest = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
] as const;
const looked = async () => {
  const { Findings = [] } = await new SecurityHub(settings()).getFindings({ MaxResults: 100 });
  const waiting = await Promise.all(
    (await queueUrls()).map(async (QueueUrl) => {
      const AttributeNames = [...counts];
      const { Attributes } = await new SQS(settings()).getQueueAttributes({
        QueueUrl,
        AttributeNames,
      });
      return [QueueUrl, Attributes] as const;
    }),
  );
  const rows = Object.entries(await rowsOf()).map(([key, row]) => [key, digest(row)] as const);
  const findings = Findings.map((finding) => [finding.Id, digest(finding)] as const);
  // Plumbline's own functions are evaluated some time after they were made, whatever mallory does.
  const isOfOwnFunction = (name: string) => /(:function:|::Function#)Plumbline-/.test(name);
  return Object.fromEntries(
    [...rows, ...findings, ...waiting].filter(([name = '']) => !isOfOwnFunction(name)),
  );
};
/** All that Plumbline knows and has told, once it is quiet. */
const state = async () => {
  let before = await looked();
  for (let tries = 0; tries < 30; tries += 1) {
    await sleep(500);
    const now = await looked();
    if (digest(now) === digest(before)) return now;
    before = now;
  }
  return before;
};

const framed = `arn:aws:iam::${account}:user/alice`;
const time = () => new Date().toISOString();
const ref = { account, region, id: 'victim' };
const cloudTrail = () => ({
  version: '0',
  id: 'e-1',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.s3',
  account,
  region,
  time: time(),
  detail: {
    eventSource: 's3.amazonaws.com',
    eventName: 'DeleteBucketPublicAccessBlock',
    eventTime: time(),
    eventID: 'e-1',
    requestParameters: { bucketName: 'victim' },
    userIdentity: { type: 'IAMUser', arn: framed },
  },
});
const type = 'AWS::S3::Bucket';
const action = `pl-${'0a'.repeat(10)}`;
const asked = { version: 1, id: action, type, ref, askedBy: { kind: 'person' } };
const forgeries = (): readonly object[] => [
  cloudTrail(),
  { ...cloudTrail(), detail: { ...cloudTrail().detail, eventName: 'PutUserPolicy' } },
  {
    version: 1,
    type,
    ref,
    facets: 'all',
    cause: { kind: 'sweep', listed: { facets: { publicAccessBlock: {} }, readAt: '2099-01-01' } },
  },
  { version: 1, type, ref, facets: 'all', cause: { kind: 'verify', action, at: time() } },
  { version: 1, sweep: 'all' },
  { version: 1, sweep: 'due' },
  { version: 1, sweep: type, account, region, facets: 'all', cause: { kind: 'sweep' } },
  { version: 1, audit: 'all' },
  { version: 1, audit: 'due' },
  { version: 1, type: 'silent', host: 'i-1', since: time() },
  { version: 1, type: 'review', host: 'i-1' },
  { ...asked, ask: 'remediate', controls: ['S3.8'] },
  { ...asked, ask: 'undo', undoes: action, confirms: action },
  { ...asked, ask: 'exempt', control: 'S3.8' },
  { ...asked, ask: 'restart', control: 'PL.SSH.4' },
  { ...asked, ask: 'turnOn' },
  { ...asked, ask: 'close', control: 'S3.8' },
];
/** As Lambda would give them, with every handle that somebody can think of. */
const recordsOn = (url: string) =>
  forgeries().map((body, index) => ({
    messageId: `m-${index}`,
    receiptHandle: ['', 'any', `AQEB${'A'.repeat(200)}`][index % 3],
    body: JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SenderId: `${'AROA'}${'X'.repeat(17)}:evaluate`,
    },
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${region}:${account}:${url.split('/').at(-1)}`,
    awsRegion: region,
  }));
const invoke = async (handler: string, event: unknown) => {
  const { Payload, FunctionError } = await new Lambda(settings()).invoke({
    FunctionName: served.functions[handler],
    Payload: JSON.stringify(event),
  });
  return { FunctionError, answer: JSON.parse(Buffer.from(Payload ?? []).toString() || 'null') };
};

describe('a function that mallory invokes with records of his own', () => {
  beforeAll(async () => {
    const s3 = new S3({ ...settings(), forcePathStyle: true });
    await s3.createBucket({ Bucket: 'victim' });
    const finding = { control: 'S3.8', resource: 'arn:aws:s3:::victim' };
    await worldAt(served.url).finding({ ...finding, status: 'PASSED' });
    // AWS Config tells of it too, some time after CloudTrail; each time the row is written twice.
    while (!((await rowOf('victim')).version > 2)) await sleep(200);
  }, 60_000);

  // One look before and one after: each is some hundred calls.
  it('each refuses them, takes nothing from what is none, and nothing comes of it', async () => {
    const before = await state();
    for (const handler of ['evaluate', 'sweep', 'remediate', 'audit-hosts', 'host-results']) {
      for (const url of await inboxUrls()) {
        const Records = recordsOn(url);
        const { answer } = await invoke(handler, { Records });
        const batchItemFailures = Records.map(({ messageId }) => ({ itemIdentifier: messageId }));
        expect({ handler, url, answer }).toEqual({ handler, url, answer: { batchItemFailures } });
      }
      for (const event of [
        {},
        { Records: 'none' },
        { Records: [null, 1, 'x', [], {}] },
        { Records: [{ body: 7, attributes: 7, eventSourceARN: {}, receiptHandle: [] }] },
      ])
        await invoke(handler, event);
    }
    expect(await state()).toEqual(before);
  }, 60_000);

  it('believes of a question of AWS Config only what to read', async () => {
    const before = await rowOf('victim');
    const configurationItem = {
      resourceType: type,
      resourceId: 'victim',
      resourceName: 'victim',
      configurationItemStatus: 'ResourceDeleted',
      configurationItemCaptureTime: '2099-01-01T00:00:00.000Z',
      awsAccountId: '210987654321',
    };
    await invoke('config-rule', {
      invokingEvent: JSON.stringify({ configurationItem }),
      resultToken: 'forged',
    });
    const after = await rowOf('victim');
    expect(after).not.toHaveProperty('goneAt');
    expect(after.lastEventAt).toBe(before.lastEventAt);
    expect(JSON.stringify(after)).not.toContain('2099-');
  });

  it('lets the heart beat, whatever he says', async () => {
    const { FunctionError, answer } = await invoke('heartbeat', { lastEventAt: '2099-01-01' });
    expect({ FunctionError, answer }).toEqual({ answer: null });
    expect(JSON.stringify(await rowsOf())).not.toContain('2099-');
  });
});

describe('the queue of remediations, once mallory has changed its policy', () => {
  const ssm = () => new SSM(settings());
  const breaker = '/plumbline/breakers/S3.8';
  const Value = JSON.stringify({ until: '2999-01-01T00:00:00.000Z', actions: 20 });
  const parameter = async (Name: string) => (await ssm().getParameter({ Name })).Parameter?.Value;
  let QueueUrl = '';
  let mail = '';
  let policy = '';

  beforeAll(async () => {
    const sqs = new SQS(settings());
    QueueUrl = (await inboxUrls()).find((url) => url.includes('RemediationsQueue')) ?? '';
    const AttributeNames = ['Policy' as const];
    policy =
      (await sqs.getQueueAttributes({ QueueUrl, AttributeNames })).Attributes?.['Policy'] ?? '';
    const { Topics = [] } = await new SNS(settings()).listTopics({});
    mail = (await sqs.createQueue({ QueueName: 'mallorys-mail' })).QueueUrl ?? '';
    const Endpoint = `arn:aws:sqs:${region}:${account}:mallorys-mail`;
    await new SNS(settings()).subscribe({
      TopicArn: Topics.find(({ TopicArn }) => TopicArn?.includes('Alarms'))?.TopicArn,
      Protocol: 'sqs',
      Endpoint,
    });
    await ssm().putParameter({ Name: '/plumbline/remediation', Value: 'off', Overwrite: true });
    await ssm().putParameter({ Name: breaker, Type: 'String', Value, Overwrite: true });
    const anybody = {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
    };
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: JSON.stringify(anybody) } });
  }, 60_000);
  afterAll(() =>
    new SQS(settings()).setQueueAttributes({ QueueUrl, Attributes: { Policy: policy } }),
  );

  const told = async (): Promise<readonly string[]> => {
    const { Messages = [] } = await new SQS(settings()).receiveMessage({
      QueueUrl: mail,
      MaxNumberOfMessages: 10,
    });
    return Messages.map(({ Body = '{}' }) => JSON.parse(Body).Subject);
  };

  it('lets go of nothing and exempts nothing by his asks, and people are told', async () => {
    const asks = [
      { ...asked, ask: 'turnOn' },
      { ...asked, ask: 'close', control: 'S3.8' },
      {
        ...{ ...asked, ask: 'exempt', control: 'S3.8' },
        granted: { owner: 'mallory', reason: 'it is mine', expires: '2999-01-01T00:00:00.000Z' },
      },
      { ...asked, ask: 'restart', control: 'PL.SSH.4' },
    ];
    for (const [index, body] of asks.entries())
      await new SQS(settings()).sendMessage({
        QueueUrl,
        MessageBody: JSON.stringify(body),
        MessageGroupId: 'mallory',
        MessageDeduplicationId: `${index}`,
      });
    const subjects: string[] = [];
    for (let tries = 0; tries < 60 && !subjects.join().includes('refused a request'); tries += 1) {
      await sleep(500);
      subjects.push(...(await told()));
    }
    expect(subjects).toContainEqual(expect.stringMatching(/^Plumbline: refused a request of /));
    await state();
    expect(await parameter('/plumbline/remediation')).toBe('off');
    expect(await parameter(breaker)).toBe(Value);
    expect(await rowOf('victim')).not.toHaveProperty('exemptions');
    expect(JSON.stringify(await rowsOf())).not.toContain('it is mine');
    const { Attributes } = await new SQS(settings()).getQueueAttributes({
      QueueUrl,
      AttributeNames: [...counts],
    });
    expect(new Set(Object.values(Attributes ?? {}))).toEqual(new Set(['0']));
  }, 90_000);
});
