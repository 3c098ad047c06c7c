import { defineService } from './service.ts';

export const lambda = defineService({
  sdk: () => import('@aws-sdk/client-lambda'),
  client: ({ Lambda }, settings) => new Lambda(settings),
  iam: 'lambda',
  eventSource: 'lambda.amazonaws.com',
  kinds: {
    function: {
      arn: 'arn:{partition}:lambda:{region}:{account}:function:{id}',
      type: 'AWS::Lambda::Function',
      named: ['FunctionName', 'Resource'],
    },
  },
  pages: [
    {
      tokens: ['NextMarker', 'Marker'],
      operations: [
        'listAliases',
        'listEventSourceMappings',
        'listFunctions',
        'listVersionsByFunction',
      ],
    },
  ],
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
  actions: { Invoke: 'InvokeFunction' },
  // https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  eventNames: {
    AddPermission: 'AddPermission20150331v2',
    CreateEventSourceMapping: 'CreateEventSourceMapping20150331',
    CreateFunction: 'CreateFunction20150331',
    DeleteEventSourceMapping: 'DeleteEventSourceMapping20150331',
    DeleteFunction: 'DeleteFunction20150331',
    DeleteFunctionConcurrency: 'DeleteFunctionConcurrency20171031',
    PublishVersion: 'PublishVersion20150331',
    PutFunctionConcurrency: 'PutFunctionConcurrency20171031',
    RemovePermission: 'RemovePermission20150331v2',
    UpdateEventSourceMapping: 'UpdateEventSourceMapping20150331',
    UpdateFunctionCode: 'UpdateFunctionCode20150331v2',
    UpdateFunctionConfiguration: 'UpdateFunctionConfiguration20150331v2',
  },
  dataCalls: /^Invoke/,
});
