import { SQS } from '@aws-sdk/client-sqs';
import { createDeadLetters } from '../../lib/aws/dead-letters.ts';
import { redrivenIn } from '../../lib/engine/changes/redriven.ts';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';
import { decode, encode } from '../../lib/support/wire.ts';

const hour = 3_600_000;
let moto: Moto;
let sqs: SQS;
let queues = 0;
beforeAll(async () => {
  moto = await startMoto();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  sqs = new SQS({ region: 'us-east-1', endpoint: moto.url, credentials });
}, 60_000);
afterAll(async () => {
  sqs.destroy();
  await moto.stop();
});

const newQueue = async (): Promise<string> => {
  queues += 1;
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: `queue${queues}` });
  return QueueUrl;
};
const taken = async (QueueUrl: string): Promise<readonly string[]> => {
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  for (const { ReceiptHandle } of Messages) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
  return Messages.map(({ Body = '' }) => Body);
};
const eventAt = (time: number) =>
  encode({ source: 'aws.s3', detail: { eventTime: new Date(time).toISOString() } });

describe('dead letters', () => {
  it('are sent where they came from, three times at most, and stay then', async () => {
    const [from, to] = [await newQueue(), await newQueue()];
    const letters = createDeadLetters(async () => sqs, [{ from, to }]);
    const happened = Date.now();
    const body = eventAt(happened);
    await sqs.sendMessage({ QueueUrl: from, MessageBody: body });
    for (const [times, hours] of [0, 1, 6].entries()) {
      expect(await letters.redrive(new Date(happened + hours * hour))).toBe(1);
      const [again = ''] = await taken(to);
      expect(redrivenIn(decode(again))).toMatchObject({ redriven: times + 1, body });
      // It is given up once more.
      await sqs.sendMessage({ QueueUrl: from, MessageBody: again });
    }
    expect(await letters.redrive(new Date(happened + 24 * hour))).toBe(0);
    const { Attributes } = await sqs.getQueueAttributes({
      QueueUrl: from,
      AttributeNames: ['ApproximateNumberOfMessagesNotVisible'],
    });
    expect(Attributes?.['ApproximateNumberOfMessagesNotVisible']).toBe('1');
  });

  it('are all sent again in one look, however many', async () => {
    const [from, to] = [await newQueue(), await newQueue()];
    const letters = createDeadLetters(async () => sqs, [{ from, to }]);
    for (let sent = 0; sent < 35; sent += 1)
      await sqs.sendMessage({ QueueUrl: from, MessageBody: eventAt(Date.now()) });
    expect(await letters.redrive(new Date())).toBe(35);
  });
});
