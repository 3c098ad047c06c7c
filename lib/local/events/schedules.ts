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

/** Milliseconds between two firings of a rate expression; `undefined` of one that fires by the clock. */
export const everyMs = (expression: string): number | undefined => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  return unit === 'minute' || unit === 'hour' || unit === 'day'
    ? Number(count) * unitMs[unit]
    : undefined;
};

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** A number, a day of the week, or any. */
const field = /^(?:\*|\?|\d+|[A-Z]{3})$/;

/**
 * Tells whether a moment is one of a cron expression, in UTC: minutes, hours, day of the month, month, day of the week, year, each one
 * value or any. Throws for lists, ranges and steps.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export const cronMoment = (expression: string): ((at: Date) => boolean) => {
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  if (fields.length !== 6 || !fields.every((one) => field.test(one)))
    throw new Error(`the local AWS does not fire ${expression}`);
  return (at) => {
    const now = [
      at.getUTCMinutes(),
      at.getUTCHours(),
      at.getUTCDate(),
      at.getUTCMonth() + 1,
      // EventBridge counts from Sunday, which is 1.
      at.getUTCDay() + 1,
      at.getUTCFullYear(),
    ];
    return fields.every((one, index) => {
      const wanted = weekdays.includes(one) ? weekdays.indexOf(one) + 1 : Number(one);
      return one === '*' || one === '?' || wanted === now[index];
    });
  };
};

/** Fires by a timer, first after one period as EventBridge does, or at each minute that is meant. */
const timerOf = ({ expression }: Schedule, speed: number, run: () => void): NodeJS.Timeout => {
  const every = everyMs(expression);
  if (every !== undefined) return setInterval(run, every / speed);
  const isMeant = cronMoment(expression);
  let fired = 0;
  return setInterval(() => {
    const minute = Math.floor(Date.now() / unitMs.minute);
    if (minute === fired || !isMeant(new Date())) return;
    fired = minute;
    run();
  }, unitMs.minute / 3);
};

/** Fires each schedule; returns what ends them. */
export const startSchedules = (options: ScheduleOptions): (() => void) => {
  const timers = options.schedules.map((schedule) => {
    const run = () =>
      void fire(schedule, options).catch((error: Error) =>
        options.onError(`${schedule.name}: ${error.message}`),
      );
    return timerOf(schedule, options.speed, run).unref();
  });
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
