import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { type BatchReader, createReader } from '../../../lib/aws/reader.ts';
import { createLetGoLog } from '../../../lib/aws/stores/let-go.ts';
import { createSwitch } from '../../../lib/aws/stores/switch.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import type { AnyResourceType, EventDetail } from '../../../lib/model/resource-type.ts';
import { breakers } from '../../../lib/resources/account/breakers.ts';
import { cloudTrailRegion } from '../../../lib/resources/account/cloudtrail-region.ts';
import { configRegion } from '../../../lib/resources/account/config-region.ts';
import { deployment } from '../../../lib/resources/account/deployment.ts';
import { ownReader } from '../../../lib/resources/account/own-reader.ts';
import { securityHubRegion } from '../../../lib/resources/account/security-hub-region.ts';
import { killSwitch } from '../../../lib/resources/account/switch.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

const types = {
  breakers,
  cloudTrailRegion,
  configRegion,
  deployment,
  killSwitch,
  ownReader,
  securityHubRegion,
};
const all: readonly AnyResourceType[] = Object.values(types);
seesEveryFacet(breakers);
seesEveryFacet(cloudTrailRegion);
seesEveryFacet(configRegion);
seesEveryFacet(deployment);
seesEveryFacet(killSwitch);
seesEveryFacet(ownReader);
seesEveryFacet(securityHubRegion);

/** A facet, whichever of these types has it. */
const shownBy = async (reader: BatchReader, facet: string) => {
  const type = all.find(({ facets }) => facet in facets) ?? breakers;
  const reading = await reader.read(type, refOf(region), [facet]);
  const shown = reading.gone ? undefined : reading.facets[facet];
  return shown && 'value' in shown ? shown.value : shown;
};

describe('the region that Plumbline is deployed in', () => {
  const aws = awsForTests();

  test('the role that evaluates may read it', async () => {
    const reader = aws.reader();
    for (const type of all) {
      const reading = await reader.read(type, refOf(region), Object.keys(type.facets));
      expect(JSON.stringify(reading)).not.toMatch(/"(denied|notOffered)":/);
    }
  }, 60_000);
});

describe('an account in a region', () => {
  // What is switched off here serves the tests of others where they share an AWS.
  let moto: Moto | undefined;
  const clients = (): Clients => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return sdkClients({ region, endpoint: moto?.url ?? '', credentials });
  };
  const reader = () => createReader({ account: accountId, region, clients: clients() });
  const read = (facet: string) => shownBy(reader(), facet);
  const shownSwitch = () => reader().facet(killSwitch, refOf(region), 'switch');
  let trails: CloudTrail;

  // Each service of moto is loaded by its first call, which takes seconds.
  beforeAll(async () => {
    moto = await startMoto();
    const s3 = await clients()('s3');
    trails = await clients()('cloudtrail');
    await s3.createBucket({ Bucket: 'account-region-logs' });
    for (const type of all) await reader().read(type, refOf(region), Object.keys(type.facets));
  }, 60_000);
  afterAll(() => moto?.stop());

  test('a breaker that has tripped is shown until it is closed', async () => {
    const ssm = await clients()('ssm');
    const until = '2026-06-15T12:30:00.000Z';
    const breaker = {
      Name: '/plumbline/breakers/S3.8',
      Value: JSON.stringify({ until }),
      Type: 'String',
    } as const;
    const tripped = async () =>
      (await reader().read(breakers, refOf(region), ['breakers'])) as object;
    expect(await tripped()).toMatchObject({ facets: { breakers: { value: [] } } });
    await ssm.putParameter(breaker);
    expect(await tripped()).toMatchObject({
      facets: { breakers: { value: [{ control: 'S3.8', until }] } },
    });
  });

  test('the switch: nothing where nothing is remediated, its parameter, and what an operator has asked for', async () => {
    expect(await read('switch')).toBeUndefined();
    const [cloudformation, ssm, dynamodb] = await Promise.all([
      clients()('cloudformation'),
      clients()('ssm'),
      clients()('dynamodb'),
    ]);
    const key = (name: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName: name, KeyType });
    const Ledger = {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'Plumbline-Ledger-1',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      },
    };
    const Outputs = { LedgerTable: { Value: { Ref: 'Ledger' } } };
    const TemplateBody = JSON.stringify({ Resources: { Ledger }, Outputs });
    await cloudformation.createStack({ StackName: 'Plumbline', TemplateBody });
    expect(await read('switch')).toEqual({ parameter: undefined, wanted: undefined });

    const turn = (Value: string) =>
      ssm.putParameter({
        Name: '/plumbline/remediation',
        Value,
        Type: 'String',
        Overwrite: true,
      });
    await turn('off');
    const at = expect.stringMatching(/^\d{4}-.*Z$/);
    const off = { parameter: { value: 'off', version: 1, at }, wanted: undefined };
    expect(await read('switch')).toEqual(off);

    const killed = createSwitch({
      ssm: () => clients()('ssm'),
      parameter: () => '/plumbline/remediation',
      log: createLetGoLog({
        dynamoDb: DynamoDBDocument.from(dynamodb),
        table: 'Plumbline-Ledger-1',
        earlier: 'Plumbline-Ledger-1',
      }),
    });
    await killed.turnOn({ by: 'alice', at: '2026-06-15T12:00:00.000Z' });
    const on = await shownSwitch();
    expect(on).toEqual({ parameter: { value: 'on', version: 2, at }, wanted: { version: 2, at } });
    expect(on?.wanted?.at).toBe(on?.parameter?.at);

    await turn('on');
    expect(await read('switch')).toMatchObject({
      parameter: { version: 3 },
      wanted: { version: 2 },
    });
    await cloudformation.deleteStack({ StackName: 'Plumbline' });
  }, 60_000);

  test('a listing shows the region', async () => {
    for (const type of all)
      expect(await type.live.list.page(reader(), undefined)).toEqual({
        resources: [{ id: region }],
      });
  });

  test('trails: what each logs', async () => {
    expect(await read('trails')).toEqual([]);
    await trails.createTrail({
      Name: 'main',
      S3BucketName: 'account-region-logs',
      IsMultiRegionTrail: true,
    });
    const arn = `arn:aws:cloudtrail:${region}:${accountId}:trail/main`;
    const stopped = {
      arn,
      homeRegion: region,
      isMultiRegion: true,
      hasGlobalEvents: true,
      isLogging: false,
      selectors: { basic: [], advanced: [] },
    };
    expect(await read('trails')).toEqual([stopped]);
    await trails.startLogging({ Name: 'main' });
    const writes = { ReadWriteType: 'WriteOnly', IncludeManagementEvents: true } as const;
    await trails.putEventSelectors({ TrailName: 'main', EventSelectors: [writes] });
    expect(await read('trails')).toMatchObject([
      { isLogging: true, selectors: { basic: [writes], advanced: [] } },
    ]);
  }, 20_000);

  test('recorder: whether it records, and what', async () => {
    const config = await clients()('config');
    expect(await read('recorder')).toBeUndefined();
    await config.putConfigurationRecorder({
      ConfigurationRecorder: {
        name: 'default',
        roleARN: `arn:aws:iam::${accountId}:role/config`,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      },
    });
    await config.putDeliveryChannel({
      DeliveryChannel: { name: 'default', s3BucketName: 'account-region-logs' },
    });
    expect(await read('recorder')).toMatchObject({ name: 'default', isRecording: false });
    await config.startConfigurationRecorder({ ConfigurationRecorderName: 'default' });
    expect(await read('recorder')).toMatchObject({
      isRecording: true,
      group: { allSupported: true, includeGlobalResourceTypes: true },
    });
  }, 20_000);

  test('Security Hub: not enabled, enabled', async () => {
    const hub = await clients()('securityhub');
    expect(await read('securityHub')).toBeUndefined();
    await hub.enableSecurityHub({});
    expect(await read('securityHub')).toBe(
      `arn:aws:securityhub:${region}:${accountId}:hub/default`,
    );
  }, 20_000);

  test('rules and queues of the stack, and no others', async () => {
    const [events, sqs] = await Promise.all([clients()('eventbridge'), clients()('sqs')]);
    const queueArn = `arn:aws:sqs:${region}:${accountId}:Plumbline-ChangesQueue-1`;
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queueArn },
      ],
    });
    await sqs.createQueue({
      QueueName: 'Plumbline-ChangesQueue-1',
      Attributes: { Policy: policy },
    });
    await sqs.createQueue({ QueueName: 'Plumbline-PagesQueue-1' });
    await sqs.createQueue({ QueueName: 'orders' });
    for (const Name of ['Plumbline-EventsS3Calls-1', 'Plumbline-EventsIamCalls-1', 'orders'])
      await events.putRule({ Name, EventPattern: '{"source":["aws.s3"]}' });
    await events.putTargets({
      Rule: 'Plumbline-EventsS3Calls-1',
      Targets: [{ Id: 'Target0', Arn: queueArn }],
    });
    await events.disableRule({ Name: 'Plumbline-EventsIamCalls-1' });
    await events.createEventBus({ Name: 'Plumbline-Ears' });
    const onBus = { EventBusName: 'Plumbline-Ears' };
    await events.putRule({
      ...onBus,
      Name: 'Plumbline-EarsCalls-1',
      EventPattern: '{"source":["aws.ec2"]}',
    });
    await events.putTargets({
      ...onBus,
      Rule: 'Plumbline-EarsCalls-1',
      Targets: [{ Id: 'Target0', Arn: queueArn }],
    });

    const arnOf = (name: string) => `arn:aws:events:${region}:${accountId}:rule/${name}`;
    expect(await read('eventRules')).toEqual(
      expect.arrayContaining([
        {
          name: 'Plumbline-EventsS3Calls-1',
          arn: arnOf('Plumbline-EventsS3Calls-1'),
          state: 'ENABLED',
          pattern: '{"source":["aws.s3"]}',
          schedule: undefined,
          targets: [queueArn],
          aims: [{ Id: 'Target0', Arn: queueArn }],
        },
        {
          name: 'Plumbline-EventsIamCalls-1',
          arn: arnOf('Plumbline-EventsIamCalls-1'),
          state: 'DISABLED',
          pattern: '{"source":["aws.s3"]}',
          schedule: undefined,
          targets: [],
          aims: [],
        },
        {
          name: 'Plumbline-EarsCalls-1',
          arn: arnOf('Plumbline-Ears/Plumbline-EarsCalls-1'),
          state: 'ENABLED',
          pattern: '{"source":["aws.ec2"]}',
          schedule: undefined,
          targets: [queueArn],
          aims: [{ Id: 'Target0', Arn: queueArn }],
        },
      ]),
    );
    expect(await read('eventRules')).not.toContainEqual(
      expect.objectContaining({ name: 'orders' }),
    );
    expect(await read('queues')).toEqual(
      expect.arrayContaining([
        {
          arn: queueArn,
          policy: expect.stringContaining('sqs:SendMessage'),
          attributes: {
            DelaySeconds: '0',
            MaximumMessageSize: expect.any(String),
            MessageRetentionPeriod: '345600',
            VisibilityTimeout: '30',
          },
        },
        expect.objectContaining({
          arn: `arn:aws:sqs:${region}:${accountId}:Plumbline-PagesQueue-1`,
          policy: undefined,
        }),
      ]),
    );
    expect(JSON.stringify(await read('queues'))).not.toContain('orders');
  }, 20_000);
});

describe('events about an account in a region', () => {
  const functionArn = `arn:aws:lambda:eu-west-1:${accountId}:function:Plumbline-Evaluate-1`;
  const announced = (source: string, call: string, requestParameters: unknown) => {
    const detail: EventDetail = { awsRegion: 'eu-west-1', requestParameters };
    return all
      .flatMap(({ live }) => live.announcements)
      .flatMap((one) =>
        one.via === 'cloudtrail' && one.source === source && call in one.calls
          ? [one.idsIn(detail, accountId)]
          : [],
      );
  };
  const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012';

  test.each([
    ['cloudtrail.amazonaws.com', 'StopLogging', { name: 'main' }],
    ['cloudtrail.amazonaws.com', 'PutEventSelectors', { trailName: 'main' }],
    ['config.amazonaws.com', 'StopConfigurationRecorder', { configurationRecorderName: 'default' }],
    ['securityhub.amazonaws.com', 'DisableSecurityHub', null],
    ['events.amazonaws.com', 'DisableRule', { name: 'Plumbline-EventsS3Calls-1' }],
    ['events.amazonaws.com', 'RemoveTargets', { rule: 'Plumbline-EventsS3Calls-1', ids: ['1'] }],
    ['sqs.amazonaws.com', 'SetQueueAttributes', { queueUrl: `${queueUrl}/Plumbline-Changes-1` }],
    ['sqs.amazonaws.com', 'CreateQueue', { queueName: 'Plumbline-Changes-1' }],
    ['cloudformation.amazonaws.com', 'UpdateStack', { stackName: 'Plumbline' }],
    [
      'cloudformation.amazonaws.com',
      'ExecuteChangeSet',
      { stackName: `arn:aws:cloudformation:eu-west-1:${accountId}:stack/Plumbline/1` },
    ],
    ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', { functionName: functionArn }],
    ['lambda.amazonaws.com', 'AddPermission20150331v2', { functionName: `${functionArn}:1` }],
    ['dynamodb.amazonaws.com', 'UpdateTable', { tableName: 'Plumbline-Posture-1' }],
    [
      'dynamodb.amazonaws.com',
      'PutResourcePolicy',
      { resourceArn: `arn:aws:dynamodb:eu-west-1:${accountId}:table/Plumbline-Posture-1` },
    ],
    ['s3.amazonaws.com', 'PutBucketPolicy', { bucketName: 'cdk-hnb659fds-assets-1-eu-west-1' }],
    // A call that does not say what it is about may be about ours.
    ['sqs.amazonaws.com', 'DeleteQueue', {}],
  ])('%s %s %j is about the region', (source, call, requestParameters) => {
    expect(announced(source, call, requestParameters)).toEqual([['eu-west-1']]);
  });

  test.each([
    ['events.amazonaws.com', 'DisableRule', { name: 'orders' }],
    ['events.amazonaws.com', 'PutTargets', { rule: 'PlumblineLike', targets: [] }],
    ['sqs.amazonaws.com', 'SetQueueAttributes', { queueUrl: `${queueUrl}/orders` }],
    ['cloudformation.amazonaws.com', 'UpdateStack', { stackName: 'Plumbline-like' }],
    ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', { functionName: 'orders' }],
    ['dynamodb.amazonaws.com', 'UpdateTable', { tableName: 'orders' }],
    ['s3.amazonaws.com', 'PutBucketPolicy', { bucketName: 'orders' }],
  ])('%s %s %j is about somebody else', (source, call, requestParameters) => {
    expect(announced(source, call, requestParameters)).toEqual([[]]);
  });
});
