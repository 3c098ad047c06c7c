import { defineService } from './service.ts';

/** HTTP and WebSocket APIs. */
export const apigatewayv2 = defineService({
  sdk: () => import('@aws-sdk/client-apigatewayv2'),
  client: ({ ApiGatewayV2 }, settings) => new ApiGatewayV2(settings),
  iam: 'apigateway',
  // As REST APIs: https://docs.aws.amazon.com/apigateway/latest/developerguide/cloudtrail.html
  eventSource: 'apigateway.amazonaws.com',
  kinds: {
    RestApi: { arn: 'arn:{partition}:apigateway:{region}::/restapis/{id}' },
    RestApis: { arn: 'arn:{partition}:apigateway:{region}::/restapis' },
    Api: { arn: 'arn:{partition}:apigateway:{region}::/apis/{id}', named: ['ApiId'] },
    Apis: { arn: 'arn:{partition}:apigateway:{region}::/apis' },
    VpcLinks: { arn: 'arn:{partition}:apigateway:{region}::/vpclinks' },
  },
  pages: [
    { tokens: ['NextToken', 'NextToken'], operations: ['getRoutes', 'getStages', 'getVpcLinks'] },
  ],
  actions: {
    ...{ GetApi: 'GET', GetApis: 'GET', GetRoute: 'GET', GetRoutes: 'GET' },
    ...{ GetStage: 'GET', GetStages: 'GET', GetVpcLinks: 'GET' },
    ...{ CreateApi: 'POST', CreateRoute: 'POST', CreateStage: 'POST' },
    ...{ UpdateRoute: 'PATCH', UpdateStage: 'PATCH', UpdateApi: 'PATCH' },
    ...{ DeleteApi: 'DELETE', DeleteRoute: 'DELETE', DeleteStage: 'DELETE' },
  },
});
