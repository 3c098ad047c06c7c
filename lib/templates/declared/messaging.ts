import { snsTopic } from '../../resources/sns/sns-topic.ts';
import { sqsQueue } from '../../resources/sqs/sqs-queue.ts';
import { type DeclaredType, placesIn, stepsOf } from './declared-type.ts';

/** Places of a resource whose policy is declared apart of it. */
const withPolicy =
  (
    property: string,
    type: string,
    table: Readonly<Record<string, string>>,
  ): DeclaredType['placeOf'] =>
  (resource, stack, evidence) => {
    if (!/^policy\b/.test(evidence)) return placesIn(table)(resource, stack, evidence);
    const names = [resource.physicalId, resource.arn, resource.name];
    const [policy] = stack.leadingTo(names, property, type);
    const path = ['PolicyDocument', ...stepsOf(evidence.slice('policy'.length))];
    return policy && { declared: policy.declared, path };
  };

export const declaredTopic: DeclaredType = {
  type: snsTopic,
  as: 'AWS::SNS::Topic',
  id: ({ name }) => name,
  placeOf: withPolicy('Topics', 'AWS::SNS::TopicPolicy', { encryption: 'KmsMasterKeyId' }),
};
export const declaredQueue: DeclaredType = {
  type: sqsQueue,
  as: 'AWS::SQS::Queue',
  id: ({ name }) => name,
  parts: { 'AWS::SQS::QueuePolicy': { name: 'QueueName', by: 'Queues', isWhole: true } },
  placeOf: withPolicy('Queues', 'AWS::SQS::QueuePolicy', { encryption: 'KmsMasterKeyId' }),
};
