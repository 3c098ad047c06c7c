import { snsTopic } from '../../resources/sns/sns-topic.ts';
import { sqsQueue } from '../../resources/sqs/sqs-queue.ts';
import { lastPolicyOf, queuePolicies, topicPolicies } from '../answers/messaging.ts';
import { type DeclaredType, placesIn, stepsOf } from './declared-type.ts';

/** Places of a resource whose policy is declared apart of it. */
const withPolicy =
  (
    apart: Readonly<Record<string, string>>,
    table: Readonly<Record<string, string>>,
  ): DeclaredType['placeOf'] =>
  (resource, stack, evidence) => {
    if (!/^policy\b/.test(evidence)) return placesIn(table)(resource, stack, evidence);
    const policy = lastPolicyOf(stack, resource, apart);
    const path = ['PolicyDocument', ...stepsOf(evidence.slice('policy'.length))];
    return policy && { declared: policy.declared, path };
  };

const parts = (
  name: string,
  apart: Readonly<Record<string, string>>,
): NonNullable<DeclaredType['parts']> =>
  Object.fromEntries(
    Object.entries(apart).map(([type, by]) => [type, { name, by: [by], isWhole: true }]),
  );

export const declaredTopic: DeclaredType = {
  type: snsTopic,
  as: 'AWS::SNS::Topic',
  id: ({ name }) => name,
  parts: parts('TopicName', topicPolicies),
  placeOf: withPolicy(topicPolicies, { encryption: 'KmsMasterKeyId' }),
};
export const declaredQueue: DeclaredType = {
  type: sqsQueue,
  as: 'AWS::SQS::Queue',
  id: ({ name }) => name,
  parts: parts('QueueName', queuePolicies),
  placeOf: withPolicy(queuePolicies, { encryption: 'KmsMasterKeyId' }),
};
