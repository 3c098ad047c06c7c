import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Watched } from '../events/watched.ts';
import { type ActingAs, actingEnvironment, actingGrants } from '../permissions/acting.ts';
import { type Grant, publishGrants, readGrants } from '../permissions/permissions.ts';
import type { Place } from '../permissions/scopes.ts';
import { Handler } from './handler.ts';
import type { Inboxes } from './inbox.ts';
import type { Posture } from './posture.ts';

export interface JudgingProps {
  readonly code: Code;
  readonly watched: readonly Watched[];
  /** What is watched, with what plans need. */
  readonly read: readonly Watched[];
  readonly posture: Posture;
  readonly inboxes: Inboxes;
  readonly place: Place;
  /** @default - nothing is planned */
  readonly acting?: ActingAs | undefined;
}

/** What judging takes: reading, keeping and publishing the verdicts, asking for later looks and for remediation. */
export const judgingGrants = ({
  read,
  posture,
  inboxes,
  place,
  acting,
}: JudgingProps): readonly Grant[] => [
  ...readGrants(read, place),
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
  // An action is looked up to know what is ours, and concluded by the verdict.
  ...(acting
    ? [...actingGrants(acting), { actions: ['dynamodb:GetItem'], resources: [posture.tableArn] }]
    : []),
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
export const askingEnvironment = ({ acting }: Pick<JudgingProps, 'acting'>) =>
  acting
    ? { ...actingEnvironment(acting), REMEDIATOR_ROLE_ARN: acting.remediator.roleArn }
    : undefined;

export const readsAny =
  'Whichever resource changes is read; every action is a read, or on rows and images of its own.';

/** Judges what changed, and what a sweep found; a sweep can not crowd out changes. */
export class Evaluate extends Handler {
  constructor(scope: Construct, id: string, props: JudgingProps) {
    super(scope, id, {
      code: props.code,
      file: 'evaluate',
      description: 'Reads what changed, judges it and publishes the verdicts',
      environment: { ...judgingEnvironment(props), ...askingEnvironment(props) },
    });
    this.grant(judgingGrants(props), readsAny);
    props.posture.letWrite(this.role);
    this.takeFrom(props.inboxes.changes, 5);
    this.takeFrom(props.inboxes.sweeps, 2);
  }
}
