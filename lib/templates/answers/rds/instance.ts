import { Unresolved } from '../../../model/unresolved.ts';
import { asRecord, list } from '../../../support/untyped.ts';
import type { Part } from '../../part.ts';
import type { Resource, Stack } from '../../stack.ts';
import { eachOf, flagOr, text } from '../answer.ts';
import {
  clusterShape,
  clusterSources,
  engineIn,
  engineOfGroup,
  sourceIn,
  takenOver,
  versionOf,
} from './cluster.ts';

const sources = [
  'DBSnapshotIdentifier',
  'DBClusterSnapshotIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
];
const type = 'AWS::RDS::DBInstance';

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
  if (found) return asRecord(found);
  throw new Unresolved(`the cluster ${name}, which is not in the template`);
};

/** Only what is in a cluster runs Aurora. */
const runsAurora = (instance: Resource): boolean =>
  /^aurora/i.test(instance.get('Engine').name() ?? '');

/** A setting that a member of a cluster shows as its cluster has it. */
const shared = (stack: Stack, instance: Resource, name: string, own: () => unknown): unknown => {
  const cluster = clusterOf(stack, instance);
  if (typeof cluster === 'string') return liveCluster(stack, cluster)[name];
  if (cluster) return clusterShape(stack, cluster)[name]?.();
  if (runsAurora(instance)) throw new Unresolved('the cluster of an instance of Aurora');
  return own();
};

const isNamed = (one: Resource, name: string): boolean =>
  [one.get('DBSubnetGroupName').name()?.toLowerCase(), one.physicalId.toLowerCase()].includes(
    name.toLowerCase(),
  );
/** The VPCs of the subnets of a database, as far as the template has them. */
const networksOf = (stack: Stack, database: Resource): readonly string[] => {
  const name = database.get('DBSubnetGroupName').name();
  if (name === undefined) return [];
  const group = stack.find(['AWS::RDS::DBSubnetGroup'], (one) => isNamed(one, name));
  const ids = group?.get('SubnetIds').nameList() ?? [];
  return stack
    .all('AWS::EC2::Subnet')
    .filter(({ physicalId }) => ids.includes(physicalId))
    .flatMap((subnet) => subnet.get('VpcId').name() ?? []);
};
const hasInternetGateway = (stack: Stack, network: string): boolean =>
  stack
    .all('AWS::EC2::VPCGatewayAttachment')
    .some((one) => one.get('VpcId').name() === network && one.get('InternetGatewayId').isSet);

/**
 * Where nobody says it, a database is public whose subnets are in a VPC with an internet gateway; what is restored or copied, and a member
 * of a cluster, can be in other subnets than it names.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export const isPublic = (stack: Stack, database: Resource): boolean | undefined => {
  const set = database.get('PubliclyAccessible');
  if (set.isSet) return set.flag();
  const isOwn =
    !runsAurora(database) &&
    [...sources, ...clusterSources, 'DBClusterIdentifier'].every(
      (name) => !database.get(name).isSet,
    );
  if (isOwn && networksOf(stack, database).some((one) => hasInternetGateway(stack, one)))
    return true;
  throw new Unresolved('PubliclyAccessible, which is not declared: the VPC then decides');
};

/** The instance of the template that it is a replica of. */
const replicated = (stack: Stack, instance: Resource): Resource | undefined => {
  const name = instance.get('SourceDBInstanceIdentifier').name()?.toLowerCase();
  if (name === undefined) return undefined;
  return stack.find(
    [type],
    (one) => one.name.toLowerCase() === name || one.arn.toLowerCase() === name,
  );
};
/** Where it comes from, through replicas of replicas: itself, or the first of them that the template declares. */
const originOf = (stack: Stack, instance: Resource): Resource => {
  const seen = new Set<Resource>();
  let origin = instance;
  for (let next = replicated(stack, origin); next; next = replicated(stack, origin)) {
    if (seen.has(next)) throw new Unresolved('a replica that is a replica of itself');
    seen.add(next);
    origin = next;
  }
  return origin;
};

/** A property of where it comes from; of what no template makes it is not known. */
const ofOrigin = (stack: Stack, instance: Resource, name: string, what: string): Part => {
  const origin = originOf(stack, instance);
  const set = origin.get(name);
  if (!set.isSet) takenOver(origin, sources, what);
  return set;
};
/** A property that, where it is not declared, is as where it comes from. */
const ownOrOrigins = (stack: Stack, instance: Resource, name: string, what: string): Part => {
  const own = instance.get(name);
  return own.isSet ? own : ofOrigin(stack, instance, name, what);
};

/** "If you specify a KMS key identifier, the read replica is encrypted with that KMS key": what is restored takes no key. */
const isReplicaWithKey = (one: Resource): boolean =>
  ['SourceDBInstanceIdentifier', 'KmsKeyId'].every((name) => one.get(name).isSet) &&
  !['RestoreTime', 'UseLatestRestorableTime'].some((name) => one.get(name).isSet);

// CreateDBInstanceReadReplica: in the region of its source a replica has the encryption of that, whatever is declared.
const isEncrypted = (stack: Stack, instance: Resource): boolean => {
  const origin = originOf(stack, instance);
  const isKnown = origin.get('StorageEncrypted').isSet || sourceIn(origin, sources) === undefined;
  if (!isKnown && [instance, origin].some(isReplicaWithKey)) return true;
  const isSaid = ofOrigin(stack, instance, 'StorageEncrypted', 'the encryption').flag() === true;
  // What a replica says itself takes no encryption away.
  if (!isSaid) takenOver(origin, ['SourceDBInstanceIdentifier'], 'the encryption');
  return isSaid;
};

const logsOfMysql = ['audit', 'error', 'general', 'slowquery'];
/**
 * One of each product that a DB instance of RDS, and no member of a cluster, can run, and the logs that it can publish.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
const anyEngine: Readonly<Record<string, readonly string[]>> = {
  mysql: logsOfMysql,
  mariadb: logsOfMysql,
  postgres: ['postgresql', 'upgrade'],
  'oracle-ee': ['alert', 'audit', 'listener', 'oemagent', 'trace'],
  'sqlserver-se': ['agent', 'error'],
  'db2-se': ['diag.log', 'notify.log'],
};
const anyLog = Object.values(anyEngine).flat();
/** What it publishes, as far as the template says it. */
const publishedBy = (instance: Resource): readonly string[] => {
  try {
    return instance
      .get('EnableCloudwatchLogsExports')
      .items()
      .flatMap((one) => one.name() ?? []);
  } catch (error) {
    if (error instanceof Unresolved) return [];
    throw error;
  }
};
/**
 * Db2 is made with a parameter group that holds the ids of its license, or with a license of the marketplace.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/db2-licensing.html
 */
const canBeDb2 = (instance: Resource): boolean =>
  sourceIn(instance, sources) !== undefined ||
  ['DBParameterGroupName', 'LicenseModel'].some((name) => instance.get(name).isSet);
/** The engines that can publish what an instance publishes: RDS refuses a log that its engine does not have. */
const enginesFor = (instance: Resource): readonly string[] => {
  const logs = publishedBy(instance).filter((log) => anyLog.includes(log));
  const able = Object.entries(anyEngine).filter(
    ([engine]) => engine !== 'db2-se' || canBeDb2(instance),
  );
  const fitting = able.filter(([, own]) => logs.every((log) => own.includes(log)));
  return (fitting.length > 0 ? fitting : able).map(([engine]) => engine);
};

const instanceGroup = { by: 'DBParameterGroupName', type: 'AWS::RDS::DBParameterGroup' };
/**
 * What it runs. Where neither the template nor the parameter group says it, and no cluster does, it can be each engine of RDS, of which a snapshot
 * or a source that is elsewhere is: a verdict that is the same for all of them does not depend on it.
 */
const ownEngine = (stack: Stack, instance: Resource): string | undefined => {
  const origin = originOf(stack, instance);
  if (origin.get('Engine').isSet) return engineIn(origin, enginesFor(origin));
  const ofGroup =
    engineOfGroup(stack, instance, instanceGroup) ?? engineOfGroup(stack, origin, instanceGroup);
  if (ofGroup !== undefined) return ofGroup;
  const from = sourceIn(origin, sources);
  const why =
    from === undefined ? 'Engine, which is not declared' : `the engine of what ${from} names`;
  const able = enginesFor(instance);
  return eachOf(stack, why, able, { id: `${why}: ${able.join()}` });
};

const engineOf = (stack: Stack, instance: Resource): string =>
  text(
    instance.get('Engine').isSet
      ? engineIn(instance, enginesFor(instance))
      : shared(stack, instance, 'Engine', () => ownEngine(stack, instance)),
  );

/** A replica has the group of its source; what is made of a snapshot has AWS's. */
const groupOf = (stack: Stack, instance: Resource): string => {
  const isReplica = instance.get('SourceDBInstanceIdentifier').isSet;
  const by = 'DBParameterGroupName';
  const set = isReplica ? ownOrOrigins(stack, instance, by, 'the parameters') : instance.get(by);
  return set.name() ?? 'default.of-the-engine';
};

// `Port` of CreateDBInstance.
const ports: readonly (readonly [RegExp, number])[] = [
  [/postgres/, 5432],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/db2/, 50_000],
];
const portOf = (stack: Stack, instance: Resource): number => {
  const engine = engineOf(stack, instance);
  const own = ports.find(([pattern]) => pattern.test(engine))?.[1] ?? 3306;
  const set = ownOrOrigins(stack, instance, 'Port', 'the port');
  return set.number([String(own), '49999']) ?? own;
};

const settingsOf = (stack: Stack, instance: Resource) => ({
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
    flagOr(
      stack,
      ownOrOrigins(stack, instance, 'AutoMinorVersionUpgrade', 'the upgrades'),
      'upgrades to minor versions',
      true,
    ),
});

export const instanceShape = (
  stack: Stack,
  instance: Resource,
): Readonly<Record<string, () => unknown>> => ({
  DBInstanceIdentifier: () => instance.name,
  DBInstanceArn: () => instance.arn,
  DBInstanceStatus: () => 'available',
  DBClusterIdentifier: () => instance.get('DBClusterIdentifier').name(),
  ReadReplicaSourceDBInstanceIdentifier: () => instance.get('SourceDBInstanceIdentifier').name(),
  Engine: () => engineOf(stack, instance),
  EngineVersion: () => {
    const own = () => versionOf(stack, instance, engineOf(stack, instance), instanceGroup);
    return runsAurora(instance) && clusterOf(stack, instance) === undefined
      ? own()
      : shared(stack, instance, 'EngineVersion', own);
  },
  LicenseModel: () => instance.get('LicenseModel').text(),
  MasterUsername: () =>
    shared(stack, instance, 'MasterUsername', () =>
      ownOrOrigins(stack, instance, 'MasterUsername', 'the administrator').text([
        'admin',
        'owner-of-this',
      ]),
    ),
  PubliclyAccessible: () => isPublic(stack, instance),
  StorageEncrypted: () =>
    shared(stack, instance, 'StorageEncrypted', () => isEncrypted(stack, instance)),
  StorageEncryptionType: () => shared(stack, instance, 'StorageEncryptionType', () => undefined),
  KmsKeyId: () => instance.get('KmsKeyId').name(),
  BackupRetentionPeriod: () =>
    shared(
      stack,
      instance,
      'BackupRetentionPeriod',
      () =>
        ownOrOrigins(stack, instance, 'BackupRetentionPeriod', 'the backups').number(['0', '35']) ??
        1,
    ),
  DeletionProtection: () => instance.get('DeletionProtection').flag() ?? false,
  MultiAZ: () => instance.get('MultiAZ').flag() ?? false,
  CopyTagsToSnapshot: () => instance.get('CopyTagsToSnapshot').flag() ?? false,
  ...settingsOf(stack, instance),
  Endpoint: () => ({ Port: portOf(stack, instance) }),
  DBParameterGroups: () => [
    {
      DBParameterGroupName: groupOf(stack, instance),
      ParameterApplyStatus: 'in-sync',
    },
  ],
});
