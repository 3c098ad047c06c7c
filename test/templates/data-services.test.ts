import { verdictOf } from './checking.ts';

const of = (type: string, properties: string, more = '') =>
  `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::${type}', Properties: ${properties}}\n${more}`;
const subnet = (name: string, zone: string) =>
  `  ${name}: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: v, CidrBlock: 10.0.0.0/24, ${zone}}}\n`;
const two = "VPCZoneIdentifier: [{Ref: A}, {Ref: B}], MinSize: '1', MaxSize: '1'";
const authentication = (text: string) => of('MSK::Cluster', `{ClientAuthentication: {${text}}}`);
const access = (type: string) =>
  of('MSK::Cluster', `{BrokerNodeGroupInfo: {ConnectivityInfo: {PublicAccess: {Type: ${type}}}}}`);

const attached =
  "  Roles: {Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: {IdentityPoolId: !Ref It, Roles: {unauthenticated: !GetAtt Guests.Arn}}}\n";
const guestRole = (action: string) =>
  `  Guests: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Federated: cognito-identity.amazonaws.com}, Action: 'sts:AssumeRoleWithWebIdentity'}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: '${action}', Resource: 'arn:aws:s3:::site/*'}]}}]}}\n`;
const guests = (role: string, roles = attached, flow = '') =>
  of('Cognito::IdentityPool', `{AllowUnauthenticatedIdentities: true, ${flow}}`, role + roles);

it.each<[name: string, template: string, control: string, verdict: string]>([
  ['a replication instance', of('DMS::ReplicationInstance', '{}'), 'DMS.1', 'FAIL'],
  [
    'a private replication instance',
    of('DMS::ReplicationInstance', '{PubliclyAccessible: false}'),
    'DMS.1',
    'PASS',
  ],
  ['its upgrades', of('DMS::ReplicationInstance', '{}'), 'DMS.6', 'PASS by default'],
  [
    'its upgrades, put out',
    of('DMS::ReplicationInstance', '{AutoMinorVersionUpgrade: false}'),
    'DMS.6',
    'FAIL',
  ],
  ['its zones', of('DMS::ReplicationInstance', '{}'), 'DMS.13', 'FAIL'],
  ['its zones, asked for', of('DMS::ReplicationInstance', '{MultiAZ: true}'), 'DMS.13', 'PASS'],
  ['brokers', of('MSK::Cluster', '{}'), 'MSK.4', 'PASS by default'],
  ['private brokers', access('DISABLED'), 'MSK.4', 'PASS'],
  ['public brokers', access('SERVICE_PROVIDED_EIPS'), 'MSK.4', 'FAIL'],
  [
    'brokers that may be public',
    access('{Ref: Open}'),
    'MSK.4',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ['records as they are', of('Kinesis::Stream', '{ShardCount: 1}'), 'Kinesis.1', 'FAIL'],
  [
    'encrypted records',
    of('Kinesis::Stream', '{StreamEncryption: {EncryptionType: KMS, KeyId: alias/aws/kinesis}}'),
    'Kinesis.1',
    'PASS',
  ],
  [
    'records that may be encrypted',
    of('Kinesis::Stream', '{StreamEncryption: {EncryptionType: {Ref: Open}, KeyId: a}}'),
    'Kinesis.1',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ['records of a day', of('Kinesis::Stream', '{ShardCount: 1}'), 'Kinesis.3', 'FAIL'],
  ['of a week', of('Kinesis::Stream', "{RetentionPeriodHours: '168'}"), 'Kinesis.3', 'PASS'],
  [
    'of a time that is open',
    of('Kinesis::Stream', '{RetentionPeriodHours: {Ref: Open}}'),
    'Kinesis.3',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ['what is between brokers', of('MSK::Cluster', '{}'), 'MSK.1', 'PASS by default'],
  [
    'what is between brokers in the clear',
    of('MSK::Cluster', '{EncryptionInfo: {EncryptionInTransit: {InCluster: false}}}'),
    'MSK.1',
    'FAIL',
  ],
  ['brokers that ask nobody', of('MSK::Cluster', '{}'), 'MSK.6', 'FAIL'],
  ['brokers that ask', authentication('Sasl: {Iam: {Enabled: true}}'), 'MSK.6', 'PASS'],
  [
    'brokers that ask some',
    authentication('Sasl: {Iam: {Enabled: true}}, Unauthenticated: {Enabled: true}'),
    'MSK.6',
    'FAIL',
  ],
  [
    'a pool that admits guests',
    of('Cognito::IdentityPool', '{AllowUnauthenticatedIdentities: true}'),
    'Cognito.2',
    'FAIL',
  ],
  [
    'a pool that does not',
    of('Cognito::IdentityPool', '{AllowUnauthenticatedIdentities: false}'),
    'Cognito.2',
    'PASS',
  ],
  [
    'a pool that may',
    of('Cognito::IdentityPool', '{AllowUnauthenticatedIdentities: {Ref: Open}}'),
    'Cognito.2',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ['guests without a role', guests('', ''), 'PL.COGNITO.1', 'PASS'],
  ['guests that may read a bucket', guests(guestRole('s3:GetObject')), 'PL.COGNITO.1', 'PASS'],
  ['guests that may write there', guests(guestRole('s3:PutObject')), 'PL.COGNITO.1', 'FAIL'],
  [
    'guests that may pass roles, by the enhanced flow',
    guests(guestRole('iam:PassRole')),
    'PL.COGNITO.1',
    'PASS by default',
  ],
  [
    'guests that may pass roles, by the classic flow',
    guests(guestRole('iam:PassRole'), attached, 'AllowClassicFlow: true'),
    'PL.COGNITO.1',
    'FAIL',
  ],
  [
    'guests that may have the role of who signed in, by the classic flow',
    guests(
      guestRole('s3:PutObject'),
      attached.replace('unauthenticated', 'authenticated'),
      'AllowClassicFlow: true',
    ),
    'PL.COGNITO.1',
    'FAIL',
  ],
  [
    'who signed in, by the enhanced flow',
    guests(guestRole('s3:PutObject'), attached.replace('unauthenticated', 'authenticated')),
    'PL.COGNITO.1',
    'PASS by default',
  ],
  [
    'guests with a role of another template',
    guests('', attached.replace('!GetAtt Guests.Arn', 'arn:aws:iam::111122223333:role/guests')),
    'PL.COGNITO.1',
    'UNKNOWN guestRole is not known: what arn:aws:iam::111122223333:role/guests may do, which is not in the template',
  ],
  [
    'a workgroup',
    of('RedshiftServerless::Workgroup', '{}'),
    'RedshiftServerless.3',
    'PASS by default',
  ],
  [
    'a public workgroup',
    of('RedshiftServerless::Workgroup', '{PubliclyAccessible: true}'),
    'RedshiftServerless.3',
    'FAIL',
  ],
  [
    'its routes',
    of('RedshiftServerless::Workgroup', '{EnhancedVpcRouting: true}'),
    'RedshiftServerless.1',
    'PASS',
  ],
  ['its TLS', of('RedshiftServerless::Workgroup', '{}'), 'RedshiftServerless.2', 'PASS by default'],
  [
    'its TLS in capital letters',
    of(
      'RedshiftServerless::Workgroup',
      "{ConfigParameters: [{ParameterKey: require_ssl, ParameterValue: 'True'}]}",
    ),
    'RedshiftServerless.2',
    'PASS',
  ],
  [
    'its TLS, put out',
    of(
      'RedshiftServerless::Workgroup',
      "{ConfigParameters: [{ParameterKey: require_ssl, ParameterValue: 'false'}]}",
    ),
    'RedshiftServerless.2',
    'FAIL',
  ],
  ['a notebook', of('SageMaker::NotebookInstance', '{}'), 'SageMaker.1', 'FAIL'],
  [
    'a notebook in a network',
    of('SageMaker::NotebookInstance', '{SubnetId: s, DirectInternetAccess: Disabled}'),
    'SageMaker.1',
    'PASS',
  ],
  ['a subnet', of('SageMaker::NotebookInstance', '{SubnetId: s}'), 'SageMaker.2', 'PASS'],
  ['no subnet', of('SageMaker::NotebookInstance', '{}'), 'SageMaker.2', 'FAIL'],
  ['root', of('SageMaker::NotebookInstance', '{}'), 'SageMaker.3', 'FAIL'],
  ['no root', of('SageMaker::NotebookInstance', '{RootAccess: Disabled}'), 'SageMaker.3', 'PASS'],
  ['a launch', of('AutoScaling::LaunchConfiguration', '{}'), 'AutoScaling.3', 'FAIL'],
  [
    'a launch with tokens',
    of('AutoScaling::LaunchConfiguration', '{MetadataOptions: {HttpTokens: required}}'),
    'AutoScaling.3',
    'PASS',
  ],
  [
    'a launch with hops',
    of('AutoScaling::LaunchConfiguration', '{MetadataOptions: {HttpPutResponseHopLimit: 2}}'),
    'AutoScaling.4',
    'FAIL',
  ],
  [
    'a launch that says nothing of hops',
    of('AutoScaling::LaunchConfiguration', '{}'),
    'AutoScaling.4',
    'PASS by default',
  ],
  [
    'a launch with public addresses',
    of('AutoScaling::LaunchConfiguration', '{AssociatePublicIpAddress: true}'),
    'Autoscaling.5',
    'FAIL',
  ],
  [
    'a launch that leaves them to the subnet',
    of('AutoScaling::LaunchConfiguration', '{}'),
    'Autoscaling.5',
    'PASS by default',
  ],
  [
    'a launch without them',
    of('AutoScaling::LaunchConfiguration', '{AssociatePublicIpAddress: false}'),
    'Autoscaling.5',
    'PASS',
  ],
  [
    'a group with a target group',
    of('AutoScaling::AutoScalingGroup', '{TargetGroupARNs: [a]}'),
    'AutoScaling.1',
    'FAIL',
  ],
  [
    'a group that asks its target group',
    of('AutoScaling::AutoScalingGroup', '{TargetGroupARNs: [a], HealthCheckType: ELB}'),
    'AutoScaling.1',
    'PASS',
  ],
  [
    'a group in two zones',
    of('AutoScaling::AutoScalingGroup', '{AvailabilityZones: [a, b]}'),
    'AutoScaling.2',
    'PASS',
  ],
  [
    'a group in one subnet',
    of('AutoScaling::AutoScalingGroup', '{VPCZoneIdentifier: [s]}'),
    'AutoScaling.2',
    'FAIL',
  ],
  [
    'a group in subnets of two zones',
    of(
      'AutoScaling::AutoScalingGroup',
      `{${two}}`,
      subnet('A', 'AvailabilityZone: a') + subnet('B', 'AvailabilityZone: b'),
    ),
    'AutoScaling.2',
    'PASS',
  ],
  [
    'a group in subnets of one zone',
    of(
      'AutoScaling::AutoScalingGroup',
      `{${two}}`,
      subnet('A', 'AvailabilityZone: a') + subnet('B', 'AvailabilityZone: a'),
    ),
    'AutoScaling.2',
    'FAIL',
  ],
  [
    'a group of several types',
    of(
      'AutoScaling::AutoScalingGroup',
      '{MixedInstancesPolicy: {LaunchTemplate: {Overrides: [{InstanceType: a}, {InstanceType: b}]}}}',
    ),
    'AutoScaling.6',
    'PASS',
  ],
  ...(
    [
      ['AutoScaling.6', 'PASS', '[{InstanceType: a}, {InstanceType: b}]'],
      ['AutoScaling.6', 'FAIL', '[{InstanceType: a}]'],
      ['AutoScaling.2', 'UNKNOWN', '[{InstanceType: a}, {InstanceType: b}]'],
    ] as const
  ).map(([control, verdict, types]): [string, string, string, string] => [
    `${control} of a group of ${types} in subnets that are elsewhere`,
    of(
      'AutoScaling::AutoScalingGroup',
      `{VPCZoneIdentifier: [subnet-1, subnet-2], MixedInstancesPolicy: {LaunchTemplate: {Overrides: ${types}}}}`,
    ),
    control,
    verdict === 'UNKNOWN'
      ? 'UNKNOWN it depends on the subnet subnet-1, which is not in the template'
      : verdict,
  ]),
  [
    'a group from a template',
    of('AutoScaling::AutoScalingGroup', "{LaunchTemplate: {LaunchTemplateId: l, Version: '1'}}"),
    'AutoScaling.9',
    'PASS',
  ],
  [
    'a group from a configuration',
    of('AutoScaling::AutoScalingGroup', '{LaunchConfigurationName: l}'),
    'AutoScaling.9',
    'FAIL',
  ],
])('evaluates %s', async (_, template, control, expected) => {
  expect(await verdictOf(template, control, 'It')).toBe(expected);
});
