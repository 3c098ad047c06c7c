import { CfnResource, Validations } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { GovernedPlace } from '../permissions/scopes.ts';
import type { Inbox } from './inbox.ts';
import type { GuardedQueue } from './queue.ts';
import { toQueue } from './rule-targets.ts';

export interface CustomActionsProps {
  readonly remediations: Inbox;
  /** Keeps what could not be delivered. */
  readonly undelivered: GuardedQueue;
  readonly place: GovernedPlace;
  /** Whether clicks change something, or are only answered. */
  readonly may: 'change' | 'show';
}

/** What a person can choose for findings in Security Hub's console; AWS takes 20 characters for id and name. */
const showing = [
  { id: 'PlumblinePlan', name: 'Show plan', description: 'Plumbline notes what it would do' },
];
/** Whoever may send findings' events chooses these as well: the event names nobody. */
const changing = [
  { id: 'PlumblineFix', name: 'Fix now', description: 'Plumbline carries out its plan' },
  { id: 'PlumblineUndo', name: 'Undo', description: 'Plumbline says how to take it back' },
  { id: 'PlumblineExempt', name: 'Exempt 7 days', description: 'Plumbline lets it be for 7 days' },
];

/** The custom actions and the rule that brings them to the queue, one after the other: nobody hurries by hand. */
export class CustomActions extends Construct {
  constructor(scope: Construct, id: string, { place, may, ...props }: CustomActionsProps) {
    super(scope, id);
    const actions = may === 'change' ? [...showing, ...changing] : showing;
    // aws-cdk-lib has no class for them. The ARN follows from the id.
    for (const { id: Id, name: Name, description: Description } of actions) {
      const target = new CfnResource(this, Id, {
        type: 'AWS::SecurityHub::ActionTarget',
        properties: { Id, Name, Description },
      });
      Validations.of(target).acknowledge({
        id: 'CloudFormation-Validate::F3006',
        reason: 'The type is newer than the list of types that the CDK brings along.',
      });
    }
    const { partition, region, account } = place;
    new Rule(this, 'Chosen', {
      description: 'Chosen: a custom action of Plumbline, for one finding',
      eventPattern: {
        source: ['aws.securityhub'],
        detailType: ['Security Hub Findings - Custom Action'],
        resources: actions.map(
          ({ id: action }) =>
            `arn:${partition}:securityhub:${region}:${account}:action/custom/${action}`,
        ),
      },
      targets: [
        toQueue(props.remediations.queue, {
          messageGroupId: 'custom-actions',
          undelivered: props.undelivered,
        }),
      ],
    });
  }
}
