import { describe, expect, it } from '@jest/globals';
import { as, finding, pathMillis, region, told } from './world.ts';

const arnOf = (path: string) => `arn:aws:apigateway:${region}::/${path}`;
const replaced = (path: string, value: string) => ({
  patchOperations: [{ op: 'replace' as const, path, value }],
});

/** A REST API with a stage `prod`. */
const restApi = async () => {
  const { apigateway } = as('root-admin');
  const { id: restApiId = '' } = await apigateway.createRestApi({ name: 'path-orders' });
  const { items = [] } = await apigateway.getResources({ restApiId });
  const method = { restApiId, resourceId: items[0]?.id ?? '', httpMethod: 'GET' };
  await apigateway.putMethod({ ...method, authorizationType: 'NONE' });
  await apigateway.putIntegration({ ...method, type: 'MOCK' });
  const { id: deploymentId } = await apigateway.createDeployment({ restApiId });
  const stage = { restApiId, stageName: 'prod' };
  await apigateway.createStage({ ...stage, deploymentId, tracingEnabled: true });
  return stage;
};
const httpApi = async () => {
  const { apigatewayv2 } = as('root-admin');
  const { ApiId = '' } = await apigatewayv2.createApi({ Name: 'path', ProtocolType: 'HTTP' });
  return ApiId;
};

describe('API Gateway, from call to finding', () => {
  it.each([
    ['is no longer traced', 'APIGateway.3', '/tracingEnabled', 'true', 'false'],
    ['no longer logs', 'APIGateway.1', '/*/*/logging/loglevel', 'ERROR', 'OFF'],
  ])(
    'a stage of a REST API %s, and does again',
    async (_, control, path, right, wrong) => {
      const { apigateway } = as('root-admin');
      const stage = await restApi();
      await apigateway.updateStage({ ...stage, ...replaced(path, right) });
      const wanted = { control, resource: arnOf(`restapis/${stage.restApiId}/stages/prod`) };
      await finding({ ...wanted, status: 'PASSED' });
      await apigateway.updateStage({ ...stage, ...replaced(path, wrong) });
      const failed = await finding({ ...wanted, status: 'FAILED' });
      expect(told(failed, 'call')).toMatch(/\bapigateway:UpdateStage\b/);
      await apigateway.updateStage({ ...stage, ...replaced(path, right) });
      await finding({ ...wanted, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'the answers of a method are cached in the clear, and encrypted again',
    async () => {
      const { apigateway } = as('root-admin');
      const stage = await restApi();
      const set = (path: string, value: string) =>
        apigateway.updateStage({ ...stage, ...replaced(path, value) });
      await set('/*/*/caching/enabled', 'true');
      await set('/*/*/caching/dataEncrypted', 'true');
      await set('/cacheClusterEnabled', 'true');
      const wanted = {
        control: 'APIGateway.5',
        resource: arnOf(`restapis/${stage.restApiId}/stages/prod`),
      };
      await finding({ ...wanted, status: 'PASSED' });
      await set('/*/*/caching/dataEncrypted', 'false');
      await finding({ ...wanted, status: 'FAILED' });
      await set('/*/*/caching/dataEncrypted', 'true');
      await finding({ ...wanted, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'a route asks nobody, and asks again',
    async () => {
      const { apigatewayv2 } = as('root-admin');
      const ApiId = await httpApi();
      const AuthorizationType = 'AWS_IAM';
      const { RouteId = '' } = await apigatewayv2.createRoute({
        ...{ ApiId, RouteKey: 'GET /orders', AuthorizationType },
      });
      const wanted = {
        control: 'APIGateway.8',
        resource: arnOf(`apis/${ApiId}/routes/${RouteId}`),
      };
      await finding({ ...wanted, status: 'PASSED' });
      await apigatewayv2.updateRoute({ ApiId, RouteId, AuthorizationType: 'NONE' });
      // The event of its creation may be evaluated once it asks nobody, and is named until that of the update is.
      await finding({ ...wanted, status: 'FAILED', call: 'apigateway:UpdateRoute' });
      await apigatewayv2.updateRoute({ ApiId, RouteId, AuthorizationType });
      await finding({ ...wanted, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );
});
