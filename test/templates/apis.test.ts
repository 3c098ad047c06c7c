import { verdictOf } from './checking.ts';
import { planOf, verdictIn } from './terraform/plans.ts';

const stage = (properties: string, more = '') =>
  `Parameters: {Open: {Type: String}}\nResources:
  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Name: orders}}
  It:
    Type: AWS::ApiGateway::Stage
    Properties: {RestApiId: !Ref Api, StageName: prod, ${properties}}
${more}`;
const settings = (...each: readonly string[]) =>
  `MethodSettings: [${each.map((one) => `{${one}}`).join(', ')}]`;
const all = (more: string) => `ResourcePath: /*, HttpMethod: '*', ${more}`;
const orders = (more: string) => `ResourcePath: /~1orders, HttpMethod: GET, ${more}`;
const cached = (...each: readonly string[]) => `CacheClusterEnabled: true, ${settings(...each)}`;
const acl = (arn: string) =>
  `  Waf: {Type: 'AWS::WAFv2::WebACLAssociation', Properties: {WebACLArn: a, ResourceArn: ${arn}}}\n`;
const other =
  "  Other: {Type: 'AWS::ApiGateway::Stage', Properties: {RestApiId: !Ref Api2, StageName: prod}}\n  Api2: {Type: 'AWS::ApiGateway::RestApi', Properties: {Name: b}}\n";
const stages = '!Sub "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis';
const v2 = (protocol: string, it: string, properties: string) =>
  `Parameters: {Open: {Type: String}}\nResources:
  Api: {Type: 'AWS::ApiGatewayV2::Api', Properties: {Name: a, ${protocol}}}
  It: {Type: 'AWS::ApiGatewayV2::${it}', Properties: {ApiId: !Ref Api, ${properties}}}\n`;
const http = 'ProtocolType: HTTP';
const socket = 'ProtocolType: WEBSOCKET';

const routeOfOthers = (properties: string) =>
  `Resources:
  It: {Type: 'AWS::ApiGatewayV2::Route', Properties: {ApiId: a1b2c3, ${properties}}}\n`;

const overrides = (properties: string) =>
  `Resources:
  It: {Type: 'AWS::ApiGatewayV2::ApiGatewayManagedOverrides', Properties: {ApiId: a1b2c3, ${properties}}}\n`;

const quick = (more: string) =>
  `Parameters: {Open: {Type: String}}\nResources:
  It: {Type: 'AWS::ApiGatewayV2::Api', Properties: {Name: a, ProtocolType: HTTP, Target: 'https://example.com'}}
  Change: {Type: 'AWS::ApiGatewayV2::ApiGatewayManagedOverrides', Properties: {ApiId: !Ref It, ${more}}}\n`;

it.each<[name: string, template: string, control: string, verdict: string]>([
  [
    'a route of another stack that asks who calls',
    routeOfOthers("RouteKey: '$default', AuthorizationType: AWS_IAM"),
    'APIGateway.8',
    'PASS',
  ],
  [
    'a connection to another stack that asks nobody',
    routeOfOthers("RouteKey: '$connect'"),
    'APIGateway.8',
    'FAIL',
  ],
  [
    'a route of another stack that may be one of messages',
    routeOfOthers("RouteKey: '$default'"),
    'APIGateway.8',
    'UNKNOWN',
  ],
  [
    'the route of an API of a target of another stack, which is made to ask nobody',
    overrides('Route: {AuthorizationType: NONE}'),
    'APIGateway.8',
    'FAIL',
  ],
  [
    'the route of an API of a target of another stack, which is made to ask',
    overrides('Route: {AuthorizationType: JWT}'),
    'APIGateway.8',
    'PASS',
  ],
  [
    'the route of an API of a target of another stack, of which something else is changed',
    overrides('Stage: {AutoDeploy: true}'),
    'APIGateway.8',
    '0 verdicts',
  ],
  ['an API of a target, whose route asks nobody', quick(''), 'APIGateway.8', 'FAIL'],
  [
    'an API of a target, whose route is made to ask',
    quick('Route: {AuthorizationType: AWS_IAM}'),
    'APIGateway.8',
    'PASS',
  ],
  [
    'an API of a target, of whose route something else is changed',
    quick('Route: {OperationName: a}'),
    'APIGateway.8',
    'FAIL',
  ],
  [
    'an API of a target, whose route asks what who knows says',
    quick('Route: {AuthorizationType: !Ref Open}'),
    'APIGateway.8',
    'UNKNOWN',
  ],
  [
    'an API without a target',
    "Resources:\n  It: {Type: 'AWS::ApiGatewayV2::Api', Properties: {Name: a, ProtocolType: HTTP}}\n",
    'APIGateway.8',
    '0 verdicts',
  ],
  ['errors of all methods', stage(settings(all('LoggingLevel: ERROR'))), 'APIGateway.1', 'PASS'],
  ['nothing of logs', stage('Description: a'), 'APIGateway.1', 'FAIL'],
  [
    'a method that logs nothing',
    stage(settings(all('LoggingLevel: INFO'), orders("LoggingLevel: 'OFF'"))),
    'APIGateway.1',
    'FAIL',
  ],
  [
    'a level that is not known',
    stage(settings(all('LoggingLevel: !Ref Open'))),
    'APIGateway.1',
    'UNKNOWN',
  ],
  ['methods that are not known', stage('MethodSettings: !Ref Open'), 'APIGateway.1', 'UNKNOWN'],
  ['a certificate', stage('ClientCertificateId: a'), 'APIGateway.2', 'PASS'],
  ['no certificate', stage('Description: a'), 'APIGateway.2', 'FAIL'],
  ['traces', stage('TracingEnabled: true'), 'APIGateway.3', 'PASS'],
  ['no traces', stage('Description: a'), 'APIGateway.3', 'FAIL'],
  ['traces that are not known', stage('TracingEnabled: !Ref Open'), 'APIGateway.3', 'UNKNOWN'],
  ['no web ACL', stage('Description: a'), 'APIGateway.4', 'FAIL'],
  [
    'a web ACL by the name of the stage',
    stage('Description: a', acl(`${stages}/\${Api}/stages/prod"`)),
    'APIGateway.4',
    'PASS',
  ],
  [
    'a web ACL by a reference to the stage',
    stage('Description: a', acl(`${stages}/\${Api}/stages/\${It}"`)),
    'APIGateway.4',
    'PASS',
  ],
  [
    'a web ACL of another stage',
    stage('Description: a', acl(`${stages}/\${Api}/stages/test"`)),
    'APIGateway.4',
    'FAIL',
  ],
  [
    'a web ACL of the stage with the same name of another API',
    stage('Description: a', other + acl(`${stages}/\${Api2}/stages/\${Other}"`)),
    'APIGateway.4',
    'FAIL',
  ],
  [
    'a web ACL of what only a parameter names',
    stage('Description: a', acl('!Ref Open')),
    'APIGateway.4',
    'FAIL',
  ],
  [
    'an encrypted cache',
    stage(cached(all('CachingEnabled: true, CacheDataEncrypted: true'))),
    'APIGateway.5',
    'PASS',
  ],
  ['a cache in the clear', stage(cached(all('CachingEnabled: true'))), 'APIGateway.5', 'FAIL'],
  ['a cache of which nothing is set', stage('CacheClusterEnabled: true'), 'APIGateway.5', 'FAIL'],
  [
    'a cache of which only the logs are set',
    stage(cached(all('LoggingLevel: INFO'))),
    'APIGateway.5',
    'FAIL',
  ],
  [
    'a method that is cached in the clear',
    stage(cached(all('CachingEnabled: false'), orders('CachingEnabled: true'))),
    'APIGateway.5',
    'FAIL',
  ],
  ['no cache', stage('Description: a'), 'APIGateway.5', 'NOT_APPLICABLE'],
  [
    'no cache, and logs of all methods',
    stage(settings(all('LoggingLevel: INFO'))),
    'APIGateway.5',
    'NOT_APPLICABLE',
  ],
  [
    'methods that are to be cached encrypted',
    stage(settings(all('CachingEnabled: true, CacheDataEncrypted: true'))),
    'APIGateway.5',
    'PASS',
  ],
  [
    'methods that are to be cached in the clear',
    stage(settings(all('CachingEnabled: true'))),
    'APIGateway.5',
    'FAIL',
  ],
  [
    'access logs',
    v2(http, 'Stage', "StageName: '$default', AccessLogSettings: {DestinationArn: a}"),
    'APIGateway.9',
    'PASS',
  ],
  ['no access logs', v2(http, 'Stage', "StageName: '$default'"), 'APIGateway.9', 'FAIL'],
  ['an HTTP API', v2(http, 'Stage', 'StageName: a'), 'APIGateway.1', 'NOT_APPLICABLE'],
  [
    'an API by its definition',
    v2('Body: {a: b}', 'Stage', 'StageName: a'),
    'APIGateway.1',
    'NOT_APPLICABLE',
  ],
  ['no logs of messages', v2(socket, 'Stage', 'StageName: a'), 'APIGateway.1', 'FAIL'],
  [
    'logs of messages',
    v2(socket, 'Stage', 'StageName: a, DefaultRouteSettings: {LoggingLevel: ERROR}'),
    'APIGateway.1',
    'PASS',
  ],
  [
    'logs of all but one message',
    v2(
      socket,
      'Stage',
      "StageName: a, DefaultRouteSettings: {LoggingLevel: ERROR}, RouteSettings: {send: {LoggingLevel: 'OFF'}}",
    ),
    'APIGateway.1',
    'FAIL',
  ],
  ['a route that asks nobody', v2(http, 'Route', 'RouteKey: GET /'), 'APIGateway.8', 'FAIL'],
  [
    'a route that asks',
    v2(http, 'Route', 'RouteKey: GET /, AuthorizationType: JWT'),
    'APIGateway.8',
    'PASS',
  ],
  [
    'a route of which it is not known',
    v2(http, 'Route', 'RouteKey: GET /, AuthorizationType: !Ref Open'),
    'APIGateway.8',
    'UNKNOWN',
  ],
  ['a message', v2(socket, 'Route', 'RouteKey: send'), 'APIGateway.8', 'NOT_APPLICABLE'],
  ['a connection', v2(socket, 'Route', 'RouteKey: $connect'), 'APIGateway.8', 'FAIL'],
  [
    'a route of an API that is elsewhere',
    v2(http, 'Route', 'RouteKey: GET /').replace('!Ref Api', 'a1b2c3'),
    'APIGateway.8',
    'FAIL',
  ],
])('of %s', async (_, template, control, verdict) => {
  // Behind UNKNOWN stands what is not known.
  expect((await verdictOf(template, control, 'It')).replace(/^(UNKNOWN) .*/, '$1')).toBe(verdict);
});

it.each([
  ['asks nobody', { target: 'https://example.com' }, 'FAIL'],
  ['is none', { target: null }, '0 verdicts'],
])('APIGateway.8 looks at the route of a target in Terraform: it %s', async (_, more, verdict) => {
  const address = 'aws_apigatewayv2_api.it';
  const values = { name: 'a', protocol_type: 'HTTP', ...more };
  expect(await verdictIn(planOf([{ address, values }]), 'APIGateway.8', address)).toBe(verdict);
});
