import { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ledgerGrants } from '../permissions/acting.ts';
import { acknowledgeWildcards } from '../permissions/nag.ts';
import type { GovernedPlace } from '../permissions/scopes.ts';
import { askingEnvironment } from './evaluate.ts';
import type { Handler } from './handler.ts';
import { answersOf, type HostsParts } from './hosts.ts';
import type { ChangesDocument } from './hosts-documents.ts';
import { documentsIn, hostsKey, instancesIn } from './hosts-handlers.ts';
import { actionsIndex, type Posture } from './posture.ts';
import type { GuardedQueue } from './queue.ts';
import type { Remediation } from './remediation.ts';
import { toQueue } from './rule-targets.ts';

export interface HardeningProps {
  readonly remediation: Remediation;
  readonly hosts: HostsParts;
  readonly posture: Posture;
  /** Those that put right what is planned, confirm it and take it back. */
  readonly documents: readonly ChangesDocument[];
  /** Those of them that may come to be sent. */
  readonly toSend: readonly ChangesDocument[];
  /** Keeps the events that could not be delivered. */
  readonly undelivered: GuardedQueue;
  readonly place: GovernedPlace;
}

/** Partition key of the rollouts that earlier releases have left in the posture table. */
const rolloutsKey = 'rollouts';

const extend = (handler: Handler, environment: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(environment))
    handler.function.addEnvironment(name, value);
};

/** Hears of the changes, and has the next step and their outcome asked for; changes nothing itself. */
const letHear = (stack: Construct, props: HardeningProps): void => {
  const { hosts, remediation, documents, undelivered } = props;
  const { hostResults } = hosts.handlers;
  const { acting } = remediation;
  extend(hostResults, { ...askingEnvironment({ acting }) });
  hostResults.grant(ledgerGrants(acting), 'Only images of actions, in the bucket for them.');
  hostResults.sendTo(acting.remediations);
  const names = documents.map(({ name }) => name);
  new Rule(stack, 'HostChanged', {
    description: 'HostChanged: changes of hosts by Plumbline that are over',
    eventPattern: answersOf(names),
    targets: [toQueue(hosts.inboxes.hostResults.queue, { undelivered })],
  });
};

/** Lets sessions of the remediator send these documents to instances. */
const letSend = ({ remediation, toSend, place }: HardeningProps): void => {
  if (toSend.length === 0) return;
  const resources = [...documentsIn(toSend, place), instancesIn(place)];
  const sending = { actions: ['ssm:SendCommand'], resources };
  const { remediator } = remediation.acting;
  remediator.addToPrincipalPolicy(new PolicyStatement(sending));
  acknowledgeWildcards(
    remediator,
    [sending],
    'Whichever host is put right; each session is narrowed to one host and the documents of its plan.',
  );
};

/**
 * Lets the function that remediates put right what is on hosts. It looks by its own role; what changes a host is sent
 * by a session of the remediator, which each action narrows to its documents and its host.
 */
export const hardeningIn = (stack: Construct, props: HardeningProps): void => {
  const { hosts, remediation, posture, documents, place } = props;
  const { audits, hostResults } = hosts.inboxes;
  extend(remediation.remediate, {
    CHANGE_DOCUMENTS: JSON.stringify(documents),
    AUDITS_QUEUE_URL: audits.queue.queueUrl,
    HOST_RESULTS_QUEUE_URL: hostResults.queue.queueUrl,
  });
  remediation.remediate.grant(
    [
      {
        actions: [
          'ec2:DescribeInstances',
          'ssm:DescribeInstanceInformation',
          'ssm:GetCommandInvocation',
        ],
        resources: ['*'],
      },
      {
        actions: ['ssm:DescribeDocument', 'ssm:GetDocument'],
        resources: documentsIn(documents, place),
      },
    ],
    'Whichever host is changed is looked at, and what it answers; none of these actions takes a resource.',
  );
  const { tableArn } = remediation.acting.ledger;
  remediation.remediate.grant(
    [
      {
        actions: ['dynamodb:Query'],
        // Whom a rollout has held up is asked for again when it begins anew.
        resources: [
          tableArn,
          ...[tableArn, posture.tableArn].map((arn) => `${arn}/index/${actionsIndex}`),
        ],
      },
    ],
    'Nothing is named by a wildcard.',
  );
  remediation.remediate.allowItems(
    posture.tableArn,
    ['dynamodb:Query', 'dynamodb:UpdateItem'],
    [hostsKey],
  );
  remediation.remediate.allowItems(
    posture.tableArn,
    ['dynamodb:Query', 'dynamodb:DeleteItem'],
    [rolloutsKey],
  );
  remediation.remediate.sendTo(audits, hostResults);
  letSend(props);
  letHear(stack, props);
};
