import { refusedParts } from '../../../lib/templates/check/refused.ts';
import { templateFrom, verdictOf } from '../checking.ts';

const resources = `
  F: {Type: AWS::Serverless::Function, Properties: {Runtime: nodejs22.x}}
  Steps: {Type: AWS::Serverless::StateMachine}
  Rows: {Type: AWS::Serverless::SimpleTable}
  Jobs: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic}
  Files: {Type: AWS::S3::Bucket}
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: bus}}
  Daily:
    Type: AWS::Events::Rule
    Properties: {Targets: [{Id: a, Arn: !Ref Steps, RoleArn: !GetAtt StepsRole.Arn}]}
`;
const app = (properties: string, more = '') => `
Transform: AWS::Serverless-2016-10-31
Resources:${resources}${more}
  C: {Type: AWS::Serverless::Connector, Properties: {${properties}}}
`;
const between = (source: string, destination: string, permissions = 'Write') =>
  `Source: {${source}}, Destination: {${destination}}, Permissions: [${permissions}]`;
const ids = (source: string, destination: string, permissions = 'Write') =>
  between(`Id: ${source}`, `Id: ${destination}`, permissions);

const madeIn = async (text: string) => {
  const { declarations } = await templateFrom(text);
  return [...declarations.values()].filter(({ logicalId }) => logicalId.startsWith('C'));
};
const toldIn = async (text: string): Promise<readonly (readonly [string, boolean])[]> =>
  (await refusedParts(await templateFrom(text))).map(({ why, mayBeNew = false }) => [
    why,
    mayBeNew,
  ]);

describe('what SAM makes of connectors', () => {
  it.each([
    [ids('F', 'Files', 'Read, Write'), 'CPolicy', 'FRole'],
    [ids('F', 'Rows', 'Read'), 'CPolicy', 'FRole'],
    [ids('Steps', 'Steps', 'Read, Write'), 'CPolicy', 'StepsRole'],
    [ids('Jobs', 'F', 'Read, Write'), 'CPolicy', 'FRole'],
    [ids('Rows', 'F', 'Read'), 'CPolicy', 'FRole'],
    [ids('Daily', 'Steps'), 'CPolicy', 'StepsRole'],
    [
      `Source: {Id: F}, Destination: [{Id: Bus}], Permissions: [Write]`,
      'CPolicyDestination0',
      'FRole',
    ],
  ])('is a policy of a role: %s', async (properties, logicalId, role) => {
    const made = await madeIn(app(properties));
    expect(made.map((one) => one.logicalId)).toEqual([logicalId]);
    expect(made[0]?.properties).toMatchObject({ Roles: [{ Ref: role }] });
    for (const control of ['IAM.1', 'IAM.21', 'KMS.1'])
      expect(await verdictOf(app(properties), control, logicalId)).toBe('PASS');
  });
  it('has each action by its name, for what it is about', async () => {
    const [made] = await madeIn(app(ids('Rows', 'F', 'Read')));
    const arn = { 'Fn::GetAtt': ['Rows', 'Arn'] };
    expect(made?.properties).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: expect.arrayContaining(['dynamodb:GetRecords']),
            Resource: [{ 'Fn::Sub': [`\${Arn}/stream/*`, { Arn: arn }] }],
          },
        ],
      },
    });
  });
  it.each([
    [ids('News', 'F'), 'PASS'],
    [ids('Shop', 'F'), 'PASS'],
    [ids('Files', 'F'), 'PASS'],
    [between("Type: AWS::SNS::Topic, Arn: '*'", 'Id: F'), 'FAIL'],
  ])('is a permission of a function: %s', async (properties, expected) => {
    const made = await madeIn(app(properties));
    expect(made.map(({ logicalId }) => logicalId)).toEqual(['CWriteLambdaPermission']);
    expect(await verdictOf(app(properties), 'PL.POLICY.2', 'F')).toMatch(expected);
  });
  it.each([
    [ids('News', 'Jobs'), 'SQS.3', 'Jobs', 'PASS'],
    [ids('Daily', 'Jobs'), 'SQS.3', 'Jobs', 'PASS'],
    [ids('Daily', 'News'), 'SNS.4', 'News', 'PASS'],
    [between("Type: AWS::SNS::Topic, Arn: '*'", 'Id: Jobs'), 'PL.POLICY.2', 'Jobs', 'FAIL'],
  ])('is the policy of a queue or a topic: %s', async (properties, control, id, expected) => {
    expect(await verdictOf(app(properties), control, id)).toMatch(expected);
  });
  it('can replace the policy that the queue has', async () => {
    const open = "{Statement: {Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*'}}";
    const own = `  P: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Jobs], PolicyDocument: ${open}}}`;
    expect(await verdictOf(app(ids('F', 'Jobs'), own), 'SQS.3', 'Jobs')).toBe('FAIL');
    expect(await verdictOf(app(ids('News', 'Jobs'), own), 'SQS.3', 'Jobs')).toMatch('UNKNOWN');
  });
  it('is made too where it stands in its source', async () => {
    const connects = 'C: {Properties: {Destination: {Id: Jobs}, Permissions: [Write]}}';
    const topic = `Topic: {Type: AWS::SNS::Topic, Connectors: {${connects}}}`;
    const { declarations } = await templateFrom(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  ${topic}
`);
    const made = declarations.get('TopicCQueuePolicy');
    expect(made?.path).toEqual(['Resources', 'Topic', 'Connectors', 'C']);
    expect(made?.properties).toMatchObject({ Queues: [{ Ref: 'Jobs' }] });
  });
  it.each([
    [
      ids('Bus', 'F'),
      'what SAM makes of the connector C, which asks for Write from AWS::Events::EventBus to AWS::Lambda::Function, is not known here, and is not evaluated',
      true,
    ],
    [
      ids('F', 'Jobs', 'Purge'),
      'what SAM makes of the connector C, which asks for Purge from AWS::Lambda::Function to AWS::SQS::Queue, is not known here, and is not evaluated',
      true,
    ],
    [
      ids('F', 'Other'),
      'the connector C is not evaluated: its Destination Other is no resource of the template',
      false,
    ],
    [
      between('Id: News', 'Type: AWS::SQS::Queue'),
      'the connector C is not evaluated: its Destination says no Arn',
      false,
    ],
    [
      between('Id: F', 'Arn: a'),
      'the connector C is not evaluated: its Destination has neither Id nor Type',
      false,
    ],
  ])('is told where it is not known: %s', async (properties, why, mayBeNew) => {
    expect(await toldIn(app(properties))).toEqual([[why, mayBeNew]]);
  });
  it('is not told as a type that is not known, nor are others of SAM', async () => {
    const more = `
  P: {Type: AWS::Serverless::CapacityProvider}
  G: {Type: AWS::Serverless::GraphQLApi}`;
    expect(await toldIn(app(ids('F', 'Jobs'), more))).toEqual([]);
  });
});
