import { Unresolved } from '../../model/unresolved.ts';
import { list, record } from '../../support/untyped.ts';
import type { Resource, Stack } from '../stack.ts';
import { flagOr } from './answer.ts';
import { clusterShape, takenOver, versionOf } from './rds-cluster.ts';

const sources = [
  'DBSnapshotIdentifier',
  'DBClusterSnapshotIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
];
const engines = ['mysql', 'postgres'];

/** The cluster that it is a member of; of one that is elsewhere its name. */
const clusterOf = (stack: Stack, instance: Resource): Resource | string | undefined => {
  const name = instance.get('DBClusterIdentifier').name();
  if (name === undefined) return undefined;
  const found = stack.find(['AWS::RDS::DBCluster'], (one) => one.name === name);
  return found ?? name;
};
/** A cluster that no template declares, as the account has it. */
const liveCluster = (stack: Stack, name: string): Readonly<Record<string, unknown>> => {
  const input = { DBClusterIdentifier: name };
  const found = name.includes('<')
    ? undefined
    : list(stack.read('rds', 'describeDBClusters', input)?.['DBClusters'])[0];
  if (found) return record(found);
  throw new Unresolved(`the cluster ${name}, which is not in the template`);
};

/** A setting that a member of a cluster shows as its cluster has it. */
const shared = (stack: Stack, instance: Resource, name: string, own: () => unknown): unknown => {
  const cluster = clusterOf(stack, instance);
  if (typeof cluster === 'string') return liveCluster(stack, cluster)[name];
  return cluster ? clusterShape(stack, cluster)[name]?.() : own();
};

const isPublic = (instance: Resource): boolean | undefined => {
  const set = instance.get('PubliclyAccessible');
  if (set.isSet) return set.flag();
  // CreateDBInstance: it then depends on whether the VPC of the subnets has an internet gateway.
  throw new Unresolved('PubliclyAccessible, which is not declared: the VPC then decides');
};

const isEncrypted = (instance: Resource): boolean => {
  const set = instance.get('StorageEncrypted');
  if (set.isSet) return set.flag() === true;
  takenOver(instance, sources, 'the encryption');
  return false;
};

// `Port` of CreateDBInstance.
const ports: readonly (readonly [RegExp, number])[] = [
  [/postgres/, 5432],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/db2/, 50_000],
];
const portOf = (instance: Resource): number => {
  const engine = instance.get('Engine').text(engines) ?? '';
  const own = ports.find(([pattern]) => pattern.test(engine))?.[1] ?? 3306;
  return instance.get('Port').number(['3306', '49999']) ?? own;
};

export const instanceShape = (
  stack: Stack,
  instance: Resource,
): Readonly<Record<string, () => unknown>> => ({
  DBInstanceIdentifier: () => instance.name,
  DBInstanceArn: () => instance.arn,
  DBInstanceStatus: () => 'available',
  DBClusterIdentifier: () => instance.get('DBClusterIdentifier').name(),
  ReadReplicaSourceDBInstanceIdentifier: () => instance.get('SourceDBInstanceIdentifier').name(),
  Engine: () => {
    const engine = instance.get('Engine');
    return engine.isSet
      ? engine.text(engines)
      : shared(stack, instance, 'Engine', () => takenOver(instance, sources, 'the engine'));
  },
  EngineVersion: () => shared(stack, instance, 'EngineVersion', () => versionOf(instance)),
  LicenseModel: () => instance.get('LicenseModel').text(),
  MasterUsername: () =>
    shared(stack, instance, 'MasterUsername', () => {
      const set = instance.get('MasterUsername');
      if (!set.isSet) takenOver(instance, sources, 'the administrator');
      return set.text(['admin', 'owner-of-this']);
    }),
  PubliclyAccessible: () => isPublic(instance),
  StorageEncrypted: () => shared(stack, instance, 'StorageEncrypted', () => isEncrypted(instance)),
  StorageEncryptionType: () => shared(stack, instance, 'StorageEncryptionType', () => undefined),
  KmsKeyId: () => instance.get('KmsKeyId').name(),
  BackupRetentionPeriod: () =>
    shared(
      stack,
      instance,
      'BackupRetentionPeriod',
      () => instance.get('BackupRetentionPeriod').number(['0', '35']) ?? 1,
    ),
  DeletionProtection: () => instance.get('DeletionProtection').flag() ?? false,
  MultiAZ: () => instance.get('MultiAZ').flag() ?? false,
  CopyTagsToSnapshot: () => instance.get('CopyTagsToSnapshot').flag() ?? false,
  IAMDatabaseAuthenticationEnabled: () =>
    shared(
      stack,
      instance,
      'IAMDatabaseAuthenticationEnabled',
      () => instance.get('EnableIAMDatabaseAuthentication').flag() ?? false,
    ),
  MonitoringInterval: () => instance.get('MonitoringInterval').number(['0', '60']) ?? 0,
  MonitoringRoleArn: () => instance.get('MonitoringRoleArn').name(),
  EnabledCloudwatchLogsExports: () =>
    shared(stack, instance, 'EnabledCloudwatchLogsExports', () =>
      instance
        .get('EnableCloudwatchLogsExports')
        .items()
        .map((one) => one.text()),
    ),
  AutoMinorVersionUpgrade: () =>
    flagOr(stack, instance.get('AutoMinorVersionUpgrade'), 'upgrades to minor versions', true),
  Endpoint: () => ({ Port: portOf(instance) }),
  DBParameterGroups: () => [
    {
      DBParameterGroupName: instance.get('DBParameterGroupName').name() ?? 'default.of-the-engine',
      ParameterApplyStatus: 'in-sync',
    },
  ],
});
