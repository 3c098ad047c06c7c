import { defineService } from './service.ts';

export const sqs = defineService({
  sdk: () => import('@aws-sdk/client-sqs'),
  // Else the SDK calls the host of a queue's URL, and no endpoint that the environment names.
  client: ({ SQS }, settings) => new SQS({ ...settings, useQueueUrlAsEndpoint: false }),
  iam: 'sqs',
  eventSource: 'sqs.amazonaws.com',
  showsInTheEnd:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  kinds: {
    queue: {
      arn: 'arn:{partition}:sqs:{region}:{account}:{id}',
      type: 'AWS::SQS::Queue',
      named: ['QueueUrl', 'QueueName'],
    },
  },
  pages: [{ tokens: ['NextToken', 'NextToken'], operations: ['listQueues'] }],
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
  actions: {
    SendMessageBatch: 'SendMessage',
    DeleteMessageBatch: 'DeleteMessage',
    ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-logging-using-cloudtrail.html
  dataCalls: /Message(?!MoveTask)/,
});
