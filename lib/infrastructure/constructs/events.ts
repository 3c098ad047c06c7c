import { Validations } from 'aws-cdk-lib';
import { type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { NamedPattern, Pattern } from '../events/pattern.ts';
import { deadLetterQueue, type Inbox } from './inbox.ts';
import type { GuardedQueue } from './queue.ts';
import { toQueue } from './rule-targets.ts';

export interface EventsProps {
  readonly patterns: readonly NamedPattern[];
  /** Where they arrive. */
  readonly changes: Inbox;
}

const sources = ({ source }: Pattern): string[] =>
  source.flatMap((each) => (typeof each === 'string' ? [each] : Match.prefix(each.prefix)));

export const eventPatternOf = (pattern: Pattern): EventPattern => ({
  source: sources(pattern),
  detailType: [...pattern['detail-type']],
  ...(pattern.detail ? { detail: pattern.detail } : {}),
});

/** The rules that let events into the queue of changes; each may send there, and nobody else. */
export class Events extends Construct {
  readonly rules: readonly Rule[];
  /** Events that EventBridge could not bring to the queue within a day. */
  readonly undelivered: GuardedQueue;

  constructor(scope: Construct, id: string, props: EventsProps) {
    super(scope, id);
    this.undelivered = deadLetterQueue(this, 'Undelivered');
    Validations.of(this.undelivered).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself what rules give up to.',
    });
    this.rules = props.patterns.map(
      ({ name, pattern }) =>
        new Rule(this, name, {
          description: `${name}: what can change a verdict of Plumbline`,
          eventPattern: eventPatternOf(pattern),
          targets: [toQueue(props.changes.queue, { undelivered: this.undelivered })],
        }),
    );
  }
}
