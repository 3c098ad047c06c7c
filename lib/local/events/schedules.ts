import type { SQS } from '@aws-sdk/client-sqs';

/** An EventBridge rule that fires by the clock. */
export interface Schedule {
  readonly name: string;
  /** `rate(15 minutes)` */
  readonly expression: string;
  readonly targets: readonly {
    readonly arn: string;
    /** Of a target that is a queue. */
    readonly queueUrl?: string;
    /** JSON that is sent in place of the event. */
    readonly input?: string;
  }[];
}
export interface ScheduleOptions {
  readonly schedules: readonly Schedule[];
  /** How many times faster than the rule says. */
  readonly speed: number;
  readonly sqs: SQS;
  readonly invoke: (functionArn: string, event: unknown) => Promise<unknown>;
  readonly account: string;
  readonly region: string;
  readonly onError: (sentence: string) => void;
}

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Milliseconds between two firings of a rate expression. */
export const everyMs = (expression: string): number => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day')
    throw new Error(`the local AWS fires rates only, not ${expression}`);
  return Number(count) * unitMs[unit];
};

/** Fires each schedule by a timer, first after one period as EventBridge does; returns what ends them. */
export const startSchedules = (options: ScheduleOptions): (() => void) => {
  const timers = options.schedules.map((schedule) =>
    setInterval(() => {
      fire(schedule, options).catch((error: Error) =>
        options.onError(`${schedule.name}: ${error.message}`),
      );
    }, everyMs(schedule.expression) / options.speed).unref(),
  );
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
};

/** Sends what a schedule sends to each of its targets. */
export const fire = async ({ name, targets }: Schedule, options: ScheduleOptions) => {
  const { account, region } = options;
  const event = {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: new Date().toISOString(),
    region,
    resources: [`arn:aws:events:${region}:${account}:rule/${name}`],
    detail: {},
  };
  for (const { arn, queueUrl, input } of targets) {
    const body = input ?? JSON.stringify(event);
    if (queueUrl) await options.sqs.sendMessage({ QueueUrl: queueUrl, MessageBody: body });
    // Whoever invokes tells of an invocation that failed.
    else await options.invoke(arn, JSON.parse(body)).catch(() => undefined);
  }
};
