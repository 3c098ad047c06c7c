import { checkedIn, templateFrom, verdictOf } from './checking.ts';

const rule = (group: string) =>
  `Rule: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {${group}, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}`;
const group = "Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a}}";
const everything = "{Effect: Allow, Action: '*', Resource: '*'}";
const role = (properties: string) =>
  `Resources: {Role: {Type: 'AWS::IAM::Role', Properties: ${properties}}}`;
const anybody = (action: string) =>
  `PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: '${action}', Resource: '*'}}`;

const openToAll = "{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}";
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
  it.each([
    ['[first, !Ref "AWS::NoValue"]', 'first'],
    ['!If [Yes, [first, second], !Ref "AWS::NoValue"]', 'first, second'],
    ['!If [Yes, !If [Yes, [first], [second, third]], [third]]', 'first'],
    ['!Ref Several', 'first, second'],
    ['!Split [",", "first,second"]', 'first, second'],
    ['!If [Yes, first, second]', 'first'],
  ])('is the policy of each queue of another stack that %s names', async (queues, named) => {
    const policy = (who: string) => `
Parameters: {Several: {Type: CommaDelimitedList, Default: 'first,second'}}
Conditions: {Yes: !Equals [a, a]}
Resources:
  Policy: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: ${queues}, ${anybody('sqs:*').replace("'*'", who)}}}
`;
    for (const index of named.split(', ').keys()) {
      const id = index === 0 ? 'Policy' : `Policy (${index + 1})`;
      expect(await verdictOf(policy("'*'"), 'SQS.3', id)).toMatch(/^FAIL/);
    }
    const known = await checkedIn(await templateFrom(policy("{AWS: '111122223333'}")));
    const found = known.filter(({ control }) => control.id === 'SQS.3');
    expect(found.length).toBeGreaterThanOrEqual(named.split(', ').length);
    expect(found.filter(({ verdict }) => verdict.status !== 'PASS')).toEqual([]);
  });
  it.each(['!If [Yes, [own, other], !Ref "AWS::NoValue"]', '!Ref Several'])(
    'is of users of another stack that %s names',
    async (users) => {
      const template = `
Parameters: {Several: {Type: CommaDelimitedList, Default: 'own,other'}}
Conditions: {Yes: !Equals [a, a]}
Resources:
  Policy: {Type: 'AWS::IAM::Policy', Properties: {PolicyName: p, Users: ${users}, PolicyDocument: {Statement: ${everything}}}}
`;
      expect(await verdictOf(template, 'IAM.2', 'Policy')).toBe('FAIL');
      expect(await verdictOf(template, 'PL.IAM.3', 'Policy (2)')).toBe('FAIL');
    },
  );
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

describe('a statement that lets in everybody and says no action', () => {
  const to = (more: string) =>
    `PolicyDocument: {Statement: {Effect: Allow, Principal: {AWS: '*'}, Resource: '*'${more}}}`;
  it.each([
    ['SNS.4', `'AWS::SNS::TopicPolicy', Properties: {Topics: [alerts], ${to('')}}`],
    ['SQS.3', `'AWS::SQS::QueuePolicy', Properties: {Queues: [work], ${to('')}}`],
    ['S3.2', `'AWS::S3::BucketPolicy', Properties: {Bucket: site, ${to('')}}`],
    ['KMS.5', `'AWS::KMS::Key', Properties: {${to('').replace('PolicyDocument', 'KeyPolicy')}}`],
    [
      'PL.IAM.1',
      "'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: '*'}}}",
    ],
    ['Lambda.1', "'AWS::Lambda::Permission', Properties: {FunctionName: other, Principal: '*'}"],
  ])('is read as one that opens everything, by %s', async (control, declared) => {
    expect(await verdictOf(`Resources:\n  It: {Type: ${declared}}\n`, control, 'It')).toMatch(
      /^FAIL/,
    );
  });
  it.each([
    ['an effect', "{Principal: '*', Action: 'sqs:*', Resource: '*'}", 'FAIL'],
    ['an effect and an action', "{Principal: {AWS: '*'}}", 'FAIL'],
    ['an effect, about somebody', "{Principal: {AWS: '111122223333'}, Action: 'sqs:*'}", 'PASS'],
    ['the service of its action', "{Effect: Allow, Principal: '*', Action: [SendMessage]}", 'FAIL'],
  ])('is read so without %s', async (_, statement, verdict) => {
    const template = `Resources:\n  It: {Type: 'AWS::SQS::Queue'}\n  Policy: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: [!Ref It], PolicyDocument: {Statement: ${statement}}}}\n`;
    expect(await verdictOf(template, 'SQS.3', 'It')).toBe(verdict);
  });
  it('takes an account in a principal for that where somebody forgot Fn::Sub', async () => {
    const key = (principal: string) =>
      `Resources: {It: {Type: 'AWS::KMS::Key', Properties: {KeyPolicy: {Statement: {Effect: Allow, Principal: {AWS: '${principal}'}, Action: 'kms:*', Resource: '*'}}}}}`;
    expect(await verdictOf(key('arn:aws:iam::${AWS::AccountId}:root'), 'KMS.5', 'It')).toBe('PASS');
    expect(await verdictOf(key('arn:${AWS::Partition}:iam::${Other}:root'), 'KMS.5', 'It')).toBe(
      'FAIL',
    );
  });
  it('is read so where the policy is a text', async () => {
    const queue = (statement: string) =>
      `Resources:\n  It: {Type: 'AWS::SQS::Queue'}\n  Policy: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: [!Ref It], PolicyDocument: '{"Statement": ${statement}}'}}\n`;
    const anybody = '{"Effect": "Allow", "Principal": "*", "Resource": "*"}';
    expect(await verdictOf(queue(anybody), 'SQS.3', 'It')).toBe('FAIL');
    expect(await verdictOf(queue(`[${anybody}]`), 'SQS.3', 'It')).toBe('FAIL');
    expect(await verdictOf(queue(anybody.replace('Allow', 'Deny')), 'SQS.3', 'It')).toBe('PASS');
  });
  it.each([
    ['the resource', "'*'", 'FAIL'],
    ['a part of the resource', "'*'", 'FAIL'],
    ['the resource', "{AWS: '111122223333'}", 'PASS'],
    ['the principal', "{AWS: '${Open}'}", 'UNKNOWN it depends on the parameter Open'],
  ])('is read where it is a text in which %s is open: %s', async (part, principal, verdict) => {
    const resource = part === 'the resource' ? '${Open}' : 'arn:aws:sqs:*:*:${Open}';
    const said = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '@', Action: 'sqs:*', Resource: resource }],
    }).replace('"@"', principal.replaceAll("'", '"').replace('AWS', '"AWS"'));
    const template = `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::SQS::Queue'}\n  Policy: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: [!Ref It], PolicyDocument: !Sub '${said}'}}\n`;
    expect(await verdictOf(template, 'SQS.3', 'It')).toMatch(new RegExp(`^${verdict}`));
  });
  it.each([
    ["'*'", 'FAIL'],
    ["{AWS: '111122223333'}", 'PASS'],
    ['{AWS: !Ref Open}', 'UNKNOWN it depends on the parameter Open'],
  ])('is read where Fn::ToJsonString writes it: %s', async (principal, verdict) => {
    const template = `Transform: AWS::LanguageExtensions\nParameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::SQS::Queue'}\n  Policy: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: [!Ref It], PolicyDocument: {'Fn::ToJsonString': {Statement: [{Effect: Allow, Principal: ${principal}, Action: 'sqs:*', Resource: !Ref Open}]}}}}\n`;
    expect(await verdictOf(template, 'SQS.3', 'It')).toMatch(new RegExp(`^${verdict}`));
  });
  it('is of its service where a text names an action without one', async () => {
    const bucket = (action: string) =>
      `Resources:\n  It: {Type: 'AWS::S3::BucketPolicy', Properties: {Bucket: a, PolicyDocument: '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": ${action}, "Resource": "*"}]}'}}\n`;
    expect(await verdictOf(bucket('"GetObject"'), 'S3.2', 'It')).toMatch(/^FAIL/);
    expect(await verdictOf(bucket('"GetObject"'), 'S3.3', 'It')).not.toMatch(/^FAIL/);
    expect(await verdictOf(bucket('["PutObject"]'), 'S3.3', 'It')).toMatch(/^FAIL/);
  });
  it.each([
    ["['*', foo]", 'FAIL'],
    ["['*']", 'FAIL'],
    ["['111122223333']", 'PASS'],
    ['[!Ref Open]', 'UNKNOWN it depends on the parameter Open'],
  ])('takes a list of principals for one of accounts: %s', async (principal, verdict) => {
    const queue = (document: string) =>
      `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::SQS::Queue'}\n  Policy: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: [!Ref It], PolicyDocument: ${document}}}\n`;
    const written = `{Statement: [{Effect: Allow, Principal: ${principal}, Action: 'sqs:*', Resource: '*'}]}`;
    const is = new RegExp(`^${verdict}`);
    expect(await verdictOf(queue(written), 'SQS.3', 'It')).toMatch(is);
    const text = `{"Statement": [{"Effect": "Allow", "Principal": ${principal.replaceAll("'", '"').replace('foo', '"foo"').replace('!Ref Open', '"${Open}"')}, "Action": "sqs:*", "Resource": "*"}]}`;
    expect(await verdictOf(queue(`!Sub '${text}'`), 'SQS.3', 'It')).toMatch(is);
  });
  it('denies nothing where it denies, and has its own action where it says that in small letters', async () => {
    const topic = (statement: string) =>
      `Resources:\n  It: {Type: 'AWS::SNS::Topic'}\n  Policy: {Type: 'AWS::SNS::TopicPolicy', Properties: {Topics: [!Ref It], PolicyDocument: {Statement: ${statement}}}}\n`;
    expect(
      await verdictOf(topic("{Effect: Deny, Principal: '*', Resource: '*'}"), 'SNS.4', 'It'),
    ).toBe('PASS');
    const bucket =
      "Resources:\n  It: {Type: 'AWS::S3::BucketPolicy', Properties: {Bucket: a, PolicyDocument: {Statement: {Effect: Deny, Principal: '*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': false}}}}}}\n";
    expect(await verdictOf(bucket, 'S3.5', 'It')).toBe('FAIL');
    expect(
      await verdictOf(
        topic("{effect: Allow, principal: '*', notaction: 'sns:Publish', resource: '*'}"),
        'SNS.4',
        'It',
      ),
    ).toBe('FAIL');
  });
});

describe('a part of another stack that may open something by a value of its own', () => {
  const part = (declared: string) =>
    `Parameters: {Other: {Type: String}, Open: {Type: String}}\nResources:\n  It: {Type: ${declared}}\n`;
  const permission = (more: string) =>
    `'AWS::Lambda::Permission', Properties: {FunctionName: !Ref Other, Action: 'lambda:InvokeFunction', ${more}}`;
  const topic = (principal: string) =>
    `'AWS::SNS::TopicPolicy', Properties: {Topics: [!Ref Other], PolicyDocument: {Statement: {Effect: Allow, Principal: ${principal}, Action: 'sns:Publish', Resource: '*'}}}`;
  const ingress = (from: string) =>
    `'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !Ref Other, IpProtocol: tcp, FromPort: 22, ToPort: 22, ${from}}`;
  it.each([
    ['Lambda.1', permission("Principal: '*', SourceArn: !Ref Open")],
    ['SNS.4', topic('{AWS: !Ref Open}')],
    ['EC2.13', ingress('CidrIp: !Ref Open')],
  ])('is not known, by %s: %s', async (control, declared) => {
    expect(await verdictOf(part(declared), control, 'It')).toMatch(
      /^UNKNOWN it depends on .*the parameter Open/,
    );
  });
  it('fails where it opens something whatever the value is: a bucket’s ARN has no account', async () => {
    const ofAnyBucket = permission('Principal: s3.amazonaws.com, SourceArn: !Ref Open');
    expect(await verdictOf(part(ofAnyBucket), 'Lambda.1', 'It')).toBe('FAIL');
    const ofKnown = permission(
      "Principal: s3.amazonaws.com, SourceArn: !Ref Open, SourceAccount: !Ref 'AWS::AccountId'",
    );
    expect(await verdictOf(part(ofKnown), 'Lambda.1', 'It')).toBe('0 verdicts');
  });
  it.each([
    ['Lambda.1', permission('Principal: events.amazonaws.com, SourceArn: !Ref Open')],
    ['Lambda.2', permission("Principal: '*', SourceArn: !Ref Open")],
    ['EC2.13', ingress('SourceSecurityGroupId: !Ref Open')],
    ['EC2.13', ingress('CidrIp: 10.0.0.0/8')],
  ])('is nobody’s question where that opens nothing, by %s: %s', async (control, declared) => {
    expect(await verdictOf(part(declared), control, 'It')).toBe('0 verdicts');
  });
});

describe('rules of one group of another stack', () => {
  const rule = (id: string, from: string, group = 'sg-12345678', port = 22) =>
    `  ${id}: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: ${group}, IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, ${from}}}\n`;
  const halves = ["CidrIp: '0.0.0.0/1'", "CidrIp: '128.0.0.0/1'"];
  const sixths = ["CidrIpv6: '::/1'", "CidrIpv6: '8000::/2'", "CidrIpv6: 'c000::/2'"];
  const of = (...rules: readonly string[]) => `Resources:\n${rules.join('')}`;
  const all = (parts: readonly string[], ...more: readonly string[]) =>
    of(...parts.map((from, index) => rule(`R${index}`, from)), ...more);
  it.each([
    ['open to everybody by halves', all(halves), 'R0', 'FAIL'],
    ['the other half', all(halves), 'R1', 'FAIL'],
    ['one of three parts', all(sixths), 'R2', 'FAIL'],
    ['a half alone', all(halves.slice(1)), 'R0', '0 verdicts'],
    ['a half beside another family', all([...halves.slice(1), ...sixths]), 'R0', '0 verdicts'],
    [
      'a half beside one that is open by itself',
      all(halves.slice(1), rule('It', "CidrIp: '0.0.0.0/0'")),
      'R0',
      '0 verdicts',
    ],
    [
      'a half of another group',
      of(rule('R0', halves[0] ?? ''), rule('R1', halves[1] ?? '', 'sg-87654321')),
      'R0',
      '0 verdicts',
    ],
    [
      'a half for another port',
      of(rule('R0', halves[0] ?? ''), rule('R1', halves[1] ?? '', 'sg-12345678', 443)),
      'R0',
      '0 verdicts',
    ],
    ['a narrow one beside', all(halves, rule('It', 'CidrIp: 8.8.8.0/24')), 'It', '0 verdicts'],
    ['a private one beside', all(halves, rule('It', 'CidrIp: 10.0.0.0/8')), 'It', '0 verdicts'],
  ])('%s', async (_, text, logicalId, expected) => {
    expect(await verdictOf(text, 'EC2.13', logicalId)).toBe(expected);
  });
});

describe('a rule of a network ACL of another stack', () => {
  const entry = (more: string) => `Parameters: {Acl: {Type: String}}
Resources:
  Entry:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, CidrBlock: 0.0.0.0/0, ${more}}
`;
  const ofTcp = (from: number, to: number, action = 'allow') =>
    entry(`RuleAction: ${action}, Protocol: 6, PortRange: {From: ${from}, To: ${to}}`);
  it.each([
    [22, 22],
    [3380, 3400],
    [1, 1023],
  ])('for the ports %d to %d opens what it is made for', async (from, to) => {
    expect(await verdictOf(ofTcp(from, to), 'EC2.21', 'Entry')).toBe('FAIL');
  });
  it.each([
    ['answers', ofTcp(1024, 65_535)],
    ['all ports', ofTcp(0, 65_535)],
    ['every protocol', entry('RuleAction: allow, Protocol: -1')],
  ])('for %s is not known: the rules before it may refuse some', async (_, written) => {
    expect(await verdictOf(written, 'EC2.21', 'Entry')).toBe(
      'UNKNOWN it depends on the other rules of the network ACL, which is not in the template',
    );
  });
  it.each([
    ['a deny', ofTcp(22, 22, 'deny')],
    ['another port', ofTcp(443, 443)],
    ['another protocol', entry('RuleAction: allow, Protocol: 17, PortRange: {From: 22, To: 22}')],
    ['what goes out', entry('RuleAction: allow, Egress: true, Protocol: -1')],
  ])('that can open nothing is nobody’s question: %s', async (_, written) => {
    expect(await verdictOf(written, 'EC2.21', 'Entry')).toBe('0 verdicts');
  });
});

describe('a block of addresses', () => {
  const acl = (block: string) => `Parameters: {Ip: {Type: String}, Length: {Type: String}}
Resources:
  It: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: vpc-1}}
  Entry:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !Ref It, RuleNumber: 100, Protocol: 6, RuleAction: allow, ${block}, PortRange: {From: 22, To: 22}}
`;
  const ingress = (block: string, control: string): readonly [string, string] => [
    `Parameters: {Ip: {Type: String}, Length: {Type: String}}
Resources:
  It: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, ${block}}]}}
`,
    control,
  ];
  const open = 'UNKNOWN it depends on the parameter Length, which has no default';
  it.each<readonly [template: string, control: string, verdict: string]>([
    // AWS makes 0.0.0.0/0 and ::/0 of them, by their length.
    [acl('CidrBlock: 127.0.0.0/0'), 'EC2.21', 'FAIL'],
    [acl("Ipv6CidrBlock: '2001:db8::/0'"), 'EC2.21', 'FAIL'],
    [acl('CidrBlock: 127.0.0.0/1'), 'EC2.21', 'PASS'],
    [acl('CidrBlock: !Sub "${Ip}/32"'), 'EC2.21', 'PASS'],
    [acl('CidrBlock: !Sub "10.0.0.0/${Length}"'), 'EC2.21', open],
    [
      acl('CidrBlock: !Sub "${Ip}/${Length}"'),
      'EC2.21',
      'UNKNOWN it depends on the parameter Length, which has no default',
    ],
    [acl('CidrBlock: !Sub "10.${Ip}.0.0/16"'), 'EC2.21', 'PASS'],
    [...ingress('CidrIp: !Sub "${Ip}/32"', 'EC2.13'), 'PASS'],
    [...ingress('CidrIp: !Sub "${Ip}/0"', 'EC2.13'), 'FAIL'],
    [...ingress('CidrIp: !Sub "10.0.0.0/${Length}"', 'EC2.13'), open],
    [...ingress('CidrIpv6: !Sub "${Ip}/128"', 'EC2.13'), 'PASS'],
    [
      ...ingress('CidrIp: !Sub "${Ip}${Length}"', 'EC2.13'),
      'UNKNOWN rules is not known: the parameter Ip, which has no default and the parameter Length, which has no default',
    ],
  ])('is all addresses by its length: %s %s', async (template, control, verdict) => {
    expect(await verdictOf(template, control, 'It')).toBe(verdict);
  });
});

describe('an inline policy', () => {
  it('is read whatever the case of its keys', async () => {
    const lower = `{Policies: [{PolicyName: p, PolicyDocument: {version: '2012-10-17', statement: [${everything}]}}]}`;
    expect(await verdictOf(role(lower), 'PL.IAM.3', 'Role')).toBe('FAIL');
  });
  it.each([
    ["{Statement: {Action: '*', Resource: '*'}}", 'FAIL'],
    ['\'{"Statement": [{"Action": "*", "Resource": "*"}]}\'', 'FAIL'],
    ["{Statement: {Action: 's3:ListBucket', Resource: '*'}}", 'PASS'],
    ["{Statement: {NotAction: 'iam:*', Resource: '*'}}", 'PASS'],
    [
      "{Statement: {Effect: allow, Action: '*', Resource: '*'}}",
      'UNKNOWN inlinePolicies.p: Statement[0] has an effect that is neither Allow nor Deny',
    ],
  ])('allows where it does not say whether it does: %s', async (document, verdict) => {
    const inline = `{Policies: [{PolicyName: p, PolicyDocument: ${document}}]}`;
    expect(await verdictOf(role(inline), 'PL.IAM.3', 'Role')).toBe(verdict);
    const managed = `Resources: {It: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: ${document}}}}`;
    expect(await verdictOf(managed, 'IAM.1', 'It')).toBe(
      verdict.replace('inlinePolicies.p', 'defaultVersion'),
    );
  });
  const twice = (...statements: readonly string[]) => {
    const policies = statements.map(
      (statement) => `{PolicyName: p, PolicyDocument: {Statement: [${statement}]}}`,
    );
    return role(`{Policies: [${policies.join(', ')}]}`);
  };
  const narrow = "{Effect: Allow, Action: 's3:ListBucket', Resource: '*'}";
  it('of a name that another one has is not known to be what remains', async () => {
    expect(await verdictOf(twice(narrow, everything), 'PL.IAM.3', 'Role')).toBe(
      'UNKNOWN it depends on which of 2 policies p of Role is written last',
    );
  });
  it.each([
    [
      'EC2.13',
      'EC2::SecurityGroupIngress',
      'IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0',
      'FAIL',
    ],
    [
      'EC2.13',
      'EC2::SecurityGroupIngress',
      'IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8',
      '0 verdicts',
    ],
    ['S3.2', 'S3::BucketPolicy', `PolicyDocument: {Statement: [${openToAll}]}`, 'FAIL'],
    ['SQS.3', 'SQS::QueuePolicy', `PolicyDocument: {Statement: [${openToAll}]}`, 'FAIL'],
    ['SNS.4', 'SNS::TopicPolicy', `PolicyDocument: {Statement: [${openToAll}]}`, 'FAIL'],
    [
      'PL.POLICY.3',
      'SecretsManager::ResourcePolicy',
      `ResourcePolicy: {Statement: [${openToAll}]}`,
      'FAIL',
    ],
    ['Lambda.1', 'Lambda::Permission', "Action: 'lambda:InvokeFunction', Principal: '*'", 'FAIL'],
    ['PL.LAMBDA.1', 'Lambda::Url', 'AuthType: NONE', 'FAIL'],
    ['IAM.2', 'IAM::ManagedPolicy', `PolicyDocument: {Statement: [${openToAll}]}`, '0 verdicts'],
  ])(
    'that does not say what it is of is told by %s where it opens something: %s %s',
    async (control, type, properties, expected) => {
      const template = `
Resources:
  Own: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: own}}
  Bucket: {Type: AWS::S3::Bucket}
  It: {Type: 'AWS::${type}', Properties: {${properties}}}
`;
      expect(await verdictOf(template, control, 'It')).toContain(expected);
      expect(await verdictOf(template, 'EC2.13', 'Own')).toBe('PASS');
      expect(await verdictOf(template, 'S3.2', 'Bucket')).toBe('PASS by default');
    },
  );
  it('of a name that another one has fails where each of them does', async () => {
    expect(await verdictOf(twice(everything, everything), 'PL.IAM.3', 'Role')).toBe('FAIL');
    expect(await verdictOf(twice(narrow, narrow), 'PL.IAM.3', 'Role')).toBe('PASS');
  });
  it.each([
    ['PL.IAM.3', 'AWS::IAM::Policy', 'Groups: [existing]', 'FAIL'],
    ['PL.IAM.3', 'AWS::IAM::Policy', 'Roles: [!Ref Other]', 'FAIL'],
    ['PL.IAM.3', 'AWS::IAM::Policy', 'Description: of nobody', 'FAIL'],
    ['IAM.2', 'AWS::IAM::Policy', 'Description: of nobody', '0 verdicts'],
    ['IAM.2', 'AWS::IAM::Policy', 'Users: [existing]', 'FAIL'],
    ['IAM.2', 'AWS::IAM::ManagedPolicy', 'Users: [!Ref Other]', 'FAIL'],
    ['IAM.2', 'AWS::IAM::ManagedPolicy', 'Groups: [existing]', '0 verdicts'],
  ])('is, to %s, one of who another stack makes: %s, %s', async (control, type, who, expected) => {
    const template = `
Parameters: {Other: {Type: String}}
Resources:
  It: {Type: '${type}', Properties: {PolicyName: p, ${who}, PolicyDocument: {Statement: [${everything}]}}}
`;
    expect(await verdictOf(template, control, 'It')).toBe(expected);
  });
});

describe('a policy of a bucket of another stack', () => {
  const policy = (id: string, principal: string, bucket = 'elsewhere') => `  ${id}:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: ${bucket}, PolicyDocument: {Statement: {Effect: Allow, Principal: ${principal}, Action: 's3:GetObject', Resource: '*'}}}
`;
  const one = (principal: string, bucket?: string) =>
    `Parameters: {Other: {Type: String}}\nResources:\n${policy('It', principal, bucket)}`;
  const whose = (name: string) =>
    `the public access block of ${name}, which another stack sets, is off`;
  it('lets the public in where the bucket does not keep it out', async () => {
    expect(await verdictOf(one("'*'"), 'S3.2', 'It')).toBe(`FAIL when ${whose('elsewhere')}`);
    expect(await verdictOf(one("'*'", '!Ref Other'), 'S3.2', 'It')).toBe(
      `FAIL when ${whose('<parameter Other>')}`,
    );
    expect(await verdictOf(one("'*'"), 'S3.2', 'It', { isExplicit: true })).toBe(
      `FAIL when ${whose('elsewhere')}`,
    );
  });
  it('says nothing of what it does not decide', async () => {
    for (const control of ['S3.3', 'S3.8', 'S3.12', 'S3.14'])
      expect(await verdictOf(one("'*'"), control, 'It')).toBe('0 verdicts');
    expect(await verdictOf(one("{AWS: '111122223333'}"), 'S3.2', 'It')).toBe('0 verdicts');
  });
  it('is, of several, looked at by itself', async () => {
    const two = (...principals: readonly string[]) =>
      `Resources:\n${principals.map((principal, at) => policy(`P${at}`, principal)).join('')}`;
    expect(await verdictOf(two("'*'", "'*'"), 'S3.2', 'P0')).toContain('FAIL');
    const mixed = two("'*'", "{AWS: '111122223333'}");
    expect(await verdictOf(mixed, 'S3.2', 'P0')).toMatch(/^FAIL/);
    expect(await verdictOf(mixed, 'S3.2', 'P1')).toBe('0 verdicts');
  });
});

describe('several policies of one bucket, topic or queue', () => {
  const anyone = "'*'";
  const own = "{AWS: '111122223333'}";
  it.each([
    ['S3.2', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'Bucket: !Ref It', 's3:GetObject'],
    ['SNS.4', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'Topics: [!Ref It]', 'sns:Publish'],
    ['SQS.3', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'Queues: [!Ref It]', 'sqs:SendMessage'],
  ])('are each looked at by %s', async (control, type, policyType, of, action) => {
    const policy = (id: string, principal: string) =>
      `  ${id}: {Type: '${policyType}', Properties: {${of}, PolicyDocument: {Statement: {Effect: Allow, Principal: ${principal}, Action: '${action}', Resource: '*'}}}}\n`;
    const with2 = (first: string, second: string) =>
      `Resources:\n  It: {Type: '${type}'}\n${policy('A', first)}${policy('B', second)}`;
    expect(await verdictOf(with2(anyone, anyone), control, 'It')).toContain('FAIL');
    expect(await verdictOf(with2(own, own), control, 'It')).toContain('PASS');
    expect(await verdictOf(with2(own, anyone), control, 'It')).toContain(
      'UNKNOWN it depends on which of 2 policies of It is written last',
    );
  });
});

describe('of several parts of what another stack makes', () => {
  const balancer = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/a/1';
  const allow = (who: string) =>
    `{Effect: Allow, Principal: ${who}, Action: 'events:PutEvents', Resource: '*'}`;
  const grant = (action: string) =>
    `PolicyName: p, Roles: [other], PolicyDocument: {Statement: [{Effect: Allow, Action: '${action}', Resource: '*'}]}`;
  const entry = (number: number, cidr: string) =>
    `NetworkAclId: acl-1, RuleNumber: ${number}, Protocol: 6, RuleAction: allow, CidrBlock: ${cidr}, PortRange: {From: 22, To: 22}`;
  it.each<[type: string, opens: string, closed: string, control: string]>([
    [
      'EC2::SecurityGroupIngress',
      'GroupId: sg-1, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0',
      'GroupId: sg-1, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8',
      'EC2.13',
    ],
    [
      'Lambda::Permission',
      "FunctionName: fn, Action: 'lambda:InvokeFunction', Principal: '*'",
      "FunctionName: fn, Action: 'lambda:InvokeFunction', Principal: '111122223333'",
      'Lambda.1',
    ],
    ['IAM::Policy', grant('*'), grant('s3:GetObject'), 'PL.IAM.3'],
    [
      'ElasticLoadBalancingV2::Listener',
      `LoadBalancerArn: '${balancer}', Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: a}]`,
      `LoadBalancerArn: '${balancer}', Port: 443, Protocol: HTTPS, DefaultActions: [{Type: forward, TargetGroupArn: a}]`,
      'ELB.1',
    ],
    [
      'Events::EventBusPolicy',
      `StatementId: a, EventBusName: bus, Statement: ${allow("'*'")}`,
      `StatementId: b, EventBusName: bus, Statement: ${allow("{AWS: '111122223333'}")}`,
      'PL.POLICY.3',
    ],
    ['EC2::NetworkAclEntry', entry(100, '0.0.0.0/0'), entry(110, '10.0.0.0/8'), 'EC2.21'],
  ])('the one that opens it is told, by %s', async (type, opens, closed, control) => {
    const written = (id: string, properties: string) =>
      `  ${id}: {Type: 'AWS::${type}', Properties: {${properties}}}\n`;
    for (const [first, second] of [
      ['It', 'Other'],
      ['Other', 'It'],
    ] as const) {
      const parts = { It: opens, Other: closed };
      const template = `Resources:\n${written(first, parts[first])}${written(second, parts[second])}`;
      expect(await verdictOf(template, control, 'It')).toBe('FAIL');
      expect(await verdictOf(template, control, 'Other')).toBe('0 verdicts');
    }
  });
});
