import { declares, type Mappings, only, self, unlessEmpty } from '../mapping.ts';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue */
export const messagingTypes: Mappings = {
  aws_sns_topic: {
    id: 'arn',
    names: ['id', 'arn'],
    declares: [
      {
        as: 'AWS::SNS::Topic',
        properties: {
          TopicName: 'name',
          KmsMasterKeyId: unlessEmpty('kms_master_key_id'),
        },
      },
      {
        as: 'AWS::SNS::TopicInlinePolicy',
        when: 'policy',
        properties: { TopicArn: self, PolicyDocument: 'policy' },
      },
    ],
  },
  aws_sns_topic_policy: declares('AWS::SNS::TopicPolicy', {
    Topics: only('arn'),
    PolicyDocument: 'policy',
  }),
  aws_sqs_queue: {
    id: 'url',
    names: ['id', 'url'],
    declares: [
      {
        as: 'AWS::SQS::Queue',
        properties: {
          QueueName: 'name',
          KmsMasterKeyId: unlessEmpty('kms_master_key_id'),
          SqsManagedSseEnabled: 'sqs_managed_sse_enabled',
        },
      },
      {
        as: 'AWS::SQS::QueueInlinePolicy',
        when: 'policy',
        properties: { Queue: self, PolicyDocument: 'policy' },
      },
    ],
  },
  aws_sqs_queue_policy: declares('AWS::SQS::QueuePolicy', {
    Queues: only('queue_url'),
    PolicyDocument: 'policy',
  }),
};
