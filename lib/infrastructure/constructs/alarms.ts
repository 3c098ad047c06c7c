import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  type CreateAlarmOptions,
  MathExpression,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Place } from '../permissions/scopes.ts';
import type { Handler } from './handler.ts';
import type { Inbox } from './inbox.ts';

export interface AlarmsProps {
  readonly evaluate: Handler;
  readonly sweep: Handler;
  /** @default - nothing beats, since the baseline evaluates neither buckets nor roles */
  readonly heartbeat?: Handler | undefined;
  /** @default - nothing is planned */
  readonly remediate?: Handler | undefined;
  /** @default - hosts are not looked at */
  readonly auditHosts?: Handler | undefined;
  readonly hostResults?: Handler | undefined;
  readonly changes: Inbox;
  readonly deadLetters: Readonly<Record<string, IQueue>>;
}

/** What alarms are told to, and people by those who act. CloudWatch can not use the key that AWS manages for SNS, so the topic has none. */
const alarmTopic = (scope: Construct, { partition, region, account }: Place): Topic => {
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

/** Alarms on AWS's own metrics, that tell when Plumbline does not do its work, and the topic that they tell. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, place: Place) {
    super(scope, id);
    this.topic = alarmTopic(this, place);
  }

  /** Makes the alarms; the topic is there before what they watch, which may use it. */
  watch(props: AlarmsProps): void {
    this.errors('EvaluateErrors', props.evaluate, 'Changes could not be evaluated');
    this.errors('SweepErrors', props.sweep, 'Resources could not be listed');
    if (props.heartbeat) {
      this.errors('HeartbeatErrors', props.heartbeat, 'A write did not come back as an event', {
        // Two beats long; no beat at all is as bad as one that was lost.
        period: Duration.minutes(30),
        treatMissingData: TreatMissingData.BREACHING,
      });
    }
    if (props.remediate) {
      this.errors('RemediateErrors', props.remediate, 'Plans could not be carried out');
    }
    if (props.auditHosts)
      this.errors('AuditHostsErrors', props.auditHosts, 'Hosts could not be asked');
    if (props.hostResults)
      this.errors('HostResultsErrors', props.hostResults, 'Answers of hosts could not be taken');
    this.alarm(
      'ChangesAge',
      props.changes.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      // A change that settles may be sent to wait for 15 minutes.
      { threshold: 1200, alarmDescription: 'Changes have waited for 20 minutes' },
    );
    this.alarm('DeadLetters', this.deadLetters(props.deadLetters), {
      threshold: 1,
      alarmDescription: 'Messages were given up',
    });
  }

  private errors(
    id: string,
    { function: watched }: Handler,
    alarmDescription: string,
    {
      period = Duration.minutes(5),
      ...options
    }: Partial<CreateAlarmOptions> & { readonly period?: Duration } = {},
  ): void {
    this.alarm(id, watched.metricErrors({ period }), {
      threshold: 1,
      alarmDescription,
      ...options,
    });
  }

  /** A queue that nobody uses sends no metric: SUM leaves it out. */
  private deadLetters(queues: AlarmsProps['deadLetters']): MathExpression {
    return new MathExpression({
      expression: `SUM([${Object.keys(queues).join(', ')}])`,
      period: Duration.minutes(5),
      usingMetrics: Object.fromEntries(
        Object.entries(queues).map(([name, queue]) => [
          name,
          queue.metricApproximateNumberOfMessagesVisible(),
        ]),
      ),
    });
  }

  private alarm(
    id: string,
    metric: Metric | MathExpression,
    options: Omit<CreateAlarmOptions, 'evaluationPeriods'>,
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
