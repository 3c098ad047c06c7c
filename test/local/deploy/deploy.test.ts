import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App, CfnOutput, CfnResource, DefaultStackSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { IStackSynthesizer } from 'aws-cdk-lib/core';
import { type Deployment, deploy } from '../../../lib/local/deploy/deploy.ts';
import {
  account,
  type MotoClients,
  motoClients,
  region,
} from '../../../lib/local/local-aws-clients.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';

const handlers = fileURLToPath(new URL('../runner-handlers', import.meta.url));
// Its types do not fit exactOptionalPropertyTypes.
const synthesizer = () =>
  new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;

const synthesised = (outdir: string, build: (stack: Stack) => void) => {
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  build(new Stack(app, 'Small', { synthesizer: synthesizer() }));
  app.synth();
};
const small = (stack: Stack) => {
  const deadLetters = new Queue(stack, 'DeadLetters');
  const inbox = new Queue(stack, 'Inbox', {
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(60),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
  });
  const table = new Table(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
  });
  const lambda = new Lambda(stack, 'Handler', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.takesAll',
    code: Code.fromAsset(handlers),
    timeout: Duration.seconds(7),
    memorySize: 256,
    environment: { TABLE: table.tableName, QUEUE: inbox.queueUrl },
  });
  lambda.addEventSource(
    new SqsEventSource(inbox, { batchSize: 4, maxConcurrency: 3, reportBatchItemFailures: true }),
  );
  table.addGlobalSecondaryIndex({
    indexName: 'subjects',
    partitionKey: { name: 'subject', type: AttributeType.STRING },
    sortKey: { name: 'pk', type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
  });
  const ordered = new Queue(stack, 'Ordered', { fifo: true, contentBasedDeduplication: true });
  new Rule(stack, 'Chosen', {
    eventPattern: { source: ['aws.securityhub'], resources: ['arn:chosen'] },
    targets: [new SqsQueue(ordered, { messageGroupId: 'chosen' })],
  });
  const bucket = new Bucket(stack, 'Kept', {
    versioned: true,
    lifecycleRules: [
      { expiration: Duration.days(400), noncurrentVersionExpiration: Duration.days(30) },
      { expiredObjectDeleteMarker: true },
    ],
  });
  new StringParameter(stack, 'Switch', { parameterName: '/small/switch', stringValue: 'on' });
  new CfnResource(stack, 'Action', {
    type: 'AWS::SecurityHub::ActionTarget',
    properties: { Id: 'SmallFix', Name: 'Fix', Description: 'Fixes' },
  });
  new CfnOutput(stack, 'OrderedQueue', { value: ordered.queueUrl });
  new CfnOutput(stack, 'KeptBucket', { value: bucket.bucketName });
  new Rule(stack, 'Daily', {
    schedule: Schedule.rate(Duration.days(1)),
    targets: [new SqsQueue(inbox, { message: RuleTargetInput.fromObject({ sweep: 'all' }) })],
  });
  new Alarm(stack, 'Alarm', {
    metric: new Metric({ namespace: 'AWS/SQS', metricName: 'Age' }),
    threshold: 1,
    evaluationPeriods: 1,
  });
};

let moto: Moto;
let clients: MotoClients;
let folder = '';
const deployFrom = (output: string, leftOut: string[] = []) =>
  deploy({
    output,
    stackName: 'Small',
    account,
    region,
    clients,
    onLeftOut: (sentence) => leftOut.push(sentence),
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-deploy-'));
  moto = await startMoto();
  clients = motoClients(moto.url);
}, 30_000);
afterAll(async () => {
  await moto.stop();
  await rm(folder, { recursive: true });
});

describe('deploying a template to moto', () => {
  const leftOut: string[] = [];
  let deployment: Deployment;
  beforeAll(async () => {
    const output = join(folder, 'small');
    synthesised(output, small);
    deployment = await deployFrom(output, leftOut);
  }, 30_000);

  it('keeps the settings of an event-source mapping and takes it from moto', async () => {
    const { mappings, functions } = deployment;
    expect(mappings).toEqual([
      {
        functionName: functions[0]?.name,
        queueArn: expect.stringMatching(/^arn:aws:sqs:us-east-1:123456789012:Small-Inbox/),
        queueUrl: expect.stringMatching(/\/123456789012\/Small-Inbox/),
        batchSize: 4,
        maxConcurrency: 3,
        reportBatchItemFailures: true,
      },
    ]);
    const { EventSourceMappings = [] } = await clients.lambda.listEventSourceMappings({});
    expect(EventSourceMappings.map(({ State }) => State)).toEqual(['Enabled']);
  });

  it('finds each function as it was deployed, with the folder of its code', () => {
    expect(deployment.functions).toMatchObject([
      {
        arn: expect.stringContaining(':function:Small-Handler'),
        roleArn: [...deployment.roles][0],
        handler: 'index.takesAll',
        folder: expect.stringMatching(/asset\.[0-9a-f]{64}$/),
        timeoutSeconds: 7,
        memoryMb: 256,
        environment: {
          TABLE: expect.stringMatching(/^Small-Table/),
          QUEUE: deployment.mappings[0]?.queueUrl,
        },
      },
    ]);
  });

  it('does after the stack what moto leaves out', async () => {
    const { Attributes = {} } = await clients.sqs.getQueueAttributes({
      QueueUrl: deployment.mappings[0]?.queueUrl,
      AttributeNames: ['All'],
    });
    const { Statement } = JSON.parse(Attributes['Policy'] ?? '{}');
    expect(Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Resource: deployment.mappings[0]?.queueArn }),
    );
    expect(JSON.parse(Attributes['RedrivePolicy'] ?? '{}')).toMatchObject({ maxReceiveCount: 3 });
    const { TABLE } = deployment.functions[0]?.environment ?? {};
    const { TimeToLiveDescription } = await clients.dynamodb.describeTimeToLive({
      TableName: TABLE,
    });
    expect(TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expiresAt',
    });
  });

  it('hands over the schedules', () => {
    expect(deployment.schedules).toMatchObject([
      {
        expression: 'rate(1 day)',
        targets: [{ queueUrl: deployment.mappings[0]?.queueUrl, input: '{"sweep":"all"}' }],
      },
    ]);
  });

  const outputs = async () => {
    const { Stacks: [stack] = [] } = await clients.cloudformation.describeStacks({
      StackName: 'Small',
    });
    return new Map(stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  };

  it('tells the outputs of the stack', async () => {
    const told = await outputs();
    expect(told.get('OrderedQueue')).toMatch(/\/123456789012\/Small-Ordered\w+-\w+\.fifo$/);
    expect(told.get('KeptBucket')).toMatch(/^small-kept/);
  });

  it('makes FIFO queues, and brings them events in the group that the rule names', async () => {
    const Entries = [{ Source: 'aws.securityhub', Resources: ['arn:chosen'] }];
    await clients.events.putEvents({
      Entries: Entries.map((entry) => ({ ...entry, DetailType: 'Chosen', Detail: '{}' })),
    });
    const { Messages = [] } = await clients.sqs.receiveMessage({
      QueueUrl: (await outputs()).get('OrderedQueue'),
      MessageSystemAttributeNames: ['All'],
      WaitTimeSeconds: 5,
    });
    expect(Messages).toMatchObject([{ Attributes: { MessageGroupId: 'chosen' } }]);
  });

  it('makes parameters, and buckets with their lifecycle', async () => {
    const { Parameter } = await clients.ssm.getParameter({ Name: '/small/switch' });
    expect(Parameter).toMatchObject({ Value: 'on', Type: 'String' });
    const Bucket = (await outputs()).get('KeptBucket');
    const { Rules } = await clients.s3.getBucketLifecycleConfiguration({ Bucket });
    expect(Rules).toMatchObject([
      { Expiration: { Days: 400 }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      { Expiration: { ExpiredObjectDeleteMarker: true } },
    ]);
    const { Status } = await clients.s3.getBucketVersioning({ Bucket });
    expect(Status).toBe('Enabled');
  });

  it('makes indexes that find a row by an attribute', async () => {
    const { TABLE: TableName } = deployment.functions[0]?.environment ?? {};
    const Item = { pk: { S: 'row' }, subject: { S: 'arn:b' }, body: { S: 'long' } };
    await clients.dynamodb.putItem({ TableName, Item });
    await clients.dynamodb.putItem({ TableName, Item: { pk: { S: 'none' } } });
    const { Items } = await clients.dynamodb.query({
      TableName,
      IndexName: 'subjects',
      KeyConditionExpression: 'subject = :subject',
      ExpressionAttributeValues: { ':subject': { S: 'arn:b' } },
    });
    expect(Items).toEqual([{ pk: { S: 'row' }, subject: { S: 'arn:b' } }]);
  });

  it('says what is left out, and what takes its place', () => {
    expect(leftOut.toSorted()).toEqual([
      '1 AWS::CloudWatch::Alarm left out; in its place: lines of this console',
      '1 AWS::SecurityHub::ActionTarget left out; in its place: custom actions of the local Security Hub',
      '2 AWS::SQS::QueuePolicy left out; in its place: SetQueueAttributes after the stack is made',
    ]);
  });
});

it('refuses a type that moto might leave out unseen', async () => {
  const output = join(folder, 'unknown');
  synthesised(output, (stack) => {
    new CfnResource(stack, 'Insight', { type: 'AWS::SecurityHub::Insight' });
  });
  await expect(deployFrom(output)).rejects.toThrow('Insight is a AWS::SecurityHub::Insight');
});
