import { restStage } from '../../../lib/resources/apigateway/rest-stage.ts';
import { apiRoute } from '../../../lib/resources/apigateway/route.ts';
import { apiStage } from '../../../lib/resources/apigateway/stage.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(restStage);
seesEveryFacet(apiStage);
seesEveryFacet(apiRoute);

const aws = awsForTests();
type Type = typeof restStage | typeof apiStage | typeof apiRoute;
const read = async (type: Type, id: string, ...names: string[]) => {
  const reading = await aws.reader().read(type, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const arnOf = (kind: 'restapis' | 'apis', path: string) =>
  `arn:aws:apigateway:${region}::/${kind}/${path}`;
const variables = { TOKEN: 'planted-secret' };
const made = { rest: '', http: '', socket: '', open: '', asked: '' };

const makeRest = async () => {
  const rest = await aws.clients()('apigateway');
  const { id: restApiId = '' } = await rest.createRestApi({ name: 'read-rest' });
  const { items = [] } = await rest.getResources({ restApiId });
  const method = { restApiId, resourceId: items[0]?.id ?? '', httpMethod: 'GET' };
  await rest.putMethod({ ...method, authorizationType: 'NONE' });
  await rest.putIntegration({ ...method, type: 'MOCK' });
  const { id: deploymentId } = await rest.createDeployment({ restApiId });
  const tags = { data: 'secret' };
  const stage = { restApiId, deploymentId, variables };
  await rest.createStage({ ...stage, stageName: 'bare' });
  const full = { ...stage, cacheClusterEnabled: true, tracingEnabled: true, tags };
  await rest.createStage({ ...full, stageName: 'full' });
  const set = (path: string, value: string) => ({ op: 'replace' as const, path, value });
  await rest.updateStage({
    ...{ restApiId, stageName: 'full' },
    patchOperations: [
      set('/*/*/logging/loglevel', 'ERROR'),
      set('/*/*/caching/enabled', 'true'),
      set('/*/*/caching/dataEncrypted', 'true'),
      set('/~1orders/GET/logging/loglevel', 'INFO'),
      set('/~1orders/GET/caching/dataEncrypted', 'false'),
    ],
  });
  made.rest = restApiId;
};

const makeOthers = async () => {
  const v2 = await aws.clients()('apigatewayv2');
  const http = await v2.createApi({ Name: 'read-http', ProtocolType: 'HTTP' });
  made.http = http.ApiId ?? '';
  const RouteSelectionExpression = '$request.body.action';
  const named = { Name: 'read-socket', RouteSelectionExpression };
  made.socket = (await v2.createApi({ ...named, ProtocolType: 'WEBSOCKET' })).ApiId ?? '';
  await v2.createStage({
    ...{ ApiId: made.http, StageName: '$default', Tags: { data: 'secret' } },
    AccessLogSettings: { DestinationArn: `arn:aws:logs:${region}:${accountId}:log-group:calls` },
    StageVariables: variables,
  });
  await v2.createStage({ ApiId: made.http, StageName: 'bare' });
  await v2.createStage({
    ...{ ApiId: made.socket, StageName: 'prod' },
    DefaultRouteSettings: { LoggingLevel: 'ERROR' },
    RouteSettings: { $connect: { LoggingLevel: 'INFO' }, sendOrder: { ThrottlingBurstLimit: 5 } },
  });
  const open = await v2.createRoute({ ApiId: made.http, RouteKey: 'GET /orders' });
  made.open = `${made.http}/${open.RouteId}`;
  const RouteKey = '$connect';
  const AuthorizationType = 'AWS_IAM';
  const asked = await v2.createRoute({ ApiId: made.socket, RouteKey, AuthorizationType });
  made.asked = `${made.socket}/${asked.RouteId}`;
};

beforeAll(async () => {
  await makeRest();
  await makeOthers();
}, 60_000);

describe('a stage of a REST API', () => {
  it('shows what is set for its methods', async () => {
    const shown = await read(restStage, `${made.rest}/full`, 'stage', 'logging', 'cache', 'about');
    expect(shown).toEqual({
      stage: { value: { hasClientCertificate: false, isTraced: true, hasWebAcl: false } },
      logging: {
        value: {
          protocol: 'REST',
          levels: [
            { of: '*/*', level: 'ERROR' },
            { of: '~1orders/GET', level: 'INFO' },
          ],
        },
      },
      cache: {
        value: {
          isOn: true,
          methods: [
            { of: '*/*', isCached: true, isEncrypted: true },
            { of: '~1orders/GET', isCached: false, isEncrypted: false },
          ],
        },
      },
      about: {
        value: { arn: arnOf('restapis', `${made.rest}/stages/full`), tags: { data: 'secret' } },
      },
    });
    expect(JSON.stringify(shown)).not.toContain('planted');
  });

  it('shows that nothing is set', async () => {
    expect(await read(restStage, `${made.rest}/bare`, 'stage', 'logging', 'cache')).toEqual({
      stage: { value: { hasClientCertificate: false, isTraced: false, hasWebAcl: false } },
      logging: { value: { protocol: 'REST', levels: [] } },
      cache: { value: { isOn: false, methods: [] } },
    });
  });
});

describe('a stage of an HTTP or WebSocket API', () => {
  it('shows whether its calls are logged', async () => {
    const shown = await read(apiStage, `${made.http}/$default`, 'access', 'logging', 'about');
    expect(shown).toEqual({
      access: { value: { isLogged: true } },
      logging: { value: { protocol: 'HTTP', levels: [{ of: '*/*', level: 'OFF' }] } },
      about: {
        value: { arn: arnOf('apis', `${made.http}/stages/$default`), tags: { data: 'secret' } },
      },
    });
    expect(JSON.stringify(shown)).not.toContain('planted');
    expect(await read(apiStage, `${made.http}/bare`, 'access')).toEqual({
      access: { value: { isLogged: false } },
    });
  });

  it('shows at which level each route is logged; one with settings of its own and no level is not', async () => {
    expect(await read(apiStage, `${made.socket}/prod`, 'logging')).toEqual({
      logging: {
        value: {
          protocol: 'WEBSOCKET',
          levels: [
            { of: '*/*', level: 'ERROR' },
            { of: '$connect', level: 'INFO' },
            { of: 'sendOrder', level: 'OFF' },
          ],
        },
      },
    });
  });
});

it('a route shows whom it asks', async () => {
  expect(await read(apiRoute, made.open, 'route', 'api', 'about')).toEqual({
    route: { value: { key: 'GET /orders', authorization: 'NONE' } },
    api: { value: { protocol: 'HTTP' } },
    about: { value: { arn: arnOf('apis', made.open.replace('/', '/routes/')), tags: {} } },
  });
  expect(await read(apiRoute, made.asked, 'route', 'api')).toEqual({
    route: { value: { key: '$connect', authorization: 'AWS_IAM' } },
    api: { value: { protocol: 'WEBSOCKET' } },
  });
});

it.each<[string, Type, () => readonly string[]]>([
  ['stages of REST APIs', restStage, () => [`${made.rest}/bare`, `${made.rest}/full`]],
  [
    'stages of the others',
    apiStage,
    () => [`${made.http}/$default`, `${made.http}/bare`, `${made.socket}/prod`],
  ],
  ['routes', apiRoute, () => [made.open, made.asked]],
])(
  '%s are listed, with all that is read of them, and of no other kind of API',
  async (_, type, ids) => {
    const { resources } = await type.live.list.page(aws.reader(), undefined);
    const apis = [made.rest, made.http, made.socket];
    const listed = resources.filter(({ id }) => apis.some((api) => id.startsWith(`${api}/`)));
    expect(listed.map(({ id }) => id).toSorted()).toEqual(ids().toSorted());
    for (const { id, facets = {} } of listed)
      expect(
        Object.fromEntries(Object.entries(facets).map(([name, value]) => [name, { value }])),
      ).toEqual(await read(type, id, ...Object.keys(type.facets)));
    expect(JSON.stringify(resources)).not.toContain('planted');
  },
);

describe.each<[string, Type, () => string]>([
  ['stage of a REST API', restStage, () => `${made.rest}/none`],
  ['stage of another API', apiStage, () => `${made.http}/none`],
  ['route', apiRoute, () => `${made.http}/none`],
])('a %s', (_, type, missing) => {
  it.each(['that is not there', 'of an API that is not there'])('%s is gone', async (which) => {
    const id = which === 'that is not there' ? missing() : 'a1b2c3d4e5/none';
    for (const facet of Object.keys(type.facets).filter((one) => one !== 'api'))
      expect(await read(type, id, facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(type, missing())).toEqual(
      Object.fromEntries([...Object.keys(type.facets), 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);
});

const input = (name: string, value: object) => ({
  requestParameters: { restApiId: 'a1b2c3d4e5', [name]: value, template: false },
});
const event = (eventName: string, requestParameters: object, responseElements?: object) => ({
  eventName,
  requestParameters,
  ...(responseElements && { responseElements }),
});
const namesIn = (type: Type, detail: { readonly eventName: string }) =>
  type.live.announcements.flatMap((announcement) =>
    announcement.via === 'cloudtrail' &&
    announcement.source === 'apigateway.amazonaws.com' &&
    Object.hasOwn(announcement.calls, detail.eventName)
      ? announcement.idsIn(detail, accountId)
      : [],
  );

// Calls of both kinds have the same names, and come from the same source.
it.each<
  [string, ReturnType<typeof event>, readonly unknown[], readonly unknown[], readonly unknown[]]
>([
  [
    'a new stage of a REST API',
    { eventName: 'CreateStage', ...input('createStageInput', { stageName: 'prod' }) },
    ['a1b2c3d4e5/prod'],
    [],
    [],
  ],
  [
    'a deployment to a stage',
    { eventName: 'CreateDeployment', ...input('createDeploymentInput', { stageName: 'prod' }) },
    ['a1b2c3d4e5/prod'],
    [],
    [],
  ],
  [
    'a deployment to no stage',
    { eventName: 'CreateDeployment', ...input('createDeploymentInput', {}) },
    [],
    [],
    [],
  ],
  [
    'a stage of a REST API by the names of its path',
    event('UpdateStage', { restapi_id: 'a1b2c3d4e5', stage_name: 'prod' }),
    ['a1b2c3d4e5/prod'],
    [],
    [],
  ],
  ['a REST API that goes', event('DeleteRestApi', { restApiId: 'a1b2c3d4e5' }), ['all'], [], []],
  [
    'a stage of an HTTP API',
    event('UpdateStage', { apiId: 'f6g7h8i9j0', stageName: '$default' }),
    [],
    ['f6g7h8i9j0/$default'],
    [],
  ],
  [
    'a stage whose name is encoded',
    event('DeleteStage', { apiId: 'f6g7h8i9j0', stageName: '%24default' }),
    [],
    ['f6g7h8i9j0/$default'],
    [],
  ],
  [
    'a deployment of an HTTP API',
    event('CreateDeployment', { apiId: 'f6g7h8i9j0', stageName: 'prod' }),
    [],
    [],
    [],
  ],
  [
    'a new route',
    event('CreateRoute', { apiId: 'f6g7h8i9j0', routeKey: 'GET /orders' }, { routeId: 'k1l2m3' }),
    [],
    [],
    ['f6g7h8i9j0/k1l2m3'],
  ],
  [
    'a route',
    event('UpdateRoute', { apiId: 'f6g7h8i9j0', routeId: 'k1l2m3' }),
    [],
    [],
    ['f6g7h8i9j0/k1l2m3'],
  ],
  ['an HTTP API that goes', event('DeleteApi', { apiId: 'f6g7h8i9j0' }), [], ['all'], ['all']],
  ['a stage that is left out', event('UpdateStage', { omitted: true }), ['all'], ['all'], []],
  ['nothing', event('UpdateStage', {}), [], [], []],
])('a record names %s', (_, detail, rest, stages, routes) => {
  expect(namesIn(restStage, detail)).toEqual(rest);
  expect(namesIn(apiStage, detail)).toEqual(stages);
  expect(namesIn(apiRoute, detail)).toEqual(routes);
});

it.each([
  [arnOf('restapis', 'a1b2c3d4e5/stages/prod'), ['a1b2c3d4e5/prod']],
  [`arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/a/0`, []],
  [arnOf('apis', 'a1b2c3d4e5/stages/prod'), []],
])('a web ACL of %s is one of %j', (resourceArn, ids) => {
  const waf = restStage.live.announcements.find(
    (one) => one.via === 'cloudtrail' && one.source === 'wafv2.amazonaws.com',
  );
  const detail = { eventName: 'AssociateWebACL', requestParameters: { resourceArn } };
  expect(waf?.idsIn(detail, accountId)).toEqual(ids);
});
