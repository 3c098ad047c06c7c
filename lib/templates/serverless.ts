import { namedIn } from '../support/named-in.ts';
import { asRecord, list, text } from '../support/untyped.ts';
import { byTypeOf } from './by-type.ts';
import { conditionalItems, isNoValue, noValue } from './conditional-items.ts';
import { open } from './resolution/hole.ts';
import { madeWhere, negated } from './serverless-conditions.ts';
import { connector, connectorsOf, madeByConnector } from './serverless-connectors.ts';
import { globalsFor, merged } from './serverless-globals.ts';
import { eventPermissionsOf, implicit } from './serverless-permissions.ts';
import { apiPolicyOf, type Listed, listedFor } from './serverless-policies.ts';
import { destinationsOf, queuesOf } from './serverless-queues.ts';
import { cloudFormationTypeOf, serverlessKind } from './serverless-types.ts';
import { type Declaration, hasNoMap, type RefusedPart, type Template } from './template.ts';

/**
 * What the transform of SAM makes of its types, as far as a control looks at it.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
type Fields = Readonly<Record<string, unknown>>;

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: [Service] }, Action: ['sts:AssumeRole'] }],
});
const managed = (name: string) =>
  name.startsWith('arn:') ? name : { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` };

/** What is made of a setting; of one that a condition chooses what is made of either. */
const chosen = (one: unknown, made: (one: unknown) => unknown): readonly unknown[] => {
  const [condition, ...ways] = list(asRecord(one)['Fn::If']);
  if (condition === undefined) return [made(one) ?? []].flat();
  const each = ways.map((way) => chosen(way, made)[0]);
  return each.every((way) => way === undefined)
    ? []
    : [{ 'Fn::If': [condition, ...each.map((way) => way ?? noValue)] }];
};

/** IAM reads the names of elements in any case. */
const isDocument = (one: unknown): boolean =>
  Object.keys(Object(one)).some((name) => name.toLowerCase() === 'statement');

/** Statements become inline policies, names and references managed ones; SAM's own policy templates name what they are for. */
const policiesOf = (written: unknown, inline: (document: unknown, index: number) => unknown) => {
  const all = written === undefined ? [] : [written].flat().flatMap(conditionalItems);
  const isReference = (one: unknown) =>
    ['Ref', 'Fn::Sub', 'Fn::GetAtt', 'Fn::Join', 'Fn::ImportValue'].some((name) =>
      Object.hasOwn(Object(one), name),
    );
  const arnOf = (one: unknown) =>
    typeof one === 'string' ? managed(one) : isReference(one) ? one : undefined;
  return {
    arns: all.flatMap((one) => chosen(one, arnOf)),
    inline: all.flatMap((one, index) =>
      chosen(one, (way) => (isDocument(way) ? inline(way, index) : undefined)),
    ),
  };
};

const roleOf = (made: Declaration, settings: Fields, service: string): readonly Declaration[] => {
  const isFunction = service.startsWith('lambda');
  const { Role } = settings;
  // The transform looks into conditions of functions alone.
  const where = isFunction || Role === undefined ? madeWhere(Role, made.condition) : undefined;
  if (!where) return [];
  const { arns, inline } = policiesOf(settings['Policies'], (PolicyDocument, index) => ({
    PolicyName: `${made.logicalId}RolePolicy${index}`,
    PolicyDocument,
  }));
  const basic = managed('service-role/AWSLambdaBasicExecutionRole');
  return [
    {
      ...made,
      ...where,
      logicalId: `${made.logicalId}Role`,
      type: 'AWS::IAM::Role',
      properties: {
        AssumeRolePolicyDocument: settings['AssumeRolePolicyDocument'] ?? trust(service),
        ManagedPolicyArns: isFunction ? [basic, ...arns] : arns,
        Policies: inline,
        ...(settings['RolePath'] === undefined ? {} : { Path: settings['RolePath'] }),
      },
    },
  ];
};

const urlOf = (made: Declaration, settings: Fields): readonly Declaration[] => {
  const asked = settings['FunctionUrlConfig'];
  if (asked === undefined || isNoValue(asked)) return [];
  const { AuthType } = asRecord(asked);
  const target = { Ref: made.logicalId };
  const url: Declaration = {
    ...made,
    logicalId: `${made.logicalId}Url`,
    type: 'AWS::Lambda::Url',
    properties: { TargetFunctionArn: target, AuthType },
  };
  const everybody: Declaration = {
    ...made,
    logicalId: `${made.logicalId}UrlPublicPermissions`,
    type: 'AWS::Lambda::Permission',
    properties: {
      Action: 'lambda:InvokeFunctionUrl',
      FunctionName: target,
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    },
  };
  return AuthType === 'NONE' ? [url, everybody] : [url];
};

/** A stage has the settings of its API under the same names. */
const stages: Readonly<
  Record<string, { readonly type: string; readonly api: string; readonly names: readonly string[] }>
> = {
  Api: {
    type: 'AWS::ApiGateway::Stage',
    api: 'RestApiId',
    names: [
      ...['AccessLogSetting', 'CacheClusterEnabled', 'CanarySetting', 'MethodSettings'],
      ...['TracingEnabled', 'Variables'],
    ],
  },
  HttpApi: {
    type: 'AWS::ApiGatewayV2::Stage',
    api: 'ApiId',
    names: ['AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings', 'StageVariables'],
  },
  WebSocketApi: {
    type: 'AWS::ApiGatewayV2::Stage',
    api: 'ApiId',
    names: ['AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings', 'StageVariables'],
  },
};
const onlyStage = '$default';
/** The stage of an API that names none. */
const defaultStages: Readonly<Record<string, string>> = {
  HttpApi: onlyStage,
  WebSocketApi: 'default',
};
/** How SAM writes these stages in the logical id; any other has its own name there. */
const calledStages: Readonly<Record<string, string>> = {
  [onlyStage]: 'ApiGatewayDefault',
  default: 'Default',
};
/** Named as SAM names it: by the stage where the template says its name, and as the default one of an HTTP API. */
const stageOf = (made: Declaration, settings: Fields, kind: string): readonly Declaration[] => {
  const stage = namedIn(stages, kind);
  if (!stage) return [];
  const name = settings['StageName'] ?? namedIn(defaultStages, kind);
  const isSaid = typeof name === 'string';
  const isCalled = isSaid && (name === onlyStage || kind === 'WebSocketApi');
  const called = isSaid ? ((isCalled ? namedIn(calledStages, name) : undefined) ?? name) : '';
  const set = stage.names.flatMap((one) =>
    settings[one] === undefined ? [] : [[one, settings[one]] as const],
  );
  return [
    {
      ...made,
      logicalId: `${made.logicalId}${called}Stage`,
      type: stage.type,
      properties: {
        [stage.api]: { Ref: made.logicalId },
        StageName: name,
        ...Object.fromEntries(set),
      },
    },
  ];
};

const isImplied = (declared: Declaration, kind: string, by: string): boolean =>
  ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'].includes(declared.type) &&
  Object.values(asRecord(asRecord(declared.properties)['Events'])).some((event) => {
    const { Type, Properties } = asRecord(event);
    return Type === kind && asRecord(Properties)[by] === undefined;
  });
const impliedApis = (template: Template): readonly Declaration[] => {
  const all = [...template.declarations.values()];
  return Object.entries(implicit).flatMap(([kind, { id, names }]) => {
    const from = all.filter((one) => isImplied(one, kind, names));
    const [first] = from;
    if (!first || template.declarations.has(id)) return [];
    const isAlike = from.every(({ condition }) => condition === first.condition);
    return [
      {
        ...first,
        logicalId: id,
        type: `AWS::Serverless::${kind}`,
        properties: kind === 'Api' ? { StageName: 'Prod' } : {},
        condition: isAlike ? first.condition : undefined,
        metadata: {},
      },
    ];
  });
};

/** Whom a route asks: the authorizer of its event, or the one that its API has for all. */
const authorizationOf = (auth: unknown, ofApi: Fields, id: string): unknown => {
  const named = asRecord(auth)['Authorizer'] ?? ofApi['DefaultAuthorizer'] ?? 'NONE';
  if (typeof named !== 'string') return open(`${id}.Authorizer`, `the authorizer of ${id}`);
  if (named === 'NONE' || named === 'AWS_IAM') return named;
  const { FunctionArn } = asRecord(namedIn(asRecord(ofApi['Authorizers']), named));
  return FunctionArn === undefined ? 'JWT' : 'CUSTOM';
};
const keyOf = ({ Path, Method }: Fields): string =>
  typeof Path === 'string' && typeof Method === 'string'
    ? `${/^(x-amazon-apigateway-)?any(-method)?$/i.test(Method) ? 'ANY' : Method.toUpperCase()} ${Path}`
    : onlyStage;
/** What a resource has, with what Globals give it. */
const settingsOf = (template: Template, globals: Fields, kind: string, id: string): Fields => {
  const { properties, ...of } = template.declarations.get(id) ?? {};
  return merged(globalsFor(globals, kind, of), asRecord(properties));
};
/** The routes of HTTP APIs that events of functions make; of an API with a definition of its own that has them. */
const routesOf = (
  declared: Declaration,
  template: Template,
  globals: Fields,
): readonly Declaration[] => {
  const { Events } = asRecord(declared.properties);
  return Object.entries(asRecord(Events)).flatMap(([name, event]) => {
    const { Type, Properties } = asRecord(event);
    if (Type !== 'HttpApi') return [];
    const { Auth, ApiId, ...asked } = asRecord(Properties);
    const api = text(asRecord(ApiId ?? { Ref: implicit['HttpApi']?.id })['Ref']) ?? '';
    const settings = settingsOf(template, globals, 'HttpApi', api);
    const isDefined = ['DefinitionBody', 'DefinitionUri'].some((one) => one in settings);
    if (isDefined || api === '') return [];
    const logicalId = `${declared.logicalId}${name}`;
    return [
      {
        ...declared,
        logicalId,
        type: 'AWS::ApiGatewayV2::Route',
        properties: {
          ApiId: { Ref: api },
          RouteKey: keyOf(asked),
          AuthorizationType: authorizationOf(Auth, asRecord(settings['Auth']), logicalId),
        },
      },
    ];
  });
};

/**
 * The routes of a WebSocket API. SAM puts its authorization on `$connect` alone.
 * https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/api/websocket_api_generator.py
 */
const ownRoutesOf = (made: Declaration, settings: Fields): readonly Declaration[] =>
  Object.keys(asRecord(settings['Routes'])).map((RouteKey) => {
    const called = RouteKey.replace('$', '').toLowerCase();
    const asks = RouteKey === '$connect' ? asRecord(settings['Auth'])['AuthType'] : undefined;
    return {
      ...made,
      logicalId: `${made.logicalId}${called.charAt(0).toUpperCase()}${called.slice(1)}Route`,
      type: 'AWS::ApiGatewayV2::Route',
      properties: { ApiId: { Ref: made.logicalId }, RouteKey, AuthorizationType: asks ?? 'NONE' },
    };
  });

const endpointOf = (configuration: unknown): unknown =>
  typeof configuration === 'string' ? configuration : asRecord(configuration)['Type'];
/**
 * What SAM calls otherwise than API Gateway does; a policy it takes in no other place.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
 */
const apiOf = (settings: Fields, id: string, routes: readonly Listed[]): Fields => {
  const { EndpointConfiguration, DefinitionBody, DefinitionUri, Auth } = settings;
  const types = chosen(EndpointConfiguration, endpointOf);
  const [Policy] = chosen(
    Auth,
    (auth) =>
      chosen(asRecord(auth)['ResourcePolicy'], (asked) =>
        apiPolicyOf(asked, id, settings, routes),
      )[0],
  );
  return {
    ...settings,
    EndpointConfiguration: types.length === 0 ? EndpointConfiguration : { Types: types },
    Body: DefinitionBody,
    BodyS3Location: DefinitionUri,
    Policy,
  };
};

/**
 * The stage `Stage`, which a deployment makes beside the one that is asked for, but where OpenApiVersion is set.
 * https://github.com/aws/serverless-application-model/issues/191
 */
const extraStageOf = (made: Declaration, settings: Fields): readonly Declaration[] => {
  const { OpenApiVersion, StageName } = settings;
  if (OpenApiVersion !== undefined || StageName === undefined || StageName === extraStage)
    return [];
  return [
    {
      ...made,
      logicalId: `${made.logicalId}Deployment`,
      type: 'AWS::ApiGateway::Deployment',
      properties: { RestApiId: { Ref: made.logicalId }, StageName: extraStage },
    },
  ];
};
const extraStage = 'Stage';

/**
 * SAM has other names for these than Step Functions.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html
 */
const machineOf = (settings: Fields): Fields => ({
  ...settings,
  StateMachineName: settings['Name'],
  LoggingConfiguration: settings['Logging'],
});

/** The notifications that SAM adds to buckets of the template, from the events of functions. */
const announcedBy = (declared: Declaration): readonly (readonly [string, unknown])[] =>
  Object.values(asRecord(asRecord(declared.properties)['Events'])).flatMap((event) => {
    const { Type, Properties } = asRecord(event);
    const { Bucket, Events } = asRecord(Properties);
    const bucket = text(asRecord(Bucket)['Ref']);
    if (declared.type !== 'AWS::Serverless::Function' || Type !== 'S3' || bucket === undefined)
      return [];
    return [Events].flat().map((Event) => {
      const one = { Event, Function: { 'Fn::GetAtt': [declared.logicalId, 'Arn'] } };
      const { condition } = declared;
      const made = condition === undefined ? one : { 'Fn::If': [condition, one, noValue] };
      return [bucket, made] as const;
    });
  });
/** A bucket with these notifications beside its own. */
const announcing = (
  declared: Declaration,
  announced: readonly (readonly [string, unknown])[],
): Declaration => {
  const LambdaConfigurations = announced.flatMap(([bucket, one]) =>
    bucket === declared.logicalId ? [one] : [],
  );
  if (declared.type !== 'AWS::S3::Bucket' || LambdaConfigurations.length === 0) return declared;
  if (hasNoMap(declared)) return declared;
  const NotificationConfiguration = { LambdaConfigurations };
  return {
    ...declared,
    properties: merged({ NotificationConfiguration }, asRecord(declared.properties)),
  };
};

const madeOf = (
  declared: Declaration,
  globals: Fields,
  template: Template,
): readonly Declaration[] => {
  const kind = serverlessKind(declared.type) ?? '';
  const type = cloudFormationTypeOf(declared.type);
  if (type === declared.type) return [declared];
  // Nothing is known of what is made beside it either.
  if (hasNoMap(declared)) return [{ ...declared, type }];
  const settings = merged(globalsFor(globals, kind, declared), asRecord(declared.properties));
  const made = { ...declared, properties: settings };
  if (kind === 'Function')
    return [
      { ...made, type },
      ...roleOf(made, settings, 'lambda.amazonaws.com'),
      ...urlOf(made, settings),
      ...eventPermissionsOf(made, (api) => settingsOf(template, globals, 'Api', api)['StageName']),
      ...destinationsOf(made),
      ...queuesOf(made, template),
    ];
  if (kind === 'StateMachine')
    return [
      { ...made, type, properties: machineOf(settings) },
      ...roleOf(made, settings, 'states.amazonaws.com'),
      ...queuesOf(made, template),
    ];
  if (kind === 'WebSocketApi')
    return [
      { ...made, type, properties: { ...settings, ProtocolType: 'WEBSOCKET' } },
      ...stageOf(made, settings, kind),
      ...ownRoutesOf(made, settings),
    ];
  if (kind === 'Api') {
    const properties = apiOf(settings, made.logicalId, listedFor(made.logicalId, template));
    return [
      { ...made, type, properties },
      ...stageOf(made, settings, kind),
      ...extraStageOf(made, settings),
    ];
  }
  return [{ ...made, type, properties: settings }, ...stageOf(made, settings, kind)];
};

/**
 * Why SAM refuses a function: it takes one without PackageType for one of a zip, which has no image.
 * https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/sam_resources.py
 */
const whyRefused = (made: Pick<Declaration, 'properties'> | undefined): string | undefined => {
  const { PackageType = 'Zip', ...settings } = asRecord(made?.properties);
  const image = ['ImageUri', 'ImageConfig'].find((name) => settings[name] !== undefined);
  return PackageType === 'Zip' && image !== undefined
    ? `SAM takes ${image} only with PackageType: Image`
    : undefined;
};

/** Also where somebody forgot to name the transform: CloudFormation knows none of its types. */
export const isServerless = (transform: unknown, { byType }: Pick<Template, 'byType'>): boolean =>
  [transform].flat().some((one) => text(one)?.startsWith('AWS::Serverless-') ?? false) ||
  [...byType.keys()].some((type) => type.startsWith('AWS::Serverless::'));

/** What has the name here that SAM gives it, which refuses a template with another resource of that name. */
const namedAsBySam = /^AWS::(?:IAM::Role|Lambda::\w+)$/;

/** The template with what SAM makes in place of what is written for SAM. */
export const withoutServerless = (template: Template, globals: Fields): Template => {
  const declarations = new Map<string, Declaration>();
  const refused: RefusedPart[] = [];
  const written = [...template.declarations.values()];
  const announced = written.flatMap(announcedBy);
  const connects = ({ type }: Declaration): boolean => type === connector;
  for (const declared of [...written, ...impliedApis(template)]) {
    if (connects(declared)) continue;
    const made =
      serverlessKind(declared.type) === undefined
        ? [announcing(declared, announced)]
        : [...madeOf(declared, globals, template), ...routesOf(declared, template, globals)];
    for (const { logicalId, type } of made)
      if (
        namedAsBySam.test(type) &&
        logicalId !== declared.logicalId &&
        template.declarations.has(logicalId)
      )
        refused.push({
          path: ['Resources', logicalId],
          why: `SAM makes ${logicalId} of ${declared.logicalId}, and takes no other resource of that name`,
        });
    const why = whyRefused(made[0]);
    if (declared.type === 'AWS::Serverless::Function' && why !== undefined)
      refused.push({ path: ['Resources', declared.logicalId], why });
    for (const one of made)
      if (!declarations.has(one.logicalId) || one.logicalId === declared.logicalId)
        declarations.set(one.logicalId, one);
  }
  // They connect what SAM makes of the others.
  const connected = [...written.filter(connects), ...written.flatMap(connectorsOf)].map((one) =>
    madeByConnector(one, declarations),
  );
  // What is not read can be what they connect.
  const isRead = (template.unread ?? 0) === 0;
  for (const one of connected.flatMap((each) => each.refused))
    refused.push(isRead ? one : { ...one, mayBeNew: true });
  for (const one of connected.flatMap(({ made }) => made))
    if (!declarations.has(one.logicalId)) declarations.set(one.logicalId, one);
  return {
    ...template,
    declarations,
    ...(refused.length > 0 ? { refused } : {}),
    conditions: negated(template, declarations.values()),
    byType: byTypeOf(declarations.values()),
  };
};
