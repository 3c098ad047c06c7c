import fc from 'fast-check';
import { runs } from '../extent.ts';
import { checkedIn, templateFrom, verdictOf } from './checking.ts';

const bucket = (properties: string, more = '') => `
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Soft: {Type: String, Default: Suspended}
  Open: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsOpen: !Equals [!Ref Open, yes-please]
Resources:
  Bucket: {Type: 'AWS::S3::Bucket', Properties: ${properties}}
${more}`;
const policy = (statement: string) => `
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [${statement}]}}
`;
const ingress = (rule: string) => `
Parameters:
  Cidr: {Type: String}
  Port: {Type: Number, Default: 22}
Resources:
  Bucket: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: [${rule}]}}
`;
const database = (properties: string) => `
Parameters: {Open: {Type: String}}
Resources:
  Bucket: {Type: 'AWS::RDS::DBInstance', Properties: ${properties}}
`;
const role = (properties: string) => `
Parameters: {Open: {Type: String}}
Resources:
  Bucket: {Type: 'AWS::IAM::Role', Properties: ${properties}}
`;
const open = 'the parameter Open, which has no default';

describe('a template', () => {
  it.each<[name: string, template: string, control: string, verdict: string]>([
    ['what is declared', bucket('{VersioningConfiguration: {Status: Enabled}}'), 'S3.14', 'PASS'],
    ['what is not', bucket('{}'), 'S3.14', 'FAIL'],
    [
      'one of the allowed values',
      bucket('{VersioningConfiguration: {Status: !If [IsProd, Enabled, Suspended]}}'),
      'S3.14',
      'FAIL when Env is dev',
    ],
    [
      'a default that nobody promises',
      bucket('{VersioningConfiguration: {Status: !Ref Soft}}'),
      'S3.14',
      'FAIL with Soft=Suspended',
    ],
    [
      'an open value',
      bucket('{VersioningConfiguration: {Status: !Ref Open}}'),
      'S3.14',
      `UNKNOWN it depends on ${open}`,
    ],
    [
      'an open condition',
      bucket('{VersioningConfiguration: {Status: !If [IsOpen, Enabled, Suspended]}}'),
      'S3.14',
      `UNKNOWN it depends on ${open}`,
    ],
    [
      'an open condition that decides nothing',
      bucket('{VersioningConfiguration: {Status: !If [IsOpen, Enabled, Enabled]}}'),
      'S3.14',
      'PASS',
    ],
    [
      'an open value that another control asks for',
      bucket('{BucketName: !Ref Open}'),
      'S3.8',
      'PASS by default',
    ],
    ['a block that AWS turns on', bucket('{}'), 'S3.8', 'PASS by default'],
    [
      'a block that is declared off',
      bucket('{PublicAccessBlockConfiguration: {BlockPublicAcls: false}}'),
      'S3.8',
      'FAIL',
    ],
    [
      'a public ACL, which S3 refuses under that block',
      bucket('{AccessControl: PublicRead}'),
      'S3.2',
      'FAIL',
    ],
    [
      'a public policy, which AWS alone keeps out',
      bucket(
        '{}',
        policy(
          "{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub '${Bucket.Arn}/*'}",
        ),
      ),
      'S3.2',
      'FAIL when without Block Public Access of new buckets',
    ],
    ['an open ACL', bucket('{AccessControl: !Ref Open}'), 'S3.2', `UNKNOWN it depends on ${open}`],
    [
      'an open principal',
      bucket(
        '{PublicAccessBlockConfiguration: {RestrictPublicBuckets: false}}',
        policy(
          "{Effect: Allow, Principal: {AWS: !Ref Open}, Action: 's3:GetObject', Resource: !Sub '${Bucket.Arn}/*'}",
        ),
      ),
      'S3.2',
      `UNKNOWN it depends on ${open}`,
    ],
    [
      'a principal of an open account, who is somebody',
      bucket(
        '{PublicAccessBlockConfiguration: {RestrictPublicBuckets: false}}',
        policy(
          "{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${Open}:root'}, Action: 's3:GetObject', Resource: !Sub '${Bucket.Arn}/*'}",
        ),
      ),
      'S3.2',
      'PASS by default',
    ],
    [
      'a bucket and its policy that are named by one parameter',
      bucket(
        '{BucketName: !Ref Open}',
        policy(
          "{Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!Sub 'arn:aws:s3:::${Open}', !Sub 'arn:aws:s3:::${Open}/*'], Condition: {Bool: {'aws:SecureTransport': 'false'}}}",
        ),
      ),
      'S3.5',
      'PASS',
    ],
    ['encryption by AWS', bucket('{}'), 'S3.4', 'PASS by default'],
    ['keys of customers, which AWS blocks', bucket('{}'), 'PL.S3.2', 'PASS by default'],
    [
      'keys of customers, let in',
      bucket(
        '{BucketEncryption: {ServerSideEncryptionConfiguration: [{BlockedEncryptionTypes: {EncryptionType: [NONE]}}]}}',
      ),
      'PL.S3.2',
      'FAIL',
    ],
    [
      'keys of customers, blocked and nothing else said',
      bucket(
        '{BucketEncryption: {ServerSideEncryptionConfiguration: [{BlockedEncryptionTypes: {EncryptionType: [SSE-C]}}]}}',
      ),
      'PL.S3.2',
      'PASS',
    ],
    [
      'an encryption by AWS beside what is blocked',
      bucket(
        '{BucketEncryption: {ServerSideEncryptionConfiguration: [{BlockedEncryptionTypes: {EncryptionType: [SSE-C]}}]}}',
      ),
      'S3.4',
      'PASS by default',
    ],
    ['no key of KMS', bucket('{}'), 'S3.17', 'FAIL'],
    ['MFA delete, which no template sets', bucket('{}'), 'S3.20', '0 verdicts'],
    [
      'a log bucket of another stack',
      bucket('{LoggingConfiguration: {DestinationBucketName: !Ref Open}}'),
      'S3.9',
      'PASS',
    ],
    [
      'SSH from everywhere',
      ingress('{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}'),
      'EC2.13',
      'FAIL',
    ],
    [
      'a soft port',
      ingress('{IpProtocol: tcp, FromPort: !Ref Port, ToPort: !Ref Port, CidrIp: 0.0.0.0/0}'),
      'EC2.13',
      'FAIL with Port=22',
    ],
    [
      'SSH from an open network',
      ingress('{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Cidr}'),
      'EC2.13',
      'UNKNOWN it depends on the parameter Cidr, which has no default',
    ],
    [
      'another port from an open network',
      ingress('{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: !Ref Cidr}'),
      'EC2.13',
      'PASS',
    ],
    [
      'SSH from everywhere beside an open network',
      ingress(
        '{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Cidr}, {IpProtocol: -1, CidrIpv6: ::/0}',
      ),
      'EC2.13',
      'FAIL',
    ],
    [
      'SSH from another group',
      ingress('{IpProtocol: tcp, FromPort: 22, ToPort: 22, SourceSecurityGroupId: !Ref Cidr}'),
      'EC2.13',
      'PASS',
    ],
    ['a private database', database('{Engine: mysql, PubliclyAccessible: false}'), 'RDS.2', 'PASS'],
    [
      'a public database, as a text',
      database("{Engine: mysql, PubliclyAccessible: 'true'}"),
      'RDS.2',
      'FAIL',
    ],
    [
      'a database of which the VPC decides',
      database('{Engine: mysql}'),
      'RDS.2',
      'UNKNOWN it depends on PubliclyAccessible, which is not declared: the VPC then decides',
    ],
    ['a switch of YAML 1.1', database('{Engine: mysql, PubliclyAccessible: on}'), 'RDS.2', 'FAIL'],
    ['no encryption', database('{Engine: mysql}'), 'RDS.3', 'FAIL'],
    [
      'the encryption of a snapshot',
      database('{Engine: mysql, DBSnapshotIdentifier: a}'),
      'RDS.3',
      'UNKNOWN it depends on the encryption of what DBSnapshotIdentifier names',
    ],
    [
      'an administrator',
      role('{ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]}'),
      'PL.IAM.5',
      'FAIL',
    ],
    [
      'an open managed policy',
      role('{ManagedPolicyArns: [!Ref Open]}'),
      'PL.IAM.5',
      `UNKNOWN it depends on ${open}`,
    ],
    [
      'all actions on an open resource',
      role(
        "{Policies: [{PolicyName: p, PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: !Ref Open}}}]}",
      ),
      'PL.IAM.3',
      `UNKNOWN it depends on ${open}`,
    ],
  ])('%s', async (_, template, control, expected) => {
    expect(await verdictOf(template, control, 'Bucket')).toBe(expected);
  });

  it('is evaluated by what is declared alone where somebody asks for it', async () => {
    expect(await verdictOf(bucket('{}'), 'S3.8', 'Bucket', { isExplicit: true })).toBe('FAIL');
    for (const control of ['S3.4', 'PL.S3.2'])
      expect(await verdictOf(bucket('{}'), control, 'Bucket', { isExplicit: true })).toBe('FAIL');
  });
  it('takes the parameters that somebody gives', async () => {
    const template = bucket(
      '{VersioningConfiguration: {Status: !If [IsProd, Enabled, Suspended]}}',
    );
    expect(await verdictOf(template, 'S3.14', 'Bucket', { parameters: { Env: 'prod' } })).toBe(
      'PASS',
    );
  });
  it('takes no value that the template does not allow', async () => {
    const template = bucket(
      '{VersioningConfiguration: {Status: !If [IsProd, Enabled, Suspended]}}',
    );
    expect(
      await verdictOf(template, 'S3.14', 'Bucket', { parameters: { Env: 'production' } }),
    ).toContain(
      'UNKNOWN it depends on the parameter Env, which is given a value that the template does not allow',
    );
  });
  it('has no verdict on what is made in no world', async () => {
    const never = `
Conditions: {Never: !Equals [a, b]}
Resources: {Bucket: {Type: 'AWS::S3::Bucket', Condition: Never}}`;
    expect(await verdictOf(never, 'S3.14', 'Bucket')).toBe('0 verdicts');
  });
  it('joins what is declared apart', async () => {
    const apart = `
Resources:
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a}}
  Rule: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !GetAtt Group.GroupId, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}
  Role: {Type: 'AWS::IAM::Role', Properties: {}}
  Policy:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: p, Roles: [!Ref Role], PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}
  Parameters: {Type: 'AWS::RDS::DBParameterGroup', Properties: {Family: postgres16, Parameters: {rds.force_ssl: '1'}}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, EngineVersion: '16.4', DBParameterGroupName: !Ref Parameters}}`;
    expect(await verdictOf(apart, 'EC2.13', 'Group')).toBe('FAIL');
    expect(await verdictOf(apart, 'PL.IAM.3', 'Role')).toBe('FAIL');
    expect(await verdictOf(apart, 'PL.RDS.1', 'Database')).toBe('PASS');
  });
  it('evaluates a part of what another stack makes as far as it goes', async () => {
    const elsewhere = `
Parameters: {Other: {Type: String}}
Resources:
  Rule: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !Ref Other, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref Other, PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!Sub 'arn:aws:s3:::\${Other}', !Sub 'arn:aws:s3:::\${Other}/*'], Condition: {Bool: {'aws:SecureTransport': false}}}]}}`;
    expect(await verdictOf(elsewhere, 'EC2.13', 'Rule')).toBe('FAIL');
    expect(await verdictOf(elsewhere, 'S3.5', 'Policy')).toBe('PASS');
    expect(await verdictOf(elsewhere, 'S3.14', 'Policy')).toBe('0 verdicts');
  });
});

const properties = fc.record(
  {
    AccessControl: fc.constantFrom('Private', 'PublicRead', { Ref: 'Open' }),
    VersioningConfiguration: fc.constantFrom({ Status: 'Enabled' }, { Status: { Ref: 'Soft' } }),
    PublicAccessBlockConfiguration: fc.constantFrom(
      { BlockPublicAcls: true },
      { 'Fn::If': ['IsOpen', { BlockPublicAcls: true }, { Ref: 'AWS::NoValue' }] },
    ),
  },
  { requiredKeys: [] },
);
const whole = (Properties: object, more: object, parameters: object = {}) =>
  JSON.stringify({
    Parameters: {
      Open: { Type: 'String' },
      Soft: { Type: 'String', Default: 'Enabled' },
      ...parameters,
    },
    Conditions: { IsOpen: { 'Fn::Equals': [{ Ref: 'Open' }, 'Private'] } },
    Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties }, ...more },
  });
const linesOf = async (text: string, given: Readonly<Record<string, unknown>> = {}) =>
  (await checkedIn(await templateFrom(text, given)))
    .filter(({ declared }) => declared.logicalId === 'Bucket')
    .map(({ control, verdict, softDefaults }) => ({
      id: control.id,
      status: verdict.status,
      softDefaults,
    }));

describe('a verdict on a template', () => {
  it('is the same whatever stands beside the resource', async () => {
    const others = fc.constantFrom<object>(
      { Other: { Type: 'AWS::S3::Bucket', Properties: { AccessControl: 'PublicReadWrite' } } },
      {
        Other: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: 'elsewhere', PolicyDocument: {} },
        },
      },
      { Other: { Type: 'Custom::Any', Properties: { A: { Ref: 'Bucket' } } } },
      {
        Other: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: { Ref: 'Open' }, PolicyDocument: {} },
        },
      },
    );
    await fc.assert(
      fc.asyncProperty(properties, others, async (own, other) => {
        expect(await linesOf(whole(own, other))).toEqual(await linesOf(whole(own, {})));
      }),
      runs(30),
    );
  });
  it('that rests on no default never changes, whatever is given for what is open', async () => {
    await fc.assert(
      fc.asyncProperty(
        properties,
        fc.constantFrom('Private', 'PublicRead', 'PublicReadWrite', 'another'),
        async (own, Open) => {
          const before = await linesOf(whole(own, {}));
          const after = new Map(
            (await linesOf(whole(own, {}), { Open })).map((one) => [one.id, one.status]),
          );
          for (const { id, status, softDefaults } of before)
            if (status !== 'UNKNOWN' && softDefaults.length === 0)
              expect([id, after.get(id)]).toEqual([id, status]);
        },
      ),
      runs(30),
    );
  });
});
