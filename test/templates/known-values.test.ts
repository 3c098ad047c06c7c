import { verdictOf } from './checking.ts';

/** One resource, of these properties, in one of which VALUE stands for a text. */
const template = (type: string, properties: string, value: string): string =>
  `Resources:\n  It: {Type: 'AWS::${type}', Properties: {${properties.replace('VALUE', value)}}}\n`;

const task = 'ContainerDefinitions: [{Name: a, Image: a}]';
const build = 'Type: LINUX_CONTAINER, Image: a, ComputeType: BUILD_GENERAL1_SMALL';
const invoke = "{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}";

describe.each([
  [
    'ECS.2',
    'ECS::Service',
    'LaunchType: FARGATE, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a], AssignPublicIp: VALUE}}',
    'ENABLED',
    'enabled',
  ],
  ['ECS.3', 'ECS::TaskDefinition', `PidMode: VALUE, ${task}`, 'host', 'Host'],
  ['ECS.1', 'ECS::TaskDefinition', `NetworkMode: VALUE, ${task}`, 'host', 'Host'],
  ['EC2.23', 'EC2::TransitGateway', 'AutoAcceptSharedAttachments: VALUE', 'enable', 'enabled'],
  [
    'CodeBuild.2',
    'CodeBuild::Project',
    `Environment: {${build}, EnvironmentVariables: [{Name: AWS_ACCESS_KEY_ID, Value: a, Type: VALUE}]}`,
    'PLAINTEXT',
    'plaintext',
  ],
  [
    'CodeBuild.4',
    'CodeBuild::Project',
    `Environment: {${build}}, LogsConfig: {CloudWatchLogs: {Status: VALUE}}`,
    'DISABLED',
    'Disabled',
  ],
  [
    'PL.CODEBUILD.1',
    'CodeBuild::Project',
    `Environment: {${build}}, Visibility: VALUE`,
    'PUBLIC_READ',
    'public_read',
  ],
  [
    'APIGateway.8',
    'ApiGatewayV2::Route',
    "ApiId: a, RouteKey: 'GET /', AuthorizationType: VALUE",
    'NONE',
    'none',
  ],
  [
    'PL.APIGATEWAY.1',
    'ApiGateway::RestApi',
    `EndpointConfiguration: {Types: [VALUE]}, Policy: {Statement: [${invoke}]}`,
    'PRIVATE',
    'private',
  ],
  [
    'CloudFront.10',
    'CloudFront::Distribution',
    'DistributionConfig: {Origins: [{Id: a, DomainName: example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [VALUE]}}]}',
    'SSLv3',
    'SSLV3',
  ],
  [
    'PL.EKS.2',
    'EKS::Cluster',
    'AccessConfig: {AuthenticationMode: VALUE}',
    'CONFIG_MAP',
    'config_map',
  ],
  [
    'PL.ELASTICACHE.1',
    'ElastiCache::ReplicationGroup',
    'Engine: redis, TransitEncryptionEnabled: true, TransitEncryptionMode: VALUE',
    'preferred',
    'Preferred',
  ],
])('%s', (control, type, properties, known, other) => {
  it('fails what AWS knows and is wrong', async () => {
    expect(await verdictOf(template(type, properties, known), control, 'It')).toMatch(/^FAIL/);
  });
  it('does not know what AWS does not', async () => {
    expect(await verdictOf(template(type, properties, other), control, 'It')).toMatch(
      new RegExp(`^UNKNOWN it depends on \\S+ ${other}, which AWS does not know$`),
    );
  });
});

it.each([
  ['ACCEPT', /^FAIL/],
  ['ALL', /^PASS/],
  ['reject', /^UNKNOWN it depends on TrafficType reject, which AWS does not know$/],
])('a flow log of %s', async (traffic, expected) => {
  const flows = `Resources:\n  It: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Log: {Type: 'AWS::EC2::FlowLog', Properties: {ResourceId: !Ref It, ResourceType: VPC, TrafficType: ${traffic}}}\n`;
  expect(await verdictOf(flows, 'EC2.6', 'It')).toMatch(expected);
});

describe('an engine that RDS does not know', () => {
  const instance = (settings: string) =>
    `Resources:\n  It: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgresql, ${settings}}}\n`;
  it.each([
    ['RDS.3', 'StorageEncrypted: false', /^FAIL/],
    ['RDS.3', 'StorageEncrypted: true', /^PASS/],
    ['RDS.11', 'BackupRetentionPeriod: 0', /^FAIL/],
    [
      'RDS.10',
      'EngineVersion: 16.4',
      /^UNKNOWN it depends on Engine postgresql, which AWS does not know$/,
    ],
  ])('counts as each that it makes: %s with %s', async (control, settings, expected) => {
    expect(await verdictOf(instance(settings), control, 'It')).toMatch(expected);
  });
  it('does so of a cluster', async () => {
    const cluster = (engine: string) =>
      `Resources:\n  It: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: ${engine}, StorageEncrypted: false}}\n`;
    expect(await verdictOf(cluster('aurora-postgres'), 'RDS.27', 'It')).toMatch(/^FAIL/);
    expect(await verdictOf(cluster('docdb'), 'RDS.27', 'It')).toMatch(/^NOT_APPLICABLE/);
  });
});

it.each([
  ['PL.IAM.5', 'IAM::Role', 'AssumeRolePolicyDocument: {Statement: []}, '],
  ['PL.IAM.4', 'IAM::User', ''],
  ['PL.IAM.4', 'IAM::Group', ''],
])('%s of an %s ignores the case of a policy of AWS', async (id, type, more) => {
  const properties = `${more}ManagedPolicyArns: [VALUE]`;
  for (const name of ['AdministratorAccess', 'administratoraccess', 'ADMINISTRATORACCESS']) {
    const one = template(type, properties, `arn:aws:iam::aws:policy/${name}`);
    expect(await verdictOf(one, id, 'It')).toMatch(/^FAIL/);
  }
});

it.each(['HTTP', 'http', 'Http'])('a listener of %s fails ELB.1', async (protocol) => {
  const listener = `{LoadBalancerArn: !Ref It, Port: 80, Protocol: ${protocol}, DefaultActions: [{Type: forward}]}`;
  const text = `${template('ElasticLoadBalancingV2::LoadBalancer', 'Subnets: [a, VALUE]', 'b')}  L: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: ${listener}}\n`;
  expect(await verdictOf(text, 'ELB.1', 'It')).toMatch(/^FAIL/);
});

/** YAML has more ways to write a number than JSON, and AWS is given the number. */
describe.each(['6', '06', "'06'", '0x6', '6.0', '+6', "'6 '", '-1', "'-1 '"])(
  'the protocol %s',
  (protocol) => {
    it('opens a port of a security group', async () => {
      const rule = `{IpProtocol: ${protocol}, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}`;
      const group = 'GroupDescription: a, SecurityGroupIngress: [VALUE]';
      expect(await verdictOf(template('EC2::SecurityGroup', group, rule), 'EC2.13', 'It')).toMatch(
        /^FAIL/,
      );
    });
    it('opens one of a network ACL', async () => {
      const entry = `{NetworkAclId: !Ref It, RuleNumber: 1, RuleAction: allow, Protocol: ${protocol}, CidrBlock: 0.0.0.0/0, PortRange: {From: 22, To: 22}}`;
      const text = `${template('EC2::NetworkAcl', 'VpcId: VALUE', 'v')}  E: {Type: 'AWS::EC2::NetworkAclEntry', Properties: ${entry}}\n`;
      expect(await verdictOf(text, 'EC2.21', 'It')).toMatch(/^FAIL/);
    });
  },
);
it('a protocol that EC2 does not number opens the ports of its rule', async () => {
  const rule = '{IpProtocol: 256, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}';
  const group = 'GroupDescription: a, SecurityGroupIngress: [VALUE]';
  const text = template('EC2::SecurityGroup', group, rule);
  expect(await verdictOf(text, 'EC2.13', 'It')).toMatch(/^FAIL/);
});
