import { CfnEventBus, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
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
import type { GovernedPlace } from '../permissions/scopes.ts';
import { eventPatternOf } from './events.ts';
import type { Inbox } from './inbox.ts';
import type { GuardedQueue } from './queue.ts';
import { toQueue } from './rule-targets.ts';

export interface EarsBusProps {
  /** What ears let through. */
  readonly patterns: readonly NamedPattern[];
  /** Names of those that say nothing to whoever evaluates changes. @default [] */
  readonly unevaluated?: readonly string[];
  /** Where it arrives. */
  readonly changes: Inbox;
  readonly undelivered: GuardedQueue;
  readonly place: GovernedPlace;
  /** Other accounts whose ears bring something here, each by its own role of the same name. @default [] */
  readonly members?: readonly string[];
  /** The organization whose accounts do as well. @default - none */
  readonly organization?: string | undefined;
  /** What is heard for somebody else than whoever evaluates changes. @default [] */
  readonly others?:
    | readonly { readonly pattern: NamedPattern; readonly target: IRuleTarget }[]
    | undefined;
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

/** Partners of AWS choose what their events say. */
const partnersKeptOut = (busArn: string): PolicyStatement =>
  putting(busArn, {
    sid: 'Partners',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    conditions: { 'ForAnyValue:StringLike': { 'events:source': 'aws.partner/*' } },
  });

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
      partnersKeptOut(busArn),
    ],
  });

/**
 * The same of the accounts of an organization, by their role of this name, beside those that are named: one in another
 * organization may have a role called so.
 */
const admittingOrganization = (
  roleArn: string,
  busArn: string,
  {
    organization,
    accounts,
  }: { readonly organization: string; readonly accounts: readonly string[] },
): PolicyDocument =>
  new PolicyDocument({
    statements: [
      putting(busArn, {
        sid: 'Ears',
        principals: accounts.map((account) => new AccountPrincipal(account)),
        conditions: { ArnLike: { 'aws:PrincipalArn': roleArn } },
      }),
      putting(busArn, {
        sid: 'EarsOfOrganization',
        principals: [new AnyPrincipal()],
        conditions: {
          StringEquals: { 'aws:PrincipalOrgID': organization },
          ArnLike: { 'aws:PrincipalArn': roleArn },
        },
      }),
      putting(busArn, {
        sid: 'OthersThanEars',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        conditions: { ArnNotLike: { 'aws:PrincipalArn': roleArn } },
      }),
      putting(busArn, {
        sid: 'OthersThanMembers',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        conditions: {
          StringNotEquals: {
            'aws:PrincipalOrgID': organization,
            'aws:PrincipalAccount': oneOrAll(accounts),
          },
        },
      }),
      partnersKeptOut(busArn),
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
  private readonly rules = new Map<string, Rule>();

  constructor(scope: Construct, id: string, props: EarsBusProps) {
    super(scope, id);
    const { place, earsPrefix, members = [], organization, others = [] } = props;
    const accounts = [place.account, ...members];
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
      policy:
        organization !== undefined
          ? admittingOrganization(
              iam.arn('role', { ...place, account: '*' }, forwardRoleName),
              busArn,
              { organization, accounts },
            )
          : admitting(
              [
                role.roleArn,
                ...members.map((account) =>
                  iam.arn('role', { ...place, account }, forwardRoleName),
                ),
              ],
              busArn,
              accounts,
            ),
    });
    for (const { name, pattern } of props.patterns) {
      const isEvaluated = !props.unevaluated?.includes(name);
      const rule = new Rule(this, name, {
        eventBus: bus,
        description: `${name}: what can change a verdict of Plumbline in another region${members.length > 0 || organization !== undefined ? ' or account' : ''}`,
        eventPattern: eventPatternOf(pattern),
        targets: isEvaluated
          ? [toQueue(props.changes.queue, { undelivered: props.undelivered })]
          : [],
      });
      this.rules.set(name, rule);
    }
    for (const { pattern, target } of others)
      new Rule(this, pattern.name, {
        eventBus: bus,
        description: `${pattern.name}: what is told by another account`,
        eventPattern: eventPatternOf(pattern.pattern),
        targets: [target],
      });
  }

  /** Brings what a rule of the ears lets through to others as well. Throws where there is no such rule. */
  bring({ name }: NamedPattern, targets: readonly IRuleTarget[]): void {
    const rule = this.rules.get(name);
    if (!rule) throw new Error(`no rule on the bus is called ${name}`);
    for (const target of targets) rule.addTarget(target);
  }
}
