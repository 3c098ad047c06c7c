import { asRecord } from '../../lib/support/untyped.ts';
import { readDocument } from '../../lib/templates/document/read-document.ts';
import { sampled } from '../extent.ts';
import { checkedIn, templateFrom, verdictOf } from './checking.ts';
import { failing } from './failing.ts';

type Path = readonly (string | number)[];
const isFunction = (tree: object): boolean =>
  Object.keys(tree).length === 1 && /^(?:Ref|Fn::.*)$/.test(Object.keys(tree)[0] ?? '');

/** Everything in a tree, by its path. */
const partsIn = (tree: unknown, path: Path = []): readonly Path[] => {
  if (typeof tree !== 'object' || tree === null || isFunction(tree)) return [path];
  const inner = Object.entries(tree).flatMap(([key, one]) =>
    partsIn(one, [...path, Array.isArray(tree) ? Number(key) : key]),
  );
  return [path, ...inner];
};
const valueAt = (tree: unknown, path: Path): unknown =>
  path.reduce((one, step) => Reflect.get(Object(one), step), tree);
const withValue = (tree: unknown, [step, ...rest]: Path, value: unknown): unknown => {
  if (step === undefined) return value;
  if (Array.isArray(tree))
    return tree.map((one, index) => (index === step ? withValue(one, rest, value) : one));
  return { ...asRecord(tree), [step]: withValue(Reflect.get(Object(tree), step), rest, value) };
};

/** The same in another shape. */
const wrong = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return [[value], { a: value }, ...value.map((one) => ({ a: one }))];
  if (typeof value === 'object') return [[[value]]];
  return [[value], { a: value }, ...(typeof value === 'boolean' ? ['enabled', [[value]]] : [])];
};

it.each([
  ['a list in a list', '[[{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]]'],
  ['a text', 'open'],
  ['a list as a text', '[{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: [0.0.0.0/0]}]'],
])('rules of a group are not known where there is %s', async (_, rules) => {
  const template = `Resources:\n  It: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: ${rules}}}\n`;
  expect(await verdictOf(template, 'EC2.13', 'It')).toMatch(/^UNKNOWN .* which is a/);
});

it.each([
  ['{a: {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}', 'a map and no list'],
  ['{}', 'a map and no list'],
])('rules of a group are not known where there is no list: %s', async (rules, why) => {
  const template = `Resources:\n  It: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: ${rules}}}\n`;
  expect(await verdictOf(template, 'EC2.13', 'It')).toBe(
    `UNKNOWN rules is not known: SecurityGroupIngress, which is ${why}`,
  );
});

it('one rule without its list counts as one', async () => {
  const template = (from: string) =>
    `Resources:\n  It: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${from}}}}\n`;
  expect(await verdictOf(template('0.0.0.0/0'), 'EC2.13', 'It')).toMatch(/^FAIL/);
  expect(await verdictOf(template('10.0.0.0/8'), 'EC2.13', 'It')).toMatch(/^PASS/);
});

it.each([
  ['CidrIp: !If [Yes, 0.0.0.0/0, 10.0.0.0/8]', 'FAIL'],
  ['CidrIp: !If [Yes, 10.0.0.0/8, 0.0.0.0/0]', 'PASS'],
  ['CidrIp: !Ref Open', 'UNKNOWN it depends on the parameter Open, which has no default'],
  [
    'a: !If [Yes, {CidrIp: 0.0.0.0/0}, {}]',
    'UNKNOWN rules is not known: SecurityGroupIngress, which is a map and no list',
  ],
])('one rule of functions alone counts as one: %s', async (more, verdict) => {
  const port = '!If [Yes, 22, !Ref "AWS::NoValue"]';
  const others = more.startsWith('a:')
    ? ''
    : `IpProtocol: !Sub tcp, FromPort: ${port}, ToPort: ${port}, `;
  const template = `Parameters: {Open: {Type: String}}\nConditions: {Yes: !Equals [a, a]}\nResources:\n  It: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: {${others}${more}}}}\n`;
  expect(await verdictOf(template, 'EC2.13', 'It')).toBe(verdict);
});

const shared = (document: string) =>
  `Resources:\n  It: {Type: 'AWS::SNS::Topic'}\n  P: {Type: 'AWS::SNS::TopicPolicy', Properties: {Topics: [!Ref It], PolicyDocument: ${document}}}\n`;
it.each([
  [
    'a policy without a statement',
    "{Statements: [{Effect: Allow, Principal: '*', Action: sns:Publish, Resource: '*'}]}",
    /^UNKNOWN .*a policy without a statement/,
  ],
  [
    'one statement alone',
    "{Statement: {Effect: Allow, Principal: '*', Action: sns:Publish, Resource: '*'}}",
    /^FAIL/,
  ],
  [
    'a service in a map',
    "{Statement: [{Effect: Allow, Principal: {Service: {a: s3.amazonaws.com}}, Action: sns:Publish, Resource: '*'}]}",
    /^UNKNOWN/,
  ],
  [
    'an account in a map',
    "{Statement: [{Effect: Allow, Principal: {AWS: {a: '*'}}, Action: sns:Publish, Resource: '*'}]}",
    /^UNKNOWN/,
  ],
  [
    'an action in a map',
    "{Statement: [{Effect: Allow, Principal: '*', Action: {a: sns:Publish}, Resource: '*'}]}",
    /^UNKNOWN/,
  ],
  [
    'a resource in a map',
    "{Statement: [{Effect: Allow, Principal: '*', Action: sns:Publish, Resource: {a: '*'}}]}",
    /^(UNKNOWN|FAIL)/,
  ],
  [
    'an effect in a list',
    "{Statement: [{Effect: [Allow], Principal: '*', Action: sns:Publish, Resource: '*'}]}",
    /^UNKNOWN/,
  ],
  [
    'a condition in a list',
    "{Statement: [{Effect: Allow, Principal: '*', Action: sns:Publish, Resource: '*', Condition: [{StringEquals: {'aws:PrincipalOrgID': o-1}}]}]}",
    /^(UNKNOWN|FAIL)/,
  ],
  [
    'statements in a map',
    "{Statement: {a: {Effect: Allow, Principal: '*', Action: sns:Publish, Resource: '*'}}}",
    /^UNKNOWN/,
  ],
])('a policy with %s makes no PASS', async (_, document, expected) => {
  expect(await verdictOf(shared(document), 'SNS.4', 'It')).toMatch(expected);
});

const byService = (principal: string) =>
  shared(
    `{Statement: [{Effect: Allow, Principal: ${principal}, Action: sns:Subscribe, Resource: '*'}]}`,
  );
it.each([
  '[[{Service: events.amazonaws.com}]]',
  '[{Service: events.amazonaws.com}]',
  '[[events.amazonaws.com]]',
  '{Service: [[events.amazonaws.com]]}',
  '{Service: [[]]}',
  '{Service: [{}]}',
  "{'Fn::Transform': {Name: Mine}}",
])('who is named as %s can be a service', async (principal) => {
  expect(await verdictOf(byService(principal), 'PL.POLICY.2', 'It')).toMatch(/^UNKNOWN/);
});
it.each(['[[]]', '[{}]', "[['*']]", "[{AWS: '*'}]"])(
  'who is named as %s can be everybody',
  async (principal) => {
    expect(await verdictOf(byService(principal), 'SNS.4', 'It')).toMatch(/^UNKNOWN/);
  },
);
it.each(['[[!Ref Name]]', '[[]]', '[{}]'])(
  'what a policy is about can be everything where it is %s',
  async (resource) => {
    const template = `Parameters: {Name: {Type: String}}\nResources:\n  It: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: ${resource}}]}}}\n`;
    expect(await verdictOf(template, 'IAM.1', 'It')).toMatch(/^UNKNOWN/);
  },
);

const wrongProperties = ['[[{SqsManagedSseEnabled: false}]]', '[{SqsManagedSseEnabled: false}]'];
it.each([
  ...wrongProperties.map((written) => ['SQS.1', 'SQS::Queue', written, 'a list']),
  ['SQS.1', 'SQS::Queue', 'a', 'a value'],
  ['SQS.3', 'SQS::Queue', '[]', 'a list'],
  ['KMS.4', 'KMS::Key', '[{EnableKeyRotation: false}]', 'a list'],
  ['S3.9', 'S3::Bucket', '[{BucketName: a}]', 'a list'],
  ['RDS.5', 'RDS::DBInstance', '[{MultiAZ: false}]', 'a list'],
  ['Lambda.1', 'Serverless::Function', '[{FunctionUrlConfig: {AuthType: NONE}}]', 'a list'],
  ['DynamoDB.2', 'Serverless::SimpleTable', '[]', 'a list'],
])('%s knows nothing of %s with the properties %s', async (control, type, properties, is) => {
  const template = `Resources:\n  It: {Type: 'AWS::${type}', Properties: ${properties}}\n`;
  expect(await verdictOf(template, control, 'It')).toBe(
    `UNKNOWN it depends on Properties, which is ${is} and no map`,
  );
});
it('each property that a macro makes can be set alone', async () => {
  const of = (more: string) =>
    `Resources:\n  It: {Type: 'AWS::SQS::Queue', ${more}'Fn::Transform': {Name: Mine}}\n`;
  for (const more of ['', 'Properties: {SqsManagedSseEnabled: true}, '])
    expect(await verdictOf(of(more), 'SQS.1', 'It')).toBe(
      'UNKNOWN it depends on Fn::Transform, which only the deployment can resolve',
    );
});

const withAcl = (acl: string, ignores: boolean) =>
  `Resources:\n  It: {Type: 'AWS::S3::Bucket', Properties: {AccessControl: ${acl}, OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}, PublicAccessBlockConfiguration: {IgnorePublicAcls: ${ignores}}}}\n`;
describe.each(['public-read', 'publicRead', 'constructor'])('S3 knows no ACL %s', (acl) => {
  it('can be a public one', async () => {
    expect(await verdictOf(withAcl(acl, false), 'S3.2', 'It')).toBe(
      `UNKNOWN it depends on AccessControl ${acl}, which AWS does not know`,
    );
  });
  it('does not count where S3 ignores ACLs', async () => {
    expect(await verdictOf(withAcl(acl, true), 'S3.2', 'It')).toMatch(/^PASS/);
  });
});

it.each([
  ["['a']", 'Bucket: a'],
  ['a', "Bucket: ['a']"],
  ['a', 'Bucket: {x: a}'],
])('what is named %s, and its policy by %s, makes no PASS', async (name, by) => {
  const template = `Resources:\n  It: {Type: 'AWS::S3::Bucket', Properties: {BucketName: ${name}}}\n  P: {Type: 'AWS::S3::BucketPolicy', Properties: {${by}, PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*'}]}}}\n`;
  const verdicts = [
    await verdictOf(template, 'S3.2', 'It'),
    await verdictOf(template, 'S3.2', 'P'),
  ].map((one) => one.split(' ')[0]);
  expect(verdicts.some((one) => one === 'FAIL' || one === 'UNKNOWN')).toBe(true);
});

it.each([
  ['PL.EC2.3', '!Ref P', '65535', 'UNKNOWN'],
  ['PL.EC2.3', '0', '!Ref P', 'UNKNOWN'],
  ['PL.EC2.1', '!Ref P', '65535', 'UNKNOWN'],
  ['EC2.13', '!Ref P', '!Ref P', 'UNKNOWN'],
  ['PL.EC2.3', '!Ref P', '!Ref P', 'PASS'],
])(
  '%s of ports from %s to %s counts the ends of all ports',
  async (control, from, to, expected) => {
    const rule = `{IpProtocol: tcp, FromPort: ${from}, ToPort: ${to}, CidrIp: 0.0.0.0/0}`;
    const template = `Parameters: {P: {Type: String}}\nResources:\n  It: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: [${rule}]}}\n`;
    expect((await verdictOf(template, control, 'It')).split(' ')[0]).toBe(expected);
  },
);

it.each([
  ['true', 'PASS'],
  ['false', 'FAIL'],
])(
  'what a control does not read leaves nothing open: encryption is %s',
  async (written, expected) => {
    const template = `Resources:\n  It: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {ReplicationGroupDescription: a, AutomaticFailoverEnabled: [a, true], AtRestEncryptionEnabled: ${written}}}\n`;
    expect(await verdictOf(template, 'ElastiCache.4', 'It')).toBe(expected);
  },
);

it.each([
  ['true', 'FAIL'],
  ["'True'", 'FAIL'],
  ["'yes'", 'FAIL'],
  ["'no'", 'PASS'],
  ['enabled', 'UNKNOWN it depends on PubliclyAccessible, which is a value and no boolean'],
  ['[true]', 'UNKNOWN it depends on PubliclyAccessible, which is a list and no boolean'],
  ['[]', 'UNKNOWN it depends on PubliclyAccessible, which is a list and no boolean'],
  ['[[]]', 'UNKNOWN it depends on PubliclyAccessible, which is a list and no boolean'],
])('a switch that is %s is read as CloudFormation does', async (written, expected) => {
  const template = `Resources:\n  It: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql, PubliclyAccessible: ${written}}}\n`;
  expect(await verdictOf(template, 'RDS.2', 'It')).toBe(expected);
});

describe('a property in another shape than CloudFormation takes', () => {
  it.each(sampled(Object.entries(failing), { quick: 40, usual: 6 }))(
    'makes no PASS of what fails %s',
    async (name, text) => {
      const [type = '', id = ''] = name.split(' ');
      const { tree } = await readDocument(text, 'template.yaml');
      const verdict = async (one: unknown) =>
        (await checkedIn(await templateFrom(JSON.stringify(one))))
          .filter(({ control, declared }) => control.id === id && declared.type === type)
          .map(({ verdict }) => verdict.status);
      if (!(await verdict(tree)).includes('FAIL')) return;
      const turned: string[] = [];
      const properties: Path = ['Resources', 'It', 'Properties'];
      for (const path of partsIn(valueAt(tree, properties)))
        for (const shape of wrong(valueAt(tree, [...properties, ...path]))) {
          const statuses = await verdict(withValue(tree, [...properties, ...path], shape));
          if (statuses.length > 0 && statuses.every((one) => one === 'PASS'))
            turned.push(`${path.join('.')}: ${JSON.stringify(shape).slice(0, 80)}`);
        }
      expect(turned).toEqual([]);
    },
  );
});
