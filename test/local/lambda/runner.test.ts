import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SQS } from '@aws-sdk/client-sqs';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Runner, startRunner } from '../../../lib/local/lambda/runner.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';

interface Told {
  readonly bodies: readonly string[];
  readonly [field: string]: unknown;
}
const region = 'us-east-1';
const folder = fileURLToPath(new URL('../runner-handlers', import.meta.url));
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

let moto: Moto;
let sqs: SQS;
let sts: STS;
let runner: Runner | undefined;
let told: Told[] = [];
let errors: string[] = [];
let made = 0;

beforeAll(async () => {
  moto = await startMoto();
  const settings = { region, endpoint: moto.url, credentials };
  sqs = new SQS(settings);
  sts = new STS(settings);
});
afterAll(() => moto.stop());
afterEach(() => runner?.stop());

const queue = async (attributes: Readonly<Record<string, string>> = {}) => {
  made += 1;
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName: `queue-${made}`,
    Attributes: { VisibilityTimeout: '1', ...attributes },
  });
  return { QueueUrl, arn: `arn:aws:sqs:${region}:123456789012:queue-${made}` };
};
const send = (QueueUrl: string, bodies: readonly string[]) =>
  sqs.sendMessageBatch({
    QueueUrl,
    Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
  });
const left = async (QueueUrl: string) => {
  const { Attributes = {} } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
};
const until = async (holds: () => boolean | Promise<boolean>, withinMs = 8000) => {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(25))
    if (await holds()) return;
  throw new Error(`waited in vain; told ${JSON.stringify(told)}, errors ${JSON.stringify(errors)}`);
};

const run = (
  handler: string,
  source: { readonly QueueUrl: string; readonly arn: string },
  {
    timeoutSeconds = 5,
    reportBatchItemFailures = true,
    maxConcurrency = 2,
    isRecursive = false,
  } = {},
) => {
  told = [];
  errors = [];
  runner = startRunner({
    region,
    endpointUrl: moto.url,
    sts,
    sqs,
    functions: [
      {
        title: handler,
        name: handler,
        arn: `arn:aws:lambda:${region}:123456789012:function:${handler}`,
        roleArn: 'arn:aws:iam::123456789012:role/evaluate',
        handler: `index.${handler}`,
        folder,
        timeoutSeconds,
        memoryMb: 512,
        environment: { TABLE: 'posture' },
        isRecursive,
      },
    ],
    mappings: [
      {
        functionName: handler,
        queueArn: source.arn,
        queueUrl: source.QueueUrl,
        batchSize: 10,
        maxConcurrency,
        reportBatchItemFailures,
      },
    ],
    onLine: (_name, line) => told.push(JSON.parse(line)),
    onError: (sentence) => errors.push(sentence),
  });
  return runner;
};
const bodies = () => told.flatMap((each) => each.bodies);

describe('the runner', () => {
  it('gives the messages of a queue to the handler and deletes them', async () => {
    const source = await queue();
    run('takesAll', source);
    await send(source.QueueUrl, ['1', '2', '3']);
    await until(async () => bodies().length === 3 && (await left(source.QueueUrl)) === 0);
    expect(bodies().toSorted()).toEqual(['1', '2', '3']);
    expect(errors).toEqual([]);
  });

  it('keeps the process warm, in the environment of the function alone', async () => {
    const source = await queue();
    run('takesAll', source);
    await send(source.QueueUrl, ['1']);
    await until(() => bodies().length === 1);
    await send(source.QueueUrl, ['2']);
    await until(() => bodies().length === 2);
    expect(told[1]?.['pid']).toBe(told[0]?.['pid']);
    expect(told[0]).toMatchObject({
      name: 'takesAll',
      table: 'posture',
      taskRoot: folder,
      inherited: null,
      role: expect.stringMatching(/^ASIA/),
    });
    expect(told[0]?.['remaining']).toBeGreaterThan(4000);
  });

  it('deletes only what a partial answer does not name', async () => {
    const source = await queue();
    run('failsOdd', source);
    await send(source.QueueUrl, ['1', '2', '4']);
    await until(() => bodies().filter((body) => body === '1').length >= 2);
    expect(
      bodies()
        .filter((body) => body !== '1')
        .toSorted(),
    ).toEqual(['2', '4']);
    expect(await left(source.QueueUrl)).toBe(1);
  });

  it('leaves the whole batch where the answer names a message that is not in it', async () => {
    const source = await queue();
    run('namesAnOutsider', source);
    await send(source.QueueUrl, ['1']);
    await until(() => bodies().length >= 2);
    expect(await left(source.QueueUrl)).toBe(1);
  });

  it('takes an answer for nothing where the mapping does not ask for partial ones', async () => {
    const source = await queue();
    run('failsOdd', source, { reportBatchItemFailures: false });
    await send(source.QueueUrl, ['1']);
    await until(async () => bodies().length === 1 && (await left(source.QueueUrl)) === 0);
    expect(bodies()).toEqual(['1']);
  });

  it('leaves a batch whose handler throws to the redrive, with one line', async () => {
    const deadLetters = await queue();
    const redrive = { deadLetterTargetArn: deadLetters.arn, maxReceiveCount: '2' };
    const source = await queue({ RedrivePolicy: JSON.stringify(redrive) });
    run('throws', source);
    await send(source.QueueUrl, ['1']);
    await until(async () => (await left(deadLetters.QueueUrl)) === 1);
    expect(errors).toEqual([
      'throws: TypeError: cannot read the change',
      'throws: TypeError: cannot read the change',
    ]);
  });

  it('kills a handler at its timeout and takes a new process', async () => {
    const source = await queue({ VisibilityTimeout: '2' });
    run('sleeps', source, { timeoutSeconds: 0.5 });
    await send(source.QueueUrl, ['1']);
    await until(() => bodies().length === 2);
    expect(errors).toEqual(['sleeps: Sandbox.Timedout: Task timed out after 0.50 seconds']);
    expect(told[1]?.['pid']).not.toBe(told[0]?.['pid']);
  });

  it('says so where a handler ends its process', async () => {
    const source = await queue();
    run('exits', source);
    await send(source.QueueUrl, ['1']);
    await until(() => errors.length > 0);
    expect(errors[0]).toBe('exits: Runtime.ExitError: Runtime exited with 3');
  });

  it('says so where there is no such handler', async () => {
    const source = await queue();
    run('absent', source);
    await send(source.QueueUrl, ['1']);
    await until(() => errors.length > 0);
    expect(errors[0]).toBe('absent: Error: index.absent is undefined or not exported');
  });

  it('runs at most as many at once as the mapping allows', async () => {
    const source = await queue({ VisibilityTimeout: '30' });
    run('sleeps', source, { timeoutSeconds: 20, maxConcurrency: 2 });
    for (const body of ['1', '2', '3', '4']) {
      await send(source.QueueUrl, [body]);
      await sleep(300);
    }
    expect(told).toHaveLength(2);
  });

  it('leaves no process behind', async () => {
    const source = await queue();
    run('takesAll', source);
    await send(source.QueueUrl, ['1']);
    await until(() => bodies().length === 1);
    await runner?.stop();
    expect(() => process.kill(Number(told[0]?.['pid']), 0)).toThrow('ESRCH');
  });
});

describe('a function that sends messages to itself', () => {
  // The first invocation loads the SDK: the queue must not give the message again meanwhile.
  const patient = { VisibilityTimeout: '30' };
  const slow = 30_000;
  const begin = (QueueUrl: string, hops: number) =>
    send(QueueUrl, [JSON.stringify({ hops, QueueUrl })]);

  it('is stopped after 16 invocations of one chain, and the message stays in its queue', async () => {
    const source = await queue(patient);
    run('goesOn', source);
    await begin(source.QueueUrl, 30);
    await until(() => errors.length > 0, slow);
    expect(errors[0]).toBe(
      'goesOn: of a chain of 16 invocations 1 message is not taken (RecursiveInvocationException)',
    );
    expect(bodies()).toEqual(Array.from({ length: 16 }, (_, index) => String(30 - index)));
    // The sixteenth may not have been deleted yet.
    await until(async () => (await left(source.QueueUrl)) === 1, slow);
  });

  it('is not stopped by what others sent', async () => {
    const source = await queue(patient);
    run('goesOn', source);
    for (let count = 0; count < 20; count += 1) await begin(source.QueueUrl, 1);
    await until(() => bodies().length === 20, slow);
    expect(errors).toEqual([]);
  });

  it('goes on where Lambda is told to allow it', async () => {
    const source = await queue(patient);
    run('goesOn', source, { isRecursive: true });
    await begin(source.QueueUrl, 40);
    await until(() => bodies().length === 40, slow);
    expect(errors).toEqual([]);
  });
});
