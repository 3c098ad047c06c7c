import { CfnEventBus, Rule } from 'aws-cdk-lib/aws-events';
import {
  AccountPrincipal,
  AnyPrincipal,
  Effect,
  PolicyDocument,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { earsBusName, forwardRoleName } from '../../resources/account/own-prefix.ts';
import { eventbridge } from '../../services/eventbridge.ts';
import { iam } from '../../services/iam.ts';
import type { NamedPattern } from '../events/pattern.ts';
import type { Place } from '../permissions/scopes.ts';
import { eventPatternOf } from './events.ts';
import type { Inbox } from './inbox.ts';
import type { GuardedQueue } from './queue.ts';
import { toQueue } from './rule-targets.ts';

export interface EarsBusProps {
  /** What ears let through. */
  readonly patterns: readonly NamedPattern[];
  /** Where it arrives. */
  readonly changes: Inbox;
  readonly undelivered: GuardedQueue;
  readonly place: Place;
  /** Other accounts whose ears bring something here, each by its own role of the same name. @default [] */
  readonly members?: readonly string[];
  /** What the names of the ears' stacks begin with. */
  readonly earsPrefix: string;
}

const putting = (
  busArn: string,
  statement: Pick<PolicyStatementProps, 'sid' | 'effect' | 'principals' | 'conditions'>,
): PolicyStatement =>
  new PolicyStatement({ ...statement, actions: ['events:PutEvents'], resources: [busArn] });

const oneOrAll = <T>(all: readonly T[]): T | readonly T[] =>
  all.length === 1 && all[0] ? all[0] : all;

/**
 * Admits one role of each account and nobody else. In one account a policy that only allows keeps nobody out who may put events
 * anywhere; a service that puts them by itself has no principal's ARN, and is denied as well.
 */
const admitting = (
  roleArns: readonly string[],
  busArn: string,
  accounts: readonly string[],
): PolicyDocument =>
  new PolicyDocument({
    statements: [
      putting(busArn, {
        sid: 'Ears',
        principals: accounts.map((account) => new AccountPrincipal(account)),
        conditions: { ArnEquals: { 'aws:PrincipalArn': oneOrAll(roleArns) } },
      }),
      putting(busArn, {
        sid: 'OthersThanEars',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': oneOrAll(roleArns) } },
      }),
      // Partners of AWS choose what their events say.
      putting(busArn, {
        sid: 'Partners',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        conditions: { 'ForAnyValue:StringLike': { 'events:source': 'aws.partner/*' } },
      }),
    ],
  });

/** As the console writes it for the role of a rule: EventBridge says for which it acts. */
export const forRules = (account: string, rules: string): ServicePrincipal =>
  new ServicePrincipal('events.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': rules },
    },
  });

/**
 * Where the ears of other regions and accounts bring what they hear, and the one role that may put it there: both have names, since
 * CloudFormation has no reference from one region into another.
 */
export class EarsBus extends Construct {
  constructor(scope: Construct, id: string, props: EarsBusProps) {
    super(scope, id);
    const { place, earsPrefix, members = [] } = props;
    const busArn = eventbridge.arn('event-bus', place, earsBusName);
    const rules = eventbridge.arn(
      'rule-on-default-event-bus',
      { ...place, region: '*' },
      `${earsPrefix}*`,
    );
    const role = new Role(this, 'Forward', {
      roleName: forwardRoleName,
      description: 'Brings what rules of Plumbline hear in other regions to its bus',
      assumedBy: forRules(place.account, rules),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [busArn] }));
    const bus = new CfnEventBus(this, 'Bus', {
      name: earsBusName,
      description: 'What the ears of Plumbline in other regions hear',
      policy: admitting(
        [
          role.roleArn,
          ...members.map((account) => iam.arn('role', { ...place, account }, forwardRoleName)),
        ],
        busArn,
        [place.account, ...members],
      ),
    });
    for (const { name, pattern } of props.patterns)
      new Rule(this, name, {
        eventBus: bus,
        description: `${name}: what can change a verdict of Plumbline in another region${members.length > 0 ? ' or account' : ''}`,
        eventPattern: eventPatternOf(pattern),
        targets: [toQueue(props.changes.queue, { undelivered: props.undelivered })],
      });
  }
}
