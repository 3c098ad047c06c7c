import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { type JudgingProps, judgingEnvironment } from './evaluate.ts';
import { Handler } from './handler.ts';
import { listGrants } from './permissions.ts';
import { dueIndex } from './posture.ts';

/** Lists what there is, page by page through its own queue, and finds what time alone makes due. */
export class Sweep extends Handler {
  constructor(scope: Construct, id: string, props: JudgingProps) {
    const { posture, inboxes, place, watched } = props;
    super(scope, id, {
      code: props.code,
      file: 'sweep',
      description: 'Lists resources and finds those that are due to be judged again',
      environment: judgingEnvironment(props),
    });
    this.grant(
      [
        ...listGrants(watched, place),
        { actions: ['dynamodb:Query'], resources: [`${posture.tableArn}/index/${dueIndex}`] },
        {
          actions: ['sqs:SendMessage'],
          resources: [inboxes.sweeps.queue.queueArn, inboxes.pages.queue.queueArn],
        },
      ],
      'A listing covers every resource of its type.',
    );
    this.takeFrom(inboxes.pages, 2);
    this.every('Daily', Duration.days(1), 'all', props);
    this.every('Due', Duration.minutes(15), 'due', props);
  }

  private every(id: string, rate: Duration, sweep: 'all' | 'due', { inboxes }: JudgingProps): void {
    new Rule(this, id, {
      description: `Begins a sweep of ${sweep === 'all' ? 'everything' : 'what is due'}`,
      schedule: Schedule.rate(rate),
      targets: [
        new SqsQueue(inboxes.pages.queue, {
          message: RuleTargetInput.fromObject({ version: 1, sweep }),
          deadLetterQueue: inboxes.pages.deadLetters,
        }),
      ],
    });
  }
}
