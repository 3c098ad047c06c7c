import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, byDefault, policyThatHolds, text } from './answer.ts';
import { policyText } from './policy-text.ts';

/** The types that declare a policy apart, with the property that names what it is of. */
type Apart = Readonly<Record<string, string>>;
export const topicPolicies: Apart = {
  'AWS::SNS::TopicPolicy': 'Topics',
  'AWS::SNS::TopicInlinePolicy': 'TopicArn',
};
export const queuePolicies: Apart = {
  'AWS::SQS::QueuePolicy': 'Queues',
  'AWS::SQS::QueueInlinePolicy': 'Queue',
};

export const policiesOf = (stack: Stack, owner: Resource, apart: Apart): readonly Resource[] => {
  const names = [owner.physicalId, owner.arn, owner.name];
  return Object.entries(apart).flatMap(([type, by]) => stack.leadingTo(names, by, type));
};
/** The one that holds. */
export const lastPolicyOf = (stack: Stack, owner: Resource, apart: Apart): Resource | undefined =>
  policyThatHolds(stack, owner, policiesOf(stack, owner, apart));

/** The policy that is declared apart of a queue or a topic; `undefined` where there is none. */
const policyOf = (stack: Stack, owner: Resource, apart: Apart): string | undefined => {
  const found = lastPolicyOf(stack, owner, apart);
  const { deployment } = stack.template;
  return found && policyText(found.get('PolicyDocument'), { ...deployment, arn: owner.arn });
};

/** SNS gives every topic one; it holds for the account by its condition. */
const policyOfNewTopic = (topic: Resource, account: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes'],
        Resource: topic.arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });

const topic: Answer = (stack, { TopicArn }) => {
  const found = stack.find(['AWS::SNS::Topic'], (one) => one.arn === TopicArn);
  if (!found) throw awsError('NotFound');
  const { account } = stack.template.deployment;
  return {
    Attributes: lazily({
      Policy: () => policyOf(stack, found, topicPolicies) ?? policyOfNewTopic(found, account),
      KmsMasterKeyId: () => found.get('KmsMasterKeyId').name(),
    }),
  };
};

const queue: Answer = (stack, { QueueUrl }) => {
  const name = text(QueueUrl).split('/').slice(4).join('/');
  const found = stack.find(['AWS::SQS::Queue'], (one) => one.name === name);
  if (!found) throw awsError('AWS.SimpleQueueService.NonExistentQueue');
  const key = () => found.get('KmsMasterKeyId').name();
  const managed = found.get('SqsManagedSseEnabled');
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
  const isManaged = () =>
    managed.isSet
      ? managed.flag() === true
      : byDefault(stack, 'the encryption of new queues by SQS', true) === true;
  return {
    Attributes: lazily({
      Policy: () => policyOf(stack, found, queuePolicies),
      KmsMasterKeyId: key,
      SqsManagedSseEnabled: () => String(key() === undefined && isManaged()),
    }),
  };
};

export const snsAnswers: Answers = { getTopicAttributes: topic };
export const sqsAnswers: Answers = { getQueueAttributes: queue };
