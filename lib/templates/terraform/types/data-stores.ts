import { Holed } from '../../resolution/hole.ts';
import {
  block,
  declares,
  each,
  item,
  Made,
  type Mappings,
  orElse,
  type Properties,
  unlessEmpty,
  withIts,
} from '../mapping.ts';

/** Kinds of logs by their names, as CloudFormation has them. "enabled … Default is true". */
const logs = new Made(({ view, build, from }) => {
  const set = view.get('log_publishing_options');
  const items = set.items();
  from(set);
  if (items instanceof Holed) return items;
  const all = items.map((item) => [item.get('log_type').tree(), item] as const);
  if (all.some(([kind]) => typeof kind !== 'string'))
    return set.hole('has a kind that is known after it is applied');
  const options: Properties = {
    Enabled: orElse('enabled', true),
    CloudWatchLogsLogGroupArn: 'cloudwatch_log_group_arn',
  };
  return Object.fromEntries(all.map(([kind, item]) => [kind, build(options, item)]));
}, 'log_publishing_options');

const domain: Properties = {
  DomainName: 'domain_name',
  VPCOptions: block('vpc_options', { SubnetIds: 'subnet_ids' }),
  EncryptionAtRestOptions: { Enabled: 'encrypt_at_rest.0.enabled' },
  NodeToNodeEncryptionOptions: { Enabled: 'node_to_node_encryption.0.enabled' },
  DomainEndpointOptions: {
    EnforceHTTPS: withIts('domain_endpoint_options', 'enforce_https', true),
    TLSSecurityPolicy: unlessEmpty('domain_endpoint_options.0.tls_security_policy'),
  },
  AdvancedSecurityOptions: {
    Enabled: 'advanced_security_options.0.enabled',
    AnonymousAuthEnabled: 'advanced_security_options.0.anonymous_auth_enabled',
  },
  ClusterConfig: {
    InstanceCount: 'cluster_config.0.instance_count',
    ZoneAwarenessEnabled: 'cluster_config.0.zone_awareness_enabled',
  },
  LogPublishingOptions: logs,
  AccessPolicies: unlessEmpty('access_policies'),
};
const named = { names: ['domain_name'] };
const ofDomain = { of: { by: 'domain_name', name: 'DomainName', isWhole: true } } as const;

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain, and those of each type. */
export const dataStoreTypes: Mappings = {
  aws_backup_vault: declares(
    'AWS::Backup::BackupVault',
    { BackupVaultName: 'name' },
    { names: ['id', 'name'] },
  ),
  aws_backup_logically_air_gapped_vault: declares(
    'AWS::Backup::LogicallyAirGappedBackupVault',
    { BackupVaultName: 'name' },
    { names: ['id', 'name'] },
  ),
  aws_backup_vault_policy: declares(
    'AWS::Backup::BackupVault',
    { AccessPolicy: 'policy' },
    { of: { by: 'backup_vault_name', name: 'BackupVaultName', isWhole: true } },
  ),
  aws_opensearch_domain: declares(
    'AWS::OpenSearchService::Domain',
    { ...domain, EngineVersion: 'engine_version' },
    named,
  ),
  aws_opensearch_domain_policy: declares(
    'AWS::OpenSearchService::Domain',
    { AccessPolicies: 'access_policies' },
    ofDomain,
  ),
  aws_elasticsearch_domain: declares('AWS::Elasticsearch::Domain', domain, named),
  aws_elasticsearch_domain_policy: declares(
    'AWS::Elasticsearch::Domain',
    { AccessPolicies: 'access_policies' },
    ofDomain,
  ),
  aws_redshift_cluster: declares(
    'AWS::Redshift::Cluster',
    {
      ClusterIdentifier: 'cluster_identifier',
      PubliclyAccessible: 'publicly_accessible',
      Encrypted: 'encrypted',
      SnapshotIdentifier: unlessEmpty('snapshot_identifier'),
      AutomatedSnapshotRetentionPeriod: 'automated_snapshot_retention_period',
      AllowVersionUpgrade: 'allow_version_upgrade',
      EnhancedVpcRouting: 'enhanced_vpc_routing',
      MasterUsername: unlessEmpty('master_username'),
      MultiAZ: 'multi_az',
      ClusterParameterGroupName: unlessEmpty('cluster_parameter_group_name'),
      // Until version 6 of the provider, where the block says whether it is on.
      LoggingProperties: block('logging', {
        BucketName: 'bucket_name',
        LogDestinationType: 'log_destination_type',
        Enabled: orElse('enable', true),
      }),
    },
    { names: ['id', 'cluster_identifier'] },
  ),
  aws_redshift_logging: declares(
    'AWS::Redshift::Cluster',
    {
      LoggingProperties: {
        BucketName: 'bucket_name',
        LogDestinationType: orElse('log_destination_type', 's3'),
      },
    },
    { of: { by: 'cluster_identifier', name: 'ClusterIdentifier', isWhole: true } },
  ),
  aws_redshift_parameter_group: declares(
    'AWS::Redshift::ClusterParameterGroup',
    {
      ParameterGroupName: 'name',
      Parameters: each('parameter', { ParameterName: 'name', ParameterValue: 'value' }),
    },
    { names: ['id', 'name'] },
  ),
  aws_eks_cluster: declares(
    'AWS::EKS::Cluster',
    {
      Name: 'name',
      ResourcesVpcConfig: {
        EndpointPublicAccess: 'vpc_config.0.endpoint_public_access',
        PublicAccessCidrs: 'vpc_config.0.public_access_cidrs',
      },
      Logging: {
        ClusterLogging: {
          EnabledTypes: new Made(({ view, from }) => {
            const tree: unknown = view.get('enabled_cluster_log_types').tree();
            from(view.get('enabled_cluster_log_types'));
            return Array.isArray(tree) ? tree.map((Type: unknown) => ({ Type })) : tree;
          }, 'enabled_cluster_log_types'),
        },
      },
      EncryptionConfig: each('encryption_config', {
        Provider: { KeyArn: 'provider.0.key_arn' },
        Resources: 'resources',
      }),
      AccessConfig: { AuthenticationMode: 'access_config.0.authentication_mode' },
    },
    { names: ['id', 'name'] },
  ),
  aws_eks_access_entry: declares('AWS::EKS::AccessEntry', {
    ClusterName: 'cluster_name',
    PrincipalArn: 'principal_arn',
  }),
  // An entry of its own here: what is looked at are the policies of all entries of a principal.
  aws_eks_access_policy_association: declares('AWS::EKS::AccessEntry', {
    ClusterName: 'cluster_name',
    PrincipalArn: 'principal_arn',
    AccessPolicies: item(
      {
        PolicyArn: 'policy_arn',
        AccessScope: { Type: 'access_scope.0.type', Namespaces: 'access_scope.0.namespaces' },
      },
      'policy_arn',
    ),
  }),
  aws_efs_file_system: declares('AWS::EFS::FileSystem', {
    Encrypted: 'encrypted',
    KmsKeyId: unlessEmpty('kms_key_id'),
    AvailabilityZoneName: unlessEmpty('availability_zone_name'),
  }),
  aws_efs_backup_policy: declares(
    'AWS::EFS::FileSystem',
    { BackupPolicy: { Status: 'backup_policy.0.status' } },
    { of: { by: 'file_system_id', name: 'FileSystemId', isWhole: true } },
  ),
  aws_efs_mount_target: declares('AWS::EFS::MountTarget', {
    FileSystemId: 'file_system_id',
    SubnetId: 'subnet_id',
  }),
  aws_efs_access_point: declares('AWS::EFS::AccessPoint', {
    FileSystemId: 'file_system_id',
    PosixUser: block('posix_user', { Uid: 'uid' }),
    RootDirectory: { Path: 'root_directory.0.path' },
  }),
};
