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
      named: ['FunctionName'],
    },
  },
  pages: [],
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
  actions: { Invoke: 'InvokeFunction' },
  // https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  dataCalls: /^Invoke/,
});
