import { declares, type Mappings, only, orElse, self, unlessEmpty } from '../mapping.ts';

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
  aws_cloudwatch_event_bus: declares(
    'AWS::Events::EventBus',
    { Name: 'name' },
    { names: ['id', 'name'] },
  ),
  aws_cloudwatch_event_bus_policy: declares(
    'AWS::Events::EventBus',
    { Policy: 'policy' },
    { of: { by: 'event_bus_name', name: 'Name', isWhole: true } },
  ),
  aws_cloudwatch_event_permission: declares('AWS::Events::EventBusPolicy', {
    EventBusName: orElse('event_bus_name', 'default'),
    StatementId: 'statement_id',
    Action: orElse('action', 'events:PutEvents'),
    Principal: 'principal',
    Condition: { Type: 'condition.0.type', Key: 'condition.0.key', Value: 'condition.0.value' },
  }),
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
