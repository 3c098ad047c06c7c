import { stepfunctionsStateMachine } from '../../../lib/resources/sfn/stepfunctions-state-machine.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(stepfunctionsStateMachine);

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(stepfunctionsStateMachine, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-machine-full', 'read-machine-bare'];
const arnOf = (name: string) => `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;

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

it.each<[string, string, object, unknown]>([
  [
    'its ARN',
    'UpdateStateMachine',
    { requestParameters: { stateMachineArn: arnOf('orders') } },
    ['orders'],
  ],
  ['its name', 'CreateStateMachine', { requestParameters: { name: 'orders' } }, ['orders']],
  [
    'the ARN of a version',
    'UpdateStateMachine',
    { requestParameters: { stateMachineArn: `${arnOf('orders')}:2` } },
    ['orders'],
  ],
  ['nothing', 'UpdateStateMachine', { requestParameters: {} }, 'all'],
])('a state machine is named by %s', (_, eventName, detail, ids) => {
  const [announcement] = stepfunctionsStateMachine.live.announcements;
  expect(announcement?.idsIn({ eventName, ...detail }, accountId)).toEqual(ids);
});
