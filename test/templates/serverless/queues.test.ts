import { templateFrom, verdictOf } from '../checking.ts';

const app = (settings: string, type = 'Function') => `
Transform: AWS::Serverless-2016-10-31
Parameters: {Own: {Type: String, Default: '', AllowedValues: ['', a]}, Topic: {Type: String}}
Conditions: {HasOwn: !Not [!Equals [!Ref Own, '']]}
Resources:
  Topics: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  F: {Type: AWS::Serverless::${type}, Properties: {${settings}}}
`;
const heard = (event: string) => app(`Events: {It: {${event}}}`);
const onEvent = (config: string) => app(`EventInvokeConfig: {DestinationConfig: {${config}}}`);

describe('queues and topics that SAM makes', () => {
  it.each([
    ['OnSuccess: {Type: SQS}', 'FEventInvokeConfigOnSuccessQueue', 'SQS.1', 'PASS'],
    ['OnFailure: {Type: SNS}', 'FEventInvokeConfigOnFailureTopic', 'SNS.1', 'FAIL'],
    [
      'OnFailure: {Type: SNS, Destination: !If [HasOwn, !Ref Own, !Ref "AWS::NoValue"]}',
      'FEventInvokeConfigOnFailureTopic',
      'SNS.1',
      'FAIL',
    ],
  ])('go on with events: %s', async (config, logicalId, control, expected) => {
    expect(await verdictOf(onEvent(config), control, logicalId)).toMatch(`${expected}`);
  });
  it.each([
    'OnFailure: {Type: SNS, Destination: !Ref Topics}',
    'OnFailure: {Type: Lambda}',
    'OnFailure: {Type: constructor}',
  ])('are none where another one is named: %s', async (config) => {
    const { declarations } = await templateFrom(onEvent(config));
    expect([...declarations.keys()]).toEqual(['Topics', 'Jobs', 'F', 'FRole']);
  });
  it.each([
    ['Type: SNS, Properties: {Topic: !Ref Topics, SqsSubscription: true}', 'PASS'],
    ["Type: SNS, Properties: {Topic: 'arn:aws:sns:*', SqsSubscription: true}", 'FAIL'],
    ['Type: Schedule, Properties: {DeadLetterConfig: {Type: SQS}}', 'PASS'],
    ['Type: EventBridgeRule, Properties: {DeadLetterConfig: {Type: SQS}}', 'PASS'],
  ])('stand between: %s', async (event, expected) => {
    expect(await verdictOf(heard(event), 'SQS.3', 'FItQueue')).toMatch(expected);
  });
  it('gives a queue of the template the policy that lets the topic send', async () => {
    const own = 'SqsSubscription: {QueueArn: !GetAtt Jobs.Arn, QueueUrl: !Ref Jobs}';
    const event = (topic: string) => heard(`Type: SNS, Properties: {Topic: ${topic}, ${own}}`);
    expect(await verdictOf(event("'arn:aws:sns:*'"), 'SQS.3', 'Jobs')).toMatch('FAIL');
    expect(await verdictOf(event('!Ref Topics'), 'SQS.3', 'Jobs')).toMatch('PASS');
  });
  it('is called as an event asks, also of a state machine', async () => {
    const dead = 'DeadLetterConfig: {Type: SQS, QueueLogicalId: Dead}';
    const events = `Events: {It: {Type: Schedule, Properties: {${dead}}}}`;
    expect(await verdictOf(app(events, 'StateMachine'), 'PL.POLICY.1', 'Dead')).toBe('PASS');
  });
});
