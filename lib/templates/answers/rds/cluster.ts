import { Unresolved } from '../../../model/unresolved.ts';
import { engineOf as familyOf } from '../../../resources/rds/db-engine.ts';
import { namedIn } from '../../../support/named-in.ts';
import type { Resource, Stack } from '../../stack.ts';
import { byDefault, eachOf, flagOr } from '../answer.ts';

/** What a database is made of, where its own template does not make it from nothing. */
export const sourceIn = (database: Resource, from: readonly string[]): string | undefined =>
  from.find((name) => database.get(name).isSet);
/** What is made of a snapshot or of another database has what that has. */
export const takenOver = (database: Resource, from: readonly string[], what: string): void => {
  const source = sourceIn(database, from);
  if (source !== undefined) throw new Unresolved(`${what} of what ${source} names`);
};
export const clusterSources = ['SnapshotIdentifier', 'SourceDBClusterIdentifier'];

const isEngine = (text: string): boolean => {
  const name = text.toLowerCase();
  return ['docdb', 'neptune'].includes(name) || familyOf(name) !== undefined;
};
/**
 * The engine as RDS names it, which takes it in any case: `Engine: MySQL` stands in AWS's own examples.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/quickref-rds.html
 * @param stand what stands for it where it is open
 */
export const engineIn = (database: Resource, stand: readonly string[]): string | undefined =>
  database.get('Engine').textIf(isEngine, stand)?.toLowerCase();

/** The oldest versions that RDS and Aurora still make, of engines whose parameters depend on it. */
const oldest: Readonly<Record<string, string>> = {
  mysql: '5.7',
  'aurora-mysql': '5.7',
  mariadb: '10.5',
  postgres: '11',
  'aurora-postgresql': '11',
};
/** A version that is later than all of them. */
const latest = '99.99';

/** The engine and the version of which a parameter group is: `postgres14`, `aurora-mysql8.0`, `sqlserver-ee-15.0`. */
const familyForm = /^([a-z][a-z\d-]{0,100}?)(?:-?(\d[\d.]*))?$/;

interface Group {
  /** The property that names it. */
  readonly by: string;
  readonly type: string;
}
/** A database runs with a group of the family of its version alone. */
const groupFamily = (stack: Stack, database: Resource, { by, type }: Group): string | undefined => {
  const name = database.get(by).name()?.toLowerCase();
  if (name === undefined) return undefined;
  if (name.startsWith('default.')) return name.slice('default.'.length);
  const group = stack.find([type], (one) => one.name.toLowerCase() === name);
  return group?.get('Family').name()?.toLowerCase();
};

/** The engine of which the parameter group of a database is; `undefined` where no group tells it. */
export const engineOfGroup = (stack: Stack, database: Resource, group: Group) => {
  const engine = familyForm.exec(groupFamily(stack, database, group) ?? '')?.[1];
  return engine !== undefined && isEngine(engine) ? engine : undefined;
};

/**
 * The version: where it is not declared that of the parameter group, else any that RDS makes today.
 * @param engine of the database
 */
export const versionOf = (
  stack: Stack,
  database: Resource,
  engine: string,
  group: Group,
): string => {
  const declared = database.get('EngineVersion').text();
  if (declared !== undefined) return declared;
  const version = familyForm.exec(groupFamily(stack, database, group) ?? '')?.[2];
  if (version !== undefined) return version;
  const why = 'EngineVersion, which is not declared';
  return eachOf(stack, why, [namedIn(oldest, engine) ?? '1', latest]);
};
const clusterGroup: Group = {
  by: 'DBClusterParameterGroupName',
  type: 'AWS::RDS::DBClusterParameterGroup',
};
/** The types of CloudFormation that make a cluster, with the engine where that is the type's. */
const engineOfType: Readonly<Record<string, string | undefined>> = {
  'AWS::RDS::DBCluster': undefined,
  'AWS::DocDB::DBCluster': 'docdb',
  'AWS::Neptune::DBCluster': 'neptune',
};
export const clusterTypes: readonly string[] = Object.keys(engineOfType);
/** Each engine that a cluster of RDS can run. */
const anyEngine = ['aurora-mysql', 'aurora-postgresql', 'mysql', 'postgres'];
/**
 * What it runs; where neither the template nor the parameter group says it, and another cluster or a snapshot does, it can
 * be each of them.
 */
const engineOf = (stack: Stack, cluster: Resource): string => {
  const ofType = namedIn(engineOfType, cluster.declared.type);
  if (ofType !== undefined) return ofType;
  if (cluster.get('Engine').isSet) return engineIn(cluster, anyEngine) ?? '';
  const ofGroup = engineOfGroup(stack, cluster, clusterGroup);
  if (ofGroup !== undefined) return ofGroup;
  const from = sourceIn(cluster, clusterSources);
  const why =
    from === undefined ? 'Engine, which is not declared' : `the engine of what ${from} names`;
  return eachOf(stack, why, anyEngine);
};
const isAurora = (stack: Stack, cluster: Resource): boolean =>
  engineOf(stack, cluster).startsWith('aurora');

const isEncrypted = (cluster: Resource): boolean => {
  const set = cluster.get('StorageEncrypted');
  if (set.isSet) return set.flag() === true;
  // RestoreDBClusterFromSnapshot, RestoreDBClusterToPointInTime: it is encrypted with the key that is named.
  if (sourceIn(cluster, clusterSources) !== undefined && cluster.get('KmsKeyId').isSet) return true;
  takenOver(cluster, clusterSources, 'the encryption');
  return false;
};

// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html: since February 2026 a new Aurora
// cluster is encrypted with a key that AWS owns where nothing else is asked for.
const encryptionType = (stack: Stack, cluster: Resource): string | undefined => {
  if (cluster.get('StorageEncrypted').isSet || !isAurora(stack, cluster)) return undefined;
  return byDefault(stack, 'the encryption of new Aurora clusters', 'sse-rds');
};

const spansZones = (stack: Stack, cluster: Resource): boolean => {
  if (!isAurora(stack, cluster)) return cluster.get('DBClusterInstanceClass').isSet;
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
  Engine: () => engineOf(stack, cluster),
  EngineVersion: () => versionOf(stack, cluster, engineOf(stack, cluster), clusterGroup),
  EngineMode: () => cluster.get('EngineMode').text(['provisioned', 'serverless']) ?? 'provisioned',
  MasterUsername: () => {
    const set = cluster.get('MasterUsername');
    if (!set.isSet) takenOver(cluster, clusterSources, 'the administrator');
    return set.text(['admin', 'owner-of-this']);
  },
  StorageEncrypted: () => isEncrypted(cluster),
  StorageEncryptionType: () => encryptionType(stack, cluster),
  KmsKeyId: () => cluster.get('KmsKeyId').name(),
  BacktrackWindow: () => cluster.get('BacktrackWindow').number(['0', '3600']) ?? 0,
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
