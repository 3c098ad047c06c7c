import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, nameOf, region, type Turn } from './turn.ts';

const made = async (clients: Clients): Promise<string> => {
  const api = await clients('apigateway');
  const { id: restApiId = '' } = await api.createRestApi({ name: nameOf('turn') });
  const { items = [] } = await api.getResources({ restApiId });
  const method = { restApiId, resourceId: items[0]?.id ?? '', httpMethod: 'GET' };
  await api.putMethod({ ...method, authorizationType: 'NONE' });
  await api.putIntegration({ ...method, type: 'MOCK' });
  const { id: deploymentId } = await api.createDeployment({ restApiId });
  await api.createStage({ ...{ restApiId, deploymentId }, stageName: 'prod' });
  return `${restApiId}/prod`;
};

type Settings = Readonly<Record<string, string>>;
/** A stage of a REST API of which nothing is asked that it has not. */
const settings: Settings = {
  '/clientCertificateId': 'a1b2c3',
  '/tracingEnabled': 'true',
  '/cacheClusterEnabled': 'true',
  '/*/*/logging/loglevel': 'ERROR',
  '/*/*/caching/enabled': 'true',
  '/*/*/caching/dataEncrypted': 'true',
};
const restStage = ([control, ...also]: readonly [string, ...string[]], wrong: Settings): Turn => {
  const set = async (clients: Clients, id: string, given: Settings) => {
    const [restApiId, stageName] = id.split('/');
    const patchOperations = Object.entries(given).map(
      ([path, value]): PatchOperation => ({ op: 'replace', path, value }),
    );
    await (await clients('apigateway')).updateStage({ restApiId, stageName, patchOperations });
  };
  return {
    ...{ control, also },
    type: 'AWS::ApiGateway::Stage',
    make: async (clients) => {
      const id = await made(clients);
      await set(clients, id, settings);
      return id;
    },
    wrong: (clients, id) => set(clients, id, wrong),
    right: (clients, id) => set(clients, id, settings),
  };
};

const protect = async (clients: Clients, id: string): Promise<void> => {
  const waf = await clients('wafv2');
  const { Summary } = await waf.createWebACL({
    ...{ Name: nameOf('turn'), Scope: 'REGIONAL', DefaultAction: { Allow: {} } },
    VisibilityConfig: {
      ...{ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'turn' },
    },
  });
  await waf.associateWebACL({ WebACLArn: Summary?.ARN, ResourceArn: stageArn(id) });
};
const stageArn = (id: string) =>
  `arn:aws:apigateway:${region}::/restapis/${id.replace('/', '/stages/')}`;
const webAcl: Turn = {
  control: 'APIGateway.4',
  type: 'AWS::ApiGateway::Stage',
  make: async (clients) => {
    const id = await made(clients);
    await protect(clients, id);
    return id;
  },
  wrong: async (clients, id) =>
    (await clients('wafv2')).disassociateWebACL({ ResourceArn: stageArn(id) }),
  right: protect,
};

const logging = (group: string) => ({
  AccessLogSettings: {
    DestinationArn: group && `arn:aws:logs:${region}:${account}:log-group:${group}`,
  },
});
const logTo = async (clients: Clients, id: string, group: string) => {
  const [ApiId = '', StageName = ''] = id.split('/');
  return (await clients('apigatewayv2')).updateStage({ ApiId, StageName, ...logging(group) });
};
const httpStage: Turn = {
  control: 'APIGateway.9',
  type: 'AWS::ApiGatewayV2::Stage',
  make: async (clients) => {
    const apigateway = await clients('apigatewayv2');
    const { ApiId = '' } = await apigateway.createApi({ Name: 'turn', ProtocolType: 'HTTP' });
    const StageName = '$default';
    await apigateway.createStage({ ApiId, StageName, ...logging('calls') });
    return `${ApiId}/${StageName}`;
  },
  wrong: (clients, id) => logTo(clients, id, ''),
  right: (clients, id) => logTo(clients, id, 'calls'),
};

const authorize = async (clients: Clients, id: string, AuthorizationType: 'AWS_IAM' | 'NONE') => {
  const [ApiId, RouteId] = id.split('/');
  return (await clients('apigatewayv2')).updateRoute({ ApiId, RouteId, AuthorizationType });
};
const route: Turn = {
  control: 'APIGateway.8',
  type: 'AWS::ApiGatewayV2::Route',
  make: async (clients) => {
    const apigateway = await clients('apigatewayv2');
    const { ApiId } = await apigateway.createApi({ Name: 'turn', ProtocolType: 'HTTP' });
    const { RouteId } = await apigateway.createRoute({
      ...{ ApiId, RouteKey: 'GET /orders', AuthorizationType: 'AWS_IAM' },
    });
    return `${ApiId}/${RouteId}`;
  },
  wrong: (clients, id) => authorize(clients, id, 'NONE'),
  right: (clients, id) => authorize(clients, id, 'AWS_IAM'),
};

export const stageTurns: readonly Turn[] = [
  httpStage,
  webAcl,
  restStage(['APIGateway.2'], { '/clientCertificateId': '' }),
  restStage(['APIGateway.1', 'APIGateway.3', 'APIGateway.5'], {
    '/*/*/logging/loglevel': 'OFF',
    '/tracingEnabled': 'false',
    '/*/*/caching/dataEncrypted': 'false',
  }),
  route,
];
