import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { outputsOf } from '../../../lib/aws/stack-outputs.ts';
import { sampled } from '../../extent.ts';
import { account, pathMillis, region, told, worldAt } from '../path/world.ts';
import { namedAlone, serve } from '../served.ts';

// Somebody whom IAM lets change our functions, rules, queues and stack: he is heard, named and told of.

const control = 'PL.BLIND.5';
const resource = `arn:aws:iam::${account}:root`;
let served: Awaited<ReturnType<typeof serve>>;
let world: ReturnType<typeof worldAt>;
let mallory: Clients;
let noticesUrl = '';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-deployed-'));
  const baseline = join(folder, 'plumbline.yaml');
  const deployer = `arn:aws:iam::${account}:role/deploy`;
  await writeFile(
    baseline,
    `${namedAlone}remediation: { deployRoles: [${deployer}] }\ncontrols: { EC2.13: {}, PL.BLIND.5: {}, S3.8: {} }\n`,
  );
  served = await serve({ baseline, scheduleSpeed: 0, settlesAfterSeconds: 0 });
  world = worldAt(served.url);
  mallory = clientsOf('mallory');
  noticesUrl = await subscribed();
}, 180_000);
afterAll(async () => {
  await served?.end();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const clientsOf = (accessKeyId: string): Clients =>
  sdkClients({
    region,
    endpoint: served.url,
    credentials: { accessKeyId, secretAccessKey: 'any' },
  });

/** A queue that gets what people are told. */
const subscribed = async (): Promise<string> => {
  const alice = clientsOf('alice');
  const stack = { name: 'Plumbline', account, region };
  const { AlarmTopic: TopicArn } = await outputsOf(stack, await alice('cloudformation'));
  const { QueueUrl = '' } = await (await alice('sqs')).createQueue({ QueueName: 'mail' });
  const Endpoint = `arn:aws:sqs:${region}:${account}:mail`;
  await (await alice('sns')).subscribe({ TopicArn, Protocol: 'sqs', Endpoint });
  return QueueUrl;
};
const nextMail = async (): Promise<{ Subject: string; Message: string }> => {
  const sqs = await clientsOf('alice')('sqs');
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(100)) {
    const { Messages: [one] = [] } = await sqs.receiveMessage({ QueueUrl: noticesUrl });
    if (!one) continue;
    await sqs.deleteMessage({ QueueUrl: noticesUrl, ReceiptHandle: one.ReceiptHandle });
    return JSON.parse(one.Body ?? '{}');
  }
  throw new Error('nobody was told anything');
};
const failed = (call: string) =>
  world.finding({ control, resource, status: 'FAILED', workflow: 'NEW', call });
const passed = () => world.finding({ control, resource, status: 'PASSED' });

const functionNamed = (name: string) => served.functions[name] ?? '';
const urlOf = async (part: string) => {
  const { QueueUrls: [url = ''] = [] } = await (await mallory('sqs')).listQueues({
    QueueNamePrefix: `Plumbline-${part}`,
  });
  return url;
};
const ruleNamed = async (part: string) => {
  const { Rules: [rule] = [] } = await (await mallory('eventbridge')).listRules({
    NamePrefix: `Plumbline-${part}`,
  });
  return rule?.Name ?? '';
};

interface Attack {
  readonly call: string;
  readonly evidence: RegExp;
  /** Changes it; returns what puts it back. */
  readonly change: () => Promise<() => Promise<unknown>>;
}
const attacks: Readonly<Record<string, Attack>> = {
  'an environment variable of a function': {
    call: 'lambda:UpdateFunctionConfiguration20150331v2',
    evidence: /functions\[Plumbline-Evaluate.*\]\.environment\.NODE_OPTIONS/,
    change: async () => {
      const lambda = await mallory('lambda');
      const FunctionName = functionNamed('evaluate');
      const { Environment } = await lambda.getFunctionConfiguration({ FunctionName });
      const { Variables = {} } = Environment ?? {};
      await lambda.updateFunctionConfiguration({
        FunctionName,
        Environment: { Variables: { ...Variables, NODE_OPTIONS: '--require /tmp/theirs' } },
      });
      return () => lambda.updateFunctionConfiguration({ FunctionName, Environment: { Variables } });
    },
  },
  'a target more of a rule': {
    call: 'events:PutTargets',
    evidence: /eventRules\[Plumbline-EventsS3Calls.*\]\.targets\[theirs\]/,
    change: async () => {
      const events = await mallory('eventbridge');
      const Rule = await ruleNamed('EventsS3Calls');
      const Arn = `arn:aws:sqs:${region}:${account}:mail`;
      await events.putTargets({ Rule, Targets: [{ Id: 'theirs', Arn }] });
      return () => events.removeTargets({ Rule, Ids: ['theirs'] });
    },
  },
  'the policy of a queue': {
    call: 'sqs:SetQueueAttributes',
    evidence: /queues\[Plumbline-Changes.*\]\.policy/,
    change: async () => {
      const sqs = await mallory('sqs');
      const QueueUrl = await urlOf('ChangesQueue');
      const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['Policy'] });
      const Policy = Attributes?.['Policy'] ?? '';
      const document = JSON.parse(Policy);
      const open = document.Statement.filter(({ Sid = '' }) => Sid !== 'Senders');
      const opened = JSON.stringify({ ...document, Statement: open });
      await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: opened } });
      return () => sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy } });
    },
  },
  'where messages of a queue go that nobody took': {
    call: 'sqs:SetQueueAttributes',
    evidence: /queues\[Plumbline-Sweeps.*\]\.MessageRetentionPeriod/,
    change: async () => {
      const sqs = await mallory('sqs');
      const QueueUrl = await urlOf('SweepsQueue');
      const keep = (MessageRetentionPeriod: string) =>
        sqs.setQueueAttributes({ QueueUrl, Attributes: { MessageRetentionPeriod } });
      await keep('60');
      return () => keep('345600');
    },
  },
  'the policy of the table': {
    call: 'dynamodb:DeleteResourcePolicy',
    evidence: /tables\[Plumbline-Posture.*\]\.policy/,
    change: async () => {
      const dynamodb = await mallory('dynamodb');
      const { TableNames = [] } = await dynamodb.listTables({});
      const name = TableNames.find((one) => one.startsWith('Plumbline-Posture'));
      const ResourceArn = `arn:aws:dynamodb:${region}:${account}:table/${name}`;
      const { Policy } = await dynamodb.getResourcePolicy({ ResourceArn });
      await dynamodb.deleteResourcePolicy({ ResourceArn });
      return () => dynamodb.putResourcePolicy({ ResourceArn, Policy });
    },
  },
  'what a role of ours may do': {
    call: 'iam:PutRolePolicy',
    evidence: /roles\[Plumbline-EvaluateRole.*\]\.inline\[theirs\]/,
    change: async () => {
      const iam = await mallory('iam');
      const lambda = await mallory('lambda');
      const FunctionName = functionNamed('evaluate');
      const { Role = '' } = await lambda.getFunctionConfiguration({ FunctionName });
      const RoleName = Role.split('/').at(-1) ?? '';
      const PolicyName = 'theirs';
      const Statement = [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument });
      return () => iam.deleteRolePolicy({ RoleName, PolicyName });
    },
  },
  'who may write to the bucket of assets': {
    call: 's3:PutBucketPolicy',
    evidence: /assetBuckets\[cdk-hnb659fds-assets-.*\]\.policy\.Statement\[0\]/,
    change: async () => {
      const s3 = await mallory('s3');
      const Bucket = `cdk-hnb659fds-assets-${account}-${region}`;
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${account}:user/mallory` },
            Action: 's3:*',
            Resource: `arn:aws:s3:::${Bucket}/*`,
          },
        ],
      });
      await s3.putBucketPolicy({ Bucket, Policy });
      return () => s3.deleteBucketPolicy({ Bucket });
    },
  },
};

describe('what Plumbline is made of', () => {
  // Of each part there is a case of the control (test/controls/plumbline); here every second is told of by the stack.
  it.each(sampled(Object.entries(attacks), { usual: 2 }))(
    '%s is changed: it fails by name, people are told, and it passes once it is put back',
    async (_, { call, evidence, change }) => {
      const putBack = await change();
      const finding = await failed(call);
      expect(told(finding, 'by')).toBe(`arn:aws:iam::${account}:user/mallory`);
      expect(JSON.stringify(finding)).toMatch(evidence);
      const mail = await nextMail();
      expect(mail.Subject).toBe(`Plumbline: ${control} failed in ${account} ${region}`);
      expect(mail.Message).toMatch(evidence);
      expect(mail.Message).toContain(`By: arn:aws:iam::${account}:user/mallory`);
      await putBack();
      await passed();
    },
    pathMillis,
  );
});

const update = async (clients: Clients) => {
  const cloudformation = await clients('cloudformation');
  const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName: 'Plumbline' });
  const Parameters = (stack?.Parameters ?? []).map(({ ParameterKey }) => ({
    ParameterKey,
    UsePreviousValue: true,
  }));
  await cloudformation.updateStack({
    StackName: 'Plumbline',
    UsePreviousTemplate: true,
    Parameters,
    Capabilities: ['CAPABILITY_IAM'],
  });
};

it(
  'a stack that somebody else updates fails, though all is as its template says, until an operator updates it',
  async () => {
    await update(mallory);
    const finding = await failed('cloudformation:UpdateStack');
    const who = `arn:aws:iam::${account}:user/mallory`;
    expect(told(finding, 'by')).toBe(who);
    expect(told(finding, 'reason')).toBe(
      `it was deployed by ${who}, who is no deployer of the baseline`,
    );
    const { Message } = await nextMail();
    expect(Message).toContain(`By: ${who}, `);
    expect(Message).toContain('cloudformation:UpdateStack');
    // CloudTrail's times have whole seconds.
    await sleep(1100);
    await update(clientsOf('alice'));
    await passed();
  },
  pathMillis,
);
