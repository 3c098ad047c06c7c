import { namedIn } from '../support/named-in.ts';
import { asRecord, said, text } from '../support/untyped.ts';
import type { Declaration } from './template.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The API that SAM makes for events that name none. */
export const implicit: Readonly<Record<string, { readonly id: string; readonly names: string }>> = {
  Api: { id: 'ServerlessRestApi', names: 'RestApiId' },
  HttpApi: { id: 'ServerlessHttpApi', names: 'ApiId' },
};
const implicitStage = 'Prod';

/** An ARN of the deployment's own account and region. */
export const arnOf = (service: string, rest: string, values: Fields = {}): unknown => ({
  'Fn::Sub': [
    `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`,
    values,
  ],
});

/** An event of a function, with what it is called in the names that SAM makes. */
interface Heard {
  readonly id: string;
  readonly settings: Fields;
  /** The name of the stage of an API; `undefined` of an API elsewhere. */
  stageOf(api: string): unknown;
}
interface Granted {
  readonly service: string;
  /** What holds the service. */
  readonly held: Fields;
  /** @default - that of its event */
  readonly logicalId?: string;
}

const routeOf = ({ settings }: Heard, kind: string): unknown => {
  const { id: own = '', names = '' } = namedIn(implicit, kind) ?? {};
  const method = said(settings['Method'] ?? 'any').toUpperCase();
  const isAny = method === 'ANY' || method === 'X-AMAZON-APIGATEWAY-ANY-METHOD';
  const path = said(settings['Path'] ?? '').replace(/(?<=.)\/$/, '');
  return arnOf('execute-api', `\${Api}/*/${isAny ? '*' : method}${path}`, {
    Api: settings[names] ?? { Ref: own },
  });
};

/** What follows the name of a permission for a REST API: the stage, where the template says its name. */
const calledAfter = ({ settings, stageOf }: Heard): string => {
  const { RestApiId } = settings;
  if (RestApiId === undefined) return implicitStage;
  const api = text(RestApiId) ?? text(asRecord(RestApiId)['Ref']);
  return api === undefined ? 'AllStages' : (text(stageOf(api)) ?? 'Stage');
};

const rule = ({ id }: Heard): Granted => ({
  service: 'events.amazonaws.com',
  held: { SourceArn: arnOf('events', `rule/${id}`) },
});

/**
 * Whom SAM lets invoke a function for its events, and for whom.
 * https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/eventsources/push.py
 */
const granted: Readonly<Record<string, (heard: Heard) => Granted | undefined>> = {
  AlexaSkill: ({ settings }) => ({
    service: 'alexa-appkit.amazon.com',
    held: settings['SkillId'] === undefined ? {} : { EventSourceToken: settings['SkillId'] },
  }),
  Api: (heard) => ({
    service: 'apigateway.amazonaws.com',
    held: { SourceArn: routeOf(heard, 'Api') },
    logicalId: `${heard.id}Permission${calledAfter(heard)}`,
  }),
  CloudWatchEvent: rule,
  CloudWatchLogs: ({ settings: { LogGroupName = '' } }) => ({
    service: 'logs.amazonaws.com',
    held: { SourceArn: arnOf('logs', `log-group:\${Group}:*`, { Group: LogGroupName }) },
  }),
  EventBridgeRule: rule,
  HttpApi: (heard) => ({
    service: 'apigateway.amazonaws.com',
    held: { SourceArn: routeOf(heard, 'HttpApi') },
  }),
  IoTRule: ({ id }) => ({
    service: 'iot.amazonaws.com',
    held: { SourceArn: arnOf('iot', `rule/${id}`), SourceAccount: { Ref: 'AWS::AccountId' } },
  }),
  S3: () => ({
    service: 's3.amazonaws.com',
    held: { SourceAccount: { Ref: 'AWS::AccountId' } },
  }),
  Schedule: rule,
  // By a queue nobody invokes it: it reads.
  SNS: ({ settings: { Topic, SqsSubscription } }) =>
    SqsSubscription === undefined || SqsSubscription === false
      ? { service: 'sns.amazonaws.com', held: { SourceArn: Topic } }
      : undefined,
};

/** One permission of a function for all pools of users. */
const ofPool = (logicalId: string, { UserPool }: Fields): Granted => ({
  service: 'cognito-idp.amazonaws.com',
  held: { SourceArn: { 'Fn::GetAtt': [text(asRecord(UserPool)['Ref']) ?? '', 'Arn'] } },
  logicalId: `${logicalId}CognitoPermission`,
});

/** The permissions that events of a function make. */
export const eventPermissionsOf = (
  made: Declaration,
  stageOf: Heard['stageOf'],
): readonly Declaration[] =>
  Object.entries(asRecord(asRecord(made.properties)['Events'])).flatMap(([name, event]) => {
    const { Type, Properties } = asRecord(event);
    const id = `${made.logicalId}${name}`;
    const settings = asRecord(Properties);
    const grant =
      Type === 'Cognito'
        ? ofPool(made.logicalId, settings)
        : namedIn(granted, text(Type) ?? '')?.({ id, settings, stageOf });
    if (!grant) return [];
    return [
      {
        ...made,
        logicalId: grant.logicalId ?? `${id}Permission`,
        type: 'AWS::Lambda::Permission',
        properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { Ref: made.logicalId },
          Principal: grant.service,
          ...grant.held,
        },
      },
    ];
  });
