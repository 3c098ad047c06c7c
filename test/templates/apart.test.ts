import { verdictOf } from './checking.ts';

const rule = (group: string) =>
  `Rule: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {${group}, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}`;
const group = "Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a}}";
const everything = "{Effect: Allow, Action: '*', Resource: '*'}";
const role = (properties: string) =>
  `Resources: {Role: {Type: 'AWS::IAM::Role', Properties: ${properties}}}`;
const anybody = (action: string) =>
  `PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: '${action}', Resource: '*'}}`;

describe('what is declared apart', () => {
  it('is of a group that a rule names by its reference', async () => {
    const template = `Resources:\n  ${group}\n  ${rule('GroupName: !Ref Web')}\n`;
    expect(await verdictOf(template, 'EC2.13', 'Web')).toBe('FAIL');
  });
  it('is of another stack where it is not in every world of this one', async () => {
    const conditional = (other: string) => `
Parameters: {Kind: {Type: String, AllowedValues: [own, other], Default: own}, Other: {Type: String}}
Conditions: {Mine: !Equals [!Ref Kind, own]}
Resources:
  ${group}
  Second: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a}}
  ${rule(`GroupId: !If [Mine, !Ref Web, !Ref ${other}]`)}
`;
    expect(await verdictOf(conditional('Other'), 'EC2.13', 'Rule')).toBe('FAIL');
    expect(await verdictOf(conditional('Second'), 'EC2.13', 'Rule')).toBe('0 verdicts');
    expect(await verdictOf(conditional('Second'), 'EC2.13', 'Second')).toBe(
      'FAIL when Kind is other',
    );
  });
  it.each([
    ['SNS.4', 'AWS::SNS::Topic', 'AWS::SNS::TopicInlinePolicy', 'TopicArn', 'sns:Publish'],
    ['SQS.3', 'AWS::SQS::Queue', 'AWS::SQS::QueueInlinePolicy', 'Queue', 'sqs:SendMessage'],
  ])('is, to %s, an inline policy', async (control, type, policy, property, action) => {
    const template = (to: string) => `
Parameters: {Other: {Type: String}}
Resources:
  It: {Type: '${type}'}
  Policy: {Type: '${policy}', Properties: {${property}: !Ref ${to}, ${anybody(action)}}}
`;
    expect(await verdictOf(template('It'), control, 'It')).toBe('FAIL');
    expect(await verdictOf(template('Other'), control, 'Policy')).toBe('FAIL');
  });
  it.each(['!Ref Other', 'arn:aws:sns:eu-central-1:111122223333:alerts'])(
    'is the policy of a topic of another stack, %s',
    async (topic) => {
      const template = `
Parameters: {Other: {Type: String}}
Resources:
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties: {Topics: [${topic}], PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: 'sns:Publish', Resource: ${topic}}}}
`;
      expect(await verdictOf(template, 'SNS.4', 'Policy')).toBe('FAIL');
    },
  );
});

describe('a rule of a network ACL of another stack', () => {
  const entry = (action: string, port: number) => `Parameters: {Acl: {Type: String}}
Resources:
  Entry:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: 6, RuleAction: ${action}, CidrBlock: 0.0.0.0/0, PortRange: {From: ${port}, To: ${port}}}
`;
  it('that opens a port is not known: the rules before it may refuse it', async () => {
    expect(await verdictOf(entry('allow', 22), 'EC2.21', 'Entry')).toBe(
      'UNKNOWN it depends on the other rules of the network ACL, which is not in the template',
    );
  });
  it.each([
    ['deny', 22],
    ['allow', 443],
  ])('that can open nothing is nobody’s question: %s %d', async (action, port) => {
    expect(await verdictOf(entry(action, port), 'EC2.21', 'Entry')).toBe('0 verdicts');
  });
});

describe('an inline policy', () => {
  it('is read whatever the case of its keys', async () => {
    const lower = `{Policies: [{PolicyName: p, PolicyDocument: {version: '2012-10-17', statement: [${everything}]}}]}`;
    expect(await verdictOf(role(lower), 'PL.IAM.3', 'Role')).toBe('FAIL');
  });
  it('of a name that another one has is not known to be what remains', async () => {
    const narrow = "{Effect: Allow, Action: 's3:ListBucket', Resource: '*'}";
    const policies = [narrow, everything].map(
      (statement) => `{PolicyName: p, PolicyDocument: {Statement: [${statement}]}}`,
    );
    expect(await verdictOf(role(`{Policies: [${policies.join(', ')}]}`), 'PL.IAM.3', 'Role')).toBe(
      'UNKNOWN inlinePolicies is not known: which of 2 policies p of Role is written last',
    );
  });
});
