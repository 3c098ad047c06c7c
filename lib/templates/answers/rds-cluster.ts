import { Unresolved } from '../../model/unresolved.ts';
import type { Resource, Stack } from '../stack.ts';
import { byDefault, flagOr } from './answer.ts';

/** What is made of a snapshot or of another database has what that has. */
export const takenOver = (database: Resource, from: readonly string[], what: string): void => {
  const source = from.find((name) => database.get(name).isSet);
  if (source !== undefined) throw new Unresolved(`${what} of what ${source} names`);
};
const clusterSources = ['SnapshotIdentifier', 'SourceDBClusterIdentifier'];
const engines = ['aurora-mysql', 'mysql'];

export const versionOf = (database: Resource): string => {
  const version = database.get('EngineVersion');
  if (!version.isSet) throw new Unresolved('EngineVersion, which is not declared');
  return version.text() ?? '';
};
const isAurora = (cluster: Resource): boolean =>
  (cluster.get('Engine').text(engines) ?? '').startsWith('aurora');

const isEncrypted = (cluster: Resource): boolean => {
  const set = cluster.get('StorageEncrypted');
  if (set.isSet) return set.flag() === true;
  takenOver(cluster, clusterSources, 'the encryption');
  return false;
};

// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html: since February 2026 a new Aurora
// cluster is encrypted with a key that AWS owns where nothing else is asked for.
const encryptionType = (stack: Stack, cluster: Resource): string | undefined => {
  if (cluster.get('StorageEncrypted').isSet || !isAurora(cluster)) return undefined;
  return byDefault(stack, 'the encryption of new Aurora clusters', 'sse-rds');
};

const spansZones = (stack: Stack, cluster: Resource): boolean => {
  if (!isAurora(cluster)) return cluster.get('DBClusterInstanceClass').isSet;
  const members = stack.leadingTo([cluster.name], 'DBClusterIdentifier', 'AWS::RDS::DBInstance');
  if (members.length === 0)
    throw new Unresolved('the members of the cluster, which are not in the template');
  const zones = members.map((one) => one.get('AvailabilityZone').name());
  return members.length > 1 && (zones.includes(undefined) || new Set(zones).size > 1);
};

export const clusterShape = (
  stack: Stack,
  cluster: Resource,
): Readonly<Record<string, () => unknown>> => ({
  DBClusterIdentifier: () => cluster.name,
  DBClusterArn: () => cluster.arn,
  Status: () => 'available',
  Engine: () => cluster.get('Engine').text(engines),
  EngineVersion: () => versionOf(cluster),
  EngineMode: () => cluster.get('EngineMode').text(['provisioned', 'serverless']) ?? 'provisioned',
  MasterUsername: () => {
    const set = cluster.get('MasterUsername');
    if (!set.isSet) takenOver(cluster, clusterSources, 'the administrator');
    return set.text(['admin', 'owner-of-this']);
  },
  StorageEncrypted: () => isEncrypted(cluster),
  StorageEncryptionType: () => encryptionType(stack, cluster),
  KmsKeyId: () => cluster.get('KmsKeyId').name(),
  CopyTagsToSnapshot: () => cluster.get('CopyTagsToSnapshot').flag() ?? false,
  DeletionProtection: () => cluster.get('DeletionProtection').flag() ?? false,
  IAMDatabaseAuthenticationEnabled: () =>
    cluster.get('EnableIAMDatabaseAuthentication').flag() ?? false,
  BackupRetentionPeriod: () => cluster.get('BackupRetentionPeriod').number(['1', '35']) ?? 1,
  EnabledCloudwatchLogsExports: () =>
    cluster
      .get('EnableCloudwatchLogsExports')
      .items()
      .map((one) => one.text()),
  AutoMinorVersionUpgrade: () =>
    flagOr(stack, cluster.get('AutoMinorVersionUpgrade'), 'upgrades to minor versions', true),
  MultiAZ: () => spansZones(stack, cluster),
  DBClusterMembers: () => [],
  DBClusterParameterGroup: () =>
    cluster.get('DBClusterParameterGroupName').name() ?? 'default.of-the-engine',
});
