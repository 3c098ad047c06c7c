import { Duration } from 'aws-cdk-lib';
import { Dashboard as Board, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Handler } from './handler.ts';
import type { Inbox } from './inbox.ts';

export interface DashboardProps {
  readonly inboxes: readonly Inbox[];
  readonly handlers: readonly Handler[];
}

const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 });

/** Queues and functions at a glance; about three dollars a month, so only where it is asked for. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { inboxes, handlers }: DashboardProps) {
    super(scope, id);
    const queues = inboxes.map(({ queue }) => queue);
    const functions = handlers.map((handler) => handler.function);
    const board = new Board(this, 'Board', { defaultInterval: Duration.hours(3) });
    board.addWidgets(
      graph(
        'Age of the oldest message',
        queues.map((queue) => queue.metricApproximateAgeOfOldestMessage()),
      ),
      graph(
        'Messages that wait',
        queues.map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
      ),
    );
    board.addWidgets(
      graph(
        'Invocations and errors',
        functions.flatMap((each) => [each.metricInvocations(), each.metricErrors()]),
      ),
      graph(
        'Milliseconds',
        functions.map((each) => each.metricDuration({ statistic: 'p95' })),
      ),
    );
  }
}
