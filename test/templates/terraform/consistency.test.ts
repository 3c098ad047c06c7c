import { mappings } from '../../../lib/templates/terraform/types/index.ts';
import { sampled } from '../../extent.ts';
import { checkedIn, templateFrom } from '../checking.ts';
import { checkedPlan, planOf, type Written } from './plans.ts';

interface Same {
  /** In CloudFormation; the resource that is looked at is `It`. */
  readonly resources: Readonly<Record<string, readonly [type: string, properties: unknown]>>;
  /** The same by Terraform; the resource that is looked at is the first. */
  readonly written: readonly Written[];
}
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});
const open = (Resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'a', Effect: 'Allow', Principal: '*', Action: '*', Resource }],
});
const everything = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
const guestRole = {
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
      },
    ],
  },
  Policies: [{ PolicyName: 'a', PolicyDocument: everything }],
};
const noBlocks = {
  BlockPublicAcls: false,
  BlockPublicPolicy: false,
  IgnorePublicAcls: false,
  RestrictPublicBuckets: false,
};
const bucket = { bucket: 'orders' };
const ofBucket = (properties: object): Same['resources'] => ({
  It: ['AWS::S3::Bucket', { BucketName: 'orders', ...properties }],
});
const withPart = (type: string, values: object): readonly Written[] => [
  { address: 'aws_s3_bucket.it', values: bucket },
  { address: `${type}.part`, values: { ...bucket, ...values } },
];
const role = { address: 'aws_iam_role.it', values: { name: 'worker', assume_role_policy: trust } };
const asRole = (more: object): Same['resources'] => ({
  It: [
    'AWS::IAM::Role',
    { RoleName: 'worker', AssumeRolePolicyDocument: JSON.parse(trust), ...more },
  ],
});
const logGroup = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/shop.example';
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const tags = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([Key, Value]) => ({ Key, Value }));
const group = {
  address: 'aws_security_group.it',
  values: { name: 'web', ingress: [], egress: [] },
  unknown: { id: true },
};
const closed = { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }] };
const lock = { IpProtocol: '-1', CidrIp: '127.0.0.1/32' };
const locked = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['127.0.0.1/32'] };
const asGroup = (ingress: unknown): Same['resources'] => ({
  It: ['AWS::EC2::SecurityGroup', { GroupName: 'web', SecurityGroupIngress: ingress, ...closed }],
});
const inGroup = ['aws_security_group.it.id', 'aws_security_group.it'];
const ofDetector = {
  unknown: { detector_id: true },
  refers: { detector_id: ['aws_guardduty_detector.it.id', 'aws_guardduty_detector.it'] },
};
const database = {
  identifier: 'db',
  engine: 'mysql',
  engine_version: '8.0',
  username: 'owner',
  publicly_accessible: true,
  storage_encrypted: true,
  backup_retention_period: 30,
  deletion_protection: true,
  multi_az: true,
  copy_tags_to_snapshot: true,
  iam_database_authentication_enabled: true,
  monitoring_interval: 60,
  monitoring_role_arn: 'arn:aws:iam::111122223333:role/m',
  auto_minor_version_upgrade: false,
  port: 3307,
  enabled_cloudwatch_logs_exports: ['audit', 'error'],
};
const asDatabase = {
  DBInstanceIdentifier: 'db',
  Engine: 'mysql',
  EngineVersion: '8.0',
  MasterUsername: 'owner',
  PubliclyAccessible: true,
  StorageEncrypted: true,
  BackupRetentionPeriod: 30,
  DeletionProtection: true,
  MultiAZ: true,
  CopyTagsToSnapshot: true,
  EnableIAMDatabaseAuthentication: true,
  MonitoringInterval: 60,
  MonitoringRoleArn: 'arn:aws:iam::111122223333:role/m',
  AutoMinorVersionUpgrade: false,
  Port: 3307,
  EnableCloudwatchLogsExports: ['audit', 'error'],
};
const cluster = {
  cluster_identifier: 'c',
  engine: 'aurora-mysql',
  engine_version: '8.0',
  master_username: 'owner',
  storage_encrypted: true,
  backup_retention_period: 30,
  deletion_protection: true,
  copy_tags_to_snapshot: true,
  iam_database_authentication_enabled: true,
  port: 3307,
  enabled_cloudwatch_logs_exports: ['audit'],
  backtrack_window: 3600,
  db_cluster_parameter_group_name: 'g',
};
const asCluster = {
  DBClusterIdentifier: 'c',
  Engine: 'aurora-mysql',
  EngineVersion: '8.0',
  MasterUsername: 'owner',
  StorageEncrypted: true,
  BackupRetentionPeriod: 30,
  DeletionProtection: true,
  CopyTagsToSnapshot: true,
  EnableIAMDatabaseAuthentication: true,
  Port: 3307,
  EnableCloudwatchLogsExports: ['audit'],
  BacktrackWindow: 3600,
  DBClusterParameterGroupName: 'g',
};
const queueArn = 'arn:aws:sqs:eu-central-1:111122223333:q';
const topicArn = 'arn:aws:sns:eu-central-1:111122223333:t';

const domain = {
  domain_name: 'orders',
  vpc_options: [{ subnet_ids: ['subnet-a'] }],
  encrypt_at_rest: [{ enabled: true }],
  node_to_node_encryption: [{ enabled: true }],
  domain_endpoint_options: [
    { enforce_https: true, tls_security_policy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
  ],
  advanced_security_options: [{ enabled: true, anonymous_auth_enabled: false }],
  cluster_config: [{ instance_count: 3, zone_awareness_enabled: true }],
  log_publishing_options: [
    { log_type: 'AUDIT_LOGS', cloudwatch_log_group_arn: 'arn:aws:logs:a' },
    { log_type: 'ES_APPLICATION_LOGS', cloudwatch_log_group_arn: 'a', enabled: false },
  ],
};
const asDomain = {
  DomainName: 'orders',
  VPCOptions: { SubnetIds: ['subnet-a'] },
  EncryptionAtRestOptions: { Enabled: true },
  NodeToNodeEncryptionOptions: { Enabled: true },
  DomainEndpointOptions: {
    EnforceHTTPS: true,
    TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10',
  },
  AdvancedSecurityOptions: { Enabled: true, AnonymousAuthEnabled: false },
  LogPublishingOptions: {
    AUDIT_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: 'arn:aws:logs:a' },
    ES_APPLICATION_LOGS: { Enabled: false, CloudWatchLogsLogGroupArn: 'a' },
  },
};
const inZones = { InstanceCount: 3, ZoneAwarenessEnabled: true };

/** By type of Terraform: one resource in both. */
const same: Readonly<Record<string, Same>> = {
  aws_s3_bucket: {
    resources: ofBucket({ Tags: tags({ team: 'web' }) }),
    written: [{ address: 'aws_s3_bucket.it', values: { ...bucket, tags_all: { team: 'web' } } }],
  },
  aws_s3_bucket_policy: {
    resources: {
      ...ofBucket({}),
      P: [
        'AWS::S3::BucketPolicy',
        { Bucket: { Ref: 'It' }, PolicyDocument: open('arn:aws:s3:::orders/*') },
      ],
    },
    written: withPart('aws_s3_bucket_policy', {
      policy: JSON.stringify(open('arn:aws:s3:::orders/*')),
    }),
  },
  aws_s3_bucket_public_access_block: {
    resources: ofBucket({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
    written: withPart('aws_s3_bucket_public_access_block', {
      block_public_acls: true,
      block_public_policy: false,
      ignore_public_acls: false,
      restrict_public_buckets: false,
    }),
  },
  aws_s3_bucket_acl: {
    resources: ofBucket({ AccessControl: 'PublicRead' }),
    written: withPart('aws_s3_bucket_acl', { acl: 'public-read' }),
  },
  aws_s3_bucket_ownership_controls: {
    resources: ofBucket({
      AccessControl: 'LogDeliveryWrite',
      OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    }),
    written: [
      ...withPart('aws_s3_bucket_ownership_controls', {
        rule: [{ object_ownership: 'ObjectWriter' }],
      }),
      { address: 'aws_s3_bucket_acl.a', values: { ...bucket, acl: 'log-delivery-write' } },
    ],
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    resources: ofBucket({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BlockedEncryptionTypes: { EncryptionType: ['NONE'] },
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' },
          },
        ],
      },
    }),
    written: withPart('aws_s3_bucket_server_side_encryption_configuration', {
      rule: [
        {
          blocked_encryption_types: ['NONE'],
          bucket_key_enabled: true,
          apply_server_side_encryption_by_default: [
            { sse_algorithm: 'aws:kms', kms_master_key_id: 'k' },
          ],
        },
      ],
    }),
  },
  aws_s3_bucket_versioning: {
    resources: ofBucket({ VersioningConfiguration: { Status: 'Suspended' } }),
    written: withPart('aws_s3_bucket_versioning', {
      versioning_configuration: [{ status: 'Suspended' }],
    }),
  },
  aws_s3_bucket_logging: {
    resources: ofBucket({
      LoggingConfiguration: { DestinationBucketName: 'orders', LogFilePrefix: 'l/' },
    }),
    written: withPart('aws_s3_bucket_logging', { target_bucket: 'orders', target_prefix: 'l/' }),
  },
  aws_s3_bucket_lifecycle_configuration: {
    resources: ofBucket({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            ExpirationInDays: 9,
            Transitions: [{ TransitionInDays: 3, StorageClass: 'GLACIER' }],
          },
          {
            Status: 'Enabled',
            Prefix: 'logs/',
            TagFilters: [{ Key: 'tagged', Value: 'yes' }],
            ExpirationDate: '2026-01-01T00:00:00Z',
            NoncurrentVersionExpiration: { NoncurrentDays: 2, NewerNoncurrentVersions: 3 },
          },
        ],
      },
    }),
    written: [
      ...withPart('aws_s3_bucket_lifecycle_configuration', {
        rule: [
          {
            status: 'Enabled',
            expiration: [{ days: 9 }],
            transition: [{ days: 3, storage_class: 'GLACIER' }],
          },
          {
            status: 'Enabled',
            filter: [{ and: [{ prefix: 'logs/', tags: { tagged: 'yes' } }] }],
            expiration: [{ date: '2026-01-01T00:00:00Z', days: 0 }],
            noncurrent_version_expiration: [{ noncurrent_days: 2, newer_noncurrent_versions: 3 }],
          },
        ],
      }),
      {
        address: 'aws_s3_bucket_versioning.v',
        values: { ...bucket, versioning_configuration: [{ status: 'Enabled' }] },
      },
    ],
  },
  aws_s3_bucket_notification: {
    resources: ofBucket({
      NotificationConfiguration: {
        QueueConfigurations: [{ Event: 's3:ObjectCreated:*' }, { Event: 's3:ObjectRemoved:*' }],
      },
    }),
    written: withPart('aws_s3_bucket_notification', {
      queue: [{ events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] }],
      eventbridge: false,
    }),
  },
  aws_s3_bucket_website_configuration: {
    resources: ofBucket({
      AccessControl: 'PublicRead',
      WebsiteConfiguration: { IndexDocument: 'index.html' },
    }),
    written: [
      ...withPart('aws_s3_bucket_website_configuration', {
        index_document: [{ suffix: 'index.html' }],
      }),
      { address: 'aws_s3_bucket_acl.a', values: { ...bucket, acl: 'public-read' } },
    ],
  },
  aws_s3_bucket_object_lock_configuration: {
    resources: ofBucket({
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } } },
    }),
    written: withPart('aws_s3_bucket_object_lock_configuration', {
      rule: [{ default_retention: [{ mode: 'COMPLIANCE', days: 30, years: 0 }] }],
    }),
  },
  aws_security_group: {
    resources: asGroup([
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv6: '::/0' },
    ]),
    written: [
      {
        ...group,
        values: {
          ...group.values,
          egress: [locked],
          ingress: [
            {
              protocol: 'tcp',
              from_port: 22,
              to_port: 22,
              cidr_blocks: ['0.0.0.0/0'],
              ipv6_cidr_blocks: ['::/0'],
            },
          ],
        },
      },
    ],
  },
  aws_security_group_rule: {
    resources: asGroup([{ IpProtocol: '-1', FromPort: 0, ToPort: 0, CidrIp: '0.0.0.0/0' }]),
    written: [
      { ...group, values: { ...group.values, egress: [locked] } },
      {
        address: 'aws_security_group_rule.r',
        values: {
          type: 'ingress',
          protocol: 'all',
          from_port: 0,
          to_port: 0,
          cidr_blocks: ['0.0.0.0/0'],
        },
        unknown: { security_group_id: true },
        refers: { security_group_id: inGroup },
      },
    ],
  },
  aws_vpc_security_group_ingress_rule: {
    resources: asGroup([{ IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, CidrIp: '0.0.0.0/0' }]),
    written: [
      { ...group, values: { ...group.values, egress: [locked] } },
      {
        address: 'aws_vpc_security_group_ingress_rule.r',
        values: { ip_protocol: 'tcp', from_port: 3389, to_port: 3389, cidr_ipv4: '0.0.0.0/0' },
        unknown: { security_group_id: true },
        refers: { security_group_id: inGroup },
      },
    ],
  },
  aws_vpc_security_group_egress_rule: {
    resources: {
      It: ['AWS::EC2::SecurityGroup', { GroupName: 'web', SecurityGroupEgress: [lock] }],
    },
    written: [
      group,
      {
        address: 'aws_vpc_security_group_egress_rule.r',
        values: { ip_protocol: '-1', cidr_ipv4: '127.0.0.1/32' },
        unknown: { security_group_id: true },
        refers: { security_group_id: inGroup },
      },
    ],
  },
  aws_ec2_managed_prefix_list: {
    resources: {
      It: [
        'AWS::EC2::SecurityGroup',
        {
          GroupName: 'web',
          ...closed,
          SecurityGroupIngress: [
            { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourcePrefixListId: { Ref: 'L' } },
          ],
        },
      ],
      L: [
        'AWS::EC2::PrefixList',
        { AddressFamily: 'IPv4', MaxEntries: 1, Entries: [{ Cidr: '0.0.0.0/0' }] },
      ],
    },
    written: [
      { ...group, values: { ...group.values, egress: [locked] } },
      {
        address: 'aws_ec2_managed_prefix_list.l',
        values: { address_family: 'IPv4', max_entries: 1, entry: [{ cidr: '0.0.0.0/0' }] },
        unknown: { id: true },
      },
      {
        address: 'aws_vpc_security_group_ingress_rule.r',
        values: { ip_protocol: 'tcp', from_port: 22, to_port: 22 },
        unknown: { security_group_id: true, prefix_list_id: true },
        refers: {
          security_group_id: inGroup,
          prefix_list_id: ['aws_ec2_managed_prefix_list.l.id', 'aws_ec2_managed_prefix_list.l'],
        },
      },
    ],
  },
  aws_ec2_managed_prefix_list_entry: {
    resources: {
      It: [
        'AWS::EC2::SecurityGroup',
        {
          GroupName: 'web',
          ...closed,
          SecurityGroupIngress: [
            { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourcePrefixListId: { Ref: 'L' } },
          ],
        },
      ],
      L: [
        'AWS::EC2::PrefixList',
        { AddressFamily: 'IPv4', MaxEntries: 1, Entries: [{ Cidr: '0.0.0.0/0' }] },
      ],
    },
    written: [
      {
        ...group,
        values: {
          ...group.values,
          egress: [locked],
          ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, prefix_list_ids: ['pl-1'] }],
        },
      },
      {
        address: 'aws_ec2_managed_prefix_list.l',
        values: { id: 'pl-1', address_family: 'IPv4', max_entries: 1 },
      },
      {
        address: 'aws_ec2_managed_prefix_list_entry.e',
        values: { prefix_list_id: 'pl-1', cidr: '0.0.0.0/0' },
      },
    ],
  },
  aws_vpc: {
    resources: {
      It: ['AWS::EC2::VPC', {}],
      L: ['AWS::EC2::FlowLog', { ResourceId: { Ref: 'It' }, TrafficType: 'REJECT' }],
    },
    written: [
      { address: 'aws_vpc.it', unknown: { id: true } },
      {
        address: 'aws_flow_log.l',
        values: { traffic_type: 'REJECT' },
        unknown: { vpc_id: true },
        refers: { vpc_id: ['aws_vpc.it.id', 'aws_vpc.it'] },
      },
    ],
  },
  aws_flow_log: {
    resources: {
      It: ['AWS::EC2::VPC', {}],
      L: ['AWS::EC2::FlowLog', { ResourceId: { Ref: 'It' }, TrafficType: 'ALL' }],
    },
    written: [
      { address: 'aws_default_vpc.it', values: { id: 'vpc-1' } },
      {
        address: 'aws_flow_log.l',
        values: { traffic_type: 'ALL', vpc_id: 'vpc-1', subnet_id: '' },
      },
    ],
  },
  aws_subnet: {
    resources: {
      It: ['AWS::EC2::Subnet', { MapPublicIpOnLaunch: true, AvailabilityZone: 'eu-central-1a' }],
    },
    written: [
      {
        address: 'aws_subnet.it',
        values: { map_public_ip_on_launch: true, availability_zone: 'eu-central-1a' },
      },
    ],
  },
  aws_default_subnet: {
    resources: { It: ['AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }] },
    written: [{ address: 'aws_default_subnet.it' }],
  },
  aws_codebuild_project: {
    resources: {
      It: [
        'AWS::CodeBuild::Project',
        {
          Name: 'orders',
          Source: { Type: 'BITBUCKET', Location: 'https://a:b@bitbucket.org/c/d' },
          Environment: {
            PrivilegedMode: true,
            EnvironmentVariables: [{ Name: 'AWS_ACCESS_KEY_ID', Type: 'PLAINTEXT' }],
          },
          LogsConfig: {
            CloudWatchLogs: { Status: 'DISABLED' },
            S3Logs: { Status: 'ENABLED', EncryptionDisabled: true },
          },
          Visibility: 'PUBLIC_READ',
        },
      ],
    },
    written: [
      {
        address: 'aws_codebuild_project.it',
        values: {
          ...{ name: 'orders', project_visibility: 'PUBLIC_READ' },
          source: [{ type: 'BITBUCKET', location: 'https://a:b@bitbucket.org/c/d' }],
          environment: [
            { privileged_mode: true, environment_variable: [{ name: 'AWS_ACCESS_KEY_ID' }] },
          ],
          logs_config: [
            {
              cloudwatch_logs: [{ status: 'DISABLED' }],
              s3_logs: [{ status: 'ENABLED', encryption_disabled: true }],
            },
          ],
        },
      },
    ],
  },
  aws_codebuild_webhook: {
    resources: {
      It: [
        'AWS::CodeBuild::Project',
        {
          Name: 'orders',
          Source: { Type: 'GITHUB', Location: 'https://github.com/a/b' },
          Triggers: {
            Webhook: true,
            FilterGroups: [
              [
                { Type: 'EVENT', Pattern: 'PULL_REQUEST_CREATED' },
                { Type: 'ACTOR_ACCOUNT_ID', Pattern: '12345', ExcludeMatchedPattern: false },
              ],
            ],
            PullRequestBuildPolicy: { RequiresCommentApproval: 'DISABLED' },
          },
        },
      ],
    },
    written: [
      {
        address: 'aws_codebuild_project.it',
        values: {
          name: 'orders',
          source: [{ type: 'GITHUB', location: 'https://github.com/a/b' }],
        },
      },
      {
        address: 'aws_codebuild_webhook.it',
        values: {
          project_name: 'orders',
          filter_group: [
            {
              filter: [
                { type: 'EVENT', pattern: 'PULL_REQUEST_CREATED' },
                { type: 'ACTOR_ACCOUNT_ID', pattern: '12345', exclude_matched_pattern: false },
              ],
            },
          ],
          pull_request_build_policy: [{ requires_comment_approval: 'DISABLED' }],
        },
      },
    ],
  },
  aws_ecs_cluster: {
    resources: {
      It: [
        'AWS::ECS::Cluster',
        {
          ClusterName: 'orders',
          ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }],
        },
      ],
    },
    written: [
      {
        address: 'aws_ecs_cluster.it',
        values: { name: 'orders', setting: [{ name: 'containerInsights', value: 'disabled' }] },
      },
    ],
  },
  aws_ecs_task_definition: {
    resources: {
      It: [
        'AWS::ECS::TaskDefinition',
        {
          ...{ Family: 'orders', NetworkMode: 'host', PidMode: 'host' },
          ContainerDefinitions: [
            {
              ...{ Name: 'web', Image: 'a/web:1', User: 'root' },
              Environment: [{ Name: 'AWS_ACCESS_KEY_ID', Value: 'x' }],
            },
          ],
        },
      ],
    },
    written: [
      {
        address: 'aws_ecs_task_definition.it',
        values: {
          ...{ family: 'orders', network_mode: 'host', pid_mode: 'host' },
          container_definitions: JSON.stringify([
            {
              ...{ name: 'web', image: 'a/web:1', user: 'root' },
              environment: [{ name: 'AWS_ACCESS_KEY_ID', value: 'x' }],
            },
          ]),
        },
      },
    ],
  },
  aws_ecs_service: {
    resources: {
      It: [
        'AWS::ECS::Service',
        {
          ...{ ServiceName: 'orders', LaunchType: 'FARGATE', PlatformVersion: '1.3.0' },
          NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } },
        },
      ],
    },
    written: [
      {
        address: 'aws_ecs_service.it',
        values: {
          ...{ name: 'orders', launch_type: 'FARGATE', platform_version: '1.3.0' },
          network_configuration: [{ assign_public_ip: true }],
        },
      },
    ],
  },
  'aws_dms_replication_instance, of which nothing is said,': {
    resources: {
      It: [
        'AWS::DMS::ReplicationInstance',
        { PubliclyAccessible: false, MultiAZ: false, AutoMinorVersionUpgrade: false },
      ],
    },
    written: [
      {
        address: 'aws_dms_replication_instance.it',
        values: { replication_instance_id: 'orders' },
        unknown: { publicly_accessible: true, multi_az: true, auto_minor_version_upgrade: true },
      },
    ],
  },
  'aws_redshift_cluster, whose log is off,': {
    resources: { It: ['AWS::Redshift::Cluster', { ClusterIdentifier: 'orders' }] },
    written: [
      {
        address: 'aws_redshift_cluster.it',
        values: { cluster_identifier: 'orders', logging: [{ enable: false }] },
      },
    ],
  },
  'aws_elasticache_cluster, a node of a group,': {
    resources: {
      It: [
        'AWS::ElastiCache::CacheCluster',
        {
          ...{ ClusterName: 'orders-002', Engine: 'redis', SnapshotRetentionLimit: 3 },
          ...{ AutoMinorVersionUpgrade: true, CacheSubnetGroupName: 'private' },
        },
      ],
    },
    written: [
      {
        address: 'aws_elasticache_cluster.it',
        values: { cluster_id: 'orders-002', replication_group_id: 'orders' },
      },
      {
        address: 'aws_elasticache_replication_group.it',
        values: {
          ...{ replication_group_id: 'orders', snapshot_retention_limit: 3 },
          ...{ auto_minor_version_upgrade: 'true', subnet_group_name: 'private' },
        },
      },
    ],
  },
  aws_elasticache_cluster: {
    resources: {
      It: [
        'AWS::ElastiCache::CacheCluster',
        {
          ...{ ClusterName: 'orders', Engine: 'redis', SnapshotRetentionLimit: 3 },
          ...{ AutoMinorVersionUpgrade: false, CacheSubnetGroupName: 'private' },
        },
      ],
    },
    written: [
      {
        address: 'aws_elasticache_cluster.it',
        values: {
          ...{ cluster_id: 'orders', engine: 'redis', snapshot_retention_limit: 3 },
          ...{ auto_minor_version_upgrade: 'false', subnet_group_name: 'private' },
        },
      },
    ],
  },
  aws_elasticache_subnet_group: {
    resources: {
      Group: ['AWS::ElastiCache::SubnetGroup', { Description: 'a', SubnetIds: ['subnet-1'] }],
      It: [
        'AWS::ElastiCache::CacheCluster',
        { ClusterName: 'orders', Engine: 'redis', CacheSubnetGroupName: { Ref: 'Group' } },
      ],
    },
    written: [
      {
        address: 'aws_elasticache_cluster.it',
        values: { cluster_id: 'orders', engine: 'redis' },
        unknown: { subnet_group_name: true },
        refers: {
          subnet_group_name: [
            'aws_elasticache_subnet_group.group.name',
            'aws_elasticache_subnet_group.group',
          ],
        },
      },
      {
        address: 'aws_elasticache_subnet_group.group',
        unknown: { name: true, id: true },
        refers: { name: ['random_id.r.hex', 'random_id.r'] },
      },
    ],
  },
  aws_elasticache_replication_group: {
    resources: {
      It: [
        'AWS::ElastiCache::ReplicationGroup',
        {
          ...{ ReplicationGroupId: 'orders', AutomaticFailoverEnabled: true },
          ...{ Engine: 'redis', EngineVersion: '5.0.6', SnapshotRetentionLimit: 3 },
          ...{ AutoMinorVersionUpgrade: false, CacheSubnetGroupName: 'private' },
          ...{ AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true },
          TransitEncryptionMode: 'preferred',
        },
      ],
    },
    written: [
      {
        address: 'aws_elasticache_replication_group.it',
        values: {
          ...{ replication_group_id: 'orders', automatic_failover_enabled: true },
          ...{ engine: 'redis', engine_version: '5.0.6', snapshot_retention_limit: 3 },
          ...{ auto_minor_version_upgrade: 'false', subnet_group_name: 'private' },
          ...{ at_rest_encryption_enabled: 'true', transit_encryption_enabled: true },
          transit_encryption_mode: 'preferred',
        },
      },
    ],
  },
  aws_elb: {
    resources: {
      It: [
        'AWS::ElasticLoadBalancing::LoadBalancer',
        {
          LoadBalancerName: 'orders',
          Listeners: [{ LoadBalancerPort: 443, Protocol: 'https', SSLCertificateId: 'a' }],
          AvailabilityZones: ['us-east-1a'],
          AccessLoggingPolicy: { Enabled: true },
          ConnectionDrainingPolicy: { Enabled: true },
          CrossZone: false,
          DesyncMitigationMode: 'monitor',
        },
      ],
    },
    written: [
      {
        address: 'aws_elb.it',
        values: {
          ...{ name: 'orders', availability_zones: ['us-east-1a'], connection_draining: true },
          access_logs: [{ bucket: 'logs', enabled: true }],
          ...{ cross_zone_load_balancing: false, desync_mitigation_mode: 'monitor' },
          listener: [{ lb_port: 443, lb_protocol: 'https', ssl_certificate_id: 'a' }],
        },
      },
    ],
  },
  aws_load_balancer_policy: {
    resources: {
      It: [
        'AWS::ElasticLoadBalancing::LoadBalancer',
        {
          LoadBalancerName: 'orders',
          Listeners: [
            {
              LoadBalancerPort: 443,
              Protocol: 'https',
              SSLCertificateId: 'a',
              PolicyNames: ['tls'],
            },
            { LoadBalancerPort: 80, Protocol: 'http' },
          ],
          Policies: [
            {
              ...{ PolicyName: 'tls', PolicyType: 'SSLNegotiationPolicyType' },
              Attributes: [
                { Name: 'Reference-Security-Policy', Value: 'ELBSecurityPolicy-TLS-1-2-2017-01' },
              ],
            },
          ],
          CrossZone: true,
        },
      ],
    },
    written: [
      {
        address: 'aws_elb.it',
        values: {
          name: 'orders',
          listener: [
            { lb_port: 443, lb_protocol: 'https', ssl_certificate_id: 'a' },
            { lb_port: 80, lb_protocol: 'http' },
          ],
        },
      },
      {
        address: 'aws_load_balancer_policy.it',
        values: {
          ...{ load_balancer_name: 'orders', policy_name: 'tls' },
          policy_type_name: 'SSLNegotiationPolicyType',
          policy_attribute: [
            { name: 'Reference-Security-Policy', value: 'ELBSecurityPolicy-TLS-1-2-2017-01' },
          ],
        },
      },
      {
        address: 'aws_load_balancer_listener_policy.it',
        values: { load_balancer_name: 'orders', load_balancer_port: 443, policy_names: ['tls'] },
      },
    ],
  },
  aws_lb_ssl_negotiation_policy: {
    resources: {
      It: [
        'AWS::ElasticLoadBalancing::LoadBalancer',
        {
          LoadBalancerName: 'orders',
          Listeners: [
            {
              LoadBalancerPort: 443,
              Protocol: 'https',
              SSLCertificateId: 'a',
              PolicyNames: ['tls'],
            },
            { LoadBalancerPort: 80, Protocol: 'http' },
          ],
          Policies: [
            {
              ...{ PolicyName: 'tls', PolicyType: 'SSLNegotiationPolicyType' },
              Attributes: [
                { Name: 'Reference-Security-Policy', Value: 'ELBSecurityPolicy-TLS-1-2-2017-01' },
              ],
            },
          ],
          CrossZone: true,
        },
      ],
    },
    written: [
      {
        address: 'aws_elb.it',
        values: {
          name: 'orders',
          listener: [
            { lb_port: 443, lb_protocol: 'https', ssl_certificate_id: 'a' },
            { lb_port: 80, lb_protocol: 'http' },
          ],
        },
      },
      {
        address: 'aws_lb_ssl_negotiation_policy.it',
        values: {
          ...{ load_balancer: 'orders', name: 'tls', lb_port: 443 },
          attribute: [
            { name: 'Reference-Security-Policy', value: 'ELBSecurityPolicy-TLS-1-2-2017-01' },
          ],
        },
      },
    ],
  },
  aws_cloudfront_distribution: {
    resources: {
      It: [
        'AWS::CloudFront::Distribution',
        {
          DistributionConfig: {
            DefaultRootObject: 'index.html',
            ViewerCertificate: {
              ...{ AcmCertificateArn: 'arn:aws:acm:a', SslSupportMethod: 'vip' },
              MinimumProtocolVersion: 'TLSv1.2_2019',
            },
            Logging: { Bucket: 'logs.s3.amazonaws.com' },
            Origins: [
              { Id: 'site', DomainName: 'site.s3.amazonaws.com', S3OriginConfig: {} },
              {
                ...{ Id: 'shop', DomainName: 'shop.example.com' },
                CustomOriginConfig: {
                  ...{ OriginProtocolPolicy: 'match-viewer', OriginSSLProtocols: ['SSLv3'] },
                },
              },
            ],
            OriginGroups: {
              Items: [
                { Id: 'both', Members: { Items: [{ OriginId: 'site' }, { OriginId: 'shop' }] } },
              ],
            },
            DefaultCacheBehavior: { TargetOriginId: 'site', ViewerProtocolPolicy: 'https-only' },
            CacheBehaviors: [
              { PathPattern: '/a', TargetOriginId: 'both', ViewerProtocolPolicy: 'allow-all' },
            ],
          },
        },
      ],
    },
    written: [
      {
        address: 'aws_cloudfront_distribution.it',
        unknown: { id: true },
        values: {
          default_root_object: 'index.html',
          viewer_certificate: [
            {
              ...{ acm_certificate_arn: 'arn:aws:acm:a', ssl_support_method: 'vip' },
              minimum_protocol_version: 'TLSv1.2_2019',
            },
          ],
          logging_config: [{ bucket: 'logs.s3.amazonaws.com' }],
          origin: [
            {
              ...{ origin_id: 'site', domain_name: 'site.s3.amazonaws.com' },
              s3_origin_config: [{ origin_access_identity: '' }],
            },
            {
              ...{ origin_id: 'shop', domain_name: 'shop.example.com' },
              custom_origin_config: [
                { origin_protocol_policy: 'match-viewer', origin_ssl_protocols: ['SSLv3'] },
              ],
            },
          ],
          origin_group: [
            { origin_id: 'both', member: [{ origin_id: 'site' }, { origin_id: 'shop' }] },
          ],
          default_cache_behavior: [
            { target_origin_id: 'site', viewer_protocol_policy: 'https-only' },
          ],
          ordered_cache_behavior: [
            { path_pattern: '/a', target_origin_id: 'both', viewer_protocol_policy: 'allow-all' },
          ],
        },
      },
    ],
  },
  aws_ec2_transit_gateway: {
    resources: {
      It: ['AWS::EC2::TransitGateway', { AutoAcceptSharedAttachments: 'enable' }],
    },
    written: [
      {
        address: 'aws_ec2_transit_gateway.it',
        unknown: { id: true },
        values: { auto_accept_shared_attachments: 'enable' },
      },
    ],
  },
  aws_vpc_endpoint: {
    resources: {
      It: ['AWS::EC2::VPC', {}],
      E: [
        'AWS::EC2::VPCEndpoint',
        { VpcId: { Ref: 'It' }, ServiceName: 'com.amazonaws.us-east-1.ec2' },
      ],
    },
    written: [
      { address: 'aws_vpc.it', unknown: { id: true } },
      {
        address: 'aws_vpc_endpoint.e',
        values: { service_name: 'com.amazonaws.us-east-1.ec2' },
        unknown: { vpc_id: true },
        refers: { vpc_id: ['aws_vpc.it.id', 'aws_vpc.it'] },
      },
    ],
  },
  aws_network_acl: {
    resources: {
      It: ['AWS::EC2::NetworkAcl', {}],
      E: [
        'AWS::EC2::NetworkAclEntry',
        {
          NetworkAclId: { Ref: 'It' },
          RuleNumber: 100,
          RuleAction: 'allow',
          Protocol: 6,
          CidrBlock: '0.0.0.0/0',
          PortRange: { From: 22, To: 22 },
        },
      ],
    },
    written: [
      {
        address: 'aws_network_acl.it',
        unknown: { id: true },
        values: {
          ingress: [
            {
              rule_no: 100,
              action: 'allow',
              protocol: 'tcp',
              cidr_block: '0.0.0.0/0',
              from_port: 22,
              to_port: 22,
            },
          ],
        },
      },
    ],
  },
  aws_network_acl_rule: {
    resources: {
      It: ['AWS::EC2::NetworkAcl', {}],
      E: [
        'AWS::EC2::NetworkAclEntry',
        {
          NetworkAclId: { Ref: 'It' },
          RuleNumber: 100,
          RuleAction: 'allow',
          Protocol: -1,
          Ipv6CidrBlock: '::/0',
        },
      ],
    },
    written: [
      { address: 'aws_network_acl.it', unknown: { id: true } },
      {
        address: 'aws_network_acl_rule.e',
        values: {
          rule_number: 100,
          rule_action: 'allow',
          protocol: '-1',
          ipv6_cidr_block: '::/0',
          egress: false,
        },
        unknown: { network_acl_id: true },
        refers: { network_acl_id: ['aws_network_acl.it.id', 'aws_network_acl.it'] },
      },
    ],
  },
  aws_instance: {
    resources: {
      It: [
        'AWS::EC2::Instance',
        {
          MetadataOptions: { HttpTokens: 'required' },
          NetworkInterfaces: [{ AssociatePublicIpAddress: true }],
          BlockDeviceMappings: [{ Ebs: { Encrypted: true } }, { DeviceName: '/dev/sdf', Ebs: {} }],
        },
      ],
    },
    written: [
      {
        address: 'aws_instance.it',
        unknown: { id: true },
        values: {
          metadata_options: [{ http_tokens: 'required' }],
          associate_public_ip_address: true,
          root_block_device: [{ encrypted: true }],
          ebs_block_device: [{ device_name: '/dev/sdf' }],
        },
      },
    ],
  },
  aws_launch_template: {
    resources: {
      It: [
        'AWS::EC2::LaunchTemplate',
        {
          LaunchTemplateName: 'l',
          LaunchTemplateData: {
            MetadataOptions: { HttpTokens: 'optional' },
            NetworkInterfaces: [{ AssociatePublicIpAddress: true }],
          },
        },
      ],
    },
    written: [
      {
        address: 'aws_launch_template.it',
        unknown: { id: true },
        values: {
          name: 'l',
          metadata_options: [{ http_tokens: 'optional' }],
          network_interfaces: [{ associate_public_ip_address: 'true' }],
        },
      },
    ],
  },
  aws_ebs_volume: {
    resources: {
      It: ['AWS::EC2::Volume', { Encrypted: false }],
      A: ['AWS::EC2::VolumeAttachment', { VolumeId: { Ref: 'It' }, InstanceId: 'i-1' }],
    },
    written: [
      { address: 'aws_ebs_volume.it', unknown: { id: true }, values: { encrypted: false } },
      {
        address: 'aws_volume_attachment.a',
        values: { instance_id: 'i-1' },
        unknown: { volume_id: true },
        refers: { volume_id: ['aws_ebs_volume.it.id', 'aws_ebs_volume.it'] },
      },
    ],
  },
  aws_volume_attachment: {
    resources: {
      It: ['AWS::EC2::Volume', { Encrypted: true }],
      A: ['AWS::EC2::VolumeAttachment', { VolumeId: { Ref: 'It' }, InstanceId: 'i-1' }],
    },
    written: [
      { address: 'aws_ebs_volume.it', values: { id: 'vol-1', encrypted: true } },
      { address: 'aws_volume_attachment.a', values: { instance_id: 'i-1', volume_id: 'vol-1' } },
    ],
  },
  aws_eip: {
    resources: {
      It: ['AWS::EC2::Instance', {}],
      E: ['AWS::EC2::EIP', { InstanceId: { Ref: 'It' } }],
    },
    written: [
      { address: 'aws_instance.it', values: { id: 'i-1' } },
      { address: 'aws_eip.e', values: { instance: 'i-1' } },
    ],
  },
  aws_network_interface: {
    resources: {
      It: ['AWS::EC2::Instance', {}],
      N: ['AWS::EC2::NetworkInterface', { SubnetId: 's' }],
      A: [
        'AWS::EC2::NetworkInterfaceAttachment',
        { DeviceIndex: '1', InstanceId: { Ref: 'It' }, NetworkInterfaceId: { Ref: 'N' } },
      ],
      E: ['AWS::EC2::EIPAssociation', { NetworkInterfaceId: { Ref: 'N' } }],
    },
    written: [
      { address: 'aws_instance.it', values: { id: 'i-1' } },
      {
        address: 'aws_network_interface.n',
        values: { id: 'eni-1', subnet_id: 's', attachment: [{ instance: 'i-1' }] },
      },
      { address: 'aws_eip.e', values: { network_interface: 'eni-1' } },
    ],
  },
  aws_network_interface_attachment: {
    resources: {
      It: ['AWS::EC2::Instance', {}],
      A: [
        'AWS::EC2::NetworkInterfaceAttachment',
        { DeviceIndex: '1', InstanceId: { Ref: 'It' }, NetworkInterfaceId: 'eni-1' },
      ],
      E: ['AWS::EC2::EIPAssociation', { NetworkInterfaceId: 'eni-1' }],
    },
    written: [
      { address: 'aws_instance.it', values: { id: 'i-1' } },
      {
        address: 'aws_network_interface_attachment.a',
        values: { instance_id: 'i-1', network_interface_id: 'eni-1' },
      },
      { address: 'aws_eip_association.e', values: { network_interface_id: 'eni-1' } },
    ],
  },
  aws_eip_association: {
    resources: {
      It: ['AWS::EC2::Instance', {}],
      E: ['AWS::EC2::EIPAssociation', { InstanceId: { Ref: 'It' } }],
    },
    written: [
      { address: 'aws_instance.it', unknown: { id: true } },
      {
        address: 'aws_eip_association.e',
        unknown: { instance_id: true },
        refers: { instance_id: ['aws_instance.it.id', 'aws_instance.it'] },
      },
    ],
  },
  aws_iam_role: {
    resources: asRole({
      Policies: [{ PolicyName: 'p', PolicyDocument: everything }],
      ManagedPolicyArns: [admin],
    }),
    written: [
      {
        ...role,
        values: {
          ...role.values,
          inline_policy: [{ name: 'p', policy: JSON.stringify(everything) }],
          managed_policy_arns: [admin],
        },
      },
    ],
  },
  aws_iam_role_policy: {
    resources: {
      ...asRole({}),
      P: [
        'AWS::IAM::RolePolicy',
        { RoleName: { Ref: 'It' }, PolicyName: 'p', PolicyDocument: everything },
      ],
    },
    written: [
      role,
      {
        address: 'aws_iam_role_policy.p',
        values: { role: 'worker', name: 'p', policy: JSON.stringify(everything) },
      },
    ],
  },
  aws_iam_role_policy_attachment: {
    resources: asRole({ ManagedPolicyArns: [admin] }),
    written: [
      role,
      {
        address: 'aws_iam_role_policy_attachment.p',
        values: { role: 'worker', policy_arn: admin },
      },
    ],
  },
  aws_iam_role_policy_attachments_exclusive: {
    resources: asRole({ ManagedPolicyArns: [admin] }),
    written: [
      role,
      {
        address: 'aws_iam_role_policy_attachments_exclusive.p',
        values: { role_name: 'worker', policy_arns: [admin] },
      },
    ],
  },
  aws_iam_policy_attachment: {
    resources: asRole({ ManagedPolicyArns: [admin] }),
    written: [
      role,
      { address: 'aws_iam_policy_attachment.p', values: { roles: ['worker'], policy_arn: admin } },
    ],
  },
  aws_iam_user: {
    resources: {
      It: ['AWS::IAM::User', { UserName: 'u' }],
      P: [
        'AWS::IAM::UserPolicy',
        { UserName: { Ref: 'It' }, PolicyName: 'p', PolicyDocument: everything },
      ],
    },
    written: [
      { address: 'aws_iam_user.it', values: { name: 'u' } },
      {
        address: 'aws_iam_user_policy.p',
        values: { user: 'u', name: 'p', policy: JSON.stringify(everything) },
      },
    ],
  },
  aws_iam_user_policy_attachment: {
    resources: { It: ['AWS::IAM::User', { UserName: 'u', ManagedPolicyArns: [admin] }] },
    written: [
      { address: 'aws_iam_user.it', values: { name: 'u' } },
      { address: 'aws_iam_user_policy_attachment.p', values: { user: 'u', policy_arn: admin } },
    ],
  },
  aws_iam_user_group_membership: {
    resources: {
      It: ['AWS::IAM::User', { UserName: 'u', Groups: [{ Ref: 'G' }] }],
      G: ['AWS::IAM::Group', { GroupName: 'g', ManagedPolicyArns: [admin] }],
    },
    written: [
      { address: 'aws_iam_user.it', values: { name: 'u' } },
      { address: 'aws_iam_group.g', values: { name: 'g' } },
      { address: 'aws_iam_group_policy_attachment.p', values: { group: 'g', policy_arn: admin } },
      { address: 'aws_iam_user_group_membership.m', values: { user: 'u', groups: ['g'] } },
    ],
  },
  aws_iam_group_membership: {
    resources: {
      It: ['AWS::IAM::User', { UserName: 'u', Groups: [{ Ref: 'G' }] }],
      G: ['AWS::IAM::Group', { GroupName: 'g', ManagedPolicyArns: [admin] }],
    },
    written: [
      { address: 'aws_iam_user.it', values: { name: 'u' } },
      { address: 'aws_iam_group.g', values: { name: 'g' } },
      { address: 'aws_iam_group_policy_attachment.p', values: { group: 'g', policy_arn: admin } },
      { address: 'aws_iam_group_membership.m', values: { group: 'g', users: ['u'] } },
    ],
  },
  aws_iam_group: {
    resources: {
      It: ['AWS::IAM::Group', { GroupName: 'g' }],
      P: [
        'AWS::IAM::GroupPolicy',
        { GroupName: { Ref: 'It' }, PolicyName: 'p', PolicyDocument: everything },
      ],
    },
    written: [
      { address: 'aws_iam_group.it', values: { name: 'g' } },
      {
        address: 'aws_iam_group_policy.p',
        values: { group: 'g', name: 'p', policy: JSON.stringify(everything) },
      },
    ],
  },
  aws_iam_policy: {
    resources: {
      It: ['AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'p', PolicyDocument: everything }],
    },
    written: [
      { address: 'aws_iam_policy.it', values: { name: 'p', policy: JSON.stringify(everything) } },
    ],
  },
  aws_kms_key: {
    resources: { It: ['AWS::KMS::Key', { EnableKeyRotation: false, KeyPolicy: open('*') }] },
    written: [
      {
        address: 'aws_kms_key.it',
        unknown: { id: true, key_id: true, arn: true },
        values: {
          enable_key_rotation: false,
          is_enabled: true,
          customer_master_key_spec: 'SYMMETRIC_DEFAULT',
          policy: JSON.stringify(open('*')),
        },
      },
    ],
  },
  aws_kms_external_key: {
    resources: { It: ['AWS::KMS::Key', { Origin: 'EXTERNAL' }] },
    written: [
      {
        address: 'aws_kms_external_key.it',
        values: { enabled: true },
        unknown: { id: true, arn: true },
      },
    ],
  },
  aws_kms_key_policy: {
    resources: { It: ['AWS::KMS::Key', { EnableKeyRotation: true, KeyPolicy: open('*') }] },
    written: [
      {
        address: 'aws_kms_key.it',
        unknown: { id: true, key_id: true, arn: true, policy: true },
        values: { enable_key_rotation: true },
      },
      {
        address: 'aws_kms_key_policy.p',
        values: { policy: JSON.stringify(open('*')) },
        unknown: { key_id: true },
        refers: { key_id: ['aws_kms_key.it.id', 'aws_kms_key.it'] },
      },
    ],
  },
  aws_kms_replica_key: {
    resources: { It: ['AWS::KMS::ReplicaKey', { KeyPolicy: open('*') }] },
    written: [
      {
        address: 'aws_kms_replica_key.it',
        unknown: { id: true, key_id: true, arn: true },
        values: { policy: JSON.stringify(open('*')) },
      },
    ],
  },
  aws_kms_replica_external_key: {
    resources: { It: ['AWS::KMS::ReplicaKey', { KeyPolicy: open('*') }] },
    written: [
      {
        address: 'aws_kms_replica_external_key.it',
        unknown: { id: true, key_id: true, arn: true },
        values: { policy: JSON.stringify(open('*')) },
      },
    ],
  },
  aws_db_instance: {
    resources: { It: ['AWS::RDS::DBInstance', asDatabase] },
    written: [{ address: 'aws_db_instance.it', values: database }],
  },
  aws_db_parameter_group: {
    resources: {
      It: ['AWS::RDS::DBInstance', { ...asDatabase, DBParameterGroupName: { Ref: 'G' } }],
      G: [
        'AWS::RDS::DBParameterGroup',
        { DBParameterGroupName: 'g', Parameters: { require_secure_transport: '1' } },
      ],
    },
    written: [
      { address: 'aws_db_instance.it', values: { ...database, parameter_group_name: 'g' } },
      {
        address: 'aws_db_parameter_group.g',
        values: { name: 'g', parameter: [{ name: 'require_secure_transport', value: '1' }] },
      },
    ],
  },
  aws_rds_cluster: {
    resources: {
      It: ['AWS::RDS::DBCluster', asCluster],
      G: [
        'AWS::RDS::DBClusterParameterGroup',
        {
          DBClusterParameterGroupName: 'g',
          Family: 'aurora-mysql8.0',
          Parameters: { require_secure_transport: 'ON' },
        },
      ],
    },
    written: [
      { address: 'aws_rds_cluster.it', values: cluster },
      {
        address: 'aws_rds_cluster_parameter_group.g',
        values: {
          ...{ name: 'g', family: 'aurora-mysql8.0' },
          parameter: [{ name: 'require_secure_transport', value: 'ON' }],
        },
      },
    ],
  },
  aws_docdb_cluster: {
    resources: {
      It: [
        'AWS::DocDB::DBCluster',
        {
          DBClusterIdentifier: 'docs',
          StorageEncrypted: true,
          BackupRetentionPeriod: 7,
          EnableCloudwatchLogsExports: ['audit'],
          DeletionProtection: true,
        },
      ],
    },
    written: [
      {
        address: 'aws_docdb_cluster.it',
        values: {
          cluster_identifier: 'docs',
          storage_encrypted: true,
          backup_retention_period: 7,
          enabled_cloudwatch_logs_exports: ['audit'],
          deletion_protection: true,
        },
      },
    ],
  },
  aws_neptune_cluster_instance: {
    resources: {
      It: ['AWS::Neptune::DBInstance', { DBInstanceIdentifier: 'graph', PubliclyAccessible: true }],
    },
    written: [
      {
        address: 'aws_neptune_cluster_instance.it',
        values: { identifier: 'graph', cluster_identifier: 'a', publicly_accessible: true },
      },
    ],
  },
  aws_neptune_cluster: {
    resources: {
      It: [
        'AWS::Neptune::DBCluster',
        {
          DBClusterIdentifier: 'graph',
          StorageEncrypted: false,
          BackupRetentionPeriod: 1,
          EnableCloudwatchLogsExports: ['audit'],
          DeletionProtection: false,
        },
      ],
    },
    written: [
      {
        address: 'aws_neptune_cluster.it',
        values: {
          cluster_identifier: 'graph',
          storage_encrypted: false,
          backup_retention_period: 1,
          enable_cloudwatch_logs_exports: ['audit'],
          deletion_protection: false,
        },
      },
    ],
  },
  aws_rds_cluster_instance: {
    resources: {
      It: [
        'AWS::RDS::DBInstance',
        {
          DBInstanceIdentifier: 'db',
          DBClusterIdentifier: { Ref: 'C' },
          Engine: 'aurora-mysql',
          EngineVersion: '8.0',
          PubliclyAccessible: true,
          MonitoringInterval: 0,
          AutoMinorVersionUpgrade: true,
          CopyTagsToSnapshot: true,
        },
      ],
      C: ['AWS::RDS::DBCluster', asCluster],
    },
    written: [
      {
        address: 'aws_rds_cluster_instance.it',
        values: {
          identifier: 'db',
          engine: 'aurora-mysql',
          engine_version: '8.0',
          publicly_accessible: true,
          monitoring_interval: 0,
          auto_minor_version_upgrade: true,
          copy_tags_to_snapshot: true,
        },
        unknown: { cluster_identifier: true },
        refers: { cluster_identifier: ['aws_rds_cluster.c.id', 'aws_rds_cluster.c'] },
      },
      { address: 'aws_rds_cluster.c', values: cluster, unknown: { id: true } },
    ],
  },
  aws_sns_topic: {
    resources: { It: ['AWS::SNS::Topic', { TopicName: 't', KmsMasterKeyId: 'alias/k' }] },
    written: [
      {
        address: 'aws_sns_topic.it',
        values: { name: 't', kms_master_key_id: 'alias/k' },
        unknown: { arn: true, id: true, policy: true },
      },
    ],
  },
  aws_sns_topic_policy: {
    resources: {
      It: ['AWS::SNS::Topic', { TopicName: 't' }],
      P: ['AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'It' }], PolicyDocument: open(topicArn) }],
    },
    written: [
      { address: 'aws_sns_topic.it', values: { name: 't', arn: topicArn, policy: '{}' } },
      {
        address: 'aws_sns_topic_policy.p',
        values: { arn: topicArn, policy: JSON.stringify(open(topicArn)) },
      },
    ],
  },
  aws_sqs_queue: {
    resources: {
      It: ['AWS::SQS::Queue', { QueueName: 'q', SqsManagedSseEnabled: false }],
      P: ['AWS::SQS::QueueInlinePolicy', { Queue: { Ref: 'It' }, PolicyDocument: open(queueArn) }],
    },
    written: [
      {
        address: 'aws_sqs_queue.it',
        values: {
          name: 'q',
          sqs_managed_sse_enabled: false,
          policy: JSON.stringify(open(queueArn)),
        },
        unknown: { id: true, url: true, arn: true },
      },
    ],
  },
  aws_sqs_queue_policy: {
    resources: {
      It: ['AWS::SQS::Queue', { QueueName: 'q' }],
      P: ['AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'It' }], PolicyDocument: open(queueArn) }],
    },
    written: [
      {
        address: 'aws_sqs_queue.it',
        values: { name: 'q' },
        unknown: { id: true, url: true, arn: true, policy: true },
      },
      {
        address: 'aws_sqs_queue_policy.p',
        values: { policy: JSON.stringify(open(queueArn)) },
        unknown: { queue_url: true },
        refers: { queue_url: ['aws_sqs_queue.it.id', 'aws_sqs_queue.it'] },
      },
    ],
  },
  aws_lambda_function: {
    resources: {
      It: [
        'AWS::Lambda::Function',
        {
          ...{ FunctionName: 'f', Runtime: 'nodejs12.x', PackageType: 'Zip' },
          Layers: ['arn:aws:lambda:us-east-1:444455556666:layer:a:1'],
        },
      ],
    },
    written: [
      {
        address: 'aws_lambda_function.it',
        values: {
          ...{ function_name: 'f', runtime: 'nodejs12.x', package_type: 'Zip' },
          layers: ['arn:aws:lambda:us-east-1:444455556666:layer:a:1'],
        },
      },
    ],
  },
  aws_lambda_permission: {
    resources: {
      It: ['AWS::Lambda::Function', { FunctionName: 'f', Runtime: 'nodejs24.x' }],
      P: [
        'AWS::Lambda::Permission',
        { FunctionName: { Ref: 'It' }, Action: 'lambda:InvokeFunction', Principal: '*' },
      ],
    },
    written: [
      { address: 'aws_lambda_function.it', values: { function_name: 'f', runtime: 'nodejs24.x' } },
      {
        address: 'aws_lambda_permission.p',
        values: { function_name: 'f', action: 'lambda:InvokeFunction', principal: '*' },
      },
    ],
  },
  aws_lambda_alias: {
    resources: {
      It: ['AWS::Lambda::Function', { FunctionName: 'f', Runtime: 'nodejs24.x' }],
      A: ['AWS::Lambda::Alias', { FunctionName: { Ref: 'It' }, Name: 'live' }],
      P: [
        'AWS::Lambda::Permission',
        { FunctionName: 'f:live', Action: 'lambda:InvokeFunction', Principal: '*' },
      ],
    },
    written: [
      { address: 'aws_lambda_function.it', values: { function_name: 'f', runtime: 'nodejs24.x' } },
      { address: 'aws_lambda_alias.a', values: { function_name: 'f', name: 'live' } },
      {
        address: 'aws_lambda_permission.p',
        values: {
          function_name: 'f',
          qualifier: 'live',
          action: 'lambda:InvokeFunction',
          principal: '*',
        },
      },
    ],
  },
  aws_lambda_function_url: {
    resources: {
      It: ['AWS::Lambda::Function', { FunctionName: 'f', Runtime: 'nodejs24.x' }],
      U: ['AWS::Lambda::Url', { TargetFunctionArn: { Ref: 'It' }, AuthType: 'NONE' }],
      // The provider makes it beside the URL.
      P: [
        'AWS::Lambda::Permission',
        {
          FunctionName: { Ref: 'It' },
          Action: 'lambda:InvokeFunctionUrl',
          Principal: '*',
          FunctionUrlAuthType: 'NONE',
        },
      ],
    },
    written: [
      { address: 'aws_lambda_function.it', values: { function_name: 'f', runtime: 'nodejs24.x' } },
      {
        address: 'aws_lambda_function_url.u',
        values: { function_name: 'f', authorization_type: 'NONE' },
      },
    ],
  },
  aws_ecr_repository: {
    resources: {
      It: [
        'AWS::ECR::Repository',
        {
          RepositoryName: 'r',
          ImageTagMutability: 'IMMUTABLE',
          ImageScanningConfiguration: { ScanOnPush: true },
          LifecyclePolicy: { LifecyclePolicyText: '{}' },
          RepositoryPolicyText: open('*'),
        },
      ],
    },
    written: [
      {
        address: 'aws_ecr_repository.it',
        values: {
          name: 'r',
          image_tag_mutability: 'IMMUTABLE',
          image_scanning_configuration: [{ scan_on_push: true }],
        },
      },
      { address: 'aws_ecr_lifecycle_policy.l', values: { repository: 'r', policy: '{}' } },
      {
        address: 'aws_ecr_repository_policy.p',
        values: { repository: 'r', policy: JSON.stringify(open('*')) },
      },
    ],
  },
  aws_ecr_registry_scanning_configuration: {
    resources: {
      It: ['AWS::ECR::Repository', { RepositoryName: 'r' }],
      S: [
        'AWS::ECR::RegistryScanningConfiguration',
        {
          ScanType: 'ENHANCED',
          Rules: [{ ScanFrequency: 'CONTINUOUS_SCAN', RepositoryFilters: [{ Filter: '*' }] }],
        },
      ],
    },
    written: [
      { address: 'aws_ecr_repository.it', values: { name: 'r' } },
      {
        address: 'aws_ecr_registry_scanning_configuration.s',
        values: {
          scan_type: 'ENHANCED',
          rule: [{ scan_frequency: 'CONTINUOUS_SCAN', repository_filter: [{ filter: '*' }] }],
        },
      },
    ],
  },
  aws_opensearch_domain: {
    resources: {
      It: ['AWS::OpenSearchService::Domain', { ...asDomain, ClusterConfig: inZones }],
    },
    written: [{ address: 'aws_opensearch_domain.it', values: domain }],
  },
  aws_opensearch_domain_policy: {
    resources: {
      It: ['AWS::OpenSearchService::Domain', { DomainName: 'orders', AccessPolicies: open('*') }],
    },
    written: [
      { address: 'aws_opensearch_domain.it', values: { domain_name: 'orders' } },
      {
        address: 'aws_opensearch_domain_policy.p',
        values: { domain_name: 'orders', access_policies: JSON.stringify(open('*')) },
      },
    ],
  },
  aws_elasticsearch_domain: {
    resources: {
      It: ['AWS::Elasticsearch::Domain', { ...asDomain, ElasticsearchClusterConfig: inZones }],
    },
    written: [{ address: 'aws_elasticsearch_domain.it', values: domain }],
  },
  aws_elasticsearch_domain_policy: {
    resources: {
      It: ['AWS::Elasticsearch::Domain', { DomainName: 'orders', AccessPolicies: open('*') }],
    },
    written: [
      { address: 'aws_elasticsearch_domain.it', values: { domain_name: 'orders' } },
      {
        address: 'aws_elasticsearch_domain_policy.p',
        values: { domain_name: 'orders', access_policies: JSON.stringify(open('*')) },
      },
    ],
  },
  aws_redshift_logging: {
    resources: {
      It: [
        'AWS::Redshift::Cluster',
        { ClusterIdentifier: 'orders', LoggingProperties: { LogDestinationType: 'cloudwatch' } },
      ],
    },
    written: [
      { address: 'aws_redshift_cluster.it', values: { cluster_identifier: 'orders' } },
      {
        address: 'aws_redshift_logging.l',
        values: { cluster_identifier: 'orders', log_destination_type: 'cloudwatch' },
      },
    ],
  },
  aws_redshift_parameter_group: {
    resources: {
      It: [
        'AWS::Redshift::Cluster',
        { ClusterIdentifier: 'orders', ClusterParameterGroupName: 'strict' },
      ],
      Group: [
        'AWS::Redshift::ClusterParameterGroup',
        {
          ParameterGroupName: 'strict',
          Parameters: [{ ParameterName: 'require_ssl', ParameterValue: 'true' }],
        },
      ],
    },
    written: [
      {
        address: 'aws_redshift_cluster.it',
        values: { cluster_identifier: 'orders', cluster_parameter_group_name: 'strict' },
      },
      {
        address: 'aws_redshift_parameter_group.group',
        values: { name: 'strict', parameter: [{ name: 'require_ssl', value: 'true' }] },
      },
    ],
  },
  aws_api_gateway_stage: {
    resources: {
      Api: ['AWS::ApiGateway::RestApi', { Name: 'orders' }],
      It: [
        'AWS::ApiGateway::Stage',
        {
          ...{ RestApiId: { Ref: 'Api' }, StageName: 'prod', TracingEnabled: true },
          ...{ ClientCertificateId: 'c1', CacheClusterEnabled: true },
          MethodSettings: [
            {
              ...{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'ERROR' },
              ...{ CachingEnabled: true, CacheDataEncrypted: true },
            },
            { ResourcePath: '/orders', HttpMethod: 'GET', LoggingLevel: 'OFF' },
          ],
        },
      ],
      Acl: [
        'AWS::WAFv2::WebACLAssociation',
        {
          WebACLArn: 'a',
          ResourceArn: {
            'Fn::Sub':
              'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod',
          },
        },
      ],
    },
    written: [
      {
        address: 'aws_api_gateway_stage.it',
        values: {
          ...{ stage_name: 'prod', xray_tracing_enabled: true, client_certificate_id: 'c1' },
          cache_cluster_enabled: true,
        },
        unknown: { id: true, arn: true, rest_api_id: true },
        refers: {
          rest_api_id: ['aws_api_gateway_rest_api.api.id', 'aws_api_gateway_rest_api.api'],
        },
      },
      {
        address: 'aws_api_gateway_rest_api.api',
        values: { name: 'orders' },
        unknown: { id: true },
      },
      ...[
        [
          'all',
          '*/*',
          { logging_level: 'ERROR', caching_enabled: true, cache_data_encrypted: true },
        ],
        ['one', 'orders/GET', { logging_level: 'OFF' }],
      ].map(([name, method_path, settings]) => ({
        address: `aws_api_gateway_method_settings.${name}`,
        values: { method_path, stage_name: 'prod', settings: [settings] },
        unknown: { rest_api_id: true },
        refers: {
          rest_api_id: ['aws_api_gateway_rest_api.api.id', 'aws_api_gateway_rest_api.api'],
          stage_name: ['aws_api_gateway_stage.it.stage_name', 'aws_api_gateway_stage.it'],
        },
      })),
      {
        address: 'aws_wafv2_web_acl_association.acl',
        values: { web_acl_arn: 'a' },
        unknown: { resource_arn: true },
        refers: { resource_arn: ['aws_api_gateway_stage.it.arn', 'aws_api_gateway_stage.it'] },
      },
    ],
  },
  aws_apigatewayv2_stage: {
    resources: {
      Api: ['AWS::ApiGatewayV2::Api', { Name: 'a', ProtocolType: 'WEBSOCKET' }],
      It: [
        'AWS::ApiGatewayV2::Stage',
        {
          ...{ ApiId: { Ref: 'Api' }, StageName: 'prod' },
          AccessLogSettings: { DestinationArn: 'l' },
          DefaultRouteSettings: { LoggingLevel: 'ERROR' },
          RouteSettings: { send: { LoggingLevel: 'OFF' } },
        },
      ],
    },
    written: [
      {
        address: 'aws_apigatewayv2_stage.it',
        values: {
          name: 'prod',
          access_log_settings: [{ destination_arn: 'l' }],
          default_route_settings: [{ logging_level: 'ERROR' }],
          route_settings: [{ route_key: 'send', logging_level: 'OFF' }],
        },
        unknown: { id: true, api_id: true },
        refers: { api_id: ['aws_apigatewayv2_api.api.id', 'aws_apigatewayv2_api.api'] },
      },
      {
        address: 'aws_apigatewayv2_api.api',
        values: { name: 'a', protocol_type: 'WEBSOCKET' },
        unknown: { id: true },
      },
    ],
  },
  aws_apigatewayv2_route: {
    resources: {
      Api: ['AWS::ApiGatewayV2::Api', { Name: 'a', ProtocolType: 'HTTP' }],
      It: [
        'AWS::ApiGatewayV2::Route',
        { ApiId: { Ref: 'Api' }, RouteKey: 'GET /orders', AuthorizationType: 'NONE' },
      ],
    },
    written: [
      {
        address: 'aws_apigatewayv2_route.it',
        values: { route_key: 'GET /orders', authorization_type: 'NONE' },
        unknown: { id: true, api_id: true },
        refers: { api_id: ['aws_apigatewayv2_api.api.id', 'aws_apigatewayv2_api.api'] },
      },
      {
        address: 'aws_apigatewayv2_api.api',
        values: { name: 'a', protocol_type: 'HTTP' },
        unknown: { id: true },
      },
    ],
  },
  aws_efs_mount_target: {
    resources: {
      It: ['AWS::EFS::FileSystem', {}],
      Subnet: ['AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }],
      Target: [
        'AWS::EFS::MountTarget',
        { FileSystemId: { Ref: 'It' }, SubnetId: { Ref: 'Subnet' } },
      ],
    },
    written: [
      { address: 'aws_efs_file_system.it', unknown: { id: true } },
      {
        address: 'aws_subnet.subnet',
        unknown: { id: true },
        values: { map_public_ip_on_launch: true },
      },
      {
        address: 'aws_efs_mount_target.target',
        unknown: { file_system_id: true, subnet_id: true },
        refers: {
          file_system_id: ['aws_efs_file_system.it.id', 'aws_efs_file_system.it'],
          subnet_id: ['aws_subnet.subnet.id', 'aws_subnet.subnet'],
        },
      },
    ],
  },
  aws_redshift_cluster: {
    resources: {
      It: [
        'AWS::Redshift::Cluster',
        {
          ClusterIdentifier: 'orders',
          PubliclyAccessible: true,
          Encrypted: true,
          AutomatedSnapshotRetentionPeriod: 14,
          AllowVersionUpgrade: false,
          EnhancedVpcRouting: true,
        },
      ],
    },
    written: [
      {
        address: 'aws_redshift_cluster.it',
        values: {
          cluster_identifier: 'orders',
          publicly_accessible: true,
          encrypted: 'true',
          automated_snapshot_retention_period: 14,
          allow_version_upgrade: false,
          enhanced_vpc_routing: true,
        },
      },
    ],
  },
  aws_eks_cluster: {
    resources: {
      It: [
        'AWS::EKS::Cluster',
        {
          Name: 'orders',
          ResourcesVpcConfig: {
            EndpointPublicAccess: true,
            PublicAccessCidrs: ['198.51.100.0/24'],
          },
          Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'audit' }] } },
          EncryptionConfig: [{ Provider: { KeyArn: 'k' }, Resources: ['secrets'] }],
          AccessConfig: { AuthenticationMode: 'API' },
        },
      ],
      Entry: [
        'AWS::EKS::AccessEntry',
        {
          ClusterName: { Ref: 'It' },
          PrincipalArn: 'arn:aws:iam::111122223333:user/alice',
          AccessPolicies: [
            {
              PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy',
              AccessScope: { Type: 'namespace', Namespaces: ['kube-*'] },
            },
          ],
        },
      ],
    },
    written: [
      {
        address: 'aws_eks_cluster.it',
        values: {
          name: 'orders',
          vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['198.51.100.0/24'] }],
          enabled_cluster_log_types: ['audit'],
          encryption_config: [{ provider: [{ key_arn: 'k' }], resources: ['secrets'] }],
          access_config: [{ authentication_mode: 'API' }],
        },
      },
      {
        address: 'aws_eks_access_entry.a',
        values: {
          cluster_name: 'orders',
          principal_arn: 'arn:aws:iam::111122223333:user/alice',
        },
      },
      {
        address: 'aws_eks_access_policy_association.a',
        values: {
          cluster_name: 'orders',
          principal_arn: 'arn:aws:iam::111122223333:user/alice',
          policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy',
          access_scope: [{ type: 'namespace', namespaces: ['kube-*'] }],
        },
      },
    ],
  },
  aws_efs_file_system: {
    resources: {
      It: [
        'AWS::EFS::FileSystem',
        { Encrypted: true, KmsKeyId: 'k', BackupPolicy: { Status: 'ENABLED' } },
      ],
    },
    written: [
      {
        address: 'aws_efs_file_system.it',
        values: { encrypted: true, kms_key_id: 'k' },
        unknown: { id: true },
      },
      {
        address: 'aws_efs_backup_policy.b',
        values: { backup_policy: [{ status: 'ENABLED' }] },
        unknown: { file_system_id: true },
        refers: { file_system_id: ['aws_efs_file_system.it.id', 'aws_efs_file_system.it'] },
      },
    ],
  },
  aws_cognito_identity_pool: {
    resources: {
      It: ['AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities: true }],
    },
    written: [
      {
        address: 'aws_cognito_identity_pool.it',
        values: { identity_pool_name: 'orders', allow_unauthenticated_identities: true },
        unknown: { id: true },
      },
    ],
  },
  aws_cognito_identity_pool_roles_attachment: {
    resources: {
      It: [
        'AWS::Cognito::IdentityPool',
        { AllowUnauthenticatedIdentities: true, AllowClassicFlow: true },
      ],
      Guests: ['AWS::IAM::Role', { RoleName: 'guests', ...guestRole }],
      Roles: [
        'AWS::Cognito::IdentityPoolRoleAttachment',
        {
          IdentityPoolId: { Ref: 'It' },
          Roles: { unauthenticated: { 'Fn::GetAtt': ['Guests', 'Arn'] } },
        },
      ],
    },
    written: [
      {
        address: 'aws_cognito_identity_pool.it',
        values: { allow_unauthenticated_identities: true, allow_classic_flow: true },
        unknown: { id: true },
      },
      {
        address: 'aws_iam_role.guests',
        values: {
          name: 'guests',
          assume_role_policy: JSON.stringify(guestRole.AssumeRolePolicyDocument),
          inline_policy: [{ name: 'a', policy: JSON.stringify(everything) }],
        },
        unknown: { arn: true },
      },
      {
        address: 'aws_cognito_identity_pool_roles_attachment.roles',
        values: { roles: {} },
        unknown: { identity_pool_id: true, roles: { unauthenticated: true } },
        refers: {
          identity_pool_id: ['aws_cognito_identity_pool.it.id', 'aws_cognito_identity_pool.it'],
          roles: ['aws_iam_role.guests.arn', 'aws_iam_role.guests'],
        },
      },
    ],
  },
  aws_route53_zone: {
    resources: {
      It: ['AWS::Route53::HostedZone', { Name: 'shop.example', VPCs: [{ VPCId: 'vpc-1' }] }],
    },
    written: [
      {
        address: 'aws_route53_zone.it',
        values: { name: 'shop.example', vpc: [{ vpc_id: 'vpc-1' }] },
        unknown: { id: true, zone_id: true },
      },
    ],
  },
  aws_route53_query_log: {
    resources: {
      It: [
        'AWS::Route53::HostedZone',
        { Name: 'shop.example', QueryLoggingConfig: { CloudWatchLogsLogGroupArn: logGroup } },
      ],
    },
    written: [
      {
        address: 'aws_route53_zone.it',
        values: { name: 'shop.example' },
        unknown: { id: true, zone_id: true },
      },
      {
        address: 'aws_route53_query_log.q',
        values: { cloudwatch_log_group_arn: logGroup },
        unknown: { zone_id: true },
        refers: { zone_id: ['aws_route53_zone.it.zone_id', 'aws_route53_zone.it'] },
      },
    ],
  },
  aws_redshiftserverless_workgroup: {
    resources: {
      It: [
        'AWS::RedshiftServerless::Workgroup',
        {
          WorkgroupName: 'orders',
          PubliclyAccessible: true,
          EnhancedVpcRouting: true,
          ConfigParameters: [{ ParameterKey: 'require_ssl', ParameterValue: 'false' }],
        },
      ],
    },
    written: [
      {
        address: 'aws_redshiftserverless_workgroup.it',
        values: {
          workgroup_name: 'orders',
          publicly_accessible: true,
          enhanced_vpc_routing: true,
          config_parameter: [{ parameter_key: 'require_ssl', parameter_value: 'false' }],
        },
      },
    ],
  },
  aws_launch_configuration: {
    resources: {
      It: [
        'AWS::AutoScaling::LaunchConfiguration',
        {
          LaunchConfigurationName: 'web',
          AssociatePublicIpAddress: true,
          MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
        },
      ],
    },
    written: [
      {
        address: 'aws_launch_configuration.it',
        values: {
          name: 'web',
          associate_public_ip_address: true,
          metadata_options: [{ http_tokens: 'required', http_put_response_hop_limit: 2 }],
        },
      },
    ],
  },
  aws_autoscaling_group: {
    resources: {
      It: [
        'AWS::AutoScaling::AutoScalingGroup',
        {
          AutoScalingGroupName: 'web',
          AvailabilityZones: ['a', 'b'],
          TargetGroupARNs: ['t'],
          TrafficSources: [{ Identifier: 't', Type: 'elbv2' }],
          HealthCheckType: 'ELB',
          MixedInstancesPolicy: {
            LaunchTemplate: { Overrides: [{ InstanceType: 'x' }, { InstanceType: 'y' }] },
          },
        },
      ],
    },
    written: [
      {
        address: 'aws_autoscaling_group.it',
        values: {
          name: 'web',
          availability_zones: ['a', 'b'],
          target_group_arns: ['t'],
          traffic_source: [{ identifier: 't', type: 'elbv2' }],
          health_check_type: 'ELB',
          mixed_instances_policy: [
            { launch_template: [{ override: [{ instance_type: 'x' }, { instance_type: 'y' }] }] },
          ],
        },
      },
    ],
  },
  aws_autoscaling_attachment: {
    resources: {
      It: [
        'AWS::AutoScaling::AutoScalingGroup',
        {
          AutoScalingGroupName: 'web',
          AvailabilityZones: ['a'],
          LoadBalancerNames: ['l'],
          TargetGroupARNs: ['t'],
        },
      ],
    },
    written: [
      { address: 'aws_autoscaling_group.it', values: { name: 'web', availability_zones: ['a'] } },
      {
        address: 'aws_autoscaling_attachment.a',
        values: { autoscaling_group_name: 'web', elb: 'l', lb_target_group_arn: 't' },
      },
    ],
  },
  aws_autoscaling_traffic_source_attachment: {
    resources: {
      It: [
        'AWS::AutoScaling::AutoScalingGroup',
        {
          AutoScalingGroupName: 'web',
          AvailabilityZones: ['a'],
          TrafficSources: [{ Identifier: 't', Type: 'elbv2' }],
        },
      ],
    },
    written: [
      { address: 'aws_autoscaling_group.it', values: { name: 'web', availability_zones: ['a'] } },
      {
        address: 'aws_autoscaling_traffic_source_attachment.a',
        values: {
          autoscaling_group_name: 'web',
          traffic_source: [{ identifier: 't', type: 'elbv2' }],
        },
      },
    ],
  },
  aws_dms_replication_instance: {
    resources: {
      It: [
        'AWS::DMS::ReplicationInstance',
        { PubliclyAccessible: false, MultiAZ: true, AutoMinorVersionUpgrade: false },
      ],
    },
    written: [
      {
        address: 'aws_dms_replication_instance.it',
        values: { publicly_accessible: false, multi_az: true, auto_minor_version_upgrade: false },
      },
    ],
  },
  aws_sfn_state_machine: {
    resources: {
      It: [
        'AWS::StepFunctions::StateMachine',
        { StateMachineName: 'orders', LoggingConfiguration: { Level: 'ALL' } },
      ],
    },
    written: [
      {
        address: 'aws_sfn_state_machine.it',
        values: { name: 'orders', logging_configuration: [{ level: 'ALL' }] },
      },
    ],
  },
  'aws_sfn_state_machine, that says nothing of its log,': {
    resources: { It: ['AWS::StepFunctions::StateMachine', { StateMachineName: 'orders' }] },
    written: [
      {
        address: 'aws_sfn_state_machine.it',
        values: { name: 'orders', logging_configuration: [{ level: '' }] },
      },
    ],
  },
  aws_athena_workgroup: {
    resources: {
      It: [
        'AWS::Athena::WorkGroup',
        { Name: 'orders', WorkGroupConfiguration: { PublishCloudWatchMetricsEnabled: true } },
      ],
    },
    written: [
      { address: 'aws_athena_workgroup.it', values: { name: 'orders', configuration: [{}] } },
    ],
  },
  'aws_athena_workgroup, without a configuration,': {
    resources: { It: ['AWS::Athena::WorkGroup', { Name: 'orders' }] },
    written: [{ address: 'aws_athena_workgroup.it', values: { name: 'orders' } }],
  },
  aws_kinesis_stream: {
    resources: {
      It: [
        'AWS::Kinesis::Stream',
        {
          Name: 'orders',
          RetentionPeriodHours: 168,
          StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
        },
      ],
    },
    written: [
      {
        address: 'aws_kinesis_stream.it',
        values: {
          ...{ name: 'orders', retention_period: 168 },
          ...{ encryption_type: 'KMS', kms_key_id: 'alias/aws/kinesis' },
        },
      },
    ],
  },
  aws_guardduty_detector: {
    resources: {
      It: [
        'AWS::GuardDuty::Detector',
        {
          Enable: true,
          DataSources: { S3Logs: { Enable: false } },
          Features: [
            {
              Name: 'RUNTIME_MONITORING',
              Status: 'ENABLED',
              AdditionalConfiguration: [{ Name: 'EKS_ADDON_MANAGEMENT', Status: 'ENABLED' }],
            },
            { Name: 'RDS_LOGIN_EVENTS', Status: 'DISABLED' },
          ],
        },
      ],
      F: [
        'AWS::GuardDuty::Filter',
        {
          DetectorId: { Ref: 'It' },
          Action: 'ARCHIVE',
          FindingCriteria: { Criterion: { severity: { LessThan: 8 } } },
        },
      ],
    },
    written: [
      {
        address: 'aws_guardduty_detector.it',
        values: { datasources: [{ s3_logs: [{ enable: false }] }] },
        unknown: { id: true },
      },
      {
        address: 'aws_guardduty_detector_feature.runtime',
        values: {
          ...{ name: 'RUNTIME_MONITORING', status: 'ENABLED' },
          additional_configuration: [{ name: 'EKS_ADDON_MANAGEMENT', status: 'ENABLED' }],
        },
        ...ofDetector,
      },
      {
        address: 'aws_guardduty_detector_feature.logins',
        values: { name: 'RDS_LOGIN_EVENTS', status: 'DISABLED' },
        ...ofDetector,
      },
      {
        address: 'aws_guardduty_filter.f',
        values: {
          ...{ name: 'f', action: 'ARCHIVE' },
          finding_criteria: [{ criterion: [{ field: 'severity', less_than: '8' }] }],
        },
        ...ofDetector,
      },
    ],
  },
  aws_securityhub_account: {
    resources: { It: ['AWS::SecurityHub::Hub', {}] },
    written: [{ address: 'aws_securityhub_account.it' }],
  },
  aws_msk_cluster: {
    resources: {
      It: [
        'AWS::MSK::Cluster',
        {
          ClusterName: 'orders',
          BrokerNodeGroupInfo: {
            ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } },
          },
          ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
        },
      ],
    },
    written: [
      {
        address: 'aws_msk_cluster.it',
        values: {
          cluster_name: 'orders',
          broker_node_group_info: [
            { connectivity_info: [{ public_access: [{ type: 'SERVICE_PROVIDED_EIPS' }] }] },
          ],
          encryption_info: [{ encryption_in_transit: [{ in_cluster: true }] }],
          client_authentication: [{ sasl: [{ iam: true }] }],
        },
      },
    ],
  },
  aws_sagemaker_notebook_instance: {
    resources: {
      It: [
        'AWS::SageMaker::NotebookInstance',
        { NotebookInstanceName: 'orders', SubnetId: 's', DirectInternetAccess: 'Disabled' },
      ],
    },
    written: [
      {
        address: 'aws_sagemaker_notebook_instance.it',
        values: {
          name: 'orders',
          subnet_id: 's',
          direct_internet_access: 'Disabled',
          root_access: 'Enabled',
        },
      },
    ],
  },
  aws_s3_access_point: {
    resources: {
      It: [
        'AWS::S3::AccessPoint',
        {
          Name: 'partners',
          Bucket: 'orders',
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: false,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      ],
    },
    written: [
      {
        address: 'aws_s3_access_point.it',
        values: {
          name: 'partners',
          bucket: 'orders',
          public_access_block_configuration: [{ block_public_policy: false }],
        },
      },
    ],
  },
  aws_s3control_multi_region_access_point: {
    resources: {
      It: [
        'AWS::S3::MultiRegionAccessPoint',
        {
          Name: 'everywhere',
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: false,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      ],
    },
    written: [
      {
        address: 'aws_s3control_multi_region_access_point.it',
        values: {
          details: [{ name: 'everywhere', public_access_block: [{ block_public_policy: false }] }],
        },
      },
    ],
  },
  aws_s3control_multi_region_access_point_policy: {
    resources: {
      It: [
        'AWS::S3::MultiRegionAccessPoint',
        { Name: 'everywhere', PublicAccessBlockConfiguration: noBlocks },
      ],
      Policy: [
        'AWS::S3::MultiRegionAccessPointPolicy',
        { MrapName: { Ref: 'It' }, Policy: open('*') },
      ],
    },
    written: [
      {
        address: 'aws_s3control_multi_region_access_point.it',
        values: {
          details: [
            {
              name: 'everywhere',
              public_access_block: [
                {
                  block_public_acls: false,
                  block_public_policy: false,
                  ignore_public_acls: false,
                  restrict_public_buckets: false,
                },
              ],
            },
          ],
        },
      },
      {
        address: 'aws_s3control_multi_region_access_point_policy.p',
        values: { details: [{ name: 'everywhere', policy: JSON.stringify(open('*')) }] },
      },
    ],
  },
  aws_s3control_access_point_policy: {
    resources: {
      It: [
        'AWS::S3::AccessPoint',
        {
          Name: 'partners',
          Bucket: 'orders',
          PublicAccessBlockConfiguration: noBlocks,
          Policy: open('*'),
        },
      ],
    },
    written: [
      {
        address: 'aws_s3_access_point.it',
        values: {
          name: 'partners',
          bucket: 'orders',
          public_access_block_configuration: [
            {
              block_public_acls: false,
              block_public_policy: false,
              ignore_public_acls: false,
              restrict_public_buckets: false,
            },
          ],
        },
        unknown: { arn: true, policy: true },
      },
      {
        address: 'aws_s3control_access_point_policy.p',
        values: { policy: JSON.stringify(open('*')) },
        unknown: { access_point_arn: true },
        refers: { access_point_arn: ['aws_s3_access_point.it.arn', 'aws_s3_access_point.it'] },
      },
    ],
  },
  aws_backup_vault: {
    resources: { It: ['AWS::Backup::BackupVault', { BackupVaultName: 'orders' }] },
    written: [{ address: 'aws_backup_vault.it', values: { name: 'orders' } }],
  },
  aws_backup_logically_air_gapped_vault: {
    resources: {
      It: ['AWS::Backup::LogicallyAirGappedBackupVault', { BackupVaultName: 'orders' }],
    },
    written: [{ address: 'aws_backup_logically_air_gapped_vault.it', values: { name: 'orders' } }],
  },
  aws_backup_vault_policy: {
    resources: {
      It: ['AWS::Backup::BackupVault', { BackupVaultName: 'orders', AccessPolicy: open('*') }],
    },
    written: [
      { address: 'aws_backup_vault.it', values: { name: 'orders' } },
      {
        address: 'aws_backup_vault_policy.p',
        values: { backup_vault_name: 'orders', policy: JSON.stringify(open('*')) },
        refers: { backup_vault_name: ['aws_backup_vault.it.name', 'aws_backup_vault.it'] },
      },
    ],
  },
  aws_cloudwatch_event_bus: {
    resources: { It: ['AWS::Events::EventBus', { Name: 'orders' }] },
    written: [{ address: 'aws_cloudwatch_event_bus.it', values: { name: 'orders' } }],
  },
  aws_cloudwatch_event_bus_policy: {
    resources: { It: ['AWS::Events::EventBus', { Name: 'orders', Policy: open('*') }] },
    written: [
      { address: 'aws_cloudwatch_event_bus.it', values: { name: 'orders' } },
      {
        address: 'aws_cloudwatch_event_bus_policy.p',
        values: { event_bus_name: 'orders', policy: JSON.stringify(open('*')) },
        refers: {
          event_bus_name: ['aws_cloudwatch_event_bus.it.name', 'aws_cloudwatch_event_bus.it'],
        },
      },
    ],
  },
  aws_cloudwatch_event_permission: {
    resources: {
      It: ['AWS::Events::EventBus', { Name: 'orders' }],
      P: [
        'AWS::Events::EventBusPolicy',
        { EventBusName: { Ref: 'It' }, StatementId: 'a', Principal: '444455556666' },
      ],
    },
    written: [
      { address: 'aws_cloudwatch_event_bus.it', values: { name: 'orders' } },
      {
        address: 'aws_cloudwatch_event_permission.p',
        values: { event_bus_name: 'orders', statement_id: 'a', principal: '444455556666' },
        refers: {
          event_bus_name: ['aws_cloudwatch_event_bus.it.name', 'aws_cloudwatch_event_bus.it'],
        },
      },
    ],
  },
  aws_api_gateway_rest_api: {
    resources: {
      It: [
        'AWS::ApiGateway::RestApi',
        { Name: 'orders', EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: open('*') },
      ],
    },
    written: [
      {
        address: 'aws_api_gateway_rest_api.it',
        values: {
          name: 'orders',
          policy: JSON.stringify(open('*')),
          endpoint_configuration: [{ types: ['PRIVATE'] }],
        },
        unknown: { id: true },
      },
    ],
  },
  aws_api_gateway_rest_api_policy: {
    resources: {
      It: [
        'AWS::ApiGateway::RestApi',
        { Name: 'orders', EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: open('*') },
      ],
    },
    written: [
      {
        address: 'aws_api_gateway_rest_api.it',
        values: { name: 'orders', endpoint_configuration: [{ types: ['PRIVATE'] }] },
        unknown: { id: true, policy: true },
      },
      {
        address: 'aws_api_gateway_rest_api_policy.p',
        values: { policy: JSON.stringify(open('*')) },
        unknown: { rest_api_id: true },
        refers: { rest_api_id: ['aws_api_gateway_rest_api.it.id', 'aws_api_gateway_rest_api.it'] },
      },
    ],
  },
  aws_efs_access_point: {
    resources: {
      It: [
        'AWS::EFS::AccessPoint',
        {
          FileSystemId: 'fs-1',
          PosixUser: { Uid: '1000', Gid: '1000' },
          RootDirectory: { Path: '/orders' },
        },
      ],
    },
    written: [
      {
        address: 'aws_efs_access_point.it',
        values: {
          file_system_id: 'fs-1',
          posix_user: [{ uid: 1000, gid: 1000 }],
          root_directory: [{ path: '/orders' }],
        },
      },
    ],
  },
  aws_dynamodb_table: {
    resources: {
      It: [
        'AWS::DynamoDB::Table',
        {
          TableName: 'orders',
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    },
    written: [
      {
        address: 'aws_dynamodb_table.it',
        values: {
          name: 'orders',
          deletion_protection_enabled: true,
          point_in_time_recovery: [{ enabled: true }],
        },
      },
    ],
  },
  aws_dynamodb_table_replica: {
    resources: {
      It: [
        'AWS::DynamoDB::Table',
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
        },
      ],
    },
    written: [
      {
        address: 'aws_dynamodb_table_replica.it',
        values: { deletion_protection_enabled: true, point_in_time_recovery: false },
        unknown: { id: true, arn: true, global_table_arn: true },
      },
    ],
  },
  aws_dynamodb_resource_policy: {
    resources: {
      It: [
        'AWS::DynamoDB::Table',
        { TableName: 'orders', ResourcePolicy: { PolicyDocument: open('*') } },
      ],
    },
    written: [
      { address: 'aws_dynamodb_table.it', values: { name: 'orders' }, unknown: { arn: true } },
      {
        address: 'aws_dynamodb_resource_policy.p',
        values: { policy: JSON.stringify(open('*')) },
        unknown: { resource_arn: true },
        refers: { resource_arn: ['aws_dynamodb_table.it.arn', 'aws_dynamodb_table.it'] },
      },
    ],
  },
  aws_lb: {
    resources: {
      It: [
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        {
          Name: 'orders',
          Scheme: 'internal',
          Subnets: ['subnet-a', 'subnet-b'],
          LoadBalancerAttributes: [
            { Key: 'deletion_protection.enabled', Value: 'true' },
            { Key: 'routing.http.desync_mitigation_mode', Value: 'monitor' },
            { Key: 'access_logs.s3.enabled', Value: 'true' },
          ],
        },
      ],
    },
    written: [
      {
        address: 'aws_lb.it',
        values: {
          name: 'orders',
          internal: true,
          subnets: ['subnet-a', 'subnet-b'],
          enable_deletion_protection: true,
          desync_mitigation_mode: 'monitor',
          access_logs: [{ bucket: 'logs', enabled: true }],
        },
        unknown: { id: true, arn: true },
      },
    ],
  },
  aws_lb_listener: {
    resources: {
      It: ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'orders', Subnets: ['a', 'b'] }],
      H: [
        'AWS::ElasticLoadBalancingV2::Listener',
        {
          LoadBalancerArn: { Ref: 'It' },
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }],
        },
      ],
      R: [
        'AWS::ElasticLoadBalancingV2::ListenerRule',
        { ListenerArn: { Ref: 'H' }, Actions: [{ Type: 'forward' }] },
      ],
      S: [
        'AWS::ElasticLoadBalancingV2::Listener',
        {
          LoadBalancerArn: { Ref: 'It' },
          Port: 443,
          Protocol: 'HTTPS',
          SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          DefaultActions: [{ Type: 'forward' }],
        },
      ],
    },
    written: [
      {
        address: 'aws_lb.it',
        values: { name: 'orders', internal: false, subnets: ['a', 'b'] },
        unknown: { id: true, arn: true },
      },
      {
        address: 'aws_lb_listener.h',
        values: {
          port: 80,
          protocol: 'HTTP',
          default_action: [{ type: 'redirect', redirect: [{ protocol: 'HTTPS' }] }],
        },
        unknown: { id: true, arn: true, load_balancer_arn: true },
        refers: { load_balancer_arn: ['aws_lb.it.arn', 'aws_lb.it'] },
      },
      {
        address: 'aws_lb_listener_rule.r',
        values: { action: [{ type: 'forward' }] },
        unknown: { listener_arn: true },
        refers: { listener_arn: ['aws_lb_listener.h.arn', 'aws_lb_listener.h'] },
      },
      {
        address: 'aws_lb_listener.s',
        values: {
          port: 443,
          protocol: 'HTTPS',
          ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          default_action: [{ type: 'forward' }],
        },
        unknown: { id: true, arn: true, load_balancer_arn: true },
        refers: { load_balancer_arn: ['aws_lb.it.arn', 'aws_lb.it'] },
      },
    ],
  },
  aws_secretsmanager_secret: {
    resources: {
      It: ['AWS::SecretsManager::Secret', { Name: 's' }],
      R: [
        'AWS::SecretsManager::RotationSchedule',
        { SecretId: { Ref: 'It' }, RotationRules: { AutomaticallyAfterDays: 30 } },
      ],
    },
    written: [
      {
        address: 'aws_secretsmanager_secret.it',
        values: { name: 's' },
        unknown: { id: true, arn: true },
      },
      {
        address: 'aws_secretsmanager_secret_rotation.r',
        values: { rotation_rules: [{ automatically_after_days: 30 }] },
        unknown: { secret_id: true },
        refers: { secret_id: ['aws_secretsmanager_secret.it.id', 'aws_secretsmanager_secret.it'] },
      },
    ],
  },
  aws_secretsmanager_secret_policy: {
    resources: {
      It: ['AWS::SecretsManager::Secret', { Name: 's' }],
      P: [
        'AWS::SecretsManager::ResourcePolicy',
        { SecretId: { Ref: 'It' }, ResourcePolicy: open('*') },
      ],
    },
    written: [
      {
        address: 'aws_secretsmanager_secret.it',
        values: { name: 's' },
        unknown: { id: true, arn: true },
      },
      {
        address: 'aws_secretsmanager_secret_policy.p',
        values: { policy: JSON.stringify(open('*')) },
        unknown: { secret_arn: true },
        refers: {
          secret_arn: ['aws_secretsmanager_secret.it.arn', 'aws_secretsmanager_secret.it'],
        },
      },
    ],
  },
  aws_cloudtrail: {
    resources: {
      It: [
        'AWS::CloudTrail::Trail',
        {
          TrailName: 't',
          S3BucketName: 'logs',
          IsLogging: true,
          IsMultiRegionTrail: true,
          EnableLogFileValidation: true,
        },
      ],
    },
    written: [
      {
        address: 'aws_cloudtrail.it',
        values: {
          name: 't',
          s3_bucket_name: 'logs',
          is_multi_region_trail: true,
          enable_log_file_validation: true,
        },
      },
    ],
  },
  aws_ebs_snapshot_block_public_access: {
    resources: { It: ['AWS::EC2::SnapshotBlockPublicAccess', { State: 'unblocked' }] },
    written: [
      { address: 'aws_ebs_snapshot_block_public_access.it', values: { state: 'unblocked' } },
    ],
  },
  aws_vpc_block_public_access_options: {
    resources: {
      It: ['AWS::EC2::VPCBlockPublicAccessOptions', { InternetGatewayBlockMode: 'off' }],
    },
    written: [
      {
        address: 'aws_vpc_block_public_access_options.it',
        values: { internet_gateway_block_mode: 'off' },
      },
    ],
  },
  aws_accessanalyzer_analyzer: {
    resources: { It: ['AWS::AccessAnalyzer::Analyzer', { AnalyzerName: 'a', Type: 'ACCOUNT' }] },
    written: [{ address: 'aws_accessanalyzer_analyzer.it', values: { analyzer_name: 'a' } }],
  },
  aws_config_configuration_recorder: {
    resources: {
      It: [
        'AWS::Config::ConfigurationRecorder',
        {
          Name: 'r',
          RoleARN: 'arn:aws:iam::111122223333:role/c',
          RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
        },
      ],
      C: ['AWS::Config::DeliveryChannel', { S3BucketName: 'b' }],
    },
    written: [
      {
        address: 'aws_config_configuration_recorder.it',
        values: {
          name: 'r',
          role_arn: 'arn:aws:iam::111122223333:role/c',
          recording_group: [{ all_supported: true, include_global_resource_types: true }],
        },
      },
      { address: 'aws_config_delivery_channel.c', values: { s3_bucket_name: 'b' } },
      {
        address: 'aws_config_configuration_recorder_status.s',
        values: { name: 'r', is_enabled: true },
      },
    ],
  },
};

/** Beside another type, or without one of CloudFormation's that is the same: each with a test of its own. */
const besides: Readonly<Record<string, string>> = {
  aws_api_gateway_method_settings: 'aws_api_gateway_stage',
  aws_apigatewayv2_api: 'aws_apigatewayv2_stage',
  aws_wafv2_web_acl_association: 'aws_api_gateway_stage',
  aws_ssm_document: 'no template shares one',
  aws_ssm_service_setting: 'no template declares it',
  aws_efs_backup_policy: 'aws_efs_file_system',
  aws_eks_access_entry: 'aws_eks_cluster',
  aws_eks_access_policy_association: 'aws_eks_cluster',
  aws_alb: 'aws_lb',
  aws_acm_certificate: 'aws_elb',
  aws_acm_certificate_validation: 'aws_elb',
  aws_iam_server_certificate: 'aws_elb',
  aws_spot_instance_request: 'aws_instance',
  aws_load_balancer_listener_policy: 'aws_load_balancer_policy',
  aws_alb_listener: 'aws_lb_listener',
  aws_alb_listener_rule: 'aws_lb_listener',
  aws_lb_listener_rule: 'aws_lb_listener',
  aws_default_network_acl: 'no template declares it',
  aws_default_security_group: 'no template declares it',
  aws_default_vpc: 'aws_flow_log',
  aws_iam_group_policy: 'aws_iam_group',
  aws_iam_group_policy_attachment: 'aws_iam_group_membership',
  aws_iam_user_policy: 'aws_iam_user',
  aws_iam_user_policy_attachments_exclusive: 'aws_iam_role_policy_attachments_exclusive',
  aws_iam_group_policy_attachments_exclusive: 'aws_iam_role_policy_attachments_exclusive',
  aws_rds_cluster_parameter_group: 'aws_rds_cluster',
  aws_ecr_lifecycle_policy: 'aws_ecr_repository',
  aws_ecr_repository_policy: 'aws_ecr_repository',
  aws_secretsmanager_secret_rotation: 'aws_secretsmanager_secret',
  aws_config_delivery_channel: 'aws_config_configuration_recorder',
  aws_config_configuration_recorder_status: 'aws_config_configuration_recorder',
  aws_cloudwatch_log_metric_filter: 'it says of a region what alarms and topics decide',
  aws_s3_account_public_access_block: 'no template declares it',
  aws_iam_account_password_policy: 'no template declares it',
  aws_ebs_encryption_by_default: 'no template declares it',
  aws_ec2_instance_metadata_defaults: 'no template declares it',
  aws_ec2_serial_console_access: 'no template declares it',
  aws_glue_resource_policy: 'no template declares it',
  aws_ec2_image_block_public_access: 'no template declares it',
  aws_emr_block_public_access_configuration: 'no template declares it',
  aws_account_alternate_contact: 'no template declares it',
  aws_ami: 'no template declares it',
  aws_ami_copy: 'aws_ami',
  aws_ami_from_instance: 'aws_ami',
  aws_ami_launch_permission: 'aws_ami',
  aws_ebs_snapshot: 'no template declares it',
  aws_ebs_snapshot_copy: 'aws_ebs_snapshot',
  aws_ebs_snapshot_import: 'aws_ebs_snapshot',
  aws_snapshot_create_volume_permission: 'aws_ebs_snapshot',
  aws_db_snapshot: 'no template declares it',
  aws_db_snapshot_copy: 'aws_db_snapshot',
  aws_db_cluster_snapshot: 'aws_db_snapshot',
  aws_guardduty_detector_feature: 'aws_guardduty_detector',
  aws_guardduty_filter: 'aws_guardduty_detector',
};

const shown = (all: Awaited<ReturnType<typeof checkedPlan>>, name: string) =>
  Object.fromEntries(
    all
      .filter(({ declared }) => declared.logicalId === name)
      .map(({ control, verdict }) => [control.id, verdict.status] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

it.each(sampled(Object.entries(same), { quick: 3 }))(
  '%s is evaluated as in CloudFormation',
  async (_, { resources, written }) => {
    const Resources = Object.fromEntries(
      Object.entries(resources).map(([id, [Type, Properties]]) => [id, { Type, Properties }]),
    );
    const declared = shown(
      await checkedIn(await templateFrom(JSON.stringify({ Resources }))),
      'It',
    );
    const planned = shown(await checkedPlan(planOf(written)), written[0]?.address ?? '');
    expect(Object.keys(declared).length).toBeGreaterThan(0);
    expect(planned).toEqual(declared);
  },
);

it('covers every type that is mapped', () => {
  const covered = [...Object.keys(same), ...Object.keys(besides)];
  expect(Object.keys(mappings).filter((type) => !covered.includes(type))).toEqual([]);
});
