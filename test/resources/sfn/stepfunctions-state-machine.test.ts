import { stepfunctionsStateMachine } from '../../../lib/resources/sfn/stepfunctions-state-machine.ts';
import { sfn } from '../../../lib/services/sfn.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';
import type { RecordedCalls } from '../recorded-calls.ts';

seesEveryFacet(stepfunctionsStateMachine);

const arnOf = (name: string) => `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
const { eventSource } = sfn;
const update = { eventSource, eventName: 'UpdateStateMachine', ids: ['orders'] };
export const recordedCalls: RecordedCalls = [
  // The example of https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cloud-trail.html
  {
    ...{ eventSource, eventName: 'CreateStateMachine' },
    requestParameters: {
      name: 'orders',
      definition: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      roleArn: `arn:aws:iam::${accountId}:role/orders`,
      type: 'STANDARD',
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tags: [],
      tracingConfiguration: { enabled: false },
      publish: false,
    },
    responseElements: {
      stateMachineArn: arnOf('orders'),
      creationDate: 'Jun 15, 2026, 12:00:05 PM',
    },
    ids: ['orders'],
  },
  { ...update, requestParameters: { stateMachineArn: arnOf('orders') } },
  { ...update, requestParameters: { stateMachineArn: `${arnOf('orders')}:2` } },
];

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(stepfunctionsStateMachine, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-machine-full', 'read-machine-bare'];

describe('a state machine of Step Functions', () => {
  beforeAll(async () => {
    const sfn = await aws.clients()('sfn');
    const made = {
      definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }),
      roleArn: `arn:aws:iam::${accountId}:role/machines`,
    };
    const logGroupArn = `arn:aws:logs:${region}:${accountId}:log-group:machines:*`;
    await sfn.createStateMachine({
      ...made,
      name: full,
      loggingConfiguration: {
        level: 'ERROR',
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
      },
      tags: [{ key: 'data', value: 'secret' }],
    });
    await sfn.createStateMachine({ ...made, name: bare });
  }, 60_000);

  it.each([
    [full, 'ERROR'],
    [bare, 'OFF'],
  ])('%s logs at the level %s', async (id, logLevel) => {
    const value = { status: 'ACTIVE', logLevel };
    expect(await read(id, 'stateMachine')).toEqual({ stateMachine: { value } });
  });

  it.each(['stateMachine', 'about'])(
    'that is not there is gone when its %s is read',
    async (name) => {
      expect(await read('never-made', name)).toBe('gone');
    },
  );

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(stepfunctionsStateMachine, full)).toEqual({
      stateMachine: denied,
      about: denied,
    });
  }, 60_000);

  it('tells its ARN and tags, and is listed', async () => {
    const about = { arn: arnOf(full), tags: { data: 'secret' } };
    expect(await read(full, 'about')).toEqual({ about: { value: about } });
    const { resources } = await stepfunctionsStateMachine.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(expect.arrayContaining([{ id: full }, { id: bare }]));
  });
});

it('a state machine that an event does not name is any', () => {
  const [announcement] = stepfunctionsStateMachine.live.announcements;
  const detail = { eventName: 'UpdateStateMachine', requestParameters: {} };
  expect(announcement?.idsIn(detail, accountId)).toEqual('all');
});
