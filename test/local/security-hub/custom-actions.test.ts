import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Endpoint, startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { forwardTo } from '../../../lib/local/endpoint/moto-client.ts';
import { eventBus } from '../../../lib/local/events/event-bus.ts';
import { Notices } from '../../../lib/local/events/notices.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import {
  clickPath,
  clickRoute,
  customActionClicks,
  type SendCustomAction,
} from '../../../lib/local/security-hub/custom-action-clicks.ts';
import { CustomActions } from '../../../lib/local/security-hub/custom-actions.ts';
import { securityHub } from '../../../lib/local/security-hub/security-hub.ts';
import { SecurityHubStore } from '../../../lib/local/security-hub/security-hub-store.ts';

const account = '123456789012';
const region = 'us-east-1';
const arnOf = (id: string) => `arn:aws:securityhub:${region}:${account}:action/custom/${id}`;
const ProductArn = `arn:aws:securityhub:${region}:${account}:product/${account}/default`;
const finding = (Id: string) => ({
  SchemaVersion: '2018-10-08',
  Id,
  ProductArn,
  GeneratorId: 'plumbline/S3.8',
  AwsAccountId: account,
  CreatedAt: '2026-02-01T00:00:00.000Z',
  UpdatedAt: '2026-02-01T00:00:00.000Z',
  Title: 'Blocks public access',
  Description: 'It does not.',
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::b' }],
});

const store = new SecurityHubStore();
const notices = new Notices();
let moto: Moto;
let direct: ReturnType<typeof forwardTo>;
let endpoint: Endpoint;
let send: SendCustomAction;
let hub: SecurityHub;
let sqs: SQS;
let QueueUrl = '';

beforeAll(async () => {
  moto = await startMoto();
  direct = forwardTo(moto.url);
  const actions = new CustomActions(region, account);
  send = customActionClicks({ actions, store, bus: eventBus(direct.forward), region });
  endpoint = await startEndpoint({
    port: 0,
    moto,
    before: [securityHub({ account, store, actions, callerArn: () => 'alice' })],
    after: [notices.after],
    route: clickRoute(send),
  });
  const credentials = { accessKeyId: 'alice', secretAccessKey: 'any' };
  const settings = { region, credentials, maxAttempts: 1, endpoint: endpoint.url };
  hub = new SecurityHub(settings);
  sqs = new SQS(settings);
  store.enable();
  for (const Id of ['one', 'two']) store.import(finding(Id));
  ({ QueueUrl = '' } = await sqs.createQueue({
    QueueName: 'clicks.fifo',
    Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
  }));
  const events = new EventBridge(settings);
  await events.putRule({
    Name: 'clicks',
    EventPattern: JSON.stringify({
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Custom Action'],
      resources: [arnOf('Fix')],
    }),
  });
  await events.putTargets({
    Rule: 'clicks',
    Targets: [
      {
        Id: 'queue',
        Arn: `arn:aws:sqs:${region}:${account}:clicks.fifo`,
        SqsParameters: { MessageGroupId: 'custom-actions' },
      },
    ],
  });
});
afterAll(async () => {
  await endpoint.close();
  direct.close();
  await moto.stop();
});

const create = (Id: string, Name = 'Fix now', Description = 'Puts it right') =>
  hub.createActionTarget({ Id, Name, Description });
/** The messages that wait, taken off the queue. */
const taken = async () => {
  const { Messages = [] } = await sqs.receiveMessage({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['All'],
  });
  for (const { ReceiptHandle } of Messages) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
  return Messages.map(({ Body = '', Attributes }) => ({
    group: Attributes?.MessageGroupId,
    event: JSON.parse(Body),
  }));
};
const post = (body: string, path = clickPath) =>
  fetch(`${endpoint.url}${path}`, { method: 'POST', body });

describe('action targets', () => {
  it('are made, described and deleted', async () => {
    const [fix, other] = [await create('Fix'), await create('Other', 'Something else')];
    expect(fix.ActionTargetArn).toBe(arnOf('Fix'));
    const { ActionTargets } = await hub.describeActionTargets({});
    expect(ActionTargets).toEqual([
      { ActionTargetArn: arnOf('Fix'), Name: 'Fix now', Description: 'Puts it right' },
      { ActionTargetArn: arnOf('Other'), Name: 'Something else', Description: 'Puts it right' },
    ]);
    await hub.deleteActionTarget({ ActionTargetArn: other.ActionTargetArn });
    const named = { ActionTargetArns: [arnOf('Other')] };
    await expect(hub.describeActionTargets(named)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it.each([
    ['an id with a hyphen', 'Fix-now', 'Fix'],
    ['an id of 21 characters', 'F'.repeat(21), 'Fix'],
    ['a name of 21 characters', 'Fix2', 'F'.repeat(21)],
  ])('refuses %s', async (_title, id, name) => {
    await expect(create(id, name)).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it('refuses a second one of an id', async () => {
    await expect(create('Fix')).rejects.toMatchObject({ name: 'ResourceConflictException' });
  });
});

describe('choosing an action', () => {
  it('sends an event for each finding, which names nobody, to one group', async () => {
    await send('Fix', ['one', 'two']);
    const messages = await taken();
    expect(messages.map(({ group }) => group)).toEqual(['custom-actions', 'custom-actions']);
    expect(messages.map(({ event }) => event.detail.findings)).toMatchObject([
      [{ Id: 'one', ProductArn, AwsAccountId: account }],
      [{ Id: 'two' }],
    ]);
    expect(messages[0]?.event).toMatchObject({
      version: '0',
      source: 'aws.securityhub',
      'detail-type': 'Security Hub Findings - Custom Action',
      account,
      region,
      resources: [arnOf('Fix')],
      detail: { actionName: 'Fix now', actionDescription: 'Puts it right' },
    });
    expect(JSON.stringify(messages)).not.toMatch(/user|alice/i);
  });

  it('sends a stranger’s finding as it is', async () => {
    const outsider = { Id: 'theirs', ProductArn: ProductArn.replaceAll(account, '999999999999') };
    await send('Fix', [outsider]);
    expect((await taken())[0]?.event.detail.findings).toEqual([outsider]);
  });

  it('is done over HTTP too', async () => {
    const answer = await post(JSON.stringify({ action: 'Fix', findings: ['one'] }));
    expect(answer.status).toBe(202);
    expect(await taken()).toHaveLength(1);
  });

  it.each([
    ['an unknown action', '{"action":"Nothing","findings":["one"]}', 'action/custom/Nothing'],
    ['an unknown finding', '{"action":"Fix","findings":["none"]}', 'no finding none'],
    ['no JSON', '{', 'not found'],
  ])('refuses %s in a sentence, and sends nothing', async (_title, body, why) => {
    const answer = await post(body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(why)]);
    expect(await taken()).toEqual([]);
  });

  it('leaves other paths to AWS', async () => {
    expect((await post('{}', '/another')).status).not.toBe(202);
  });
});

describe('notices', () => {
  it('are what was published, with its topic, for who looks and who listens', async () => {
    const sns = new SNS({
      region,
      endpoint: endpoint.url,
      credentials: { accessKeyId: 'alice', secretAccessKey: 'any' },
    });
    const { TopicArn } = await sns.createTopic({ Name: 'topic' });
    const heard: string[] = [];
    const end = notices.on(({ message }) => heard.push(message));
    await sns.publish({ TopicArn, Subject: 'A breaker', Message: 'It is open' });
    await sns.publish({ TopicArn, Message: 'Once more' });
    end();
    await sns.publish({ TopicArn, Message: 'Unheard' });
    await expect(sns.publish({ TopicArn: `${TopicArn}x`, Message: 'Lost' })).rejects.toThrow();
    expect(notices.all).toEqual([
      { topicArn: TopicArn, subject: 'A breaker', message: 'It is open' },
      { topicArn: TopicArn, message: 'Once more' },
      { topicArn: TopicArn, message: 'Unheard' },
    ]);
    expect(heard).toEqual(['It is open', 'Once more']);
  });
});
