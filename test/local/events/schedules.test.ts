import { setTimeout as sleep } from 'node:timers/promises';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everyMs, startSchedules } from '../../../lib/local/events/schedules.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';

describe('the rate of a schedule', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(15 minutes)', 900_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('%s', (expression, milliseconds) => {
    expect(everyMs(expression)).toBe(milliseconds);
  });

  it('is never guessed', () => {
    expect(() => everyMs('cron(0 12 * * ? *)')).toThrow('cron(0 12 * * ? *)');
  });
});

describe('a schedule', () => {
  let moto: Moto;
  let sqs: SQS;
  beforeAll(async () => {
    moto = await startMoto();
    sqs = new SQS({
      region: 'us-east-1',
      endpoint: moto.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
  afterAll(() => moto.stop());

  it('sends its input to a queue and an event to a function, until it is ended', async () => {
    const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'pages' });
    const events: unknown[] = [];
    const end = startSchedules({
      schedules: [
        {
          name: 'Sweep',
          expression: 'rate(1 minute)',
          targets: [{ arn: 'arn:q', queueUrl: QueueUrl, input: '{"sweep":"all"}' }],
        },
        { name: 'Beats', expression: 'rate(1 minute)', targets: [{ arn: 'arn:f' }] },
      ],
      speed: 600,
      sqs,
      invoke: async (arn, event) => events.push([arn, event]),
      account: '123456789012',
      region: 'us-east-1',
      onError: (sentence) => events.push(sentence),
    });
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 5 });
    expect(Messages[0]?.Body).toBe('{"sweep":"all"}');
    expect(events[0]).toEqual([
      'arn:f',
      expect.objectContaining({ source: 'aws.events', 'detail-type': 'Scheduled Event' }),
    ]);
    end();
    const heard = events.length;
    await sleep(300);
    expect(events).toHaveLength(heard);
  });
});
