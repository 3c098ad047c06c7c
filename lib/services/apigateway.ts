import { defineService } from './service.ts';

/** REST APIs; HTTP and WebSocket APIs have an API of their own, `apigatewayv2`, under the same names of CloudTrail and IAM. */
export const apigateway = defineService({
  sdk: () => import('@aws-sdk/client-api-gateway'),
  client: ({ APIGateway }, settings) => new APIGateway(settings),
  iam: 'apigateway',
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/cloudtrail.html
  eventSource: 'apigateway.amazonaws.com',
  // What is called is a method on a path: its ARN has no account.
  kinds: {
    RestApi: { arn: 'arn:{partition}:apigateway:{region}::/restapis/{id}', named: ['restApiId'] },
    RestApis: { arn: 'arn:{partition}:apigateway:{region}::/restapis' },
    Api: { arn: 'arn:{partition}:apigateway:{region}::/apis/{id}' },
    Apis: { arn: 'arn:{partition}:apigateway:{region}::/apis' },
    VpcLinks: { arn: 'arn:{partition}:apigateway:{region}::/vpclinks' },
  },
  pages: [{ tokens: ['position', 'position'], operations: ['getVpcLinks'] }],
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-create-and-manage-api.html
  actions: {
    ...{
      GetRestApi: 'GET',
      GetRestApis: 'GET',
      GetStage: 'GET',
      GetStages: 'GET',
      GetVpcLinks: 'GET',
    },
    ...{ CreateRestApi: 'POST', CreateDeployment: 'POST', CreateStage: 'POST' },
    ...{
      UpdateStage: 'PATCH',
      UpdateRestApi: 'PATCH',
      DeleteStage: 'DELETE',
      DeleteRestApi: 'DELETE',
    },
  },
});
