import { templateFrom, verdictOf } from '../checking.ts';

const heard = (event: string, more = '') => `
Transform: AWS::Serverless-2016-10-31
Parameters: {Topic: {Type: String}}
Resources:
  Own: {Type: AWS::Serverless::Function, Properties: {Events: {It: {${event}}}}}
  Topics: {Type: AWS::SNS::Topic}
  Bucket: {Type: AWS::S3::Bucket}
  Pool: {Type: AWS::Cognito::UserPool}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, OpenApiVersion: 3.0.1}}
  ${more}
`;
const ofOutsider = 'arn:aws:sns:eu-central-1:999988887777:news';

describe('permissions that SAM makes of events', () => {
  it.each([
    ['Type: AlexaSkill', 'FAIL'],
    ['Type: AlexaSkill, Properties: {SkillId: amzn1.ask.skill.a}', 'PASS'],
    ['Type: Api, Properties: {Path: /a/, Method: get}', 'PASS'],
    ['Type: Api, Properties: {Path: /, Method: any, RestApiId: !Ref Rest}', 'PASS'],
    ['Type: Cognito, Properties: {UserPool: !Ref Pool, Trigger: PreSignUp}', 'PASS'],
    ['Type: HttpApi', 'PASS'],
    ['Type: IoTRule, Properties: {Sql: a}', 'PASS'],
    ['Type: Schedule, Properties: {Schedule: rate(1 hour)}', 'PASS'],
    ['Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}', 'PASS'],
    ['Type: CloudWatchEvent, Properties: {Pattern: {source: [a]}}', 'PASS'],
    ['Type: CloudWatchLogs, Properties: {LogGroupName: a, FilterPattern: b}', 'PASS'],
    ["Type: S3, Properties: {Bucket: !Ref Bucket, Events: 's3:ObjectCreated:*'}", 'PASS'],
    ['Type: SNS, Properties: {Topic: !Ref Topics}', 'PASS'],
    ['Type: SNS, Properties: {Topic: !Ref Topic}', 'UNKNOWN'],
    ['Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: true}', 'PASS'],
    ['Type: SQS, Properties: {Queue: a}', 'PASS'],
  ])('hold the service, or do not: %s', async (event, expected) => {
    expect(await verdictOf(heard(event), 'PL.POLICY.2', 'Own')).toMatch(new RegExp(`^${expected}`));
  });
  it.each([
    [`Type: SNS, Properties: {Topic: '${ofOutsider}'}`, 'FAIL'],
    [`Type: SNS, Properties: {Topic: '${ofOutsider}', SqsSubscription: true}`, 'PASS'],
    ['Type: SNS, Properties: {Topic: !Ref Topics}', 'PASS'],
  ])('let in another account, or do not: %s', async (event, expected) => {
    expect(await verdictOf(heard(event), 'PL.POLICY.1', 'Own')).toBe(expected);
  });
  it.each([
    ['Type: AlexaSkill', 'OwnItPermission'],
    ['Type: Api, Properties: {Path: /, Method: get}', 'OwnItPermissionProd'],
    ['Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref Rest}', 'OwnItPermissionv1'],
    [
      'Type: Cognito, Properties: {UserPool: !Ref Pool, Trigger: PreSignUp}',
      'OwnCognitoPermission',
    ],
  ])('are called as SAM calls them: %s', async (event, logicalId) => {
    const { refused } = await templateFrom(heard(event, `${logicalId}: {Type: AWS::SNS::Topic}`));
    expect(refused).toMatchObject([{ path: ['Resources', logicalId] }]);
  });
});

const listed = (policy: string, event = '') => `
Transform: AWS::Serverless-2016-10-31
Parameters: {Open: {Type: String}, Kind: {Type: String, Default: open, AllowedValues: [open, shut]}}
Conditions: {IsOpen: !Equals [!Ref Kind, open]}
Resources:
  Own:
    Type: AWS::Serverless::Api
    Properties: {StageName: v1, EndpointConfiguration: PRIVATE, Auth: {ResourcePolicy: ${policy}}}
  Function:
    Type: AWS::Serverless::Function
    Properties: {Events: {It: {Type: Api, Properties: {RestApiId: !Ref Own, Path: /a, Method: get${event}}}}}
`;
const outsider = "{AwsAccountWhitelist: ['999988887777']}";
describe('the policy that SAM makes of a ResourcePolicy', () => {
  it.each([
    ['of the own account', "{AwsAccountWhitelist: ['111122223333']}", '', 'PASS', 'PASS'],
    ['of a stranger', outsider, '', 'FAIL', 'PASS'],
    ['against a stranger', "{AwsAccountBlacklist: ['999988887777']}", '', 'PASS', 'PASS'],
    ['of an open account', '{AwsAccountWhitelist: [!Ref Open]}', '', 'UNKNOWN', 'UNKNOWN'],
    ['of networks', '{SourceVpcWhitelist: [vpc-1, vpce-2]}', '', 'PASS', 'PASS'],
    ['of networks that are open', '{IntrinsicVpceWhitelist: [!Ref Open]}', '', 'PASS', 'UNKNOWN'],
    ['of all but networks', '{SourceVpcBlacklist: [vpc-1]}', '', 'PASS', 'FAIL'],
    ['of addresses', '{IpRangeBlacklist: [192.0.2.0/24]}', '', 'PASS', 'FAIL'],
    [
      'of networks and statements of its own',
      "{SourceVpcWhitelist: [vpc-1], CustomStatements: {Effect: Allow, Principal: {AWS: '999988887777'}, Action: 'execute-api:Invoke', Resource: '*'}}",
      '',
      'FAIL',
      'PASS',
    ],
    [
      'on a condition',
      `!If [IsOpen, ${outsider}, !Ref 'AWS::NoValue']`,
      '',
      'FAIL when Kind is open',
      'PASS',
    ],
    ['of an event', '{}', `, Auth: {ResourcePolicy: ${outsider}}`, 'FAIL', 'PASS'],
    ['of a list that SAM does not know', '{Own: [a]}', '', 'UNKNOWN', 'UNKNOWN'],
    [
      'of networks that are no list',
      '{IntrinsicVpcWhitelist: !Ref Open}',
      '',
      'UNKNOWN',
      'UNKNOWN',
    ],
  ])('is known: %s', async (_, policy, event, ofAccounts, ofNetworks) => {
    const text = listed(policy, event);
    expect(await verdictOf(text, 'PL.POLICY.1', 'Own')).toMatch(new RegExp(`^${ofAccounts}`));
    expect(await verdictOf(text, 'PL.APIGATEWAY.1', 'Own')).toMatch(new RegExp(`^${ofNetworks}`));
  });
});

describe('the stage that SAM makes beside the one that is named', () => {
  const api = (properties: string, globals = '') => `
Transform: AWS::Serverless-2016-10-31
Globals: {Api: {TracingEnabled: true${globals}}}
Resources: {Own: {Type: AWS::Serverless::Api, Properties: {${properties}}}}
`;
  it.each([
    ['as most are', 'StageName: v1', '', 'FAIL'],
    ['with a version', 'StageName: v1, OpenApiVersion: 3.0.1', '', '0 verdicts'],
    ['with a version of all', 'StageName: v1', ', OpenApiVersion: 3.0.1', '0 verdicts'],
    ['that has its name', 'StageName: Stage', '', '0 verdicts'],
  ])('is evaluated: %s', async (_, properties, globals, expected) => {
    const text = api(properties, globals);
    expect(await verdictOf(text, 'APIGateway.3', 'OwnDeployment')).toBe(expected);
  });
  it('is made of events of state machines too', async () => {
    const text = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Own: {Type: AWS::Serverless::StateMachine, Properties: {Events: {It: {Type: Api, Properties: {Path: /, Method: get}}}}}
`;
    const verdicts = ['ServerlessRestApiDeployment', 'ServerlessRestApiProdStage'].map((id) =>
      verdictOf(text, 'APIGateway.3', id),
    );
    expect(await Promise.all(verdicts)).toEqual(['FAIL', 'FAIL']);
  });
});
