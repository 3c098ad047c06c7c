import { defineService } from './service.ts';

export const dynamodb = defineService({
  sdk: () => import('@aws-sdk/client-dynamodb'),
  client: ({ DynamoDB }, settings) => new DynamoDB(settings),
  iam: 'dynamodb',
  eventSource: 'dynamodb.amazonaws.com',
  showsInTheEnd:
    'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html',
  kinds: {
    table: {
      arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{id}',
      type: 'AWS::DynamoDB::Table',
      named: ['TableName', 'ResourceArn'],
    },
    index: { arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{id}/index/*' },
    stream: { arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{id}/stream/*' },
  },
  pages: [
    { tokens: ['LastEvaluatedKey', 'ExclusiveStartKey'], operations: ['query'] },
    { tokens: ['NextToken', 'NextToken'], operations: ['listTagsOfResource'] },
  ],
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html
  dataCalls: /Item|^(Query|Scan|ExecuteStatement|BatchExecuteStatement|ExecuteTransaction)$/,
});
