import { setTimeout as sleep } from 'node:timers/promises';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cronMoment, everyMs, startSchedules } from '../../../lib/local/events/schedules.ts';
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

  it('is none of what fires by the clock', () => {
    expect(everyMs('cron(0 12 * * ? *)')).toBeUndefined();
  });
});

describe('the moments of a cron expression', () => {
  // A Monday.
  const monday = '2026-11-30T08:00:30.000Z';
  it.each([
    ['cron(0 8 * * ? *)', monday, true],
    ['cron(0 8 * * ? *)', '2026-12-01T08:00:00.000Z', true],
    ['cron(0 8 * * ? *)', '2026-11-30T08:01:00.000Z', false],
    ['cron(0 8 * * ? *)', '2026-11-30T20:00:00.000Z', false],
    ['cron(0 8 ? * MON *)', monday, true],
    ['cron(0 8 ? * 2 *)', monday, true],
    ['cron(0 8 ? * MON *)', '2026-12-01T08:00:00.000Z', false],
    ['cron(0 8 1 * ? *)', '2026-12-01T08:00:00.000Z', true],
    ['cron(0 8 1 * ? *)', monday, false],
    ['cron(0 8 1 12 ? 2027)', '2026-12-01T08:00:00.000Z', false],
  ])('%s at %s: %s', (expression, at, isOne) => {
    expect(cronMoment(expression)(new Date(at))).toBe(isOne);
  });

  it.each(['cron(0/5 8 * * ? *)', 'cron(0 8 * * MON-FRI *)', 'cron(0 8 * * ?)', 'at(2026)'])(
    'are never guessed: %s',
    (expression) => {
      expect(() => cronMoment(expression)).toThrow(`the local AWS does not fire ${expression}`);
    },
  );
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
