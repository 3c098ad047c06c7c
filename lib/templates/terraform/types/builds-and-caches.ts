import {
  constant,
  declares,
  each,
  Made,
  type Mappings,
  orElse,
  type Properties,
  unlessEmpty,
} from '../mapping.ts';

const project: Properties = {
  Name: 'name',
  Source: { Type: 'source.0.type', Location: unlessEmpty('source.0.location') },
  SecondarySources: each('secondary_sources', {
    Type: 'type',
    Location: unlessEmpty('location'),
  }),
  Environment: {
    PrivilegedMode: orElse('environment.0.privileged_mode', false),
    EnvironmentVariables: each('environment.0.environment_variable', {
      Name: 'name',
      // "Defaults to `PLAINTEXT`".
      Type: orElse('type', 'PLAINTEXT'),
    }),
  },
  LogsConfig: {
    CloudWatchLogs: { Status: unlessEmpty('logs_config.0.cloudwatch_logs.0.status') },
    S3Logs: {
      Status: unlessEmpty('logs_config.0.s3_logs.0.status'),
      EncryptionDisabled: 'logs_config.0.s3_logs.0.encryption_disabled',
    },
  },
  Visibility: unlessEmpty('project_visibility'),
};

const webhook: Properties = {
  Triggers: {
    Webhook: constant(true),
    FilterGroups: each(
      'filter_group',
      each('filter', {
        Type: 'type',
        Pattern: 'pattern',
        ExcludeMatchedPattern: 'exclude_matched_pattern',
      }),
    ),
    PullRequestBuildPolicy: {
      RequiresCommentApproval: unlessEmpty('pull_request_build_policy.0.requires_comment_approval'),
      ApproverRoles: 'pull_request_build_policy.0.approver_roles',
    },
  },
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codebuild_project, and those of each type. */
export const buildAndCacheTypes: Mappings = {
  aws_codebuild_project: declares('AWS::CodeBuild::Project', project, { names: ['name'] }),
  aws_codebuild_webhook: declares('AWS::CodeBuild::Project', webhook, {
    of: { by: 'project_name', name: 'Name' },
  }),
  aws_ecs_cluster: declares(
    'AWS::ECS::Cluster',
    {
      ClusterName: 'name',
      ClusterSettings: each('setting', { Name: 'name', Value: 'value' }),
    },
    { names: ['id', 'name'] },
  ),
  aws_ecs_service: declares(
    'AWS::ECS::Service',
    {
      ServiceName: 'name',
      LaunchType: unlessEmpty('launch_type'),
      CapacityProviderStrategy: each('capacity_provider_strategy', {
        CapacityProvider: 'capacity_provider',
      }),
      PlatformVersion: unlessEmpty('platform_version'),
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          AssignPublicIp: new Made(({ view, from }) => {
            const set = view.get('network_configuration.0.assign_public_ip');
            from(set);
            const tree = set.tree();
            return typeof tree === 'boolean' ? (tree ? 'ENABLED' : 'DISABLED') : tree;
          }, 'network_configuration.0.assign_public_ip'),
        },
      },
    },
    { names: ['name'] },
  ),
  aws_elasticache_cluster: declares(
    'AWS::ElastiCache::CacheCluster',
    {
      ClusterName: 'cluster_id',
      ReplicationGroupId: unlessEmpty('replication_group_id'),
      Engine: unlessEmpty('engine'),
      SnapshotRetentionLimit: 'snapshot_retention_limit',
      AutoMinorVersionUpgrade: unlessEmpty('auto_minor_version_upgrade'),
      CacheSubnetGroupName: unlessEmpty('subnet_group_name'),
    },
    { names: ['id', 'cluster_id'] },
  ),
  aws_elasticache_subnet_group: declares(
    'AWS::ElastiCache::SubnetGroup',
    { CacheSubnetGroupName: 'name' },
    { names: ['id', 'name'] },
  ),
  aws_elasticache_replication_group: declares(
    'AWS::ElastiCache::ReplicationGroup',
    {
      ReplicationGroupId: 'replication_group_id',
      Engine: unlessEmpty('engine'),
      EngineVersion: unlessEmpty('engine_version'),
      SnapshotRetentionLimit: 'snapshot_retention_limit',
      AutoMinorVersionUpgrade: unlessEmpty('auto_minor_version_upgrade'),
      CacheSubnetGroupName: unlessEmpty('subnet_group_name'),
      AutomaticFailoverEnabled: 'automatic_failover_enabled',
      AtRestEncryptionEnabled: unlessEmpty('at_rest_encryption_enabled'),
      TransitEncryptionEnabled: 'transit_encryption_enabled',
      TransitEncryptionMode: unlessEmpty('transit_encryption_mode'),
      AuthToken: unlessEmpty('auth_token'),
      UserGroupIds: 'user_group_ids',
      GlobalReplicationGroupId: unlessEmpty('global_replication_group_id'),
    },
    { names: ['id', 'replication_group_id'] },
  ),
};
