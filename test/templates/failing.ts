import { exportedByTests } from '../exported.ts';
import { type FailingTemplate, it_ } from './failing-template.ts';

const apart = (id: string, type: string, properties: string) =>
  `  ${id}:\n    Type: AWS::${type}\n    Properties:\n${properties.replace(/^/gm, '      ')}\n`;

const open = (action: string) =>
  `- Effect: Allow\n  Principal: '*'\n  Action: ${action}\n  Resource: !Sub '\${It.Arn}'`;
const outsider = (action: string) =>
  `- Effect: Allow\n  Principal:\n    AWS: [!Sub 'arn:aws:iam::\${AWS::AccountId}:root', 'arn:aws:iam::999999999999:root']\n  Action: ${action}\n  Resource: '*'`;
const service = (action: string) =>
  `- Effect: Allow\n  Principal: {Service: events.amazonaws.com}\n  Action: ${action}\n  Resource: '*'`;
const policyOf = (id: string, type: string, by: string, property: string, statements: string) =>
  apart(
    id,
    type,
    `${by}\n${property}:\n  Version: '2012-10-17'\n  Statement:\n${statements.replace(/^/gm, '    ')}`,
  );
const bucketPolicy = (statements: string) =>
  policyOf('Policy', 'S3::BucketPolicy', 'Bucket: !Ref It', 'PolicyDocument', statements);
const queuePolicy = (statements: string) =>
  policyOf('Policy', 'SQS::QueuePolicy', 'Queues: [!Ref It]', 'PolicyDocument', statements);
const topicPolicy = (statements: string) =>
  policyOf('Policy', 'SNS::TopicPolicy', 'Topics: [!Ref It]', 'PolicyDocument', statements);
const secretPolicy = (statements: string) =>
  policyOf(
    'Policy',
    'SecretsManager::ResourcePolicy',
    'SecretId: !Ref It',
    'ResourcePolicy',
    statements,
  );
const lifecycle =
  'LifecycleConfiguration:\n  Rules: [{Status: Enabled, NoncurrentVersionExpirationInDays: 30, ExpirationInDays: 400}]';
const keyPolicy = (statements: string) =>
  `KeyPolicy:\n  Statement:\n    - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}\n${statements.replace(/^/gm, '    ')}`;
const repositoryPolicy = (statements: string) =>
  `RepositoryPolicyText:\n  Version: '2012-10-17'\n  Statement:\n${statements.replace(/^/gm, '    ').replaceAll(/\n *Resource: .*/g, '')}`;
const group = (...rules: readonly string[]) =>
  it_(
    'EC2::SecurityGroup',
    `GroupDescription: a\nVpcId: !Ref Open\nSecurityGroupIngress:\n${rules.map((rule) => `  - ${rule}`).join('\n')}`,
  );
const tcp = (port: number | string, more = '', to = port) =>
  `{IpProtocol: tcp, FromPort: ${port}, ToPort: ${to}, CidrIp: 0.0.0.0/0${more}}`;
const own =
  "{IpProtocol: tcp, FromPort: 5000, ToPort: 5000, CidrIp: 10.0.0.0/8, Description: 'of us'}";
const database = (more: string, engine = 'mysql', others = '') =>
  it_(
    'RDS::DBInstance',
    `DBInstanceIdentifier: shop\nEngine: ${engine}\nEngineVersion: '${engine === 'mysql' ? '8.0.40' : '16.4'}'\nMasterUsername: shop\nStorageEncrypted: true\n${more}`,
    others,
  );
const cluster = (more: string, others = '') =>
  it_(
    'RDS::DBCluster',
    `DBClusterIdentifier: shop\nEngine: aurora-postgresql\nEngineVersion: '16.4'\nMasterUsername: shop\nStorageEncrypted: true\n${more}`,
    others,
  );
const parameters = (type: string, family: string, set: string) =>
  apart('Group', type, `Description: a\nFamily: ${family}\nParameters:\n  ${set}`);
const admin = "{Effect: Allow, Action: '*', Resource: '*'}";
const narrow = "{Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*'}";
const inline = `Policies:\n  - PolicyName: a\n    PolicyDocument:\n      Version: '2012-10-17'\n      Statement:\n        - ${narrow} # needed\n        - ${admin}`;
const attached = (policy: string) =>
  `ManagedPolicyArns:\n  - arn:aws:iam::aws:policy/AWSCloudShellFullAccess\n  - arn:aws:iam::aws:policy/${policy}`;
const trust = (principal: string) =>
  `AssumeRolePolicyDocument:\n  Version: '2012-10-17'\n  Statement:\n    - {Effect: Allow, Principal: ${principal}, Action: 'sts:AssumeRole'}`;
const trail = (more: string) => it_('CloudTrail::Trail', `S3BucketName: !Ref Open\n${more}`);
const openDomain = (engine: string, statements: string) =>
  it_(
    `${engine}::Domain`,
    `DomainName: orders\nAccessPolicies:\n  Version: '2012-10-17'\n  Statement:\n${statements.replace(/^/gm, '    ')}`,
  );
const policyOn = (type: string, property: string, statements: string) =>
  it_(
    type.slice('AWS::'.length),
    `${property}:\n  Version: '2012-10-17'\n  Statement:\n${statements.replace(/^/gm, '    ')}`,
  );
const table = (more: string) => it_('DynamoDB::Table', `TableName: orders\n${more}`);
const replicas = (more: string) =>
  it_(
    'DynamoDB::GlobalTable',
    `TableName: orders\nReplicas:\n  - Region: us-east-1\n  - Region: eu-central-1\n${more.replace(/^/gm, '    ')}`,
  );
const tablePolicy = (statements: string) =>
  `ResourcePolicy:\n  PolicyDocument:\n    Version: '2012-10-17'\n    Statement:\n${statements.replace(/^/gm, '      ')}`;
const balancer = (more: string) =>
  it_('ElasticLoadBalancingV2::LoadBalancer', `Subnets: [!Ref Open, subnet-b]\n${more}`);
const fn = (more: string) =>
  it_('Lambda::Function', "Runtime: nodejs24.x\nRole: !Ref Open\nHandler: 'a'", more);

/** By type and control a template of which the control fails, and is put right. */
/** Those that tests of controls export. */
const ofTests = (await exportedByTests<FailingTemplate>('failingTemplate', 'FailingTemplate')).map(
  ({ as, control, text }) => [`${as} ${control}`, text] as const,
);

export const failing: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ofTests),
  'AWS::EC2::SecurityGroup EC2.13': group(own, tcp(22, ', Description: ssh')),
  'AWS::EC2::SecurityGroup EC2.14': group(tcp(3389), own),
  'AWS::EC2::SecurityGroup EC2.18': group(own, tcp(22)),
  'AWS::EC2::SecurityGroup EC2.19': group(own, tcp(3306)),
  'AWS::EC2::SecurityGroup EC2.53': group(own, tcp('20', '', '30')),
  'AWS::EC2::SecurityGroup EC2.54': group(
    "{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIpv6: '::/0'}",
    own,
  ),
  'AWS::EC2::SecurityGroup PL.EC2.1': group(own, tcp(3306)),
  'AWS::EC2::SecurityGroup PL.EC2.11': group(own, tcp(445)),
  'AWS::EC2::SecurityGroup PL.EC2.2': group(
    own,
    '{IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIp: 8.0.0.0/8}',
  ),
  'AWS::EC2::SecurityGroup PL.EC2.3': group(own, tcp(0, '', 65_535)),
  'AWS::EC2::SecurityGroup PL.EC2.4': group(
    own,
    '{IpProtocol: tcp, FromPort: 8443, ToPort: 8443, CidrIp: 8.8.0.0/16}',
  ),
  'AWS::EC2::SecurityGroup PL.EC2.5': group(
    own,
    '{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}',
  ),
  'AWS::EC2::Instance EC2.8': it_(
    'EC2::Instance',
    'ImageId: !Ref Open\nMetadataOptions: {HttpTokens: optional}',
  ),
  'AWS::ElasticLoadBalancing::LoadBalancer ELB.7': it_(
    'ElasticLoadBalancing::LoadBalancer',
    'Listeners: []\nConnectionDrainingPolicy: {Enabled: false}',
  ),
  'AWS::ElasticLoadBalancing::LoadBalancer ELB.9': it_(
    'ElasticLoadBalancing::LoadBalancer',
    'Listeners: []\nCrossZone: false',
  ),
  'AWS::EC2::TransitGateway EC2.23': it_(
    'EC2::TransitGateway',
    'AutoAcceptSharedAttachments: enable',
  ),
  'AWS::EC2::Subnet EC2.15': it_('EC2::Subnet', 'VpcId: !Ref Open\nMapPublicIpOnLaunch: true'),
  'AWS::EC2::NetworkAcl EC2.21': it_(
    'EC2::NetworkAcl',
    'VpcId: !Ref Open',
    apart(
      'Entry',
      'EC2::NetworkAclEntry',
      'NetworkAclId: !Ref It\nRuleNumber: 100\nProtocol: -1\nRuleAction: allow\nCidrBlock: 0.0.0.0/0',
    ),
  ),
  'AWS::EC2::SnapshotBlockPublicAccess EC2.182': it_(
    'EC2::SnapshotBlockPublicAccess',
    'State: block-new-sharing',
  ),
  'AWS::EC2::VPCBlockPublicAccessOptions EC2.172': it_(
    'EC2::VPCBlockPublicAccessOptions',
    "InternetGatewayBlockMode: 'off'",
  ),
  ...Object.fromEntries(
    ['OpenSearchService', 'Elasticsearch'].flatMap((engine) => [
      [`AWS::${engine}::Domain PL.POLICY.1`, openDomain(engine, outsider("'es:ESHttpGet'"))],
      [`AWS::${engine}::Domain PL.POLICY.2`, openDomain(engine, service("'es:ESHttpGet'"))],
    ]),
  ),
  'AWS::DynamoDB::Table DynamoDB.2': table('DeletionProtectionEnabled: true'),
  'AWS::DynamoDB::Table DynamoDB.6': table('DeletionProtectionEnabled: false'),
  'AWS::DynamoDB::Table PL.POLICY.1': table(tablePolicy(outsider("'dynamodb:GetItem'"))),
  'AWS::DynamoDB::Table PL.POLICY.2': table(tablePolicy(service("'dynamodb:GetItem'"))),
  'AWS::DynamoDB::Table PL.POLICY.3': table(tablePolicy(open("'dynamodb:GetItem'"))),
  'AWS::DynamoDB::GlobalTable DynamoDB.2': replicas('DeletionProtectionEnabled: true'),
  'AWS::DynamoDB::GlobalTable DynamoDB.6': replicas('DeletionProtectionEnabled: false'),
  'AWS::DynamoDB::GlobalTable PL.POLICY.1': replicas(tablePolicy(outsider("'dynamodb:GetItem'"))),
  'AWS::DynamoDB::GlobalTable PL.POLICY.2': replicas(tablePolicy(service("'dynamodb:GetItem'"))),
  'AWS::DynamoDB::GlobalTable PL.POLICY.3': replicas(tablePolicy(open("'dynamodb:GetItem'"))),
  'AWS::ElasticLoadBalancingV2::LoadBalancer ELB.4': balancer(
    "LoadBalancerAttributes: [{Key: idle_timeout.timeout_seconds, Value: '30'}] # ours",
  ),
  'AWS::ElasticLoadBalancingV2::LoadBalancer ELB.6': balancer('Scheme: internal'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer ELB.12': balancer(
    'LoadBalancerAttributes:\n  - {Key: routing.http.desync_mitigation_mode, Value: monitor}',
  ),
  'AWS::IAM::Group IAM.27': it_('IAM::Group', attached('ReadOnlyAccess')),
  'AWS::IAM::Group PL.IAM.3': it_('IAM::Group', inline),
  'AWS::IAM::Group PL.IAM.4': it_('IAM::Group', attached('AdministratorAccess')),
  'AWS::IAM::ManagedPolicy IAM.1': it_(
    'IAM::ManagedPolicy',
    `PolicyDocument:\n  Statement:\n    - ${narrow}\n    - ${admin}`,
  ),
  'AWS::IAM::Role IAM.27': it_(
    'IAM::Role',
    `${trust('{Service: ec2.amazonaws.com}')}\n${attached('ReadOnlyAccess')}`,
  ),
  'AWS::IAM::Role PL.IAM.3': it_(
    'IAM::Role',
    `${trust('{Service: ec2.amazonaws.com}')}\n${inline}`,
  ),
  'AWS::IAM::Role PL.IAM.1': it_('IAM::Role', trust("{AWS: '*'}")),
  'AWS::IAM::Role PL.IAM.2': it_(
    'IAM::Role',
    trust("{AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::999999999999:root']}"),
  ),
  'AWS::IAM::Role PL.IAM.5': it_(
    'IAM::Role',
    `${trust('{Service: ec2.amazonaws.com}')}\nManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']`,
  ),
  'AWS::IAM::User IAM.2': it_(
    'IAM::User',
    'UserName: a\nManagedPolicyArns:\n  - arn:aws:iam::aws:policy/ReadOnlyAccess',
  ),
  'AWS::IAM::User IAM.27': it_('IAM::User', attached('ReadOnlyAccess')),
  'AWS::IAM::User PL.IAM.3': it_('IAM::User', inline),
  'AWS::IAM::User PL.IAM.4': it_('IAM::User', attached('AdministratorAccess')),
  'AWS::KMS::Key KMS.4': it_('KMS::Key', `${keyPolicy('')}\nEnableKeyRotation: false`),
  'AWS::KMS::Key KMS.5': it_(
    'KMS::Key',
    keyPolicy(open("'kms:Decrypt'").replace("!Sub '${It.Arn}'", "'*'")),
  ),
  'AWS::KMS::Key PL.POLICY.1': it_('KMS::Key', keyPolicy(outsider("'kms:Decrypt'"))),
  'AWS::KMS::Key PL.POLICY.2': it_('KMS::Key', keyPolicy(service("'kms:Decrypt'"))),
  'AWS::KMS::ReplicaKey KMS.5': it_(
    'KMS::ReplicaKey',
    `PrimaryKeyArn: a\n${keyPolicy(open("'kms:Decrypt'").replace("!Sub '${It.Arn}'", "'*'"))}`,
  ),
  'AWS::KMS::ReplicaKey PL.POLICY.1': it_(
    'KMS::ReplicaKey',
    `PrimaryKeyArn: a\n${keyPolicy(outsider("'kms:Decrypt'"))}`,
  ),
  'AWS::KMS::ReplicaKey PL.POLICY.2': it_(
    'KMS::ReplicaKey',
    `PrimaryKeyArn: a\n${keyPolicy(service("'kms:Decrypt'"))}`,
  ),
  'AWS::DocDB::DBCluster DocumentDB.5': it_(
    'DocDB::DBCluster',
    'DBClusterIdentifier: shop\nStorageEncrypted: true\nDeletionProtection: false',
  ),
  'AWS::Neptune::DBCluster Neptune.4': it_('Neptune::DBCluster', 'StorageEncrypted: true'),
  'AWS::RDS::DBCluster RDS.7': cluster('DeletionProtection: false'),
  'AWS::RDS::DBCluster RDS.12': cluster('Port: 6432'),
  'AWS::RDS::DBCluster RDS.16': cluster('CopyTagsToSnapshot: false'),
  'AWS::RDS::DBCluster RDS.37': cluster('EnableCloudwatchLogsExports: [instance]'),
  'AWS::RDS::DBCluster RDS.35': it_(
    'RDS::DBCluster',
    'DBClusterIdentifier: shop\nEngine: postgres\nAutoMinorVersionUpgrade: false',
  ),
  'AWS::RDS::DBCluster PL.RDS.1': cluster(
    'DBClusterParameterGroupName: !Ref Group',
    parameters('RDS::DBClusterParameterGroup', 'aurora-postgresql16', "rds.force_ssl: '0'"),
  ),
  'AWS::RDS::DBCluster PL.RDS.2': cluster(
    'DBClusterParameterGroupName: !Ref Group',
    parameters('RDS::DBClusterParameterGroup', 'aurora-postgresql16', 'password_encryption: md5'),
  ),
  'AWS::Neptune::DBInstance RDS.2': it_(
    'Neptune::DBInstance',
    'DBInstanceClass: db.r6g.large\nPubliclyAccessible: true',
  ),
  'AWS::RDS::DBInstance RDS.2': database('PubliclyAccessible: true'),
  'AWS::RDS::DBInstance RDS.5': database('MultiAZ: false'),
  'AWS::RDS::DBInstance RDS.6': database('MonitoringInterval: 0'),
  'AWS::RDS::DBInstance RDS.8': database('Port: 13306'),
  'AWS::RDS::DBInstance RDS.9': database('EnableCloudwatchLogsExports: [error]'),
  'AWS::RDS::DBInstance RDS.10': database('EnableIAMDatabaseAuthentication: false'),
  'AWS::RDS::DBInstance RDS.11': database('BackupRetentionPeriod: 1'),
  'AWS::RDS::DBInstance RDS.13': database('AutoMinorVersionUpgrade: false'),
  'AWS::RDS::DBInstance RDS.17': database('CopyTagsToSnapshot: false'),
  'AWS::RDS::DBInstance PL.RDS.1': database(
    'DBParameterGroupName: !Ref Group',
    'mysql',
    parameters('RDS::DBParameterGroup', 'mysql8.0', "require_secure_transport: 'OFF'"),
  ),
  'AWS::RDS::DBInstance PL.RDS.2': database(
    'DBParameterGroupName: !Ref Group',
    'postgres',
    parameters('RDS::DBParameterGroup', 'postgres16', 'password_encryption: md5'),
  ),
  'AWS::S3::Bucket S3.2': it_(
    'S3::Bucket',
    'PublicAccessBlockConfiguration: {BlockPublicPolicy: false, RestrictPublicBuckets: false}',
    bucketPolicy(
      `- Effect: Allow\n  Principal: '*'\n  Action: s3:GetObject\n  Resource: !Sub '\${It.Arn}/*'`,
    ),
  ),
  'AWS::S3::Bucket S3.3': it_(
    'S3::Bucket',
    'PublicAccessBlockConfiguration: {BlockPublicPolicy: false, RestrictPublicBuckets: false}',
    bucketPolicy(
      `- Effect: Allow\n  Principal: '*'\n  Action: s3:PutObject\n  Resource: !Sub '\${It.Arn}/*'`,
    ),
  ),
  'AWS::S3::Bucket S3.5': it_('S3::Bucket', 'BucketName: !Ref Open'),
  'AWS::S3::Bucket S3.8': it_(
    'S3::Bucket',
    'PublicAccessBlockConfiguration:\n  BlockPublicAcls: true # kept\n  IgnorePublicAcls: false',
  ),
  'AWS::S3::Bucket S3.9': it_('S3::Bucket', 'BucketName: !Ref Open'),
  'AWS::S3::Bucket S3.12': it_(
    'S3::Bucket',
    'OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}\nAccessControl: PublicRead',
  ),
  'AWS::S3::Bucket S3.14': it_(
    'S3::Bucket',
    `${lifecycle}\nVersioningConfiguration: {Status: Suspended}`,
  ),
  'AWS::S3::Bucket PL.S3.2': it_(
    'S3::Bucket',
    'BucketEncryption:\n  ServerSideEncryptionConfiguration:\n    - BucketKeyEnabled: true\n      ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !Ref Open}\n      BlockedEncryptionTypes: {EncryptionType: [NONE]} # a partner brings keys',
  ),
  'AWS::S3::Bucket S3.17': it_(
    'S3::Bucket',
    'BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}',
  ),
  'AWS::SNS::Topic SNS.1': it_('SNS::Topic', 'TopicName: a'),
  'AWS::SNS::Topic SNS.4': it_(
    'SNS::Topic',
    'TopicName: a',
    topicPolicy(`- {Effect: Allow, Principal: '*', Action: 'sns:Publish', Resource: !Ref It}`),
  ),
  'AWS::SNS::Topic PL.POLICY.1': it_(
    'SNS::Topic',
    'TopicName: a',
    topicPolicy(outsider("'sns:Publish'")),
  ),
  'AWS::SNS::Topic PL.POLICY.2': it_(
    'SNS::Topic',
    'TopicName: a',
    topicPolicy(service("'sns:Publish'").replace('events', 's3')),
  ),
  'AWS::SQS::Queue SQS.1': it_('SQS::Queue', 'SqsManagedSseEnabled: false'),
  'AWS::SQS::Queue SQS.3': it_(
    'SQS::Queue',
    'QueueName: a',
    queuePolicy(open("'sqs:SendMessage'")),
  ),
  'AWS::SQS::Queue PL.POLICY.1': it_(
    'SQS::Queue',
    'QueueName: a',
    queuePolicy(outsider("'sqs:SendMessage'")),
  ),
  'AWS::SQS::Queue PL.POLICY.2': it_(
    'SQS::Queue',
    'QueueName: a',
    queuePolicy(service("'sqs:SendMessage'")),
  ),
  'AWS::Lambda::Function Lambda.1': fn(
    apart(
      'Grant',
      'Lambda::Permission',
      "FunctionName: !Ref It\nAction: lambda:InvokeFunction\nPrincipal: '*'",
    ),
  ),
  'AWS::Lambda::Function PL.LAMBDA.1': fn(
    apart('Url', 'Lambda::Url', 'TargetFunctionArn: !Ref It\nAuthType: NONE'),
  ),
  'AWS::ECR::Repository ECR.1': it_('ECR::Repository', 'RepositoryName: a'),
  'AWS::ECR::Repository ECR.2': it_('ECR::Repository', 'ImageTagMutability: MUTABLE'),
  'AWS::ECR::Repository PL.POLICY.1': it_(
    'ECR::Repository',
    repositoryPolicy(outsider("'ecr:BatchGetImage'")),
  ),
  'AWS::ECR::Repository PL.POLICY.2': it_(
    'ECR::Repository',
    repositoryPolicy(service("'ecr:BatchGetImage'")),
  ),
  'AWS::ECR::Repository PL.POLICY.3': it_(
    'ECR::Repository',
    repositoryPolicy(open("'ecr:PutImage'")),
  ),
  'AWS::SecretsManager::Secret PL.POLICY.1': it_(
    'SecretsManager::Secret',
    'Name: a',
    secretPolicy(outsider("'secretsmanager:GetSecretValue'")),
  ),
  'AWS::SecretsManager::Secret PL.POLICY.2': it_(
    'SecretsManager::Secret',
    'Name: a',
    secretPolicy(service("'secretsmanager:GetSecretValue'")),
  ),
  'AWS::SecretsManager::Secret PL.POLICY.3': it_(
    'SecretsManager::Secret',
    'Name: a',
    secretPolicy(open("'secretsmanager:GetSecretValue'").replace("!Sub '${It.Arn}'", "'*'")),
  ),
  ...Object.fromEntries(
    (
      [
        [
          'AWS::Backup::BackupVault',
          'BackupVaultName: v\nAccessPolicy',
          'backup:CopyIntoBackupVault',
        ],
        [
          'AWS::Backup::LogicallyAirGappedBackupVault',
          'BackupVaultName: v\nMinRetentionDays: 7\nMaxRetentionDays: 30\nAccessPolicy',
          'backup:CopyIntoBackupVault',
        ],
        ['AWS::Events::EventBus', 'Name: v\nPolicy', 'events:PutEvents'],
      ] as const
    ).flatMap(([type, property, action]) => [
      [`${type} PL.POLICY.1`, policyOn(type, property, outsider(`'${action}'`))],
      [`${type} PL.POLICY.2`, policyOn(type, property, service(`'${action}'`))],
      [`${type} PL.POLICY.3`, policyOn(type, property, open(`'${action}'`))],
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['PL.POLICY.1', outsider("'execute-api:Invoke'")],
        ['PL.POLICY.2', service("'execute-api:Invoke'")],
        ['PL.APIGATEWAY.1', open("'execute-api:Invoke'").replace("!Sub '${It.Arn}'", "'*'")],
      ] as const
    ).map(([control, statements]) => [
      `AWS::ApiGateway::RestApi ${control}`,
      policyOn(
        'AWS::ApiGateway::RestApi',
        'EndpointConfiguration: {Types: [PRIVATE]}\nPolicy',
        statements,
      ),
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['PL.POLICY.1', outsider("'s3:GetObject'")],
        ['PL.POLICY.2', service("'s3:GetObject'")],
        ['PL.S3.1', open("'s3:GetObject'").replace("!Sub '${It.Arn}'", "'*'")],
      ] as const
    ).map(([control, statements]) => [
      `AWS::S3::AccessPoint ${control}`,
      policyOn(
        'AWS::S3::AccessPoint',
        'Bucket: orders\nPublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false}\nPolicy',
        statements,
      ),
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['PL.POLICY.1', outsider("'s3:GetObject'")],
        ['PL.POLICY.2', service("'s3:GetObject'")],
        ['PL.S3.1', open("'s3:GetObject'").replace("!Sub '${It.Arn}'", "'*'")],
      ] as const
    ).map(([control, statements]) => [
      `AWS::S3::MultiRegionAccessPoint ${control}`,
      it_(
        'S3::MultiRegionAccessPoint',
        'Regions: [{Bucket: orders}]\nPublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false}',
        policyOf(
          ...([
            'Policy',
            'S3::MultiRegionAccessPointPolicy',
            'MrapName: !Ref It',
            'Policy',
          ] as const),
          statements,
        ),
      ),
    ]),
  ),
  'AWS::CloudTrail::Trail CloudTrail.3': trail('IsLogging: false\nIsMultiRegionTrail: true'),
  'AWS::CloudTrail::Trail CloudTrail.1': trail('IsLogging: false\nIsMultiRegionTrail: true'),
  'AWS::CloudTrail::Trail CloudTrail.4': trail('IsLogging: true'),
  'AWS::Kinesis::Stream Kinesis.1': it_('Kinesis::Stream', 'ShardCount: 1'),
  'AWS::Kinesis::Stream Kinesis.3': it_('Kinesis::Stream', 'RetentionPeriodHours: 48'),
  'AWS::GuardDuty::Detector GuardDuty.1': it_(
    'GuardDuty::Detector',
    'Enable: false\nFeatures: [{Name: RUNTIME_MONITORING, Status: ENABLED, AdditionalConfiguration: [{Name: EKS_ADDON_MANAGEMENT, Status: ENABLED}, {Name: ECS_FARGATE_AGENT_MANAGEMENT, Status: ENABLED}, {Name: EC2_AGENT_MANAGEMENT, Status: ENABLED}]}]',
  ),
  ...Object.fromEntries(
    (
      [
        ['GuardDuty.5', 'DataSources: {Kubernetes: {AuditLogs: {Enable: false}}}'],
        ['GuardDuty.6', 'Features:\n  - {Name: LAMBDA_NETWORK_LOGS, Status: DISABLED} # why'],
        ['GuardDuty.8', 'Features: [{Name: EBS_MALWARE_PROTECTION, Status: DISABLED}]'],
        ['GuardDuty.9', 'Features: [{Name: RDS_LOGIN_EVENTS, Status: DISABLED}]'],
        ['GuardDuty.10', 'DataSources: {S3Logs: {Enable: false}}'],
        ['GuardDuty.11', 'Features: [{Name: RDS_LOGIN_EVENTS, Status: DISABLED}]'],
      ] as const
    ).map(([control, said]) => [
      `AWS::GuardDuty::Detector ${control}`,
      it_('GuardDuty::Detector', `Enable: true\n${said}`),
    ]),
  ),
};
