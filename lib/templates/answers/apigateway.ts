import { said } from '../../support/untyped.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { placed } from '../template.ts';
import { type Answer, type Answers, awsError, eachOf, leaveToAnother } from './answer.ts';

/** Of Terraform's provider, which sets methods apart of the stage. */
export const methodSettingsType = 'Plumbline::ApiGateway::MethodSettings';

const levels = ['OFF', 'ERROR'];
const named = (one: Resource, name: string): string => one.get(name).name() ?? '';
/** `api/part`; what only a deployment knows of it is equal to itself alone. */
export const restStageId = (one: Resource): string =>
  `${named(one, 'RestApiId')}/${named(one, 'StageName')}`;
export const apiStageId = (one: Resource): string =>
  `${named(one, 'ApiId')}/${named(one, 'StageName')}`;
export const apiRouteId = (one: Resource): string => `${named(one, 'ApiId')}/${one.physicalId}`;

const having = (
  stack: Stack,
  type: string,
  idOf: (one: Resource) => string,
  asked: readonly unknown[],
): Resource => {
  const found = stack.find([type], (one) => idOf(one) === asked.map(String).join('/'));
  if (!found) throw awsError('NotFoundException');
  return found;
};

/** "/~1orders" of CloudFormation is "~1orders" of the API, and "/*" is "*". */
const methodOf = (one: Part): string =>
  `${(one.get('ResourcePath').text() ?? '').replace(/^\//, '')}/${one.get('HttpMethod').text() ?? ''}`;

const settingOf = (method: string, one: Part, hasCache: () => boolean) =>
  lazily({
    loggingLevel: () => one.get('LoggingLevel').text(levels),
    // "Only GET methods have caching enabled by default" (api-gateway-caching).
    cachingEnabled: () => one.get('CachingEnabled').flag() ?? (method === '*/*' && hasCache()),
    cacheDataEncrypted: () => one.get('CacheDataEncrypted').flag() ?? false,
  });

const namesOf = (stage: Resource): readonly string[] => [
  named(stage, 'StageName'),
  stage.physicalId,
];
/** A stage that says not which API it is of is of any: AWS refuses it, and what names it is clear. */
const isOfOneApi = (settings: Resource, stage: Resource): boolean =>
  [named(settings, 'RestApiId'), ''].includes(named(stage, 'RestApiId'));
/** The stages of the template that the settings of methods are of. */
export const stagesOf = (stack: Stack, settings: Resource): readonly Resource[] =>
  stack
    .all('AWS::ApiGateway::Stage')
    .filter((stage) => namesOf(stage).includes(named(settings, 'StageName')))
    .filter((stage) => isOfOneApi(settings, stage));

const methodSettings = (stack: Stack, stage: Resource): readonly Part[] => [
  ...(stage.declared.isPart ? [] : stage.get('MethodSettings').items()),
  ...stack
    .leadingTo(namesOf(stage), 'StageName', methodSettingsType)
    .filter((one) => isOfOneApi(one, stage))
    .map((one) => one.properties),
];

/** What a stage is called by whoever gives it a web ACL: by its ARN, or as most templates write that. */
const arnsOf = (stack: Stack, stage: Resource): readonly string[] => {
  const { partition, region } = placed(stack.template, stage.declared).deployment;
  const api = named(stage, 'RestApiId');
  const written = [named(stage, 'StageName'), stage.physicalId].map(
    (name) => `arn:${partition}:apigateway:${region}::/restapis/${api}/stages/${name}`,
  );
  return [stage.arn, ...written];
};

const webAclOf = (stack: Stack, stage: Resource): string | undefined => {
  const [first] = stack.leadingTo(
    arnsOf(stack, stage),
    'ResourceArn',
    'AWS::WAFv2::WebACLAssociation',
  );
  if (!first && stage.declared.isPart) leaveToAnother('the web ACL');
  return first?.get('WebACLArn').name();
};

const restStage: Answer = (stack, { restApiId, stageName }) => {
  const stage = having(stack, 'AWS::ApiGateway::Stage', restStageId, [restApiId, stageName]);
  const hasCache = (): boolean => stage.get('CacheClusterEnabled').flag() ?? false;
  return lazily({
    stageName: () => stageName,
    clientCertificateId: () => stage.get('ClientCertificateId').name(),
    tracingEnabled: () => stage.get('TracingEnabled').flag() ?? false,
    cacheClusterEnabled: hasCache,
    webAclArn: () => webAclOf(stack, stage),
    methodSettings: () =>
      Object.fromEntries(
        methodSettings(stack, stage).map((one) => {
          const method = methodOf(one);
          return [method, settingOf(method, one, hasCache)];
        }),
      ),
  });
};

const routeSettings = (one: Part) =>
  lazily({ LoggingLevel: () => one.get('LoggingLevel').text(levels) });

const stage: Answer = (stack, { ApiId, StageName }) => {
  const found = having(stack, 'AWS::ApiGatewayV2::Stage', apiStageId, [ApiId, StageName]);
  return lazily({
    StageName: () => StageName,
    AccessLogSettings: () => ({
      DestinationArn: found.get('AccessLogSettings', 'DestinationArn').name(),
    }),
    DefaultRouteSettings: () => routeSettings(found.get('DefaultRouteSettings')),
    RouteSettings: () => {
      const each = found.get('RouteSettings');
      return Object.fromEntries(each.names.map((name) => [name, routeSettings(each.get(name))]));
    },
  });
};

const authorizations = ['AWS_IAM', 'CUSTOM', 'JWT', 'NONE'];
/** What changes the route and the stage that an API with a target brings along. */
export const overridesType = 'AWS::ApiGatewayV2::ApiGatewayManagedOverrides';
/**
 * The route that an API with a target brings along, as others change it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html
 */
export const quickRouteId = ({ physicalId }: Resource): string => `${physicalId}/of-its-target`;
const quickRoute = (stack: Stack, api: Resource) =>
  lazily({
    RouteKey: () => api.get('RouteKey').text(['$default']) ?? '$default',
    AuthorizationType: () =>
      stack
        .leadingTo([api.physicalId], 'ApiId', overridesType)
        .map(overriddenIn)
        .find((one) => one !== undefined) ?? 'NONE',
  });
const overriddenIn = (one: Resource): string | undefined =>
  one.get('Route', 'AuthorizationType').among(authorizations);

/** What it changes of an API that is elsewhere is all that is known of that route. */
export const overriddenRouteId = (one: Resource): string =>
  `${named(one, 'ApiId')}/of-${one.declared.logicalId}`;
export const isOverriddenElsewhere = (stack: Stack, one: Resource): boolean =>
  one.get('Route', 'AuthorizationType').isSet &&
  !stack.find(['AWS::ApiGatewayV2::Api'], ({ physicalId }) => physicalId === named(one, 'ApiId'));

const route: Answer = (stack, { ApiId, RouteId }) => {
  const api = stack.find(
    ['AWS::ApiGatewayV2::Api'],
    (one) => quickRouteId(one) === `${said(ApiId)}/${said(RouteId)}`,
  );
  if (api) return quickRoute(stack, api);
  const overridden = stack.find(
    [overridesType],
    (one) => overriddenRouteId(one) === `${said(ApiId)}/${said(RouteId)}`,
  );
  if (overridden)
    return lazily({
      RouteKey: () => '$default',
      AuthorizationType: () => overriddenIn(overridden) ?? 'NONE',
    });
  const found = having(stack, 'AWS::ApiGatewayV2::Route', apiRouteId, [ApiId, RouteId]);
  return lazily({
    RouteKey: () => found.get('RouteKey').text(['$default', '$connect']),
    AuthorizationType: () => found.get('AuthorizationType').among(authorizations) ?? 'NONE',
  });
};

/**
 * What an API is that is elsewhere: the keys of its routes can tell it, `GET /orders` or `$connect`. Only an HTTP API brings
 * along what is overridden.
 */
const kindOf = (stack: Stack, id: string): string => {
  if (stack.find([overridesType], (one) => named(one, 'ApiId') === id)) return 'HTTP';
  const keys = stack
    .all('AWS::ApiGatewayV2::Route')
    .filter((one) => named(one, 'ApiId') === id)
    .map((one) => one.get('RouteKey').name() ?? '');
  if (keys.some((key) => /^[A-Z]+ \//.test(key))) return 'HTTP';
  if (keys.some((key) => key === '$connect' || key === '$disconnect')) return 'WEBSOCKET';
  return eachOf(stack, `the kind of the API ${id}, which is elsewhere`, ['HTTP', 'WEBSOCKET']);
};

const api: Answer = (stack, { ApiId }) => {
  const found = stack.find(['AWS::ApiGatewayV2::Api'], (one) => one.physicalId === ApiId);
  if (!found) return { ProtocolType: kindOf(stack, said(ApiId)) };
  return lazily({
    // Only an HTTP API can be without it: it is made of a definition.
    ProtocolType: () => found.get('ProtocolType').among(['HTTP', 'WEBSOCKET']) ?? 'HTTP',
  });
};

export const apigatewayAnswers: Answers = { getStage: restStage };
export const apigatewayv2Answers: Answers = { getStage: stage, getRoute: route, getApi: api };
