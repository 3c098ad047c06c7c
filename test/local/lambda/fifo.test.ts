import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SQS } from '@aws-sdk/client-sqs';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Runner, startRunner } from '../../../lib/local/lambda/runner.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';

interface Told {
  readonly bodies: readonly [string];
  readonly group: string;
  readonly at: number;
  readonly begins: boolean;
  readonly fails?: boolean;
}
const region = 'us-east-1';
const folder = fileURLToPath(new URL('../runner-handlers', import.meta.url));

let moto: Moto;
let sqs: SQS;
let sts: STS;
let runner: Runner | undefined;
let told: Told[] = [];
let made = 0;

beforeAll(async () => {
  moto = await startMoto();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = { region, endpoint: moto.url, credentials };
  sqs = new SQS(settings);
  sts = new STS(settings);
});
afterAll(() => moto.stop());
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
});

const queue = async (attributes: Readonly<Record<string, string>> = {}) => {
  made += 1;
  const QueueName = `ordered-${made}.fifo`;
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName,
    Attributes: {
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '20',
      ...attributes,
    },
  });
  return { QueueUrl, arn: `arn:aws:sqs:${region}:123456789012:${QueueName}` };
};
const send = (QueueUrl: string, group: string, body: string, id = `${group}-${body}`) =>
  sqs.sendMessage({
    QueueUrl,
    MessageBody: body,
    MessageGroupId: group,
    MessageDeduplicationId: id,
  });
const receive = async (QueueUrl: string, MaxNumberOfMessages = 1) => {
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages });
  return Messages;
};
const bodies = (messages: readonly { Body?: string | undefined }[]) =>
  messages.map(({ Body }) => Body);

const run = (source: { readonly QueueUrl: string; readonly arn: string }, batchSize: number) => {
  told = [];
  runner = startRunner({
    region,
    endpointUrl: moto.url,
    sts,
    sqs,
    functions: [
      {
        title: 'ordered',
        name: 'ordered',
        arn: `arn:aws:lambda:${region}:123456789012:function:ordered`,
        roleArn: 'arn:aws:iam::123456789012:role/ordered',
        handler: 'index.ordered',
        folder,
        timeoutSeconds: 10,
        memoryMb: 512,
        environment: {},
      },
    ],
    mappings: [
      {
        functionName: 'ordered',
        queueArn: source.arn,
        queueUrl: source.QueueUrl,
        batchSize,
        maxConcurrency: 5,
        reportBatchItemFailures: true,
      },
    ],
    onLine: (_name, line) => told.push(JSON.parse(line)),
    onError: (sentence) => {
      throw new Error(sentence);
    },
  });
};
const until = async (holds: () => boolean) => {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(25)) if (holds()) return;
  throw new Error(`waited in vain; told ${JSON.stringify(told)}`);
};
const ended = () => told.filter(({ begins }) => !begins);
/** How many messages were worked on at the same time, at most, among these. */
const mostAtOnce = (some: readonly Told[]) => {
  let now = 0;
  let most = 0;
  for (const { begins } of some.toSorted(
    (a, b) => a.at - b.at || Number(a.begins) - Number(b.begins),
  )) {
    now += begins ? 1 : -1;
    most = Math.max(most, now);
  }
  return most;
};

describe('a FIFO queue', () => {
  it('gives a group in order, and nothing of it while one is in flight', async () => {
    const { QueueUrl } = await queue();
    for (const [group, body] of [
      ['a', '1'],
      ['a', '2'],
      ['b', '3'],
    ] as const)
      await send(QueueUrl, group, body);
    const [first] = await receive(QueueUrl);
    expect(first?.Body).toBe('1');
    const [other] = await receive(QueueUrl);
    expect(other?.Body).toBe('3');
    expect(await receive(QueueUrl)).toEqual([]);
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: first?.ReceiptHandle });
    expect(bodies(await receive(QueueUrl))).toEqual(['2']);
  });

  it('gives again first what was not done, before what came later', async () => {
    const { QueueUrl } = await queue();
    await send(QueueUrl, 'a', '1');
    await send(QueueUrl, 'a', '2');
    const [first] = await receive(QueueUrl);
    await sqs.changeMessageVisibility({
      QueueUrl,
      ReceiptHandle: first?.ReceiptHandle,
      VisibilityTimeout: 0,
    });
    expect(bodies(await receive(QueueUrl))).toEqual(['1']);
    expect(await receive(QueueUrl)).toEqual([]);
  });

  it('takes a message once, also where the first is done already', async () => {
    const { QueueUrl } = await queue();
    await send(QueueUrl, 'a', '1', 'action-1');
    const [first] = await receive(QueueUrl);
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: first?.ReceiptHandle });
    await send(QueueUrl, 'a', 'again', 'action-1');
    await send(QueueUrl, 'a', '2', 'action-2');
    expect(bodies(await receive(QueueUrl, 10))).toEqual(['2']);
  });

  it('takes no delay of a single message, as SQS does not', async () => {
    const { QueueUrl } = await queue();
    const message = { QueueUrl, MessageBody: '1', MessageGroupId: 'a' };
    await expect(sqs.sendMessage({ ...message, DelaySeconds: 5 })).rejects.toThrow('DelaySeconds');
  });

  it('gives the next of a group to whoever waits as soon as its turn comes', async () => {
    const { QueueUrl } = await queue();
    await send(QueueUrl, 'a', '1');
    await send(QueueUrl, 'a', '2');
    const [first] = await receive(QueueUrl);
    const waiting = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
    await sleep(100);
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: first?.ReceiptHandle });
    const { Messages = [] } = await waiting;
    expect(bodies(Messages)).toEqual(['2']);
  });

  it('gives a group to one of many who ask at once', async () => {
    const { QueueUrl } = await queue();
    for (const body of ['1', '2', '3', '4']) await send(QueueUrl, 'a', body);
    const answers = await Promise.all(Array.from({ length: 8 }, () => receive(QueueUrl)));
    expect(answers.flatMap(bodies)).toEqual(['1']);
  });
});

describe('the runner on a FIFO queue', () => {
  it('works on groups side by side, and never on two messages of one', async () => {
    const source = await queue();
    const groups = ['a', 'b', 'c'];
    for (const body of ['1', '2', '3'])
      for (const group of groups) await send(source.QueueUrl, group, `${group}${body}`);
    run(source, 1);
    await until(() => ended().length === 9);
    for (const group of groups) {
      const own = told.filter((each) => each.group === group);
      expect(own.filter(({ begins }) => begins).map(({ bodies: [body] }) => body)).toEqual([
        `${group}1`,
        `${group}2`,
        `${group}3`,
      ]);
      expect(mostAtOnce(own)).toBe(1);
    }
    expect(mostAtOnce(told)).toBeGreaterThan(1);
    expect(mostAtOnce(told)).toBeLessThanOrEqual(5);
  });

  it('keeps a group waiting for the message that failed, and no other group', async () => {
    const source = await queue({ VisibilityTimeout: '2' });
    for (const body of ['fails', 'later']) await send(source.QueueUrl, 'a', body);
    await send(source.QueueUrl, 'b', 'free');
    run(source, 1);
    await until(() => ended().length === 4);
    const ofA = ended().filter(({ group }) => group === 'a');
    expect(ofA.map(({ bodies: [body], fails }) => [body, fails])).toEqual([
      ['fails', true],
      ['fails', false],
      ['later', false],
    ]);
    const [free] = ended().filter(({ group }) => group === 'b');
    expect(free?.at).toBeLessThan(ofA[1]?.at ?? 0);
  });

  it('deletes of a batch what was done before the failure', async () => {
    const source = await queue({ VisibilityTimeout: '2' });
    for (const body of ['1', 'fails', '3']) await send(source.QueueUrl, 'a', body);
    run(source, 10);
    await until(() => ended().filter(({ fails }) => !fails).length === 3);
    expect(ended().map(({ bodies: [body], fails }) => [body, fails])).toEqual([
      ['1', false],
      ['fails', true],
      ['3', true],
      ['fails', false],
      ['3', false],
    ]);
  });
});
