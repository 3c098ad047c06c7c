import type { Snapshot } from '../../../lib/model/control.ts';
import type { deployment } from '../../../lib/resources/account/deployment.ts';
import type { OwnResource } from '../../../lib/resources/account/own-template.ts';

type Region = typeof deployment;
type Live<F extends 'eventRules' | 'queues'> = Snapshot<Region, F>[F][number];

const place = 'us-east-1:123456789012';
const events = `arn:aws:events:${place}:rule`;
const sqs = `arn:aws:sqs:${place}`;
export const changes = `${sqs}:Plumbline-ChangesQueue-1`;
const url = 'https://sqs.us-east-1.amazonaws.com/123456789012/Plumbline-ChangesQueue-1';
export const evaluate = 'Plumbline-EvaluateFunction-1';
export const role = 'arn:aws:iam::123456789012:role/Plumbline-EvaluateRole-1';
export const table = 'Plumbline-Posture-1';
export const rules = [
  `${events}/Plumbline-EventsS3Calls-1`,
  `${events}/Plumbline-EventsIamCalls-1`,
];

export const tls = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sqs:*',
  Resource: changes,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
/** As the stack writes it for its rules. */
export const admit = (rule: string | readonly string[]) => ({
  Sid: 'Rules',
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: changes,
  Condition: { ArnEquals: { 'aws:SourceArn': rule } },
});
/** As the stack writes it of who may send. */
export const close = {
  Sid: 'Senders',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sqs:SendMessage',
  Resource: changes,
  Condition: {
    ArnNotEquals: { 'aws:PrincipalArn': [role] },
    Bool: { 'aws:PrincipalIsAWSService': 'false' },
  },
};
const document = (...statements: readonly object[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});
export const policy = (...statements: readonly object[]) => JSON.stringify(document(...statements));

const pattern = { source: ['aws.s3'] };
export const rule = (arn = rules[0] ?? ''): Live<'eventRules'> => ({
  name: arn.split('/').at(-1) ?? '',
  arn,
  state: 'ENABLED',
  pattern: JSON.stringify(pattern),
  schedule: undefined,
  targets: [changes],
  aims: [{ Id: 'Target0', Arn: changes }],
});
const attributes = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  RedriveAllowPolicy: '{"redrivePermission":"denyAll"}',
  VisibilityTimeout: '180',
};
export const queue = (...statements: readonly object[]): Live<'queues'> => ({
  arn: changes,
  policy: policy(...statements),
  attributes,
});

/** Two rules that send to one queue. */
export const heard = {
  eventRules: rules.map(rule),
  queues: [queue(tls, close, admit(rules))],
};

const resource = (
  id: string,
  type: string,
  physicalId: string,
  properties: Readonly<Record<string, unknown>>,
): OwnResource => ({ id, type, physicalId, properties });

const rows = {
  Sid: 'Rows',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'dynamodb:PutItem',
  Resource: '*',
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': role } },
};
const seal = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: ['kms:GenerateMac', 'kms:VerifyMac'],
  Resource: '*',
};

export const bus = 'Plumbline-Ears';
const busArn = `arn:aws:events:${place}:event-bus/${bus}`;
const forward = 'arn:aws:iam::123456789012:role/Plumbline-Forward';
/** As the stack writes it of who may put events on its bus. */
export const closed = {
  Sid: 'OthersThanEars',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'events:PutEvents',
  Resource: busArn,
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': forward } },
};

const roleName = 'Plumbline-EvaluateRole-1';
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const reading = 'arn:aws:iam::123456789012:policy/Plumbline-Reading-1';
const trust = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const reads = { Effect: 'Allow', Action: 's3:GetBucketPolicy', Resource: '*' };

/** What the template wants, resolved. */
const resources: readonly OwnResource[] = [
  {
    ...resource('EvaluateFunction', 'AWS::Lambda::Function', evaluate, {
      Handler: 'evaluate.handler',
      Runtime: 'nodejs24.x',
      Role: role,
      MemorySize: 512,
      Timeout: 30,
      Environment: { Variables: { POSTURE_TABLE: table } },
    }),
    codeSha256: 'as-bundled',
  },
  resource('Mapping', 'AWS::Lambda::EventSourceMapping', 'uuid-1', {
    FunctionName: evaluate,
    EventSourceArn: changes,
    BatchSize: 10,
  }),
  resource('Permission', 'AWS::Lambda::Permission', 'permission-1', {
    FunctionName: `arn:aws:lambda:${place}:function:${evaluate}`,
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: rules[0],
  }),
  ...rules.map((arn) =>
    resource(arn, 'AWS::Events::Rule', arn.split('/').at(-1) ?? '', {
      State: 'ENABLED',
      EventPattern: pattern,
      Targets: [{ Id: 'Target0', Arn: changes }],
    }),
  ),
  resource('Bus', 'AWS::Events::EventBus', bus, { Name: bus, Policy: document(closed) }),
  resource('Queue', 'AWS::SQS::Queue', url, {
    RedriveAllowPolicy: { redrivePermission: 'denyAll' },
    VisibilityTimeout: 180,
  }),
  resource('QueuePolicy', 'AWS::SQS::QueuePolicy', 'policy-1', {
    Queues: [url],
    PolicyDocument: document(tls, close, admit(rules)),
  }),
  resource('Posture', 'AWS::DynamoDB::Table', table, {
    DeletionProtectionEnabled: true,
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    ResourcePolicy: { PolicyDocument: document(rows) },
  }),
  resource('EvaluateRole', 'AWS::IAM::Role', roleName, {
    AssumeRolePolicyDocument: document(trust),
    ManagedPolicyArns: [basic],
  }),
  resource('EvaluatePolicy', 'AWS::IAM::Policy', 'policy-2', {
    PolicyName: 'EvaluatePolicy',
    Roles: [roleName],
    PolicyDocument: document(reads),
  }),
  resource('Reading', 'AWS::IAM::ManagedPolicy', reading, {
    Roles: [roleName],
    PolicyDocument: document(reads),
  }),
  resource('LedgerKey', 'AWS::KMS::Key', 'key-1', { KeyPolicy: document(seal) }),
];

type Functions = NonNullable<Snapshot<Region, 'functions'>['functions']>;
const functions: Functions = [
  {
    name: evaluate,
    configuration: {
      codeSha256: 'as-bundled',
      handler: 'evaluate.handler',
      runtime: 'nodejs24.x',
      role,
      memoryMb: 512,
      timeoutSeconds: 30,
      environment: { POSTURE_TABLE: table },
      layers: [],
      fileSystems: [],
      networks: [],
      concurrency: undefined,
    },
    policy: policy({
      Sid: 'made-up-by-lambda',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: `arn:aws:lambda:${place}:function:${evaluate}`,
      Condition: { ArnLike: { 'AWS:SourceArn': rules[0] } },
    }),
    mappings: [{ id: 'uuid-1', source: changes, state: 'Enabled', batchSize: 10, filters: [] }],
  },
];

/** A bus with this policy and nothing else of its own. */
export const admitting = (policy: string | undefined) => ({
  policy,
  key: undefined as string | undefined,
  deadLetters: undefined as string | undefined,
});

/** All of it, as it was deployed. */
export const deployed = {
  ...heard,
  stack: {
    arn: `arn:aws:cloudformation:${place}:stack/Plumbline/1`,
    status: 'UPDATE_COMPLETE',
    changedAt: '2026-06-01T00:00:00.000Z',
    resources,
  },
  functions,
  buses: [{ name: bus, admission: admitting(policy(closed)) }],
  tables: [{ name: table, isProtected: true, timeToLive: 'expiresAt', policy: policy(rows) }],
  keys: [{ id: 'key-1', state: 'Enabled' as const, policy: policy(seal) }],
  roles: [
    {
      name: roleName,
      admission: { trust: encodeURIComponent(policy(trust)), boundary: undefined },
      inline: [{ name: 'EvaluatePolicy', document: encodeURIComponent(policy(reads)) }],
      attached: [
        { arn: basic, document: undefined },
        { arn: reading, document: encodeURIComponent(policy(reads)) },
      ],
    },
  ],
  assetBuckets: [{ name: 'cdk-hnb659fds-assets-123456789012-us-east-1', policy: undefined }],
};
