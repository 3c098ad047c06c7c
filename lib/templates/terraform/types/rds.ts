import { Holed } from '../../resolution/hole.ts';
import {
  declares,
  first,
  type Inverse,
  Made,
  type Mappings,
  orElse,
  type Properties,
  unlessEmpty,
} from '../mapping.ts';

/** In the block of its name, or in another one. */
const ofParameter: Inverse = ({ path: [name, ...path], value }, view) => {
  const items = view.get('parameter').items();
  if (items instanceof Holed || path.length > 0) return undefined;
  const found = items.findIndex((one) => one.get('name').tree() === name);
  return found === -1
    ? [{ path: ['parameter', items.length], value: { name, value } }]
    : [{ path: ['parameter', found, 'value'], value }];
};

/** Settings of a group by their names, as CloudFormation has them. */
const parameters = new Made(
  ({ view, from, build }) => {
    const items = view.get('parameter').items();
    from(view.get('parameter'));
    if (items instanceof Holed) return items;
    const all = items.map((item) => [item.get('name').tree(), build('value', item)] as const);
    return all.some(([name]) => typeof name !== 'string')
      ? view.get('parameter').hole('has a name that is known after it is applied')
      : Object.fromEntries(all);
  },
  'parameter',
  { inverse: ofParameter },
);

const database: Properties = {
  Engine: 'engine',
  EngineVersion: 'engine_version',
  MasterUsername: unlessEmpty('username'),
  StorageEncrypted: 'storage_encrypted',
  KmsKeyId: unlessEmpty('kms_key_id'),
  DeletionProtection: 'deletion_protection',
  CopyTagsToSnapshot: 'copy_tags_to_snapshot',
  EnableIAMDatabaseAuthentication: 'iam_database_authentication_enabled',
  EnableCloudwatchLogsExports: 'enabled_cloudwatch_logs_exports',
  Port: 'port',
};
const ofMember: Properties = {
  // "Default is false": the provider sends it, where RDS would go by the subnets.
  PubliclyAccessible: orElse('publicly_accessible', false),
  MonitoringInterval: 'monitoring_interval',
  MonitoringRoleArn: unlessEmpty('monitoring_role_arn'),
  AutoMinorVersionUpgrade: 'auto_minor_version_upgrade',
  AvailabilityZone: unlessEmpty('availability_zone'),
};

/** A cluster of DocumentDB or Neptune. */
const ofOwnKind: Properties = {
  DBClusterIdentifier: 'cluster_identifier',
  EngineVersion: 'engine_version',
  StorageEncrypted: 'storage_encrypted',
  KmsKeyId: unlessEmpty('kms_key_id'),
  DeletionProtection: 'deletion_protection',
  BackupRetentionPeriod: 'backup_retention_period',
  EnableCloudwatchLogsExports: 'enabled_cloudwatch_logs_exports',
  SnapshotIdentifier: unlessEmpty('snapshot_identifier'),
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance */
export const rdsTypes: Mappings = {
  aws_db_instance: declares(
    'AWS::RDS::DBInstance',
    {
      ...database,
      ...ofMember,
      DBInstanceIdentifier: 'identifier',
      // "Default is 0", where RDS itself would keep backups for a day; a replica has what it is made with.
      BackupRetentionPeriod: orElse('backup_retention_period', 0),
      MultiAZ: 'multi_az',
      LicenseModel: unlessEmpty('license_model'),
      DBParameterGroupName: unlessEmpty('parameter_group_name'),
      DBSnapshotIdentifier: unlessEmpty('snapshot_identifier'),
      SourceDBInstanceIdentifier: first(
        'replicate_source_db',
        'restore_to_point_in_time.0.source_db_instance_identifier',
      ),
      RestoreTime: unlessEmpty('restore_to_point_in_time.0.restore_time'),
      UseLatestRestorableTime: unlessEmpty('restore_to_point_in_time.0.use_latest_restorable_time'),
      SourceDbiResourceId: unlessEmpty('restore_to_point_in_time.0.source_dbi_resource_id'),
      SourceDBInstanceAutomatedBackupsArn: unlessEmpty(
        'restore_to_point_in_time.0.source_db_instance_automated_backups_arn',
      ),
      DBSubnetGroupName: unlessEmpty('db_subnet_group_name'),
    },
    { names: ['id', 'identifier'] },
  ),
  aws_rds_cluster: declares(
    'AWS::RDS::DBCluster',
    {
      ...database,
      MasterUsername: unlessEmpty('master_username'),
      DBClusterIdentifier: 'cluster_identifier',
      EngineMode: unlessEmpty('engine_mode'),
      BacktrackWindow: 'backtrack_window',
      BackupRetentionPeriod: 'backup_retention_period',
      DBClusterInstanceClass: unlessEmpty('db_cluster_instance_class'),
      DBClusterParameterGroupName: unlessEmpty('db_cluster_parameter_group_name'),
      SnapshotIdentifier: unlessEmpty('snapshot_identifier'),
      SourceDBClusterIdentifier: first(
        'replication_source_identifier',
        'restore_to_point_in_time.0.source_cluster_identifier',
      ),
    },
    { names: ['id', 'cluster_identifier'] },
  ),
  aws_docdb_cluster: declares('AWS::DocDB::DBCluster', ofOwnKind, {
    names: ['id', 'cluster_identifier'],
  }),
  aws_neptune_cluster: declares(
    'AWS::Neptune::DBCluster',
    {
      ...ofOwnKind,
      EnableCloudwatchLogsExports: 'enable_cloudwatch_logs_exports',
      SourceDBClusterIdentifier: unlessEmpty('replication_source_identifier'),
    },
    { names: ['id', 'cluster_identifier'] },
  ),
  aws_neptune_cluster_instance: declares(
    'AWS::Neptune::DBInstance',
    {
      DBInstanceIdentifier: 'identifier',
      DBClusterIdentifier: 'cluster_identifier',
      // "Default is `false`": the provider sends it.
      PubliclyAccessible: orElse('publicly_accessible', false),
    },
    { names: ['id', 'identifier'] },
  ),
  aws_rds_cluster_instance: declares(
    'AWS::RDS::DBInstance',
    {
      ...ofMember,
      Engine: 'engine',
      EngineVersion: 'engine_version',
      DBInstanceIdentifier: 'identifier',
      DBClusterIdentifier: 'cluster_identifier',
      CopyTagsToSnapshot: 'copy_tags_to_snapshot',
      DBParameterGroupName: unlessEmpty('db_parameter_group_name'),
    },
    { names: ['id', 'identifier'] },
  ),
  aws_db_parameter_group: declares('AWS::RDS::DBParameterGroup', {
    DBParameterGroupName: 'name',
    Family: 'family',
    Parameters: parameters,
  }),
  aws_rds_cluster_parameter_group: declares('AWS::RDS::DBClusterParameterGroup', {
    DBClusterParameterGroupName: 'name',
    Family: 'family',
    Parameters: parameters,
  }),
};
