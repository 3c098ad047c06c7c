import type { Clients } from '../../../lib/aws/clients.ts';

/** One resource, made by the SDK and declared in a template. */
export interface Same {
  readonly type: string;
  readonly title: string;
  /** Makes it, and answers its id. */
  make(clients: Clients): Promise<string | undefined>;
  /** The same as resources of a template, as `It`; names are those that were given. */
  readonly declared: Readonly<Record<string, readonly [type: string, properties: object]>>;
  /** `It` is a part of one of this type, which another stack makes. */
  readonly of?: string;
  /** Facets that are all that AWS says of it, of which a template says a part. */
  readonly more?: readonly string[];
  /** Facets that differ, each with why. */
  readonly apart?: Readonly<Record<string, string>>;
}

const account = '123456789012';
const trust = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};
const everything = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
const allow = (Resource: string, Action: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'a',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action,
      Resource,
    },
  ],
});
const text = JSON.stringify;
const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: false,
};
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
const defaultVpc = async (clients: Clients) => {
  const { Vpcs: [vpc] = [] } = await (await clients('ec2')).describeVpcs({
    Filters: [{ Name: 'is-default', Values: ['true'] }],
  });
  return vpc?.VpcId ?? '';
};

/** Types of which the two cannot be compared here. */
export const untried: Readonly<Record<string, string>> = {
  'AWS::AccessAnalyzer::Analyzer': 'its facets are those of a region, of which it is one setting',
  'AWS::ApiGatewayV2::Api': 'moto makes no route of the target of an API',
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides': 'moto makes no route of the target of an API',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'moto does not have it',
  'AWS::Config::ConfigurationRecorder':
    'its facets are those of a region, of which it is one setting',
  'AWS::DynamoDB::GlobalTable': 'it is a table in each of its regions, which is compared as one',
  'AWS::EC2::Instance': 'moto gives instances addresses and options of its own',
  'AWS::GuardDuty::Detector': 'its facets are those of a region, where moto leaves features out',
  'AWS::SecurityHub::Hub': 'its one facet is its ARN',
  'AWS::EC2::SnapshotBlockPublicAccess':
    'its facets are those of a region, of which it is one setting',
  'AWS::EC2::VPCBlockPublicAccessOptions':
    'its facets are those of a region, of which it is one setting',
  'AWS::Elasticsearch::Domain': 'it is a domain of OpenSearch by another name',
  'AWS::KMS::ReplicaKey': 'moto makes a replica with the properties of its primary',
  'AWS::Lambda::Function': 'moto answers for the policy of a function otherwise than AWS',
  'AWS::MSK::Cluster': 'moto keeps neither its encryption nor who may come in',
  'AWS::Neptune::DBInstance': 'it is an instance of RDS with another engine',
  'AWS::RedshiftServerless::Workgroup': 'moto does not have it',
  'AWS::Logs::MetricFilter': 'its facets are those of a region, of which it is one setting',
};

export const sameOnes: readonly Same[] = [
  {
    type: 'AWS::Cognito::IdentityPool',
    // moto alone has no roles of guests.
    title: 'that admits no guests',
    async make(clients) {
      const cognito = await clients('cognitoidentity');
      const made = await cognito.createIdentityPool({
        ...{ IdentityPoolName: 'same', AllowUnauthenticatedIdentities: false },
      });
      return made.IdentityPoolId;
    },
    declared: {
      It: ['AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities: false }],
    },
  },
  {
    type: 'AWS::Route53::HostedZone',
    title: 'that logs its queries',
    async make(clients) {
      const logGroupName = '/aws/route53/same.example';
      await (await clients('logs')).createLogGroup({ logGroupName });
      const route53 = await clients('route53');
      const asked = { Name: 'same.example', CallerReference: 'same' };
      const { HostedZone } = await route53.createHostedZone(asked);
      const [, , id = ''] = HostedZone?.Id?.split('/') ?? [];
      await route53.createQueryLoggingConfig({
        HostedZoneId: id,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:${logGroupName}:*`,
      });
      return id;
    },
    declared: {
      It: [
        'AWS::Route53::HostedZone',
        {
          Name: 'same.example',
          QueryLoggingConfig: {
            CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:/aws/route53/same.example`,
          },
        },
      ],
    },
  },
  {
    type: 'AWS::S3::Bucket',
    title: 'with all that is set apart',
    async make(clients) {
      const s3 = await clients('s3');
      const Bucket = 'same-one';
      await s3.createBucket({ Bucket });
      await s3.createBucket({ Bucket: 'same-logs' });
      await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
      await s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: all });
      await s3.putBucketOwnershipControls({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      });
      await s3.putBucketEncryption({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' },
              BucketKeyEnabled: true,
            },
          ],
        },
      });
      await s3.putBucketPolicy({ Bucket, Policy: text(allow('arn:aws:s3:::same-one', 's3:*')) });
      await s3.putBucketLifecycleConfiguration({
        Bucket,
        LifecycleConfiguration: {
          Rules: [
            { ID: 'a', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 400 } },
          ],
        },
      });
      await s3.putBucketWebsite({
        Bucket,
        WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
      });
      return Bucket;
    },
    declared: {
      It: [
        'AWS::S3::Bucket',
        {
          BucketName: 'same-one',
          VersioningConfiguration: { Status: 'Enabled' },
          PublicAccessBlockConfiguration: all,
          OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              {
                BucketKeyEnabled: true,
                ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' },
              },
            ],
          },
          LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 400 }] },
          WebsiteConfiguration: { IndexDocument: 'index.html' },
        },
      ],
      Policy: [
        'AWS::S3::BucketPolicy',
        { Bucket: { Ref: 'It' }, PolicyDocument: allow('arn:aws:s3:::same-one', 's3:*') },
      ],
    },
  },
  {
    type: 'AWS::S3::Bucket',
    title: 'of which nothing is said',
    async make(clients) {
      await (await clients('s3')).createBucket({ Bucket: 'same-plain' });
      return 'same-plain';
    },
    declared: { It: ['AWS::S3::Bucket', { BucketName: 'same-plain' }] },
  },
  {
    type: 'AWS::EC2::SecurityGroup',
    title: 'with rules of both kinds',
    apart: { identifiedRules: 'AWS gives them ids, and has one that lets everything out' },
    async make(clients) {
      const ec2 = await clients('ec2');
      const VpcId = await defaultVpc(clients);
      const { GroupId } = await ec2.createSecurityGroup({
        GroupName: 'same',
        Description: 'a',
        VpcId,
      });
      await ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpPermissions: [
          { ...ssh, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'all' }] },
          { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
        ],
      });
      return GroupId;
    },
    declared: {
      It: [
        'AWS::EC2::SecurityGroup',
        {
          GroupName: 'same',
          GroupDescription: 'a',
          VpcId: 'vpc-1',
          SecurityGroupIngress: [{ ...ssh, CidrIp: '0.0.0.0/0', Description: 'all' }],
        },
      ],
      More: [
        'AWS::EC2::SecurityGroupIngress',
        { GroupId: { Ref: 'It' }, IpProtocol: -1, CidrIpv6: '::/0' },
      ],
    },
  },
  {
    type: 'AWS::EC2::Subnet',
    title: 'that gives public addresses',
    async make(clients) {
      const ec2 = await clients('ec2');
      const { Vpc } = await ec2.createVpc({ CidrBlock: '10.9.0.0/16' });
      const { Subnet } = await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: '10.9.1.0/24' });
      const SubnetId = Subnet?.SubnetId;
      await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } });
      return SubnetId;
    },
    declared: {
      It: [
        'AWS::EC2::Subnet',
        {
          VpcId: 'vpc-1',
          CidrBlock: '10.9.1.0/24',
          MapPublicIpOnLaunch: true,
          AvailabilityZone: 'us-east-1a',
        },
      ],
    },
  },
  {
    type: 'AWS::EC2::VPC',
    title: 'without flow logs',
    make: async (clients) =>
      (await (await clients('ec2')).createVpc({ CidrBlock: '10.8.0.0/16' })).Vpc?.VpcId,
    declared: { It: ['AWS::EC2::VPC', { CidrBlock: '10.8.0.0/16' }] },
  },
  {
    type: 'AWS::CodeBuild::Project',
    title: 'with variables and logs',
    async make(clients) {
      await (await clients('codebuild')).createProject({
        name: 'same-project',
        serviceRole: `arn:aws:iam::${account}:role/build`,
        artifacts: { type: 'NO_ARTIFACTS' },
        source: { type: 'GITHUB', location: 'https://github.com/a/b.git' },
        environment: {
          ...{ type: 'LINUX_CONTAINER', image: 'a', computeType: 'BUILD_GENERAL1_SMALL' },
          privilegedMode: true,
          environmentVariables: [{ name: 'STAGE', value: 'a', type: 'PLAINTEXT' }],
        },
        logsConfig: { s3Logs: { status: 'ENABLED', location: 'a/b', encryptionDisabled: true } },
      });
      return 'same-project';
    },
    declared: {
      It: [
        'AWS::CodeBuild::Project',
        {
          Name: 'same-project',
          Source: { Type: 'GITHUB', Location: 'https://github.com/a/b.git' },
          Environment: {
            PrivilegedMode: true,
            EnvironmentVariables: [{ Name: 'STAGE', Value: 'a', Type: 'PLAINTEXT' }],
          },
          LogsConfig: { S3Logs: { Status: 'ENABLED', EncryptionDisabled: true } },
        },
      ],
    },
  },
  {
    type: 'AWS::CodeBuild::Project',
    title: 'with a webhook',
    async make(clients) {
      const builds = await clients('codebuild');
      await builds.createProject({
        name: 'same-webhook',
        serviceRole: `arn:aws:iam::${account}:role/build`,
        artifacts: { type: 'NO_ARTIFACTS' },
        source: { type: 'GITHUB', location: 'https://github.com/a/b.git' },
        environment: { type: 'LINUX_CONTAINER', image: 'a', computeType: 'BUILD_GENERAL1_SMALL' },
      });
      await builds.createWebhook({
        projectName: 'same-webhook',
        filterGroups: [[{ type: 'EVENT', pattern: 'PUSH' }], [{ type: 'EVENT', pattern: 'TAG' }]],
        pullRequestBuildPolicy: {
          requiresCommentApproval: 'FORK_PULL_REQUESTS',
          approverRoles: ['GITHUB_ADMIN'],
        },
      });
      return 'same-webhook';
    },
    declared: {
      It: [
        'AWS::CodeBuild::Project',
        {
          Name: 'same-webhook',
          Source: { Type: 'GITHUB', Location: 'https://github.com/a/b.git' },
          Triggers: {
            Webhook: true,
            FilterGroups: [
              [{ Type: 'EVENT', Pattern: 'PUSH' }],
              [{ Type: 'EVENT', Pattern: 'TAG' }],
            ],
            PullRequestBuildPolicy: {
              RequiresCommentApproval: 'FORK_PULL_REQUESTS',
              ApproverRoles: ['GITHUB_ADMIN'],
            },
          },
        },
      ],
    },
  },
  {
    type: 'AWS::ECS::Cluster',
    title: 'that is measured',
    async make(clients) {
      const settings = [{ name: 'containerInsights' as const, value: 'enabled' }];
      await (await clients('ecs')).createCluster({ clusterName: 'same-cluster', settings });
      return 'same-cluster';
    },
    declared: {
      It: [
        'AWS::ECS::Cluster',
        {
          ClusterName: 'same-cluster',
          ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }],
        },
      ],
    },
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    title: 'whose container is as root beside the host',
    async make(clients) {
      await (await clients('ecs')).registerTaskDefinition({
        ...{ family: 'same-family', networkMode: 'host', pidMode: 'host' },
        containerDefinitions: [
          {
            ...{ name: 'web', image: 'web:1', memory: 64, privileged: true, user: '0' },
            ...{ readonlyRootFilesystem: true, environment: [{ name: 'PORT', value: '80' }] },
            logConfiguration: { logDriver: 'awslogs' },
          },
        ],
      });
      return 'same-family';
    },
    declared: {
      It: [
        'AWS::ECS::TaskDefinition',
        {
          ...{ Family: 'same-family', NetworkMode: 'host', PidMode: 'host' },
          ContainerDefinitions: [
            {
              ...{ Name: 'web', Image: 'web:1', Memory: 64, Privileged: true, User: '0' },
              ...{ ReadonlyRootFilesystem: true, Environment: [{ Name: 'PORT', Value: '80' }] },
              LogConfiguration: { LogDriver: 'awslogs' },
            },
          ],
        },
      ],
    },
  },
  {
    type: 'AWS::ECS::Service',
    title: 'with public addresses',
    async make(clients) {
      const ecs = await clients('ecs');
      const { Subnets = [] } = await (await clients('ec2')).describeSubnets({});
      await ecs.createCluster({ clusterName: 'cluster' });
      await ecs.registerTaskDefinition({
        family: 'same-task',
        containerDefinitions: [{ name: 'a', image: 'a', memory: 64 }],
      });
      await ecs.createService({
        ...{ cluster: 'cluster', serviceName: 'same-service', taskDefinition: 'same-task' },
        ...{ desiredCount: 0, launchType: 'FARGATE', platformVersion: '1.3.0' },
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [Subnets[0]?.SubnetId ?? ''],
            securityGroups: [],
            assignPublicIp: 'ENABLED',
          },
        },
      });
      return 'cluster/same-service';
    },
    declared: {
      It: [
        'AWS::ECS::Service',
        {
          ...{ ServiceName: 'same-service', LaunchType: 'FARGATE', PlatformVersion: '1.3.0' },
          NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } },
        },
      ],
    },
  },
  {
    type: 'AWS::ElastiCache::CacheCluster',
    title: 'with snapshots',
    async make(clients) {
      await (await clients('elasticache')).createCacheCluster({
        ...{ CacheClusterId: 'same-cache', Engine: 'redis', CacheNodeType: 'cache.t4g.micro' },
        ...{ SnapshotRetentionLimit: 3, AutoMinorVersionUpgrade: true },
        CacheSubnetGroupName: 'private',
      });
      return 'same-cache';
    },
    declared: {
      It: [
        'AWS::ElastiCache::CacheCluster',
        {
          ...{ ClusterName: 'same-cache', Engine: 'redis', SnapshotRetentionLimit: 3 },
          ...{ AutoMinorVersionUpgrade: true, CacheSubnetGroupName: 'private' },
        },
      ],
    },
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    title: 'with TLS for whoever asks',
    async make(clients) {
      await (await clients('elasticache')).createReplicationGroup({
        ...{ ReplicationGroupId: 'same-group', ReplicationGroupDescription: 'a' },
        ...{ AutomaticFailoverEnabled: true, AtRestEncryptionEnabled: true, NumCacheClusters: 2 },
        ...{ TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' },
      });
      return 'same-group';
    },
    declared: {
      It: [
        'AWS::ElastiCache::ReplicationGroup',
        {
          ...{ ReplicationGroupId: 'same-group', AutomaticFailoverEnabled: true },
          ...{ AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true },
          TransitEncryptionMode: 'preferred',
        },
      ],
    },
  },
  {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    title: 'with a listener of HTTP',
    async make(clients) {
      const elb = await clients('elb');
      const LoadBalancerName = 'same-classic';
      await elb.createLoadBalancer({
        LoadBalancerName,
        AvailabilityZones: ['us-east-1a', 'us-east-1b'],
        Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 }],
      });
      await elb.modifyLoadBalancerAttributes({
        LoadBalancerName,
        LoadBalancerAttributes: { ConnectionDraining: { Enabled: true, Timeout: 60 } },
      });
      return LoadBalancerName;
    },
    declared: {
      It: [
        'AWS::ElasticLoadBalancing::LoadBalancer',
        {
          LoadBalancerName: 'same-classic',
          AvailabilityZones: ['us-east-1a', 'us-east-1b'],
          Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: '80', InstancePort: '80' }],
          ConnectionDrainingPolicy: { Enabled: true, Timeout: 60 },
        },
      ],
    },
  },
  {
    type: 'AWS::CloudFront::Distribution',
    title: 'of a bucket and a server',
    apart: { buckets: 'which buckets there are shows in the account' },
    async make(clients) {
      const cloudfront = await clients('cloudfront');
      // Moto takes seconds to load it, and what is created when nobody waits any more is not created again.
      await cloudfront.listDistributions({});
      const { Distribution } = await cloudfront.createDistribution({
        DistributionConfig: {
          ...{ CallerReference: 'same', Comment: '', Enabled: true },
          DefaultRootObject: 'index.html',
          ViewerCertificate: {
            ...{ ACMCertificateArn: 'arn:aws:acm:a', SSLSupportMethod: 'sni-only' },
            ...{ CloudFrontDefaultCertificate: false, MinimumProtocolVersion: 'TLSv1.2_2021' },
          },
          Origins: {
            Quantity: 2,
            Items: [
              {
                ...{ Id: 'site', DomainName: 'site.s3.amazonaws.com' },
                ...{ S3OriginConfig: { OriginAccessIdentity: '' }, OriginAccessControlId: 'E1' },
              },
              {
                ...{ Id: 'shop', DomainName: 'shop.example.com' },
                CustomOriginConfig: {
                  ...{ HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'match-viewer' },
                  OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2'] },
                },
              },
            ],
          },
          DefaultCacheBehavior: {
            ...{ TargetOriginId: 'site', ViewerProtocolPolicy: 'redirect-to-https' },
            ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
          },
        },
      });
      return Distribution?.Id;
    },
    declared: {
      It: [
        'AWS::CloudFront::Distribution',
        {
          DistributionConfig: {
            Enabled: true,
            DefaultRootObject: 'index.html',
            ViewerCertificate: {
              ...{ AcmCertificateArn: 'arn:aws:acm:a', SslSupportMethod: 'sni-only' },
              MinimumProtocolVersion: 'TLSv1.2_2021',
            },
            Origins: [
              {
                ...{ Id: 'site', DomainName: 'site.s3.amazonaws.com' },
                ...{ S3OriginConfig: {}, OriginAccessControlId: 'E1' },
              },
              {
                ...{ Id: 'shop', DomainName: 'shop.example.com' },
                CustomOriginConfig: {
                  ...{ OriginProtocolPolicy: 'match-viewer', OriginSSLProtocols: ['TLSv1.2'] },
                },
              },
            ],
            DefaultCacheBehavior: {
              ...{ TargetOriginId: 'site', ViewerProtocolPolicy: 'redirect-to-https' },
            },
          },
        },
      ],
    },
  },
  {
    type: 'AWS::EC2::TransitGateway',
    title: 'that takes whoever comes',
    make: async (clients) =>
      (
        await (
          await clients('ec2')
        ).createTransitGateway({
          Options: { AutoAcceptSharedAttachments: 'enable' },
        })
      ).TransitGateway?.TransitGatewayId,
    declared: {
      It: ['AWS::EC2::TransitGateway', { AutoAcceptSharedAttachments: 'enable' }],
    },
  },
  {
    type: 'AWS::EC2::NetworkAcl',
    title: 'with a rule of its own',
    async make(clients) {
      const ec2 = await clients('ec2');
      const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId: await defaultVpc(clients) });
      const NetworkAclId = NetworkAcl?.NetworkAclId;
      await ec2.createNetworkAclEntry({
        NetworkAclId,
        RuleNumber: 100,
        Protocol: '6',
        RuleAction: 'allow',
        Egress: false,
        CidrBlock: '0.0.0.0/0',
        PortRange: { From: 22, To: 22 },
      });
      return NetworkAclId;
    },
    declared: {
      It: ['AWS::EC2::NetworkAcl', { VpcId: 'vpc-1' }],
      Entry: [
        'AWS::EC2::NetworkAclEntry',
        {
          NetworkAclId: { Ref: 'It' },
          RuleNumber: 100,
          Protocol: 6,
          RuleAction: 'allow',
          CidrBlock: '0.0.0.0/0',
          PortRange: { From: 22, To: 22 },
        },
      ],
    },
  },
  {
    type: 'AWS::EC2::Volume',
    title: 'that is not encrypted',
    make: async (clients) =>
      (await (await clients('ec2')).createVolume({ AvailabilityZone: 'us-east-1a', Size: 1 }))
        .VolumeId,
    apart: { volume: 'one that a template attaches to nothing may be attached by somebody' },
    declared: { It: ['AWS::EC2::Volume', { AvailabilityZone: 'us-east-1a', Size: 1 }] },
  },
  {
    type: 'AWS::EC2::LaunchTemplate',
    title: 'with tokens and an address',
    make: async (clients) =>
      (
        await (
          await clients('ec2')
        ).createLaunchTemplate({
          LaunchTemplateName: 'same',
          LaunchTemplateData: {
            MetadataOptions: { HttpTokens: 'required' },
            NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
            BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { Encrypted: false } }],
          },
        })
      ).LaunchTemplate?.LaunchTemplateId,
    declared: {
      It: [
        'AWS::EC2::LaunchTemplate',
        {
          LaunchTemplateData: {
            MetadataOptions: { HttpTokens: 'required' },
            NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
            BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { Encrypted: false } }],
          },
        },
      ],
    },
  },
  {
    type: 'AWS::IAM::Role',
    title: 'with policies of both kinds',
    async make(clients) {
      const iam = await clients('iam');
      const RoleName = 'same-role';
      await iam.createRole({ RoleName, AssumeRolePolicyDocument: text(trust) });
      await iam.putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: text(everything) });
      await iam.attachRolePolicy({
        RoleName,
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      });
      return RoleName;
    },
    declared: {
      It: [
        'AWS::IAM::Role',
        {
          RoleName: 'same-role',
          AssumeRolePolicyDocument: trust,
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
          Policies: [{ PolicyName: 'own', PolicyDocument: everything }],
        },
      ],
    },
  },
  {
    type: 'AWS::IAM::User',
    title: 'in a group that gives it a policy',
    apart: { createdAt: 'AWS says it' },
    async make(clients) {
      const iam = await clients('iam');
      await iam.createGroup({ GroupName: 'same-group' });
      await iam.putGroupPolicy({
        GroupName: 'same-group',
        PolicyName: 'g',
        PolicyDocument: text(everything),
      });
      await iam.createUser({ UserName: 'same-user' });
      await iam.addUserToGroup({ UserName: 'same-user', GroupName: 'same-group' });
      await iam.putUserPolicy({
        UserName: 'same-user',
        PolicyName: 'u',
        PolicyDocument: text(everything),
      });
      return 'same-user';
    },
    declared: {
      It: [
        'AWS::IAM::User',
        {
          UserName: 'same-user',
          Groups: [{ Ref: 'Group' }],
          Policies: [{ PolicyName: 'u', PolicyDocument: everything }],
        },
      ],
      Group: [
        'AWS::IAM::Group',
        { GroupName: 'same-group', Policies: [{ PolicyName: 'g', PolicyDocument: everything }] },
      ],
    },
  },
  {
    type: 'AWS::IAM::Group',
    title: 'with a policy',
    async make(clients) {
      const iam = await clients('iam');
      const GroupName = 'same-other-group';
      await iam.createGroup({ GroupName });
      await iam.putGroupPolicy({ GroupName, PolicyName: 'g', PolicyDocument: text(everything) });
      return GroupName;
    },
    declared: {
      It: ['AWS::IAM::Group', { GroupName: 'same-other-group' }],
      Policy: [
        'AWS::IAM::Policy',
        { PolicyName: 'g', PolicyDocument: everything, Groups: [{ Ref: 'It' }] },
      ],
    },
  },
  {
    type: 'AWS::IAM::Policy',
    title: 'that nobody has',
    make: async (clients) =>
      (
        await (
          await clients('iam')
        ).createPolicy({ PolicyName: 'same-policy', PolicyDocument: text(everything) })
      ).Policy?.Arn,
    declared: {
      It: [
        'AWS::IAM::ManagedPolicy',
        { ManagedPolicyName: 'same-policy', PolicyDocument: everything },
      ],
    },
  },
  {
    type: 'AWS::KMS::Key',
    title: 'that is rotated',
    async make(clients) {
      const kms = await clients('kms');
      const { KeyMetadata } = await kms.createKey({ Policy: text(allow('*', 'kms:*')) });
      await kms.enableKeyRotation({ KeyId: KeyMetadata?.KeyId });
      return KeyMetadata?.KeyId;
    },
    declared: {
      It: ['AWS::KMS::Key', { KeyPolicy: allow('*', 'kms:*'), EnableKeyRotation: true }],
    },
  },
  {
    type: 'AWS::SQS::Queue',
    title: 'with a policy',
    async make(clients) {
      const sqs = await clients('sqs');
      await sqs.createQueue({
        QueueName: 'same-queue',
        Attributes: {
          SqsManagedSseEnabled: 'false',
          Policy: text(allow(`arn:aws:sqs:us-east-1:${account}:same-queue`, 'sqs:SendMessage')),
        },
      });
      return 'same-queue';
    },
    declared: {
      It: ['AWS::SQS::Queue', { QueueName: 'same-queue', SqsManagedSseEnabled: false }],
      Policy: [
        'AWS::SQS::QueuePolicy',
        {
          Queues: [{ Ref: 'It' }],
          PolicyDocument: allow(`arn:aws:sqs:us-east-1:${account}:same-queue`, 'sqs:SendMessage'),
        },
      ],
    },
  },
  {
    type: 'AWS::SNS::Topic',
    title: 'with a key and a policy',
    async make(clients) {
      const sns = await clients('sns');
      await sns.createTopic({
        Name: 'same-topic',
        Attributes: {
          KmsMasterKeyId: 'alias/aws/sns',
          Policy: text(allow(`arn:aws:sns:us-east-1:${account}:same-topic`, 'sns:Publish')),
        },
      });
      return 'same-topic';
    },
    declared: {
      It: ['AWS::SNS::Topic', { TopicName: 'same-topic', KmsMasterKeyId: 'alias/aws/sns' }],
      Policy: [
        'AWS::SNS::TopicPolicy',
        {
          Topics: [{ Ref: 'It' }],
          PolicyDocument: allow(`arn:aws:sns:us-east-1:${account}:same-topic`, 'sns:Publish'),
        },
      ],
    },
  },
  {
    type: 'AWS::ECR::Repository',
    title: 'that is scanned, with a policy',
    async make(clients) {
      const ecr = await clients('ecr');
      const repositoryName = 'same-images';
      await ecr.createRepository({
        repositoryName,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
      });
      await ecr.setRepositoryPolicy({ repositoryName, policyText: text(allow('*', 'ecr:*')) });
      return repositoryName;
    },
    declared: {
      It: [
        'AWS::ECR::Repository',
        {
          RepositoryName: 'same-images',
          ImageTagMutability: 'IMMUTABLE',
          ImageScanningConfiguration: { ScanOnPush: true },
          RepositoryPolicyText: allow('*', 'ecr:*'),
        },
      ],
    },
  },
  {
    type: 'AWS::SecretsManager::Secret',
    apart: { life: 'AWS says since when there is one' },
    title: 'with a policy',
    async make(clients) {
      const secrets = await clients('secretsmanager');
      await secrets.createSecret({ Name: 'same-secret', SecretString: 'a' });
      await secrets.putResourcePolicy({
        SecretId: 'same-secret',
        ResourcePolicy: text(allow('*', 'secretsmanager:*')),
      });
      return 'same-secret';
    },
    declared: {
      It: ['AWS::SecretsManager::Secret', { Name: 'same-secret' }],
      Policy: [
        'AWS::SecretsManager::ResourcePolicy',
        { SecretId: { Ref: 'It' }, ResourcePolicy: allow('*', 'secretsmanager:*') },
      ],
    },
  },
  {
    type: 'AWS::RDS::DBInstance',
    title: 'with a group of its own',
    more: ['instance'],
    apart: {
      parameterGroup: 'moto knows no parameters of an engine',
      exportableLogs: 'moto knows no versions of an engine',
    },
    async make(clients) {
      const rds = await clients('rds');
      await rds.createDBParameterGroup({
        DBParameterGroupName: 'same-group',
        DBParameterGroupFamily: 'mysql8.0',
        Description: 'a',
      });
      await rds.createDBInstance({
        DBInstanceIdentifier: 'same-db',
        DBInstanceClass: 'db.t3.micro',
        Engine: 'mysql',
        EngineVersion: '8.0.40',
        MasterUsername: 'owner',
        MasterUserPassword: 'not-a-secret',
        AllocatedStorage: 20,
        PubliclyAccessible: true,
        StorageEncrypted: true,
        BackupRetentionPeriod: 3,
        DeletionProtection: true,
        CopyTagsToSnapshot: true,
        MultiAZ: true,
        Port: 3311,
        DBParameterGroupName: 'same-group',
        EnableIAMDatabaseAuthentication: true,
        EnableCloudwatchLogsExports: ['error'],
        AutoMinorVersionUpgrade: false,
      });
      return 'same-db';
    },
    declared: {
      It: [
        'AWS::RDS::DBInstance',
        {
          DBInstanceIdentifier: 'same-db',
          Engine: 'mysql',
          EngineVersion: '8.0.40',
          MasterUsername: 'owner',
          PubliclyAccessible: true,
          StorageEncrypted: true,
          BackupRetentionPeriod: 3,
          DeletionProtection: true,
          CopyTagsToSnapshot: true,
          MultiAZ: true,
          Port: 3311,
          DBParameterGroupName: { Ref: 'Group' },
          EnableIAMDatabaseAuthentication: true,
          EnableCloudwatchLogsExports: ['error'],
          AutoMinorVersionUpgrade: false,
        },
      ],
      Group: ['AWS::RDS::DBParameterGroup', { DBParameterGroupName: 'same-group' }],
    },
  },
  {
    type: 'AWS::RDS::DBCluster',
    title: 'of Aurora',
    more: ['cluster'],
    apart: {
      parameterGroup: 'moto knows no parameters of an engine',
      parameters: 'moto knows no parameters of an engine',
      exportableLogs: 'moto knows no versions of an engine',
    },
    async make(clients) {
      await (await clients('rds')).createDBCluster({
        DBClusterIdentifier: 'same-cluster',
        Engine: 'aurora-mysql',
        EngineVersion: '8.0.mysql_aurora.3.08.0',
        MasterUsername: 'owner',
        MasterUserPassword: 'not-a-secret',
        StorageEncrypted: true,
        DeletionProtection: true,
        BackupRetentionPeriod: 9,
        CopyTagsToSnapshot: true,
        EnableIAMDatabaseAuthentication: true,
        Port: 3307,
      });
      return 'same-cluster';
    },
    declared: {
      It: [
        'AWS::RDS::DBCluster',
        {
          DBClusterIdentifier: 'same-cluster',
          Engine: 'aurora-mysql',
          EngineVersion: '8.0.mysql_aurora.3.08.0',
          MasterUsername: 'owner',
          StorageEncrypted: true,
          DeletionProtection: true,
          BackupRetentionPeriod: 9,
          CopyTagsToSnapshot: true,
          EnableIAMDatabaseAuthentication: true,
          Port: 3307,
        },
      ],
    },
  },
  {
    type: 'AWS::RDS::DBCluster',
    title: 'of DocumentDB',
    more: ['cluster'],
    apart: {
      parameterGroup: 'moto knows no parameters of an engine',
      parameters: 'moto knows no parameters of an engine',
      exportableLogs: 'moto knows no versions of an engine',
    },
    async make(clients) {
      await (await clients('rds')).createDBCluster({
        DBClusterIdentifier: 'same-documents',
        Engine: 'docdb',
        EngineVersion: '5.0.0',
        MasterUsername: 'owner',
        MasterUserPassword: 'not-a-secret',
        StorageEncrypted: true,
        DeletionProtection: true,
        BackupRetentionPeriod: 9,
        EnableCloudwatchLogsExports: ['audit'],
      });
      return 'same-documents';
    },
    declared: {
      It: [
        'AWS::DocDB::DBCluster',
        {
          DBClusterIdentifier: 'same-documents',
          EngineVersion: '5.0.0',
          MasterUsername: 'owner',
          StorageEncrypted: true,
          DeletionProtection: true,
          BackupRetentionPeriod: 9,
          EnableCloudwatchLogsExports: ['audit'],
        },
      ],
    },
  },
  {
    type: 'AWS::RDS::DBCluster',
    title: 'of Neptune',
    more: ['cluster'],
    apart: {
      parameterGroup: 'moto knows no parameters of an engine',
      parameters: 'moto knows no parameters of an engine',
      exportableLogs: 'moto knows no versions of an engine',
    },
    async make(clients) {
      await (await clients('rds')).createDBCluster({
        DBClusterIdentifier: 'same-graph',
        Engine: 'neptune',
        EngineVersion: '1.3.0.0',
        StorageEncrypted: true,
        DeletionProtection: true,
        BackupRetentionPeriod: 9,
        EnableCloudwatchLogsExports: ['audit'],
      });
      return 'same-graph';
    },
    declared: {
      It: [
        'AWS::Neptune::DBCluster',
        {
          DBClusterIdentifier: 'same-graph',
          EngineVersion: '1.3.0.0',
          StorageEncrypted: true,
          DeletionProtection: true,
          BackupRetentionPeriod: 9,
          EnableCloudwatchLogsExports: ['audit'],
        },
      ],
    },
  },
  {
    type: 'AWS::CloudTrail::Trail',
    title: 'of all regions',
    apart: { selectors: 'moto shows none of a new trail, and AWS that of management events' },
    async make(clients) {
      await (await clients('s3')).createBucket({ Bucket: 'same-trail-logs' });
      const trails = await clients('cloudtrail');
      const { TrailARN } = await trails.createTrail({
        Name: 'same-trail',
        S3BucketName: 'same-trail-logs',
        IsMultiRegionTrail: true,
        EnableLogFileValidation: true,
      });
      await trails.startLogging({ Name: 'same-trail' });
      return TrailARN;
    },
    declared: {
      Logs: ['AWS::S3::Bucket', { BucketName: 'same-trail-logs' }],
      It: [
        'AWS::CloudTrail::Trail',
        {
          TrailName: 'same-trail',
          S3BucketName: { Ref: 'Logs' },
          IsLogging: true,
          IsMultiRegionTrail: true,
          EnableLogFileValidation: true,
        },
      ],
    },
  },
  {
    type: 'AWS::Backup::BackupVault',
    title: 'with a policy',
    async make(clients) {
      const backup = await clients('backup');
      const BackupVaultName = 'same-vault';
      await backup.createBackupVault({ BackupVaultName });
      const Policy = text(allow('*', 'backup:CopyIntoBackupVault'));
      await backup.putBackupVaultAccessPolicy({ BackupVaultName, Policy });
      return BackupVaultName;
    },
    declared: {
      It: [
        'AWS::Backup::BackupVault',
        { BackupVaultName: 'same-vault', AccessPolicy: allow('*', 'backup:CopyIntoBackupVault') },
      ],
    },
  },
  {
    type: 'AWS::Backup::BackupVault',
    title: 'of which nothing is said',
    async make(clients) {
      await (await clients('backup')).createBackupVault({ BackupVaultName: 'same-plain-vault' });
      return 'same-plain-vault';
    },
    declared: { It: ['AWS::Backup::BackupVault', { BackupVaultName: 'same-plain-vault' }] },
  },
  {
    type: 'AWS::Events::EventBus',
    title: 'with a policy',
    async make(clients) {
      const events = await clients('eventbridge');
      await events.createEventBus({ Name: 'same-bus' });
      const Policy = text(allow('*', 'events:PutEvents'));
      await events.putPermission({ EventBusName: 'same-bus', Policy });
      return 'same-bus';
    },
    declared: {
      It: ['AWS::Events::EventBus', { Name: 'same-bus', Policy: allow('*', 'events:PutEvents') }],
    },
  },
  {
    type: 'AWS::ApiGateway::RestApi',
    title: 'that is private, with a policy',
    async make(clients) {
      const made = await (await clients('apigateway')).createRestApi({
        ...{ name: 'same-api', policy: text(allow('*', 'execute-api:Invoke')) },
        endpointConfiguration: { types: ['PRIVATE'] },
      });
      return made.id;
    },
    declared: {
      It: [
        'AWS::ApiGateway::RestApi',
        {
          Name: 'same-api',
          EndpointConfiguration: { Types: ['PRIVATE'] },
          Policy: allow('*', 'execute-api:Invoke'),
        },
      ],
    },
  },
  {
    type: 'AWS::DynamoDB::Table',
    title: 'with protection, recovery and a policy',
    // AWS says the days of recovery too.
    more: ['recovery'],
    async make(clients) {
      const dynamodb = await clients('dynamodb');
      const TableName = 'same-table';
      await dynamodb.createTable({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        DeletionProtectionEnabled: true,
      });
      await dynamodb.updateContinuousBackups({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
      const ResourceArn = `arn:aws:dynamodb:us-east-1:${account}:table/${TableName}`;
      await dynamodb.putResourcePolicy({
        ResourceArn,
        Policy: text(allow(ResourceArn, 'dynamodb:GetItem')),
      });
      return TableName;
    },
    declared: {
      It: [
        'AWS::DynamoDB::Table',
        {
          TableName: 'same-table',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          ResourcePolicy: {
            PolicyDocument: allow(
              `arn:aws:dynamodb:us-east-1:${account}:table/same-table`,
              'dynamodb:GetItem',
            ),
          },
        },
      ],
    },
  },
  {
    type: 'AWS::DynamoDB::Table',
    title: 'of which nothing is said',
    async make(clients) {
      await (await clients('dynamodb')).createTable({
        TableName: 'same-plain-table',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      });
      return 'same-plain-table';
    },
    declared: { It: ['AWS::DynamoDB::Table', { TableName: 'same-plain-table' }] },
  },
  {
    type: 'AWS::ApiGateway::Stage',
    title: 'traced, with logs and an encrypted cache',
    async make(clients) {
      const rest = await clients('apigateway');
      const { id: restApiId = '' } = await rest.createRestApi({ name: 'same' });
      const { items = [] } = await rest.getResources({ restApiId });
      const method = { restApiId, resourceId: items[0]?.id ?? '', httpMethod: 'GET' };
      await rest.putMethod({ ...method, authorizationType: 'NONE' });
      await rest.putIntegration({ ...method, type: 'MOCK' });
      const { id: deploymentId } = await rest.createDeployment({ restApiId });
      const stage = { restApiId, stageName: 'same' };
      const cache = { cacheClusterEnabled: true, tracingEnabled: true };
      await rest.createStage({ ...stage, ...cache, deploymentId });
      const set = { 'logging/loglevel': 'ERROR', 'caching/enabled': 'true' };
      await rest.updateStage({
        ...stage,
        patchOperations: Object.entries({ ...set, 'caching/dataEncrypted': 'true' }).map(
          ([path, value]) => ({ op: 'replace', path: `/*/*/${path}`, value }),
        ),
      });
      return `${restApiId}/same`;
    },
    declared: {
      It: [
        'AWS::ApiGateway::Stage',
        {
          ...{ RestApiId: 'a1b2c3', StageName: 'same' },
          ...{ TracingEnabled: true, CacheClusterEnabled: true },
          MethodSettings: [
            {
              ...{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'ERROR' },
              ...{ CachingEnabled: true, CacheDataEncrypted: true },
            },
          ],
        },
      ],
    },
  },
  {
    type: 'AWS::ApiGatewayV2::Stage',
    title: 'with logs',
    async make(clients) {
      const apis = await clients('apigatewayv2');
      const RouteSelectionExpression = '$request.body.action';
      const named = { Name: 'same', RouteSelectionExpression };
      const { ApiId } = await apis.createApi({ ...named, ProtocolType: 'WEBSOCKET' });
      await apis.createStage({
        ...{ ApiId, StageName: 'same', AccessLogSettings: { DestinationArn: 'l' } },
        DefaultRouteSettings: { LoggingLevel: 'ERROR' },
        RouteSettings: { send: { LoggingLevel: 'INFO' } },
      });
      return `${ApiId}/same`;
    },
    declared: {
      Api: ['AWS::ApiGatewayV2::Api', { Name: 'same', ProtocolType: 'WEBSOCKET' }],
      It: [
        'AWS::ApiGatewayV2::Stage',
        {
          ...{ ApiId: { Ref: 'Api' }, StageName: 'same' },
          AccessLogSettings: { DestinationArn: 'l' },
          DefaultRouteSettings: { LoggingLevel: 'ERROR' },
          RouteSettings: { send: { LoggingLevel: 'INFO' } },
        },
      ],
    },
  },
  {
    type: 'AWS::ApiGatewayV2::Route',
    title: 'that asks nobody',
    async make(clients) {
      const apis = await clients('apigatewayv2');
      const { ApiId } = await apis.createApi({ Name: 'same', ProtocolType: 'HTTP' });
      const { RouteId } = await apis.createRoute({ ApiId, RouteKey: 'GET /orders' });
      return `${ApiId}/${RouteId}`;
    },
    declared: {
      Api: ['AWS::ApiGatewayV2::Api', { Name: 'same', ProtocolType: 'HTTP' }],
      It: ['AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /orders' }],
    },
  },
  {
    type: 'AWS::EFS::FileSystem',
    title: 'encrypted and with backups',
    async make(clients) {
      const efs = await clients('efs');
      const { FileSystemId } = await efs.createFileSystem({
        CreationToken: 'same',
        Encrypted: true,
        Backup: true,
      });
      return FileSystemId;
    },
    declared: {
      It: ['AWS::EFS::FileSystem', { Encrypted: true, BackupPolicy: { Status: 'ENABLED' } }],
    },
  },
  {
    type: 'AWS::EFS::FileSystem',
    title: 'elsewhere, with a mount target',
    of: 'AWS::EFS::FileSystem',
    async make(clients) {
      const ec2 = await clients('ec2');
      const { Subnet } = await ec2.createSubnet({
        ...{ VpcId: await defaultVpc(clients), CidrBlock: '172.31.240.0/24' },
      });
      const SubnetId = Subnet?.SubnetId;
      await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } });
      const efs = await clients('efs');
      const { FileSystemId } = await efs.createFileSystem({ CreationToken: 'same-elsewhere' });
      await efs.createMountTarget({ FileSystemId, SubnetId });
      return FileSystemId;
    },
    declared: {
      Subnet: ['AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }],
      It: ['AWS::EFS::MountTarget', { FileSystemId: 'fs-1', SubnetId: { Ref: 'Subnet' } }],
    },
    apart: {
      fileSystem: 'another stack sets how it is encrypted',
      backup: 'another stack sets its backups',
    },
  },
  {
    type: 'AWS::AutoScaling::LaunchConfiguration',
    title: 'with a public address and tokens',
    async make(clients) {
      const { Images: [image] = [] } = await (await clients('ec2')).describeImages({
        Owners: ['amazon'],
      });
      const LaunchConfigurationName = 'same-launch';
      await (await clients('autoscaling')).createLaunchConfiguration({
        ...{ LaunchConfigurationName, ImageId: image?.ImageId, InstanceType: 't3.micro' },
        ...{
          AssociatePublicIpAddress: true,
          MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
        },
      });
      return LaunchConfigurationName;
    },
    declared: {
      It: [
        'AWS::AutoScaling::LaunchConfiguration',
        {
          LaunchConfigurationName: 'same-launch',
          AssociatePublicIpAddress: true,
          MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
        },
      ],
    },
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    title: 'in two zones, with a template of two types',
    async make(clients) {
      const [autoscaling, ec2] = await Promise.all([clients('autoscaling'), clients('ec2')]);
      const { Images: [image] = [] } = await ec2.describeImages({ Owners: ['amazon'] });
      const LaunchTemplateName = 'same-group';
      await ec2.createLaunchTemplate({
        LaunchTemplateName,
        LaunchTemplateData: { ImageId: image?.ImageId, InstanceType: 't3.micro' },
      });
      await autoscaling.createAutoScalingGroup({
        ...{ AutoScalingGroupName: 'same-group', MinSize: 0, MaxSize: 0, HealthCheckType: 'ELB' },
        AvailabilityZones: ['us-east-1a', 'us-east-1b'],
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateName, Version: '$Default' },
            Overrides: [{ InstanceType: 't3.small' }, { InstanceType: 't3.micro' }],
          },
        },
      });
      return 'same-group';
    },
    declared: {
      It: [
        'AWS::AutoScaling::AutoScalingGroup',
        {
          AutoScalingGroupName: 'same-group',
          AvailabilityZones: ['us-east-1a', 'us-east-1b'],
          HealthCheckType: 'ELB',
          MixedInstancesPolicy: {
            LaunchTemplate: {
              Overrides: [{ InstanceType: 't3.small' }, { InstanceType: 't3.micro' }],
            },
          },
        },
      ],
    },
  },
  {
    type: 'AWS::DMS::ReplicationInstance',
    title: 'that is public',
    async make(clients) {
      const { ReplicationInstance } = await (await clients('dms')).createReplicationInstance({
        ...{ ReplicationInstanceIdentifier: 'same', ReplicationInstanceClass: 'dms.t3.medium' },
        ...{ PubliclyAccessible: true, MultiAZ: false, AutoMinorVersionUpgrade: true },
      });
      return ReplicationInstance?.ReplicationInstanceArn?.split(':').at(-1);
    },
    declared: { It: ['AWS::DMS::ReplicationInstance', { ResourceIdentifier: 'same' }] },
  },
  {
    type: 'AWS::Athena::WorkGroup',
    title: 'with metrics',
    async make(clients) {
      await (await clients('athena')).createWorkGroup({
        Name: 'same-metrics',
        Configuration: { PublishCloudWatchMetricsEnabled: true },
      });
      return 'same-metrics';
    },
    declared: {
      It: [
        'AWS::Athena::WorkGroup',
        {
          Name: 'same-metrics',
          WorkGroupConfiguration: { PublishCloudWatchMetricsEnabled: true },
        },
      ],
    },
  },
  {
    type: 'AWS::Athena::WorkGroup',
    title: 'of which nothing is said',
    async make(clients) {
      await (await clients('athena')).createWorkGroup({ Name: 'same-workgroup' });
      return 'same-workgroup';
    },
    declared: { It: ['AWS::Athena::WorkGroup', { Name: 'same-workgroup' }] },
  },
  {
    type: 'AWS::Kinesis::Stream',
    title: 'with a key',
    async make(clients) {
      const kinesis = await clients('kinesis');
      const StreamName = 'same-encrypted';
      await kinesis.createStream({ StreamName, ShardCount: 1 });
      const asked = { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } as const;
      await kinesis.startStreamEncryption({ StreamName, ...asked });
      await kinesis.increaseStreamRetentionPeriod({ StreamName, RetentionPeriodHours: 168 });
      return StreamName;
    },
    declared: {
      It: [
        'AWS::Kinesis::Stream',
        {
          Name: 'same-encrypted',
          RetentionPeriodHours: 168,
          StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
        },
      ],
    },
  },
  {
    type: 'AWS::Kinesis::Stream',
    title: 'of which nothing is said',
    async make(clients) {
      await (await clients('kinesis')).createStream({ StreamName: 'same-stream', ShardCount: 1 });
      return 'same-stream';
    },
    declared: { It: ['AWS::Kinesis::Stream', { Name: 'same-stream' }] },
  },
  ...(['ERROR', undefined] as const).map((level): Same => {
    const StateMachineName = `same-machine-${level ?? 'silent'}`;
    const logGroupArn = `arn:aws:logs:us-east-1:${account}:log-group:machines:*`;
    return {
      type: 'AWS::StepFunctions::StateMachine',
      title: level === undefined ? 'of whose log nothing is said' : 'that logs what fails',
      async make(clients) {
        const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
        await (await clients('sfn')).createStateMachine({
          name: StateMachineName,
          definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }),
          roleArn: `arn:aws:iam::${account}:role/machines`,
          ...(level === undefined ? {} : { loggingConfiguration: { level, destinations } }),
        });
        return StateMachineName;
      },
      declared: {
        It: [
          'AWS::StepFunctions::StateMachine',
          {
            StateMachineName,
            ...(level === undefined ? {} : { LoggingConfiguration: { Level: level } }),
          },
        ],
      },
    };
  }),
  {
    type: 'AWS::SageMaker::NotebookInstance',
    title: 'in a subnet, without root',
    async make(clients) {
      await (await clients('sagemaker')).createNotebookInstance({
        ...{ NotebookInstanceName: 'same', InstanceType: 'ml.t3.medium', SubnetId: 'subnet-1' },
        ...{ RoleArn: `arn:aws:iam::${account}:role/notebooks`, RootAccess: 'Disabled' },
      });
      return 'same';
    },
    declared: {
      It: [
        'AWS::SageMaker::NotebookInstance',
        { NotebookInstanceName: 'same', SubnetId: 'subnet-1', RootAccess: 'Disabled' },
      ],
    },
  },
  {
    type: 'AWS::S3::AccessPoint',
    title: 'with one block off',
    async make(clients) {
      const Bucket = 'same-points';
      await (await clients('s3')).createBucket({ Bucket });
      await (await clients('s3control')).createAccessPoint({
        AccountId: account,
        Bucket,
        Name: 'same-point',
        PublicAccessBlockConfiguration: {
          ...all,
          RestrictPublicBuckets: true,
          BlockPublicAcls: false,
        },
      });
      await (await clients('s3control')).putAccessPointPolicy({
        ...{ AccountId: account, Name: 'same-point' },
        Policy: text(allow('*', 's3:GetObject')),
      });
      return 'same-point';
    },
    declared: {
      It: [
        'AWS::S3::AccessPoint',
        {
          Name: 'same-point',
          Bucket: 'same-points',
          PublicAccessBlockConfiguration: { BlockPublicAcls: false },
          Policy: allow('*', 's3:GetObject'),
        },
      ],
      Behind: [
        'AWS::S3::Bucket',
        {
          BucketName: 'same-points',
          PublicAccessBlockConfiguration: { ...all, RestrictPublicBuckets: true },
        },
      ],
    },
  },
  {
    type: 'AWS::S3::MultiRegionAccessPoint',
    title: 'with one block off',
    async make(clients) {
      await (await clients('s3control')).createMultiRegionAccessPoint({
        ...{ AccountId: account, ClientToken: 'same' },
        Details: {
          ...{ Name: 'same-everywhere', Regions: [{ Bucket: 'same-points' }] },
          PublicAccessBlock: { ...all, RestrictPublicBuckets: true, BlockPublicAcls: false },
        },
      });
      await (await clients('s3control')).putMultiRegionAccessPointPolicy({
        ...{ AccountId: account, ClientToken: 'same-policy' },
        Details: { Name: 'same-everywhere', Policy: text(allow('*', 's3:GetObject')) },
      });
      return 'same-everywhere';
    },
    declared: {
      It: [
        'AWS::S3::MultiRegionAccessPoint',
        {
          Name: 'same-everywhere',
          Regions: [{ Bucket: 'same-points' }],
          PublicAccessBlockConfiguration: { BlockPublicAcls: false },
        },
      ],
      Policy: [
        'AWS::S3::MultiRegionAccessPointPolicy',
        { MrapName: 'same-everywhere', Policy: allow('*', 's3:GetObject') },
      ],
      Behind: [
        'AWS::S3::Bucket',
        {
          BucketName: 'same-points',
          PublicAccessBlockConfiguration: { ...all, RestrictPublicBuckets: true },
        },
      ],
    },
  },
  {
    type: 'AWS::EFS::AccessPoint',
    title: 'with a folder and a user',
    async make(clients) {
      const efs = await clients('efs');
      const { FileSystemId } = await efs.createFileSystem({ CreationToken: 'same-points' });
      const { AccessPointId } = await efs.createAccessPoint({
        ClientToken: 'same',
        FileSystemId,
        RootDirectory: { Path: '/data' },
        PosixUser: { Uid: 1000, Gid: 1000 },
      });
      return AccessPointId;
    },
    declared: {
      It: [
        'AWS::EFS::AccessPoint',
        {
          FileSystemId: 'fs-0a1b2c3d4e5f60718',
          RootDirectory: { Path: '/data' },
          PosixUser: { Uid: '1000', Gid: '1000' },
        },
      ],
    },
  },
  {
    type: 'AWS::Redshift::Cluster',
    title: 'that is private and encrypted',
    apart: { tls: 'which parameter group AWS gives shows in the account' },
    async make(clients) {
      await (await clients('redshift')).createCluster({
        ClusterIdentifier: 'same-warehouse',
        NodeType: 'ra3.large',
        ClusterType: 'single-node',
        DBName: 'dev',
        MasterUsername: 'owner',
        MasterUserPassword: 'Not-a-secret-1',
        Encrypted: true,
        PubliclyAccessible: false,
        AutomatedSnapshotRetentionPeriod: 9,
        EnhancedVpcRouting: true,
      });
      return 'same-warehouse';
    },
    declared: {
      It: [
        'AWS::Redshift::Cluster',
        {
          ClusterIdentifier: 'same-warehouse',
          NodeType: 'ra3.large',
          ClusterType: 'single-node',
          DBName: 'dev',
          MasterUsername: 'owner',
          Encrypted: true,
          PubliclyAccessible: false,
          AutomatedSnapshotRetentionPeriod: 9,
          EnhancedVpcRouting: true,
        },
      ],
    },
  },
  {
    type: 'AWS::EKS::Cluster',
    title: 'with an open endpoint and one log',
    async make(clients) {
      await (await clients('eks')).createCluster({
        name: 'same-cluster',
        roleArn: `arn:aws:iam::${account}:role/eks`,
        version: '1.34',
        resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['198.51.100.0/24'] },
        logging: { clusterLogging: [{ types: ['audit'], enabled: true }] },
        encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: 'k' } }],
      });
      return 'same-cluster';
    },
    declared: {
      It: [
        'AWS::EKS::Cluster',
        {
          Name: 'same-cluster',
          RoleArn: `arn:aws:iam::${account}:role/eks`,
          Version: '1.34',
          ResourcesVpcConfig: {
            EndpointPublicAccess: true,
            PublicAccessCidrs: ['198.51.100.0/24'],
          },
          Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'audit' }] } },
          EncryptionConfig: [{ Provider: { KeyArn: 'k' }, Resources: ['secrets'] }],
        },
      ],
    },
  },
  {
    type: 'AWS::OpenSearchService::Domain',
    title: 'encrypted, with a policy',
    async make(clients) {
      await (await clients('opensearch')).createDomain({
        DomainName: 'same-domain',
        EngineVersion: 'OpenSearch_2.19',
        EncryptionAtRestOptions: { Enabled: true },
        NodeToNodeEncryptionOptions: { Enabled: true },
        DomainEndpointOptions: {
          EnforceHTTPS: true,
          TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10',
        },
      });
      return 'same-domain';
    },
    declared: {
      It: [
        'AWS::OpenSearchService::Domain',
        {
          DomainName: 'same-domain',
          EngineVersion: 'OpenSearch_2.19',
          EncryptionAtRestOptions: { Enabled: true },
          NodeToNodeEncryptionOptions: { Enabled: true },
          DomainEndpointOptions: {
            EnforceHTTPS: true,
            TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10',
          },
        },
      ],
    },
  },
  {
    type: 'AWS::SSM::Document',
    title: 'that is shared with nobody',
    async make(clients) {
      await (await clients('ssm')).createDocument({
        Name: 'same-document',
        DocumentType: 'Command',
        DocumentFormat: 'JSON',
        Content: text({ schemaVersion: '2.2', description: 'a', mainSteps: [] }),
      });
      return 'same-document';
    },
    declared: {
      It: [
        'AWS::SSM::Document',
        {
          Name: 'same-document',
          DocumentType: 'Command',
          Content: { schemaVersion: '2.2', description: 'a', mainSteps: [] },
        },
      ],
    },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    title: 'that drops headers and is protected',
    apart: { zones: 'AWS says the zones of the subnets, which a template only names' },
    async make(clients) {
      const ec2 = await clients('ec2');
      const { Subnets = [] } = await ec2.describeSubnets({});
      const elb = await clients('elbv2');
      const { LoadBalancers: [made] = [] } = await elb.createLoadBalancer({
        Name: 'same-balancer',
        Subnets: Subnets.slice(0, 2).flatMap(({ SubnetId }) => SubnetId ?? []),
      });
      const LoadBalancerArn = made?.LoadBalancerArn;
      await elb.modifyLoadBalancerAttributes({
        LoadBalancerArn,
        Attributes: [
          { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
          { Key: 'deletion_protection.enabled', Value: 'true' },
        ],
      });
      return LoadBalancerArn;
    },
    declared: {
      It: [
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        {
          Name: 'same-balancer',
          Subnets: ['subnet-a', 'subnet-b'],
          LoadBalancerAttributes: [
            { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
            { Key: 'deletion_protection.enabled', Value: 'true' },
          ],
        },
      ],
    },
  },
];
