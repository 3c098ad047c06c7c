import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { isGoverning } from '../engine/baseline/organization.ts';
import { memberOutputs } from '../resources/account/member.ts';
import type { Alarms } from './constructs/alarms.ts';
import type { Evaluate } from './constructs/evaluate.ts';
import type { Handler } from './constructs/handler.ts';
import type { Heartbeat } from './constructs/heartbeat.ts';
import type { History } from './constructs/history.ts';
import type { HostsParts } from './constructs/hosts.ts';
import type { Inbox } from './constructs/inbox.ts';
import type { Posture } from './constructs/posture.ts';
import type { GuardedQueue } from './constructs/queue.ts';
import type { remediationIn } from './constructs/remediation.ts';
import type { Reports } from './constructs/reports.ts';
import type { Sweep } from './constructs/sweep.ts';

/** What the stack is made of; what the baseline does not ask for is `undefined`. */
export interface Parts {
  readonly alarms: Alarms;
  readonly configRule: Handler | undefined;
  readonly evaluate: Evaluate;
  readonly heartbeat: Heartbeat | undefined;
  readonly history: History | undefined;
  readonly hosts: HostsParts | undefined;
  readonly inboxes: { readonly changes: Inbox; readonly sweeps: Inbox; readonly pages: Inbox };
  readonly posture: Posture;
  readonly remediation: ReturnType<typeof remediationIn> | undefined;
  readonly reports: Reports | undefined;
  readonly sweep: Sweep;
  /** Keeps the events that could not be delivered. */
  readonly undelivered: GuardedQueue;
}
type Tell = (id: string, value: string, description: string) => void;

const tellOfAccounts = (tell: Tell, baseline: Baseline, stackId: string): void => {
  if (!isGoverning(baseline)) return;
  const { accounts = [], remediatedAccounts: remediated = [], organization, regions } = baseline;
  if (organization)
    tell(memberOutputs.organization, organization.id, 'Whose accounts are governed');
  if (accounts.length > 0)
    tell(memberOutputs.accounts, accounts.join(' '), 'Other accounts that are governed');
  if (remediated.length > 0)
    tell(
      memberOutputs.remediated,
      remediated.join(' '),
      'Those of them where something may be put right',
    );
  tell(memberOutputs.regions, regions.join(' '), 'Regions that are governed in each');
  tell(memberOutputs.externalId, stackId, 'What the roles in these accounts ask for');
};

const tellOfHosts = (tell: Tell, { hosts: settings }: Baseline, { hosts }: Parts): void => {
  if (!hosts || !settings) return;
  const { audits, hostResults } = hosts.inboxes;
  tell('HostAuditHours', `${settings.everyHours}`, 'Hours between two audits of a host');
  tell('AuditsQueue', audits.queue.queueUrl, 'Which hosts are to be audited');
  tell('HostResultsQueue', hostResults.queue.queueUrl, 'What hosts said of themselves');
};

const tellOfRemediation = (tell: Tell, { remediation, inboxes: { changes } }: Parts): void => {
  if (!remediation) return;
  const { acting } = remediation;
  tell('ChangesQueue', changes.queue.queueUrl, 'What is to be evaluated');
  tell('RemediationsQueue', acting.remediations.queue.queueUrl, 'What is to be done');
  tell('LedgerTable', acting.ledger.tableName, 'What was done');
  tell('ImagesBucket', acting.images.bucketName, 'What was there before, where large');
};

/** The outputs of the stack, by which the command line and the stacks of other accounts find its parts. */
export const tellOutputs = (stack: Stack, baseline: Baseline, parts: Parts): void => {
  const tell: Tell = (id, value, description) => {
    new CfnOutput(stack, id, { value, description });
  };
  const { alarms, heartbeat, history, hosts, posture, remediation, reports } = parts;
  tellOfAccounts(tell, baseline, stack.stackId);
  tell('AlarmTopic', alarms.topic.topicArn, 'Subscribe to be told by Plumbline');
  tell('PostureTable', posture.tableName, 'Verdicts and plans');
  if (heartbeat?.bucket)
    tell('HeartbeatBucket', heartbeat.bucket.bucketName, 'An empty bucket that is written to');
  if (history) tell('HistoryBucket', history.bucket.bucketName, 'What happened, by day');
  if (reports) tell('ReportsBucket', reports.bucket.bucketName, 'Reports by the clock');
  tellOfHosts(tell, baseline, parts);
  tellOfRemediation(tell, parts);
  // The command line says beforehand what the queue would refuse.
  if ((remediation || hosts) && baseline.operators.length > 0)
    tell('Operators', baseline.operators.join(' '), 'Who may ask for something');
};
