import { type Drift, uniqueName } from '../drift.ts';

const account = '123456789012';
const policyFor = (Principal: unknown, Action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'orders', Effect: 'Allow', Principal, Action, Resource: '*' }],
  });
const urlOf = (name: string) => `https://sqs.us-east-1.amazonaws.com/${account}/${name}`;
const arnOf = (name: string) => `arn:aws:sns:us-east-1:${account}:${name}`;

const queue =
  (Attributes: Readonly<Record<string, string>>): Drift['arrange'] =>
  async (clients) => {
    const QueueName = uniqueName('drift');
    await (await clients('sqs')).createQueue({ QueueName, Attributes });
    return QueueName;
  };
const setting =
  (Attributes: Readonly<Record<string, string>>): Drift['drift'] =>
  async (clients, name) =>
    (await clients('sqs')).setQueueAttributes({ QueueUrl: urlOf(name), Attributes });

const ours = { Policy: policyFor({ AWS: account }, 'sqs:SendMessage') };
const theirs = { Policy: policyFor({ AWS: [account, '444455556666'] }, 'sqs:SendMessage') };

export const messagingDrifts: readonly Drift[] = [
  {
    control: 'SQS.1',
    type: 'AWS::SQS::Queue',
    title: 'somebody turns off the encryption of a queue',
    arrange: queue({ SqsManagedSseEnabled: 'true' }),
    drift: setting({ SqsManagedSseEnabled: 'false' }),
  },
  {
    control: 'SQS.3',
    type: 'AWS::SQS::Queue',
    title: 'somebody lets everybody send to a queue',
    arrange: queue(ours),
    drift: setting({ Policy: policyFor('*', 'sqs:SendMessage') }),
  },
  {
    control: 'PL.POLICY.1',
    type: 'AWS::SQS::Queue',
    title: 'somebody names an unknown account in the policy of a queue',
    arrange: queue(ours),
    drift: setting(theirs),
  },
  {
    control: 'SNS.4',
    type: 'AWS::SNS::Topic',
    title: 'somebody lets everybody subscribe to a topic',
    arrange: async (clients) => {
      const Name = uniqueName('drift');
      await (await clients('sns')).createTopic({ Name });
      return Name;
    },
    drift: async (clients, name) =>
      (await clients('sns')).setTopicAttributes({
        TopicArn: arnOf(name),
        AttributeName: 'Policy',
        AttributeValue: policyFor('*', 'sns:Subscribe'),
      }),
  },
];
