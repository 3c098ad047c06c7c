import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Handler } from './handler.ts';
import type { Inboxes } from './inbox.ts';
import { type Grant, publishGrants, readGrants } from './permissions.ts';
import type { Posture } from './posture.ts';
import type { Place } from './scopes.ts';
import type { Watched } from './watched.ts';

export interface JudgingProps {
  readonly code: Code;
  readonly watched: readonly Watched[];
  readonly posture: Posture;
  readonly inboxes: Inboxes;
  readonly place: Place;
}

/** What judging a change takes: reading it, keeping and publishing the verdicts, asking for later looks. */
export const judgingGrants = ({
  watched,
  posture,
  inboxes,
  place,
}: JudgingProps): readonly Grant[] => [
  ...readGrants(watched, place),
  ...publishGrants(place),
  {
    actions: [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    resources: [posture.tableArn],
  },
  {
    actions: ['sqs:SendMessage'],
    resources: [inboxes.changes.queue.queueArn, inboxes.pages.queue.queueArn],
  },
];

export const judgingEnvironment = ({
  posture,
  inboxes,
}: Pick<JudgingProps, 'posture' | 'inboxes'>) => ({
  POSTURE_TABLE: posture.tableName,
  CHANGES_QUEUE_URL: inboxes.changes.queue.queueUrl,
  SWEEPS_QUEUE_URL: inboxes.sweeps.queue.queueUrl,
  PAGES_QUEUE_URL: inboxes.pages.queue.queueUrl,
});

export const readsAny = 'Whichever resource changes is read; every action is a read.';

/** Judges what changed, and what a sweep found; a sweep can not crowd out changes. */
export class Evaluate extends Handler {
  constructor(scope: Construct, id: string, props: JudgingProps) {
    super(scope, id, {
      code: props.code,
      file: 'evaluate',
      description: 'Reads what changed, judges it and publishes the verdicts',
      environment: judgingEnvironment(props),
    });
    this.grant(judgingGrants(props), readsAny);
    this.takeFrom(props.inboxes.changes, 5);
    this.takeFrom(props.inboxes.sweeps, 2);
  }
}
