import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { HostDocument } from '../../hosts/compile.ts';
import { hostAnswers, instanceStates, over } from '../events/host-patterns.ts';
import type { EarsBus } from './ears-bus.ts';
import type { Handler } from './handler.ts';
import { auditsAmong, keepDocuments } from './hosts-documents.ts';
import { AuditHosts, HostResults, type HostsProps } from './hosts-handlers.ts';
import { Inbox } from './inbox.ts';
import type { GuardedQueue } from './queue.ts';
import { toQueue } from './rule-targets.ts';

export interface HostsIn extends Omit<HostsProps, 'audits' | 'results' | 'documents'> {
  readonly documents: readonly HostDocument[];
  readonly areas: readonly string[];
  /** Keeps the events that could not be delivered. */
  readonly undelivered: GuardedQueue;
}
export interface HostsParts {
  readonly handlers: { readonly auditHosts: AuditHosts; readonly hostResults: HostResults };
  readonly inboxes: { readonly audits: Inbox; readonly hostResults: Inbox };
}

/** The events that tell of commands of these documents that are over on an instance. */
export const answersOf = (documents: readonly string[]): EventPattern => ({
  source: ['aws.ssm'],
  detailType: ['EC2 Command Invocation Status-change Notification'],
  detail: { 'document-name': [...documents], status: over },
});

/** All that auditing hosts takes, side by side in the stack. */
export const hostsIn = (
  stack: Construct,
  { documents, areas, undelivered, ...evaluating }: HostsIn,
): HostsParts => {
  keepDocuments(stack, documents);
  const audits = new Inbox(stack, 'Audits', { operators: evaluating.operators });
  const results = new Inbox(stack, 'HostResultsInbox');
  const props = { ...evaluating, audits, results, documents: auditsAmong(documents, areas) };
  const auditHosts = new AuditHosts(stack, 'AuditHosts', props);
  const hostResults = new HostResults(stack, 'HostResults', props);
  const to = (inbox: Inbox) => [toQueue(inbox.queue, { undelivered })];
  const states = (id: string, state: string, inbox: Inbox) =>
    new Rule(stack, id, {
      description: `${id}: instances that are ${state}`,
      eventPattern: {
        source: ['aws.ec2'],
        detailType: ['EC2 Instance State-change Notification'],
        detail: { state: [state] },
      },
      targets: to(inbox),
    });
  states('HostStarted', 'running', audits);
  states('HostTerminated', 'terminated', results);
  new Rule(stack, 'HostAnswered', {
    description: 'HostAnswered: audits of Plumbline that are over',
    eventPattern: answersOf(props.documents.map(({ name }) => name)),
    targets: to(results),
  });
  new Rule(stack, 'HostAudits', {
    description: 'Has every host audited that Systems Manager manages, where it is time',
    schedule: Schedule.rate(Duration.minutes(15)),
    targets: [
      toQueue(audits.queue, {
        message: RuleTargetInput.fromObject({ version: 1, audit: 'due' }),
        undelivered: audits.deadLetters,
      }),
    ],
  });
  return { handlers: { auditHosts, hostResults }, inboxes: { audits, hostResults: results } };
};

/** Lets the bus tell those who deal with hosts what ears hear of hosts in other regions and accounts. */
export const letEarsTell = (
  bus: EarsBus,
  { inboxes: { audits, hostResults } }: HostsParts,
  undelivered: GuardedQueue,
): void => {
  const to = (inbox: Inbox) => toQueue(inbox.queue, { undelivered });
  bus.bring(instanceStates, [to(audits), to(hostResults)]);
  bus.bring(hostAnswers, [to(hostResults)]);
};

/** Lets the function that evaluates pass a person's word about a host on to the function that reads hosts' results. */
export const letReview = (evaluate: Handler, { inboxes: { hostResults } }: HostsParts): void => {
  const { queue } = hostResults;
  evaluate.function.addEnvironment('HOST_RESULTS_QUEUE_URL', queue.queueUrl);
  evaluate.sendTo(hostResults);
};
