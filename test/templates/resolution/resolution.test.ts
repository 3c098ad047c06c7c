import { Unresolved } from '../../../lib/model/unresolved.ts';
import { Part } from '../../../lib/templates/part.ts';
import { deep, scopeOf } from '../../../lib/templates/resolution/resolve.ts';
import { World } from '../../../lib/templates/resolution/world.ts';
import { templateFrom } from '../checking.ts';

const head = `
Parameters:
  Name: {Type: String, Default: web}
  Open: {Type: String}
  List: {Type: CommaDelimitedList, Default: 'a, b'}
  Secret: {Type: String, NoEcho: true, Default: hidden}
  FromSsm: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}
Mappings:
  Elsewhere: {us-east-1: {size: '10'}}
  Sizes: {eu-central-1: {size: '10'}, other: {size: '20'}}
Conditions:
  IsWeb: !Equals [!Ref Name, web]
  IsNot: !Not [!Condition IsWeb]
  Both: !And [!Condition IsWeb, !Equals [!Ref 'AWS::Region', eu-central-1]]
  Any: !Or [!Condition IsNot, !Equals ['true', true]]
  Circle: !Condition Circle
Resources:
  Bucket: {Type: 'AWS::S3::Bucket'}
  Named: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Sub '\${Name}-logs'}}
  Circling: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Ref Circling}}
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Role: {Type: 'AWS::IAM::Role', Properties: {}}
  Key: {Type: 'AWS::KMS::Key', Properties: {}}
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Function: {Type: 'Custom::Thing', Properties: {}}
  Value: {Type: 'AWS::Test::Value', Properties: {It: `;

const resolved = async (value: string) => {
  const template = await templateFrom(`${head}${value}}}\n`);
  const properties = template.declarations.get('Value')?.properties;
  const scope = scopeOf(template, new World());
  const { value: found, open } = deep(Reflect.get(Object(properties), 'It'), scope);
  return open ? { missing: open.unresolved.message } : found;
};

describe('what CloudFormation resolves', () => {
  it.each<[name: string, written: string, resolved: unknown]>([
    ['a default', '!Ref Name', 'web'],
    ['a list', '!Ref List', ['a', 'b']],
    ['an account', '!Ref AWS::AccountId', '111122223333'],
    ['no value', '{a: 1, b: !Ref AWS::NoValue}', { a: 1 }],
    ['no value in a list', '[!If [IsNot, 1, !Ref AWS::NoValue], 2]', [2]],
    ['a bucket that AWS names', '!Ref Bucket', 'Bucket'],
    ['a bucket that is named by itself', '!Ref Circling', 'Circling'],
    ['a bucket that is named', '!Ref Named', 'web-logs'],
    ['the ARN of a bucket', '!GetAtt Named.Arn', 'arn:aws:s3:::web-logs'],
    ['an ARN in the JSON form', "{'Fn::GetAtt': [Named, Arn]}", 'arn:aws:s3:::web-logs'],
    ['the id of a group', '!GetAtt Group.GroupId', 'sg-Group'],
    ['a group', '!Ref Group', 'sg-Group'],
    ['the ARN of a role', '!GetAtt Role.Arn', 'arn:aws:iam::111122223333:role/Role'],
    ['the ARN of a key', '!GetAtt Key.Arn', 'arn:aws:kms:eu-central-1:111122223333:key/Key'],
    ['a property by its attribute', '!GetAtt Vpc.CidrBlock', '10.0.0.0/16'],
    [
      'a text with references',
      "!Sub '${AWS::Region}/${Named.Arn}'",
      'eu-central-1/arn:aws:s3:::web-logs',
    ],
    ['a text with its own values', "!Sub ['${A}-${Name}', {A: !Ref Bucket}]", 'Bucket-web'],
    ['a literal in a text', "!Sub '${!aws:username}'", '${aws:username}'],
    ['joined', "!Join ['-', [a, !Ref Name]]", 'a-web'],
    ['a joined list', "!Join [',', !Ref List]", 'a,b'],
    ['selected', '!Select [1, !Ref List]', 'b'],
    ['split', "!Select [0, !Split ['-', !Ref Named]]", 'web'],
    ['mapped', '!FindInMap [Sizes, !Ref AWS::Region, size]', '10'],
    ['one of two', '!If [IsWeb, yes-it-is, no]', 'yes-it-is'],
    ['not', '!If [IsNot, a, b]', 'b'],
    ['both', '!If [Both, a, b]', 'a'],
    ['any, true being a text', '!If [Any, a, b]', 'a'],
    ['zones', '!Select [0, !GetAZs ""]', 'eu-central-1a'],
    ['a length', "{'Fn::Length': !Ref List}", 2],
    ['JSON', "{'Fn::ToJsonString': {a: !Ref Name}}", '{"a":"web"}'],
    ['an account with a zero', '012345678901', '012345678901'],
    ['a version', '2012-10-17', '2012-10-17'],
  ])('%s', async (_, written, expected) => {
    expect(await resolved(written)).toEqual(expected);
  });
  it.each<[name: string, written: string, missing: string]>([
    ['a parameter without a default', '!Ref Open', 'the parameter Open, which has no default'],
    ['a secret', '!Ref Secret', 'the parameter Secret, which is secret'],
    ['a parameter of SSM', '!Ref FromSsm', 'the parameter FromSsm, which is read from SSM'],
    ['an import', '!ImportValue other', 'what another stack exports as other'],
    ['a dynamic reference', "'{{resolve:ssm:/a:1}}'", 'a dynamic reference to ssm'],
    [
      'a dynamic reference that is joined',
      "!Join ['', ['{{resolve:secretsmanager:', !Ref Name, ':SecretString:user}}']]",
      'a dynamic reference to secretsmanager',
    ],
    [
      'one that is joined with something open',
      "!Join ['', ['a-{{resolve:secretsmanager:', !Ref Open, ':SecretString:user}}']]",
      'a dynamic reference to secretsmanager',
    ],
    ['a custom resource', '!GetAtt Function.Value', 'what Function, a Custom::Thing, returns'],
    [
      'an attribute of no property',
      '!GetAtt Vpc.DefaultNetworkAcl',
      'the attribute DefaultNetworkAcl of Vpc, which is known after deployment',
    ],
    [
      'a key that a mapping has not',
      '!FindInMap [Elsewhere, !Ref AWS::Region, size]',
      'the mapping Elsewhere, which has no eu-central-1, size',
    ],
    ['what is not there', '!Ref Nothing', 'Nothing, which is nowhere in the template'],
    [
      'a transform',
      "{'Fn::Transform': {Name: AWS::Include}}",
      'Fn::Transform, which only the deployment can resolve',
    ],
    ['a part of a text', "!Sub 'a-${Open}'", 'the parameter Open, which has no default'],
  ])('%s is open, and says why', async (_, written, missing) => {
    expect(await resolved(written)).toEqual({ missing });
  });
  it('a condition that is a circle is both', async () => {
    expect(['a', 'b']).toContain(await resolved('!If [Circle, a, b]'));
  });
});

describe('a number', () => {
  const numberIn = async (written: string): Promise<number | string | undefined> => {
    const template = await templateFrom(
      `Resources:\n  A: {Type: AWS::X::Y, Properties: {Port: ${written}}}\n`,
    );
    const { properties } = template.declarations.get('A') ?? {};
    try {
      return new Part(properties, scopeOf(template)).get('Port').number();
    } catch (error) {
      return error instanceof Unresolved ? 'not known' : 'thrown';
    }
  };
  it.each<[string, number | string | undefined]>([
    ['22', 22],
    ["'22'", 22],
    ['22.0', 22],
    ['0', 0],
    ['00', 0],
    ['0.5', 0.5],
    // 22 to a reader of YAML 1.1, and 26 to others.
    ['026', 'not known'],
    ["'026'", 'not known'],
    ['-026', 'not known'],
    ['0:22', 'not known'],
    ['2_2', 'not known'],
    ['ssh', 'not known'],
  ])('%s is %j', async (written, expected) => {
    expect(await numberIn(written)).toBe(expected);
  });
});
