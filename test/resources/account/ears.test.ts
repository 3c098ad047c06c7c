import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import type { EventDetail } from '../../../lib/model/resource-type.ts';
import { ears } from '../../../lib/resources/account/ears.ts';
import { accountId, awsForTests, region as home, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(ears);
const region = 'eu-west-1';
const ref = { account: accountId, region, id: region };
const facets = Object.keys(ears.facets);

describe('the ears of the region that Plumbline is deployed in', () => {
  const aws = awsForTests();

  test('the role that evaluates may look for them', async () => {
    const reading = await aws.reader().read(ears, refOf(home), facets);
    expect(JSON.stringify(reading)).not.toMatch(/"(denied|notOffered)":/);
  }, 60_000);
});

describe('the ears of a region', () => {
  let moto: Moto | undefined;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const clientsIn = (at: string): Clients =>
    sdkClients({ region: at, endpoint: moto?.url ?? '', credentials, answerSeconds: 60 });
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto?.stop());
  const read = async () => {
    const reader = createReader({
      account: accountId,
      region,
      clients: clientsIn(region),
      clientsIn,
    });
    return reader.read(ears, ref, facets);
  };
  const template = (rule: string, of: object) => ({
    Resources: {
      [rule]: {
        Type: 'AWS::Events::Rule',
        Properties: { EventPattern: { source: ['aws.ec2'] }, ...of },
      },
    },
  });

  test('are what their stack says, their rules and their queue, and what is wanted at home', async () => {
    expect(await read()).toMatchObject({
      facets: {
        stack: { value: undefined },
        eventRules: { value: [] },
        queues: { value: [] },
        hub: { value: undefined },
      },
    });

    const [atHome, there] = [
      await clientsIn(home)('cloudformation'),
      await clientsIn(region)('cloudformation'),
    ];
    const bus = `arn:aws:events:${home}:${accountId}:event-bus/Plumbline-Ears`;
    const Bus = { Type: 'AWS::Events::EventBus', Properties: { Name: 'Plumbline-Ears' } };
    const { Resources } = template('EarsCalls', { EventBusName: { Ref: 'Bus' } });
    await atHome.createStack({
      StackName: 'Plumbline',
      TemplateBody: JSON.stringify({ Resources: { Bus, ...Resources } }),
    });
    const Undelivered = {
      Type: 'AWS::SQS::Queue',
      Properties: { MessageRetentionPeriod: 1209600 },
    };
    const rule = template('Calls', { Targets: [{ Id: 'Target0', Arn: bus }] });
    await there.createStack({
      StackName: 'PlumblineEars-eu-west-1',
      TemplateBody: JSON.stringify({ Resources: { Undelivered, ...rule.Resources } }),
    });
    // Of another region's ears, and of a stack at home, nothing is shown.
    const [events, sqs] = [await clientsIn(region)('eventbridge'), await clientsIn(region)('sqs')];
    for (const Name of ['PlumblineEars-eu-west-2-Calls-1', 'Plumbline-Calls-1'])
      await events.putRule({ Name, EventPattern: '{"source":["aws.s3"]}' });
    await sqs.createQueue({ QueueName: 'PlumblineEars-eu-west-2-Undelivered-1' });

    const pattern = expect.stringMatching(/^\{"source": ?\["aws\.ec2"\]\}$/);
    const name = expect.stringMatching(/^PlumblineEars-eu-west-1-Calls-/);
    const queue = expect.stringMatching(/:PlumblineEars-eu-west-1-Undelivered-/);
    expect(await read()).toMatchObject({
      facets: {
        stack: {
          value: {
            status: 'CREATE_COMPLETE',
            resources: expect.arrayContaining([
              expect.objectContaining({ type: 'AWS::Events::Rule', physicalId: name }),
            ]),
          },
        },
        eventRules: { value: [{ name, state: 'ENABLED', pattern, targets: [bus] }] },
        queues: { value: [{ arn: queue }] },
        hub: {
          value: {
            status: 'CREATE_COMPLETE',
            wanted: [{ name: expect.stringMatching(/^Plumbline-EarsCalls-/), pattern }],
          },
        },
      },
    });
  }, 60_000);

  test('are listed by the region', async () => {
    const reader = createReader({ account: accountId, region, clients: clientsIn(region) });
    expect(await ears.live.list.page(reader, undefined)).toEqual({ resources: [{ id: region }] });
    expect(() => reader.elsewhere(home)).toThrow('does not read us-east-1');
    expect(reader.elsewhere(region)).toBe(reader);
  });
});

describe('events about the ears of a region', () => {
  const announced = (source: string, call: string, requestParameters: unknown) => {
    const detail: EventDetail = { awsRegion: region, requestParameters };
    return ears.live.announcements.flatMap((one) =>
      one.via === 'cloudtrail' && one.source === source && call in one.calls
        ? [one.idsIn(detail, accountId)]
        : [],
    );
  };
  const rule = 'PlumblineEars-eu-west-1-Calls-1';
  const queueUrl = `https://sqs.eu-west-1.amazonaws.com/${accountId}`;
  const stack = `arn:aws:cloudformation:eu-west-1:${accountId}:stack`;

  test.each([
    ['events.amazonaws.com', 'DisableRule', { name: rule }],
    ['events.amazonaws.com', 'DeleteRule', { name: rule }],
    ['events.amazonaws.com', 'PutRule', { name: rule, eventPattern: '{}' }],
    ['events.amazonaws.com', 'PutTargets', { rule, targets: [] }],
    ['events.amazonaws.com', 'RemoveTargets', { rule, ids: ['Target0'] }],
    ['sqs.amazonaws.com', 'SetQueueAttributes', { queueUrl: `${queueUrl}/${rule}` }],
    ['sqs.amazonaws.com', 'DeleteQueue', { queueUrl: `${queueUrl}/${rule}` }],
    ['cloudformation.amazonaws.com', 'DeleteStack', { stackName: 'PlumblineEars-eu-west-1' }],
    [
      'cloudformation.amazonaws.com',
      'UpdateStack',
      { stackName: `${stack}/PlumblineEars-eu-west-1/1` },
    ],
  ])('%s %s %j name it', (source, call, parameters) => {
    expect(announced(source, call, parameters)).toEqual([[region]]);
  });

  test.each([
    ['events.amazonaws.com', 'DisableRule', { name: 'orders' }],
    ['events.amazonaws.com', 'DisableRule', { name: 'Plumbline-EventsS3Calls-1' }],
    ['sqs.amazonaws.com', 'SetQueueAttributes', { queueUrl: `${queueUrl}/orders` }],
    ['cloudformation.amazonaws.com', 'DeleteStack', { stackName: 'Plumbline' }],
  ])('%s %s %j do not', (source, call, parameters) => {
    expect(announced(source, call, parameters)).toEqual([[]]);
  });

  test('a change set that is named by its ARN alone can be of any stack', () => {
    const changeSetName = `arn:aws:cloudformation:eu-west-1:${accountId}:changeSet/x/1`;
    expect(
      announced('cloudformation.amazonaws.com', 'ExecuteChangeSet', { changeSetName }),
    ).toEqual(['all']);
  });
});
