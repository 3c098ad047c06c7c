import { Lazy, Stack } from 'aws-cdk-lib';
import type { IRuleRef } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export type GuardedQueueProps = Omit<QueueProps, 'encryption' | 'enforceSSL'>;

/**
 * A queue that SQS encrypts and that is reached over TLS alone. Its policy admits the rules of this stack by one
 * statement, however many they are: SQS takes 20 statements a policy, and the CDK's own targets add one for each rule.
 */
export class GuardedQueue extends Queue {
  private readonly ruleArns: string[] = [];

  constructor(scope: Construct, id: string, props: GuardedQueueProps = {}) {
    super(scope, id, { ...props, encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
  }

  /** Lets a rule send here. The list is exact: anybody in the account may make a rule with our prefix. */
  admit({ ruleRef: { ruleArn } }: IRuleRef): void {
    if (this.ruleArns.length === 0) this.addToResourcePolicy(this.admission());
    if (!this.ruleArns.includes(ruleArn)) this.ruleArns.push(ruleArn);
  }

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html:
  // aws:SourceArn is the rule's ARN.
  private admission(): PolicyStatement {
    return new PolicyStatement({
      sid: 'Rules',
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [this.queueArn],
      conditions: {
        ArnEquals: { 'aws:SourceArn': Lazy.list({ produce: () => this.ruleArns }) },
        StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
      },
    });
  }
}
