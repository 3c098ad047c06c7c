import type { Construct } from 'constructs';
import { regionsKey } from '../../resources/account/own-names.ts';
import {
  auditHostsRoleName,
  hostResultsRoleName,
  hostsRoleName,
} from '../../resources/account/own-prefix.ts';
import { noticesGrant } from '../permissions/acting.ts';
import { denyOutside } from '../permissions/deny-outside.ts';
import { publishGrants } from '../permissions/permissions.ts';
import { type GovernedPlace, regionIn } from '../permissions/scopes.ts';
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
  ...(props.members && { ...props.members.environment, READS_AS: hostsRoleName }),
  ...evaluatingEnvironment(props),
  AUDITS_QUEUE_URL: props.audits.queue.queueUrl,
  HOST_RESULTS_QUEUE_URL: props.results.queue.queueUrl,
  AUDIT_DOCUMENTS: JSON.stringify(props.documents),
});
/** Instances wherever hosts are audited. */
export const instancesIn = (place: GovernedPlace): string =>
  `arn:${place.partition}:ec2:${regionIn(place)}:${place.account}:instance/*`;

/** Documents of these names wherever hosts are audited: what they say is compared before one is sent. */
export const documentsIn = (
  documents: readonly { readonly name: string }[],
  place: GovernedPlace,
): readonly string[] =>
  documents.map(
    ({ name }) => `arn:${place.partition}:ssm:${regionIn(place)}:${place.account}:document/${name}`,
  );

/** What a role that asks hosts of its own account takes. */
export const askingGrants = (documents: HostsProps['documents'], place: GovernedPlace) => {
  const own = documentsIn(documents, place);
  return [
    // Hosts are found by SSM alone, which takes no resource here.
    { actions: ['ssm:DescribeInstanceInformation'], resources: ['*'] },
    { actions: ['ssm:SendCommand'], resources: [...own, instancesIn(place)] },
    { actions: ['ssm:DescribeDocument', 'ssm:GetDocument'], resources: own },
  ];
};
/** What a role takes that reads what hosts of its own account answered. */
export const answeredGrants = (place: GovernedPlace) => [
  { actions: ['ec2:DescribeInstances', 'ssm:GetCommandInvocation'], resources: ['*'] },
  { actions: ['ssm:PutComplianceItems'], resources: [instancesIn(place)] },
];

/** Lets a function into the governed regions, and into other accounts by a role for hosts alone. */
const letAway = (handler: Handler, { place: { regions = [] }, members, inboxes }: HostsProps) => {
  if (regions.length > 1) handler.role.addToPolicy(denyOutside(regions));
  // Whether an account lets us in is evaluated there.
  if (members) handler.sendTo(inboxes.changes);
};

/** Partition keys of what auditing hosts keeps in the posture table. */
const commandsKey = 'host-commands';
export const hostsKey = 'hosts';
const auditsKey = 'host-audits';
const populationKey = 'population';
const auditRequestsKey = 'host-asks';

/** Sends the documents that only look, and nothing else, to hosts; writes no verdict. */
export class AuditHosts extends Handler {
  constructor(scope: Construct, id: string, props: HostsProps) {
    super(scope, id, {
      code: props.code,
      file: 'audit-hosts',
      isChained: true,
      description: 'Sends the audit to hosts that start, and by the clock or an operator to all',
      roleName: props.members && auditHostsRoleName,
      environment: environmentOf(props),
    });
    this.grant(
      [...askingGrants(props.documents, props.place), ...operatorGrants(props.operators)],
      'Whichever host there is gets the same documents, which change nothing.',
    );
    this.sendTo(props.audits, props.results);
    letAway(this, props);
    if (props.members?.asking) this.hold(props.members.asking);
    const { tableArn } = props.posture;
    // Which regions refuse everything, and which accounts there are.
    this.allowItems(tableArn, ['dynamodb:Query'], [regionsKey]);
    if (props.place.organization !== undefined)
      this.allowItems(tableArn, ['dynamodb:GetItem'], ['roster']);
    this.allowItems(tableArn, ['dynamodb:PutItem'], [commandsKey, auditsKey, populationKey]);
    this.allowItems(tableArn, ['dynamodb:GetItem', 'dynamodb:PutItem'], [auditRequestsKey]);
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
      roleName: props.members && hostResultsRoleName,
      environment: { ...environmentOf(props), ...publishingEnvironment(props) },
    });
    const { tableArn } = props.posture;
    this.grant(
      [
        ...publishGrants(props.place),
        noticesGrant(props.notices),
        ...answeredGrants(props.place),
        {
          actions: ['BatchGetItem', 'BatchWriteItem', 'GetItem', 'PutItem', 'UpdateItem'].map(
            (action) => `dynamodb:${action}`,
          ),
          resources: [tableArn],
        },
      ],
      'Whichever host answers is looked at; what is written is a row, a finding or compliance of it.',
    );
    letAway(this, props);
    if (props.members?.hearing) this.hold(props.members.hearing);
    this.allowItems(tableArn, ['dynamodb:DeleteItem'], [hostsKey]);
    props.posture.letWrite(this.role);
    this.takeFrom(props.results, 5);
  }
}
