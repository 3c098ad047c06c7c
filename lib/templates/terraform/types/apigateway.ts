import { methodSettingsType } from '../../answers/apigateway.ts';
import { declares, Made, type Mappings, self, unlessEmpty } from '../mapping.ts';

/** `orders/GET` as a path and a method. */
const partOf = (which: 'path' | 'method') =>
  new Made(({ view, from }) => {
    const tree = view.get('method_path').tree();
    from(view.get('method_path'));
    if (typeof tree !== 'string') return tree;
    const at = tree.lastIndexOf('/');
    return which === 'method' ? tree.slice(at + 1) : `/${tree.slice(0, Math.max(at, 0))}`;
  }, 'method_path');

/** Settings by the route that they are of. */
const byRoute = new Made(({ view, build, from }) => {
  const blocks = view.get('route_settings');
  const items = blocks.items();
  from(blocks);
  if (!Array.isArray(items)) return items;
  const keys = items.map((one) => one.get('route_key').tree());
  if (keys.some((key) => typeof key !== 'string')) return blocks.hole('is of an unknown route');
  return Object.fromEntries(
    items.map((one, index) => [String(keys[index]), build({ LoggingLevel: 'logging_level' }, one)]),
  );
}, 'route_settings');

export const apigatewayTypes: Mappings = {
  aws_api_gateway_rest_api: {
    declares: [
      {
        as: 'AWS::ApiGateway::RestApi',
        properties: {
          Name: 'name',
          Body: unlessEmpty('body'),
          EndpointConfiguration: { Types: 'endpoint_configuration.0.types' },
        },
      },
      {
        as: 'Plumbline::ApiGateway::RestApiPolicy',
        when: 'policy',
        properties: { RestApiId: self, Policy: 'policy' },
      },
    ],
  },
  aws_api_gateway_rest_api_policy: declares('Plumbline::ApiGateway::RestApiPolicy', {
    RestApiId: 'rest_api_id',
    Policy: 'policy',
  }),
  aws_api_gateway_stage: declares('AWS::ApiGateway::Stage', {
    RestApiId: 'rest_api_id',
    StageName: 'stage_name',
    ClientCertificateId: unlessEmpty('client_certificate_id'),
    TracingEnabled: 'xray_tracing_enabled',
    CacheClusterEnabled: 'cache_cluster_enabled',
  }),
  aws_api_gateway_method_settings: declares(methodSettingsType, {
    RestApiId: 'rest_api_id',
    StageName: 'stage_name',
    ResourcePath: partOf('path'),
    HttpMethod: partOf('method'),
    LoggingLevel: unlessEmpty('settings.0.logging_level'),
    CachingEnabled: 'settings.0.caching_enabled',
    CacheDataEncrypted: 'settings.0.cache_data_encrypted',
  }),
  aws_wafv2_web_acl_association: declares('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: 'resource_arn',
    WebACLArn: 'web_acl_arn',
  }),
  aws_apigatewayv2_api: declares('AWS::ApiGatewayV2::Api', {
    Name: 'name',
    ProtocolType: 'protocol_type',
    Target: unlessEmpty('target'),
    RouteKey: unlessEmpty('route_key'),
  }),
  aws_apigatewayv2_stage: declares('AWS::ApiGatewayV2::Stage', {
    ApiId: 'api_id',
    StageName: 'name',
    AccessLogSettings: { DestinationArn: unlessEmpty('access_log_settings.0.destination_arn') },
    DefaultRouteSettings: {
      LoggingLevel: unlessEmpty('default_route_settings.0.logging_level'),
    },
    RouteSettings: byRoute,
  }),
  aws_apigatewayv2_route: declares('AWS::ApiGatewayV2::Route', {
    ApiId: 'api_id',
    RouteKey: 'route_key',
    AuthorizationType: 'authorization_type',
  }),
};
