import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { evaluateRoleName } from '../../resources/account/own-prefix.ts';
import type { Watched } from '../events/watched.ts';
import {
  type ActingAs,
  actingEnvironment,
  ledgerGrants,
  noticesGrant,
} from '../permissions/acting.ts';
import { type Grant, publishGrants } from '../permissions/permissions.ts';
import type { GovernedPlace } from '../permissions/scopes.ts';
import { Handler } from './handler.ts';
import type { Inbox, Inboxes } from './inbox.ts';
import type { Members } from './members.ts';
import type { Posture } from './posture.ts';
import type { ServicePolicies } from './service-policies.ts';

export interface EvaluatingProps {
  readonly code: Code;
  readonly watched: readonly Watched[];
  /** What allows to read what is watched, and what plans need. */
  readonly reading: ServicePolicies;
  readonly posture: Posture;
  readonly inboxes: Inboxes;
  readonly place: GovernedPlace;
  /** What people are told by where Security Hub takes no finding. */
  readonly notices: ITopic;
  /** @default - no other account is governed */
  readonly members?: Members | undefined;
  /** @default - nothing is planned */
  readonly acting?: ActingAs | undefined;
}

/** What evaluating takes beside reading: keeping and publishing the verdicts. */
export const evaluatingGrants = ({
  posture,
  place,
  notices,
  acting,
}: EvaluatingProps): readonly Grant[] => [
  ...publishGrants(place),
  noticesGrant(notices),
  {
    actions: [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    resources: [posture.tableArn],
  },
  // An action is looked up to know what is ours, and what is still awaited.
  ...(acting ? ledgerGrants(acting) : []),
];

/** Where evaluating asks for later looks and for remediation. */
export const evaluatingInboxes = ({ inboxes, acting }: EvaluatingProps): readonly Inbox[] => [
  inboxes.changes,
  inboxes.pages,
  ...(acting ? [acting.remediations] : []),
];

export const evaluatingEnvironment = ({
  posture,
  inboxes,
}: Pick<EvaluatingProps, 'posture' | 'inboxes'>) => ({
  ...posture.environment,
  POSTURE_TABLE: posture.tableName,
  CHANGES_QUEUE_URL: inboxes.changes.queue.queueUrl,
  SWEEPS_QUEUE_URL: inboxes.sweeps.queue.queueUrl,
  PAGES_QUEUE_URL: inboxes.pages.queue.queueUrl,
});
export const askingEnvironment = ({ acting }: Pick<EvaluatingProps, 'acting'>) =>
  acting
    ? { ...actingEnvironment(acting), REMEDIATOR_ROLE_ARN: acting.remediator.roleArn }
    : undefined;

export const publishingEnvironment = ({ notices }: Pick<EvaluatingProps, 'notices'>) => ({
  NOTICES_TOPIC_ARN: notices.topicArn,
});

export const ofItsOwn = 'Only rows, images and findings of its own are named by a wildcard.';

/** Evaluates what changed, and what a sweep found; a sweep can not crowd out changes. */
export class Evaluate extends Handler {
  constructor(scope: Construct, id: string, props: EvaluatingProps) {
    super(scope, id, {
      code: props.code,
      file: 'evaluate',
      isChained: true,
      description: 'Reads what changed, evaluates it and publishes the verdicts',
      roleName: props.members && evaluateRoleName,
      environment: {
        ...props.members?.environment,
        ...evaluatingEnvironment(props),
        ...publishingEnvironment(props),
        ...askingEnvironment(props),
      },
    });
    this.hold(props.reading);
    if (props.members?.evaluating) this.hold(props.members.evaluating);
    this.grant(evaluatingGrants(props), ofItsOwn);
    this.sendTo(...evaluatingInboxes(props));
    // What an account changes beyond its share waits there.
    if (props.members) this.sendTo(props.inboxes.sweeps);
    props.posture.letWrite(this.role);
    this.takeFrom(props.inboxes.changes, 5);
    this.takeFrom(props.inboxes.sweeps, 2);
  }
}
