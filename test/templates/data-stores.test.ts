import { verdictOf } from './checking.ts';

const of = (type: string, properties: string) =>
  `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::${type}', Properties: ${properties}}\n`;
const anybody = "{Statement: [{Effect: Allow, Principal: '*', Action: 'es:*', Resource: '*'}]}";
/** A cluster with an entry for a principal, with one policy. */
const entered = (
  principal: string,
  policy: string,
  scope: string,
) => `Parameters: {Open: {Type: String}}
Resources:
  Boss: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}}}
  Alice: {Type: 'AWS::IAM::User'}
  It: {Type: 'AWS::EKS::Cluster', Properties: {AccessConfig: {AuthenticationMode: API}}}
  Entry:
    Type: AWS::EKS::AccessEntry
    Properties:
      ClusterName: !Ref It
      PrincipalArn: ${principal}
      AccessPolicies: [{PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/${policy}', AccessScope: ${scope}}]
`;
const whole = '{Type: cluster}';
const outsider = 'arn:aws:iam::999988887777:role/deploy';
const anybodyReads =
  "{Statement: [{Effect: Allow, Principal: '*', Action: 'dynamodb:GetItem', Resource: '*'}]}";
/** Of the region where it is deployed, which is in order, and of another one. */
const replicas = (more: string) =>
  `{Replicas: [{Region: eu-central-1, DeletionProtectionEnabled: true}, {Region: us-west-2, ${more}}]}`;

it.each<[name: string, template: string, control: string, verdict: string]>([
  ...['[]', '[null]'].map((list): [string, string, string, string] => [
    `an endpoint with the list ${list}`,
    of('EKS::Cluster', `{ResourcesVpcConfig: {PublicAccessCidrs: ${list}}}`),
    'PL.EKS.1',
    'FAIL',
  ]),
  ['a file system', of('EFS::FileSystem', '{Encrypted: true}'), 'EFS.8', 'PASS'],
  ['a file system that says nothing', of('EFS::FileSystem', '{}'), 'EFS.8', 'FAIL'],
  ['backups that nobody asks for', of('EFS::FileSystem', '{}'), 'EFS.7', 'FAIL'],
  // "If you specify an AvailabilityZoneName, the default is true" (CreateFileSystem).
  [
    'backups of one in one zone',
    of('EFS::FileSystem', '{AvailabilityZoneName: eu-central-1a}'),
    'EFS.7',
    'PASS',
  ],
  [
    'an access point of a bucket that says nothing of its blocks',
    of('S3::AccessPoint', '{Bucket: orders}'),
    'S3.19',
    'PASS by default',
  ],
  [
    'an access point of a bucket with one block off',
    of(
      'S3::AccessPoint',
      '{Bucket: orders, PublicAccessBlockConfiguration: {BlockPublicPolicy: false}}',
    ),
    'S3.19',
    'FAIL',
  ],
  [
    'an access point of a bucket whose block is open',
    of(
      'S3::AccessPoint',
      '{Bucket: orders, PublicAccessBlockConfiguration: {BlockPublicPolicy: {Ref: Open}}}',
    ),
    'S3.19',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'an access point of several regions that says nothing of its blocks',
    of('S3::MultiRegionAccessPoint', '{Regions: [{Bucket: orders}]}'),
    'S3.24',
    'PASS by default',
  ],
  [
    'an access point of several regions with one block off',
    of(
      'S3::MultiRegionAccessPoint',
      '{Regions: [{Bucket: orders}], PublicAccessBlockConfiguration: {IgnorePublicAcls: false}}',
    ),
    'S3.24',
    'FAIL',
  ],
  ['an access point', of('EFS::AccessPoint', '{FileSystemId: a}'), 'EFS.3', 'FAIL'],
  [
    'an access point with a user',
    of('EFS::AccessPoint', "{FileSystemId: a, PosixUser: {Uid: '1', Gid: '1'}}"),
    'EFS.4',
    'PASS',
  ],
  ['an endpoint that nothing is said of', of('EKS::Cluster', '{Name: a}'), 'EKS.1', 'FAIL'],
  [
    'an endpoint that is closed',
    of('EKS::Cluster', '{ResourcesVpcConfig: {EndpointPublicAccess: false}}'),
    'EKS.1',
    'PASS',
  ],
  [
    'an endpoint for a network',
    of('EKS::Cluster', '{ResourcesVpcConfig: {PublicAccessCidrs: [198.51.100.0/24]}}'),
    'PL.EKS.1',
    'PASS',
  ],
  [
    'audit logs',
    of('EKS::Cluster', '{Logging: {ClusterLogging: {EnabledTypes: [{Type: audit}]}}}'),
    'EKS.8',
    'PASS',
  ],
  [
    'secrets with a key',
    of('EKS::Cluster', '{EncryptionConfig: [{Resources: [secrets], Provider: {KeyArn: k}}]}'),
    'EKS.3',
    'PASS',
  ],
  ['secrets of which nothing is said', of('EKS::Cluster', '{}'), 'EKS.3', 'FAIL'],
  // "the default is CONFIG_MAP" (CreateAccessConfigRequest).
  ['a cluster that says nothing of entries', of('EKS::Cluster', '{}'), 'PL.EKS.2', 'FAIL'],
  [
    'entries beside a ConfigMap',
    of('EKS::Cluster', '{AccessConfig: {AuthenticationMode: API_AND_CONFIG_MAP}}'),
    'PL.EKS.2',
    'PASS',
  ],
  [
    'a way in that is open',
    of('EKS::Cluster', '{AccessConfig: {AuthenticationMode: {Ref: Open}}}'),
    'PL.EKS.2',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ...(
    [
      ['a role', '!GetAtt Boss.Arn', 'AmazonEKSClusterAdminPolicy', whole, 'PASS'],
      ['a user', '!GetAtt Alice.Arn', 'AmazonEKSClusterAdminPolicy', whole, 'FAIL'],
      ['a user who edits', '!GetAtt Alice.Arn', 'AmazonEKSEditPolicy', whole, 'FAIL'],
      ['a user who only looks', '!GetAtt Alice.Arn', 'AmazonEKSViewPolicy', whole, 'PASS'],
      [
        'a user who edits kube-system',
        '!GetAtt Alice.Arn',
        'AmazonEKSEditPolicy',
        "{Type: namespace, Namespaces: [default, 'kube-*']}",
        'FAIL',
      ],
      [
        'a user who edits a namespace of his own',
        '!GetAtt Alice.Arn',
        'AmazonEKSEditPolicy',
        '{Type: namespace, Namespaces: [alice]}',
        'PASS',
      ],
      ['a role of others', outsider, 'AmazonEKSClusterAdminPolicy', whole, 'FAIL'],
      [
        'a principal that is open',
        '!Ref Open',
        'AmazonEKSClusterAdminPolicy',
        whole,
        'UNKNOWN it depends on the parameter Open, which has no default',
      ],
    ] as const
  ).map(([name, principal, policy, scope, verdict]): [string, string, string, string] => [
    `${name} with an entry`,
    entered(principal, policy, scope),
    'PL.EKS.3',
    verdict,
  ]),
  ['a warehouse', of('Redshift::Cluster', '{PubliclyAccessible: true}'), 'Redshift.1', 'FAIL'],
  [
    'its logs, to nowhere',
    of('Redshift::Cluster', '{LoggingProperties: {}}'),
    'Redshift.4',
    'FAIL',
  ],
  [
    'its logs, in a bucket',
    of('Redshift::Cluster', '{LoggingProperties: {BucketName: logs}}'),
    'Redshift.4',
    'PASS',
  ],
  [
    'its logs, in CloudWatch',
    of('Redshift::Cluster', '{LoggingProperties: {LogDestinationType: cloudwatch}}'),
    'Redshift.4',
    'PASS',
  ],
  ['a warehouse by default', of('Redshift::Cluster', '{}'), 'Redshift.1', 'PASS by default'],
  ['its TLS by default', of('Redshift::Cluster', '{}'), 'Redshift.2', 'PASS by default'],
  [
    'the group that AWS gave clusters before',
    of('Redshift::Cluster', '{ClusterParameterGroupName: default.redshift-1.0}'),
    'Redshift.2',
    'FAIL',
  ],
  [
    'its TLS in capital letters',
    of('Redshift::Cluster', '{ClusterParameterGroupName: !Ref Group}') +
      "  Group: {Type: 'AWS::Redshift::ClusterParameterGroup', Properties: {Parameters: [{ParameterName: require_ssl, ParameterValue: 'TRUE'}]}}\n",
    'Redshift.2',
    'PASS',
  ],
  ['its upgrades by default', of('Redshift::Cluster', '{}'), 'Redshift.6', 'PASS by default'],
  [
    'a warehouse that is said to be closed',
    of('Redshift::Cluster', '{PubliclyAccessible: false}'),
    'Redshift.1',
    'PASS',
  ],
  ['its encryption, put out', of('Redshift::Cluster', '{Encrypted: false}'), 'Redshift.10', 'FAIL'],
  [
    'its encryption from a snapshot',
    of('Redshift::Cluster', '{SnapshotIdentifier: a}'),
    'Redshift.10',
    'UNKNOWN it depends on the encryption, which it takes over from its snapshot',
  ],
  [
    'a global table of which all replicas are in order',
    of('DynamoDB::GlobalTable', replicas('DeletionProtectionEnabled: true')),
    'DynamoDB.6',
    'PASS',
  ],
  [
    'a global table of which one replica in another region is not',
    of('DynamoDB::GlobalTable', replicas('DeletionProtectionEnabled: false')),
    'DynamoDB.6',
    'FAIL when the replica is that of us-west-2',
  ],
  [
    'a replica in another region that nothing is said of',
    of('DynamoDB::GlobalTable', replicas('ContributorInsightsSpecification: {Enabled: true}')),
    'DynamoDB.6',
    'FAIL when the replica is that of us-west-2',
  ],
  [
    'a replica in another region that everybody may read',
    of('DynamoDB::GlobalTable', replicas(`ResourcePolicy: {PolicyDocument: ${anybodyReads}}`)),
    'PL.POLICY.3',
    'FAIL when the replica is that of us-west-2',
  ],
  [
    'a replica in another region with a policy that is open',
    of('DynamoDB::GlobalTable', replicas('ResourcePolicy: {PolicyDocument: !Ref Open}')),
    'PL.POLICY.3',
    'UNKNOWN policy is not known: the parameter Open, which has no default when the replica is that of us-west-2',
  ],
  ...(
    [
      ["Provider: {KeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/a'}", 'PASS'],
      ['Provider: {KeyArn: !Ref Open}', 'PASS'],
      ["Provider: {KeyArn: ''}", 'FAIL'],
      ['Provider: {}', 'FAIL'],
      ['Provider: !Ref AWS::NoValue', 'FAIL'],
    ] as const
  ).map(([provider, verdict]): [string, string, string, string] => [
    `secrets of a cluster with ${provider}`,
    of('EKS::Cluster', `{EncryptionConfig: [{Resources: [secrets], ${provider}}]}`),
    'EKS.3',
    verdict,
  ]),
  [
    'a key for nothing',
    of('EKS::Cluster', '{EncryptionConfig: [{Resources: [], Provider: {KeyArn: !Ref Open}}]}'),
    'EKS.3',
    'FAIL',
  ],
  ['a domain', of('OpenSearchService::Domain', '{}'), 'Opensearch.2', 'FAIL'],
  [
    'a domain in a VPC',
    of('OpenSearchService::Domain', '{VPCOptions: {SubnetIds: [!Ref Open]}}'),
    'Opensearch.2',
    'PASS',
  ],
  [
    'a domain with a list of no subnets',
    of('OpenSearchService::Domain', '{VPCOptions: {SubnetIds: []}}'),
    'Opensearch.2',
    'FAIL',
  ],
  [
    'a domain that is open',
    of('OpenSearchService::Domain', `{AccessPolicies: ${anybody}}`),
    'PL.OPENSEARCH.1',
    'FAIL',
  ],
  [
    'one of Elasticsearch in its older names',
    of('Elasticsearch::Domain', '{ElasticsearchClusterConfig: {InstanceCount: 3}}'),
    'Opensearch.6',
    'FAIL',
  ],
  [
    'logs to a group that who knows says',
    of(
      'OpenSearchService::Domain',
      '{LogPublishingOptions: {AUDIT_LOGS: {Enabled: true, CloudWatchLogsLogGroupArn: !Ref Open}}}',
    ),
    'Opensearch.5',
    'PASS',
  ],
])('evaluates %s', async (_, template, control, expected) => {
  expect(await verdictOf(template, control, 'It')).toBe(expected);
});

describe('an access entry of a cluster of another stack', () => {
  const admin = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
  const entry = (who: string, policy = admin) => `Resources:
  It:
    Type: AWS::EKS::AccessEntry
    Properties:
      ClusterName: elsewhere
      PrincipalArn: !Sub 'arn:aws:iam::\${AWS::AccountId}:${who}'
      AccessPolicies: [{PolicyArn: '${policy}', AccessScope: {Type: cluster}}]
`;
  it.each([
    ['a user who administers it', entry('user/a'), 'PL.EKS.3', 'FAIL'],
    ['a role that does', entry('role/a'), 'PL.EKS.3', '0 verdicts'],
    [
      'a user who looks',
      entry('user/a', admin.replace('ClusterAdmin', 'View')),
      'PL.EKS.3',
      '0 verdicts',
    ],
    ['what else the cluster is', entry('user/a'), 'EKS.1', '0 verdicts'],
    ['how it takes entries', entry('user/a'), 'PL.EKS.2', '0 verdicts'],
  ])('tells as far as it goes: %s', async (_, template, control, verdict) => {
    expect(await verdictOf(template, control, 'It')).toBe(verdict);
  });
});

describe('a mount target of a file system of another stack', () => {
  const target = (more: string) => `Resources:
  It: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: fs-12345678, SubnetId: !Ref Net}}
  Net: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24${more}}}
`;
  it.each([
    [
      'in a subnet that gives public addresses',
      target(', MapPublicIpOnLaunch: true'),
      'EFS.6',
      'FAIL',
    ],
    ['in one that gives none', target(', MapPublicIpOnLaunch: false'), 'EFS.6', '0 verdicts'],
    ['whether the file system is encrypted', target(''), 'EFS.8', '0 verdicts'],
  ])('tells as far as it goes: %s', async (_, template, control, verdict) => {
    expect(await verdictOf(template, control, 'It')).toBe(verdict);
  });
});
