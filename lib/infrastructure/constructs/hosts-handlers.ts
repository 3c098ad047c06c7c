import type { Construct } from 'constructs';
import { noticesGrant } from '../permissions/acting.ts';
import { publishGrants } from '../permissions/permissions.ts';
import { type EvaluatingProps, evaluatingEnvironment, publishingEnvironment } from './evaluate.ts';
import { Handler } from './handler.ts';
import type { AuditsDocument } from './hosts-documents.ts';
import type { Inbox } from './inbox.ts';
import { operatorGrants } from './remediate.ts';

export interface HostsProps extends Omit<EvaluatingProps, 'watched' | 'reading' | 'acting'> {
  readonly audits: Inbox;
  readonly results: Inbox;
  readonly documents: readonly AuditsDocument[];
  /** ARNs of the people who may ask for an audit. */
  readonly operators: readonly string[];
}

const environmentOf = (props: HostsProps) => ({
  ...evaluatingEnvironment(props),
  AUDITS_QUEUE_URL: props.audits.queue.queueUrl,
  HOST_RESULTS_QUEUE_URL: props.results.queue.queueUrl,
  AUDIT_DOCUMENTS: JSON.stringify(props.documents),
});
const instances = ({ place: { partition, region, account } }: HostsProps): string =>
  `arn:${partition}:ec2:${region}:${account}:instance/*`;

/** Partition keys of what auditing hosts keeps in the posture table. */
const commandsKey = 'host-commands';
export const hostsKey = 'hosts';
const auditsKey = 'host-audits';
const populationKey = 'population';
const hostAsksKey = 'host-asks';

/** Sends the documents that only look, and nothing else, to hosts; writes no verdict. */
export class AuditHosts extends Handler {
  constructor(scope: Construct, id: string, props: HostsProps) {
    super(scope, id, {
      code: props.code,
      file: 'audit-hosts',
      isChained: true,
      description: 'Sends the audit to hosts that start, and by the clock or an operator to all',
      environment: environmentOf(props),
    });
    const { partition, region, account } = props.place;
    const documents = props.documents.map(
      ({ name }) => `arn:${partition}:ssm:${region}:${account}:document/${name}`,
    );
    this.grant(
      [
        // Hosts are found by SSM alone, which takes no resource here.
        { actions: ['ssm:DescribeInstanceInformation'], resources: ['*'] },
        { actions: ['ssm:SendCommand'], resources: [...documents, instances(props)] },
        { actions: ['ssm:DescribeDocument', 'ssm:GetDocument'], resources: documents },
        ...operatorGrants(props.operators),
      ],
      'Whichever host there is gets the same documents, which change nothing.',
    );
    this.sendTo(props.audits, props.results);
    const { tableArn } = props.posture;
    this.allowItems(tableArn, ['dynamodb:PutItem'], [commandsKey, auditsKey, populationKey]);
    this.allowItems(tableArn, ['dynamodb:GetItem', 'dynamodb:PutItem'], [hostAsksKey]);
    this.allowItems(tableArn, ['dynamodb:Query', 'dynamodb:UpdateItem'], [hostsKey]);
    props.posture.letWrite(this.role);
    this.takeFrom(props.audits, 2, 1);
  }
}

/** Takes what hosts say of themselves; sends nothing to any. */
export class HostResults extends Handler {
  constructor(scope: Construct, id: string, props: HostsProps) {
    super(scope, id, {
      code: props.code,
      file: 'host-results',
      isChained: true,
      description: 'Takes what hosts say of themselves as a stranger would, and publishes it',
      environment: { ...environmentOf(props), ...publishingEnvironment(props) },
    });
    const { tableArn } = props.posture;
    this.grant(
      [
        ...publishGrants(props.place),
        noticesGrant(props.notices),
        {
          actions: ['ec2:DescribeInstances', 'ssm:GetCommandInvocation'],
          resources: ['*'],
        },
        { actions: ['ssm:PutComplianceItems'], resources: [instances(props)] },
        {
          actions: ['BatchGetItem', 'BatchWriteItem', 'GetItem', 'PutItem', 'UpdateItem'].map(
            (action) => `dynamodb:${action}`,
          ),
          resources: [tableArn],
        },
      ],
      'Whichever host answers is looked at; what is written is a row, a finding or compliance of it.',
    );
    this.allowItems(tableArn, ['dynamodb:DeleteItem'], [hostsKey]);
    props.posture.letWrite(this.role);
    this.takeFrom(props.results, 5);
  }
}
