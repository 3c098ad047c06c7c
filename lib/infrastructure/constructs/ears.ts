import { Validations } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { NamedPattern } from '../events/pattern.ts';
import { eventPatternOf } from './events.ts';
import { deadLetterQueue } from './inbox.ts';
import { toBus } from './rule-targets.ts';

export interface EarsProps {
  readonly patterns: readonly NamedPattern[];
  /** Where they bring what they hear. */
  readonly busArn: string;
  /** By which they may. */
  readonly role: IRole;
  /** Refers to what is made before them, where it is made. @default - only the role */
  readonly after?: string;
}

/**
 * Rules that bring events to the bus of Plumbline, and one queue for what could not be brought. They have no description: a
 * template that is given to CloudFormation as text has 51,200 bytes at most.
 */
export const hearFor = (
  scope: Construct,
  { patterns, busArn, role, after }: EarsProps,
): readonly Rule[] => {
  const undelivered = deadLetterQueue(scope, 'Undelivered');
  Validations.of(undelivered).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself what rules give up to.',
  });
  // Every rule refers to the queue. What DependsOn names cannot depend on a condition, a reference in metadata can.
  if (after !== undefined)
    for (const each of undelivered.node.findAll().filter(CfnQueue.isCfnQueue))
      each.addMetadata('After', after);
  return patterns.map(
    ({ name, pattern }) =>
      new Rule(scope, name, {
        eventPattern: eventPatternOf(pattern),
        targets: [toBus(busArn, { role, undelivered })],
      }),
  );
};
