/** What one permission of a connector lets a role do. */
export interface Allowed {
  readonly actions: readonly string[];
  /** What follows the ARN, for each resource; of an execution it is the name of its state machine that is asked. */
  readonly on: readonly string[] | 'executions' | 'rule of executions';
}
/** By the permission that a connector asks for. */
type Access = Readonly<Partial<Record<string, readonly Allowed[]>>>;

/** What a connector makes between two types. */
export type Grant =
  /** A policy of the role that the source, or the destination, has; it is for the other one. */
  | { readonly of: 'source' | 'destination'; readonly access: Access }
  /** A policy of the queue or the topic, for this service. */
  | { readonly sender: string; readonly action: string }
  /** A permission of the function, for this service. */
  | { readonly invoker: string };

const allowed = (service: string, names: string, on: Allowed['on'] = ['']): Allowed => ({
  actions: names.split(' ').map((name) => `${service}:${name}`),
  on,
});

const bucket: Access = {
  Read: [
    allowed(
      's3',
      'GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts',
      ['', '/*'],
    ),
  ],
  Write: [
    allowed(
      's3',
      'AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject',
      ['', '/*'],
    ),
  ],
};
const table: Access = {
  Read: [
    allowed('dynamodb', 'GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect', [
      ...['', '/index/*'],
    ]),
  ],
  Write: [
    allowed(
      'dynamodb',
      'PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
      ['', '/index/*'],
    ),
  ],
};
const invoked: Access = { Write: [allowed('lambda', 'InvokeAsync InvokeFunction')] };
const topic: Access = { Write: [allowed('sns', 'Publish')] };
const bus: Access = { Write: [allowed('events', 'PutEvents')] };
const started: Access = { Write: [allowed('states', 'StartExecution')] };
const stopped = allowed('states', 'StopExecution', 'executions');

const received = allowed('sqs', 'ReceiveMessage GetQueueAttributes');

const each = (of: 'source' | 'destination', all: Readonly<Record<string, Access>>) =>
  Object.fromEntries(
    Object.entries(all).map(([type, access]): [string, Grant] => [type, { of, access }]),
  );
const toFunction = 'AWS::Lambda::Function';
const invokes = (service: string): Readonly<Record<string, Grant>> => ({
  [toFunction]: { invoker: `${service}.amazonaws.com` },
});
const sends = (service: string): Grant => ({
  sender: `${service}.amazonaws.com`,
  action: 'sqs:SendMessage',
});

/**
 * What a connector makes, by the types of its source and its destination. Every action is listed, and none has a wildcard.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
export const grants: Readonly<Record<string, Readonly<Record<string, Grant>>>> = {
  'AWS::DynamoDB::Table': each('destination', {
    [toFunction]: {
      Read: [
        allowed('dynamodb', 'DescribeStream GetRecords GetShardIterator ListStreams', [
          '/stream/*',
        ]),
      ],
    },
  }),
  'AWS::SQS::Queue': each('destination', {
    [toFunction]: { Read: [received], Write: [allowed('sqs', 'DeleteMessage')] },
  }),
  'AWS::Events::Rule': {
    ...each('source', {
      'AWS::Events::EventBus': bus,
      'AWS::StepFunctions::StateMachine': started,
    }),
    ...invokes('events'),
    'AWS::SNS::Topic': { sender: 'events.amazonaws.com', action: 'sns:Publish' },
    'AWS::SQS::Queue': sends('events'),
  },
  'AWS::SNS::Topic': { ...invokes('sns'), 'AWS::SQS::Queue': sends('sns') },
  'AWS::ApiGateway::RestApi': invokes('apigateway'),
  'AWS::ApiGatewayV2::Api': invokes('apigateway'),
  'AWS::S3::Bucket': invokes('s3'),
  'AWS::AppSync::GraphQLApi': invokes('appsync'),
  [toFunction]: each('source', {
    [toFunction]: invoked,
    'AWS::S3::Bucket': bucket,
    'AWS::DynamoDB::Table': table,
    'AWS::SQS::Queue': {
      Read: [received],
      Write: [allowed('sqs', 'DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue')],
    },
    'AWS::SNS::Topic': topic,
    'AWS::StepFunctions::StateMachine': {
      Read: [
        allowed('states', 'DescribeStateMachine ListExecutions'),
        allowed(
          'states',
          'DescribeExecution DescribeStateMachineForExecution GetExecutionHistory',
          'executions',
        ),
      ],
      Write: [allowed('states', 'StartExecution StartSyncExecution'), stopped],
    },
    'AWS::Events::EventBus': bus,
    'AWS::Location::PlaceIndex': {
      Read: [
        allowed(
          'geo',
          'DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions SearchPlaceIndexForText',
        ),
      ],
    },
  }),
  'AWS::StepFunctions::StateMachine': each('source', {
    [toFunction]: invoked,
    'AWS::SNS::Topic': topic,
    'AWS::SQS::Queue': { Write: [allowed('sqs', 'SendMessage')] },
    'AWS::S3::Bucket': bucket,
    'AWS::DynamoDB::Table': table,
    'AWS::StepFunctions::StateMachine': {
      Read: [
        allowed('states', 'DescribeExecution', 'executions'),
        allowed('events', 'DescribeRule', 'rule of executions'),
      ],
      Write: [
        ...(started['Write'] ?? []),
        stopped,
        allowed('events', 'PutTargets PutRule', 'rule of executions'),
      ],
    },
    'AWS::Events::EventBus': bus,
  }),
  'AWS::AppSync::DataSource': each('source', {
    'AWS::DynamoDB::Table': table,
    [toFunction]: { Write: [allowed('lambda', 'InvokeAsync InvokeFunction', ['', ':*'])] },
    'AWS::Events::EventBus': bus,
  }),
};
