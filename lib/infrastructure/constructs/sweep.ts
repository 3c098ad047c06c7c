import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { regionsKey } from '../../resources/account/own-names.ts';
import { sweepRoleName } from '../../resources/account/own-prefix.ts';
import { listGrants, probeGrants } from '../permissions/permissions.ts';
import { type EvaluatingProps, evaluatingEnvironment } from './evaluate.ts';
import { Handler } from './handler.ts';
import type { Inbox } from './inbox.ts';
import { dueIndex } from './posture.ts';
import { toQueue } from './rule-targets.ts';
import { ServicePolicies } from './service-policies.ts';

/** It lists the accounts of an organization as well: Organizations takes a few calls a second, and has hundreds to answer. */
export const sweepSeconds = ({ organization }: { readonly organization?: string | undefined }) =>
  organization === undefined ? 30 : 300;

/** Lists what there is, page by page through its own queue, and finds what time alone makes due. */
export class Sweep extends Handler {
  private readonly redriven: Inbox[] = [];

  constructor(scope: Construct, id: string, props: EvaluatingProps) {
    const { posture, inboxes, place, watched } = props;
    super(scope, id, {
      code: props.code,
      file: 'sweep',
      isChained: true,
      timeoutSeconds: sweepSeconds(place),
      description: 'Lists resources and finds those that are due to be evaluated again',
      roleName: props.members && sweepRoleName,
      environment: { ...props.members?.environment, ...evaluatingEnvironment(props) },
    });
    this.hold(
      new ServicePolicies(this, 'Listing', {
        description: 'What Plumbline lists',
        grants: [...listGrants(watched, place), ...probeGrants(place)],
        regions: place.regions,
        reason: 'A listing covers every resource of its type.',
      }),
    );
    if (props.members) this.hold(props.members.reading);
    this.grant(
      [{ actions: ['dynamodb:Query'], resources: [`${posture.tableArn}/index/${dueIndex}`] }],
      'Nothing is named by a wildcard.',
    );
    // Notes when everything was last swept, and how many of each type there are.
    this.allowItems(posture.tableArn, ['dynamodb:PutItem'], ['sweep', 'population']);
    if (place.organization !== undefined)
      this.allowItems(
        posture.tableArn,
        ['dynamodb:GetItem', 'dynamodb:PutItem'],
        ['roster', 'roster-later', 'roster-listing'],
      );
    this.allowItems(
      posture.tableArn,
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      [regionsKey],
    );
    // Whether all is heard in a region.
    this.grant(
      [{ actions: ['dynamodb:BatchGetItem'], resources: [posture.tableArn] }],
      'Nothing is named by a wildcard.',
    );
    posture.letWrite(this.role);
    this.takeFrom(inboxes.pages, 2);
    this.redriveInto([inboxes.changes, inboxes.sweeps, inboxes.pages]);
    new Rule(this, 'Due', {
      description: 'Has what is due evaluated again, and everything once a day',
      schedule: Schedule.rate(Duration.minutes(15)),
      targets: [
        toQueue(inboxes.pages.queue, {
          message: RuleTargetInput.fromObject({ version: 1, sweep: 'due' }),
          undelivered: inboxes.pages.deadLetters,
        }),
      ],
    });
  }

  /** Sends what these queues gave up there once more; nothing of a FIFO queue, whose requests are made again. */
  redriveInto(inboxes: readonly Inbox[]): void {
    this.redriven.push(...inboxes);
    const pairs = this.redriven.map(
      ({ queue, deadLetters }) => `${deadLetters.queueUrl}>${queue.queueUrl}`,
    );
    this.function.addEnvironment('DEAD_LETTERS', pairs.join(' '));
    this.grant(
      inboxes.map(({ deadLetters }) => ({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        resources: [deadLetters.queueArn],
      })),
      'Nothing is named by a wildcard.',
    );
    this.sendTo(...inboxes);
  }
}
