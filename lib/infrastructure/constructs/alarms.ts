import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  type CreateAlarmOptions,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { GovernedPlace } from '../permissions/scopes.ts';
import type { Handler } from './handler.ts';
import type { Inbox } from './inbox.ts';

/** A queue that a function reads, and the seconds for which a message may wait there. */
export interface Waiting {
  readonly inbox: Inbox;
  readonly mostSeconds: number;
}
export interface AlarmsProps {
  /** Each by a name in camelCase; CloudWatch takes ten metrics an alarm. */
  readonly handlers: Readonly<Record<string, Handler>>;
  /** @default - nothing beats, since the baseline evaluates neither buckets nor roles */
  readonly heartbeat?: Handler | undefined;
  readonly inboxes: Readonly<Record<string, Waiting>>;
  readonly deadLetters: Readonly<Record<string, IQueue>>;
  /** Whether anything is put right. */
  readonly remediates: boolean;
}

/** The topic that gets the alarms, and what people are to be told. CloudWatch cannot use the key that AWS manages for SNS, so the topic has none. */
const alarmTopic = (scope: Construct, { partition, region, account }: GovernedPlace): Topic => {
  const topic = new Topic(scope, 'Topic', { enforceSSL: true });
  // A topic with a policy of its own no longer admits the alarms of its account by default.
  topic.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
      },
    }),
  );
  return topic;
};

const chainNames = ['settle', 'sweep', 'audit'] as const;
/** As the functions count in their logs. */
const counted = (
  metricName: string,
  dimensionsMap: Record<string, string>,
  period = Duration.minutes(5),
): Metric =>
  new Metric({ namespace: 'Plumbline', metricName, dimensionsMap, statistic: Stats.SUM, period });

const mapped = <T>(all: Readonly<Record<string, T>>, metricOf: (one: T) => IMetric) =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, metricOf(one)]));
const expressed = (expression: string, usingMetrics: Record<string, IMetric>): MathExpression =>
  new MathExpression({ expression, usingMetrics, period: Duration.minutes(5) });
const sumOf = (metrics: Record<string, IMetric>): MathExpression =>
  expressed(`SUM([${Object.keys(metrics).join(', ')}])`, metrics);

/** The alarms that say when Plumbline does not do its work, mostly on AWS's own metrics, and the topic that they go to. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, place: GovernedPlace) {
    super(scope, id);
    this.topic = alarmTopic(this, place);
  }

  /** Makes the alarms; the topic is there before what they watch, which may use it. */
  watch(props: AlarmsProps): void {
    const { handlers, inboxes } = props;
    this.alarm('Errors', sumOf(mapped(handlers, (one) => one.function.metricErrors())), {
      threshold: 1,
      alarmDescription: 'A function failed: its log says why',
    });
    this.alarm('Throttles', sumOf(mapped(handlers, (one) => one.function.metricThrottles())), {
      threshold: 1,
      alarmDescription: 'Lambda had no room for a function: raise the concurrency of the account',
    });
    if (props.heartbeat) {
      this.alarm(
        'HeartbeatErrors',
        // For two beats; no beat at all is as bad as one that was lost.
        props.heartbeat.function.metricErrors({ period: Duration.minutes(30) }),
        {
          threshold: 1,
          alarmDescription: 'A write did not come back as an event',
          treatMissingData: TreatMissingData.BREACHING,
        },
      );
    }
    const waits = Object.entries(inboxes).map(
      ([name, { mostSeconds }]) => `FILL(${name}, 0) / ${mostSeconds}`,
    );
    const ages = mapped(inboxes, ({ inbox }) => inbox.queue.metricApproximateAgeOfOldestMessage());
    this.alarm('Age', expressed(`MAX([${waits.join(', ')}])`, ages), {
      threshold: 1,
      alarmDescription: 'Messages of a queue have waited for longer than they may',
    });
    this.alarm(
      'DeadLetters',
      // A queue that nobody uses sends no metric: SUM leaves it out.
      sumOf(mapped(props.deadLetters, (queue) => queue.metricApproximateNumberOfMessagesVisible())),
      { threshold: 1, alarmDescription: 'Messages were given up' },
    );
    const chains = Object.fromEntries(
      chainNames.map((chain) => [chain, counted('EndedChains', { chain })]),
    );
    this.alarm('EndedChains', sumOf(chains), {
      threshold: 1,
      alarmDescription: 'A chain of messages was ended: what it was for is not done',
    });
    this.alarm('FailedRecords', counted('FailedRecords', { outcome: 'failed' }), {
      threshold: 1,
      // A message that is done at a later try is no news; one that is given up is soon a dead letter.
      evaluationPeriods: 3,
      alarmDescription: 'Messages fail again and again: the log says which, and why',
    });
    if (props.remediates) {
      this.alarm(
        'Unremediated',
        counted('Unremediated', { mode: 'remediate' }, Duration.hours(1)),
        {
          threshold: 1,
          // A state that stays is counted once an hour, when the clock ticks next.
          evaluationPeriods: 2,
          datapointsToAlarm: 1,
          alarmDescription:
            'It fails, its mode is remediate, and for an hour nothing was done or is pending',
        },
      );
    }
  }

  private alarm(
    id: string,
    metric: Metric | MathExpression,
    options: Omit<CreateAlarmOptions, 'evaluationPeriods'> & Partial<CreateAlarmOptions>,
  ): Alarm {
    const alarm = metric.createAlarm(this, id, {
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...options,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}
