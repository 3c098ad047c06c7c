import { verdictOf } from './checking.ts';

// What is open leaves open what looks at it, and nothing else.
const of = (type: string, properties: string, more = '') =>
  `Parameters: {Open: {Type: String}, List: {Type: CommaDelimitedList}}\nResources:\n  It: {Type: 'AWS::${type}', Properties: {${properties}}}\n${more}`;
const policy = (type: string, by: string, document: string) =>
  `  Policy: {Type: 'AWS::${type}', Properties: {${by}: [!Ref It], PolicyDocument: ${document}}}\n`;
const trust =
  'AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}';
const origin = (protocols: string) =>
  `DistributionConfig: {Enabled: true, Origins: [{Id: a, DomainName: a.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: ${protocols}}}], DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}}`;
const cluster = (cidrs: string) =>
  of(
    'EKS::Cluster',
    `EncryptionConfig: [{Provider: {KeyArn: a}, Resources: [secrets]}], ResourcesVpcConfig: {SubnetIds: [a], PublicAccessCidrs: ${cidrs}}`,
  );
const task = (more: string) =>
  of(
    'ECS::TaskDefinition',
    `ContainerDefinitions: [{Name: a, Image: a, Privileged: false, ReadonlyRootFilesystem: true, LogConfiguration: {LogDriver: awslogs}, ${more}}]`,
  );
const listener = of(
  'ElasticLoadBalancingV2::LoadBalancer',
  'Subnets: [a, b]',
  "  L: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {LoadBalancerArn: !Ref It, Protocol: HTTPS, Port: 443, SslPolicy: !Ref Open, DefaultActions: [{Type: forward}]}}\n",
);
const lifecycle = (rule: string) => `LifecycleConfiguration: {Rules: [{Status: Enabled, ${rule}}]}`;
const topicPolicy = (sid: string) =>
  policy(
    'SNS::TopicPolicy',
    'Topics',
    `{Id: !Ref Open, Statement: [{Sid: ${sid}, Effect: Allow, Principal: {AWS: !Sub '\${AWS::AccountId}'}, Action: sns:Publish, Resource: !Ref It}]}`,
  );
const from = (block: string) =>
  policy(
    'SNS::TopicPolicy',
    'Topics',
    `{Statement: [{Effect: Allow, Principal: '*', Action: sns:Publish, Resource: !Ref It, Condition: {IpAddress: {'aws:SourceIp': ${block}}}}]}`,
  );

it.each<[name: string, template: string, control: string, verdict: string]>([
  [
    'the encryption of a topic by its policy',
    of('SNS::Topic', 'KmsMasterKeyId: a', policy('SNS::TopicPolicy', 'Topics', '!Ref Open')),
    'SNS.1',
    'PASS',
  ],
  [
    'the encryption of a queue by its policy',
    of(
      'SQS::Queue',
      'SqsManagedSseEnabled: false',
      policy('SQS::QueuePolicy', 'Queues', '!Ref Open'),
    ),
    'SQS.1',
    'FAIL',
  ],
  [
    'what is attached to a role by who may take it',
    of(
      'IAM::Role',
      "AssumeRolePolicyDocument: !Ref Open, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']",
    ),
    'PL.IAM.5',
    'FAIL',
  ],
  [
    'who may take a role by its path',
    of('IAM::Role', `${trust}, Path: !Ref Open`),
    'PL.IAM.1',
    'PASS',
  ],
  [
    'a policy by what its statement is called',
    of('SNS::Topic', '', topicPolicy('!Ref Open')),
    'SNS.4',
    'PASS',
  ],
  [
    'how an origin is asked by its protocols',
    of('CloudFront::Distribution', origin('!Ref List')),
    'CloudFront.9',
    'PASS',
  ],
  [
    'the protocols themselves',
    of('CloudFront::Distribution', origin('!Ref List')),
    'CloudFront.10',
    'UNKNOWN it depends on the parameter List, which has no default',
  ],
  [
    'the privileges of a build by the name of a variable',
    of(
      'CodeBuild::Project',
      'Environment: {PrivilegedMode: false, EnvironmentVariables: [{Name: !Ref Open, Value: a}]}, Source: {Type: S3}',
    ),
    'CodeBuild.5',
    'PASS',
  ],
  [
    'the name itself',
    of(
      'CodeBuild::Project',
      'Environment: {EnvironmentVariables: [{Name: !Ref Open, Value: a}]}, Source: {Type: S3}',
    ),
    'CodeBuild.2',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'that objects go by when',
    of('S3::Bucket', lifecycle('ExpirationInDays: !Ref Open')),
    'S3.13',
    'PASS',
  ],
  [
    'that they move by where to',
    of(
      'S3::Bucket',
      lifecycle('Transitions: [{TransitionInDays: !Ref Open, StorageClass: !Ref Open}]'),
    ),
    'S3.13',
    'PASS',
  ],
  [
    'whether they do',
    of('S3::Bucket', 'LifecycleConfiguration: {Rules: [{Status: !Ref Open, ExpirationInDays: 3}]}'),
    'S3.13',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'a policy of a role, whichever it is',
    of('IAM::Role', `${trust}, ManagedPolicyArns: [!Ref Open]`),
    'IAM.27',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'a port, whichever it is',
    of(
      'EC2::SecurityGroup',
      'GroupDescription: a, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: !Ref Open, ToPort: !Ref Open, CidrIp: 0.0.0.0/0}]',
    ),
    'PL.EC2.11',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'a kind of events, whichever it is',
    of(
      'CloudTrail::Trail',
      'IsLogging: true, S3BucketName: a, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, EventSelectors: [{ReadWriteType: !Ref Open}]',
    ),
    'PL.BLIND.1',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'a port, which can be the one of the engine',
    of('RDS::DBInstance', 'Engine: postgres, Port: !Ref Open'),
    'RDS.23',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'an engine, which can be the one of the port',
    of('RDS::DBInstance', 'Engine: !Ref Open, Port: 1433'),
    'RDS.23',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'an address that somebody calls from, of one length',
    of('SNS::Topic', '', from('!Sub "${Open}/32"')),
    'SNS.4',
    'PASS',
  ],
  [
    'a length of a block that somebody calls from',
    of('SNS::Topic', '', from('!Sub "10.0.0.0/${Open}"')),
    'SNS.4',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ['whether a cluster encrypts secrets by who gets to it', cluster('!Ref List'), 'EKS.3', 'PASS'],
  [
    'who gets to it',
    cluster('!Ref List'),
    'PL.EKS.1',
    'UNKNOWN it depends on the parameter List, which has no default',
  ],
  ['the processes of a container by its user', task('User: !Ref Open'), 'ECS.3', 'PASS by default'],
  ['its logs by the name of a variable', task('Environment: [{Name: !Ref Open}]'), 'ECS.9', 'PASS'],
  [
    'that name itself',
    task('Environment: [{Name: !Ref Open}]'),
    'ECS.8',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ['a listener by its policy of TLS', listener, 'ELB.18', 'PASS'],
  [
    'that policy',
    listener,
    'ELB.17',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'a detector by its features',
    of('GuardDuty::Detector', 'Enable: true, Features: !Ref List'),
    'GuardDuty.1',
    'PASS',
  ],
  [
    'the features',
    of('GuardDuty::Detector', 'Enable: true, Features: !Ref List'),
    'GuardDuty.10',
    'UNKNOWN it depends on the parameter List, which has no default',
  ],
])('leaves open only what looks at it: %s', async (_, template, control, verdict) => {
  expect(await verdictOf(template, control, 'It')).toBe(verdict);
});
