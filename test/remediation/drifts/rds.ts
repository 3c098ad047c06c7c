import type { Input } from '../../../lib/model/control.ts';
import { type Drift, uniqueName } from '../drift.ts';
import { type NewCluster, type NewInstance, newCluster, newInstance } from './rds-databases.ts';

type Change = Omit<Input<'rds', 'modifyDBInstance'>, 'DBInstanceIdentifier'>;
type ClusterChange = Omit<Input<'rds', 'modifyDBCluster'>, 'DBClusterIdentifier'>;

/** Somebody changes a setting of a DB instance. */
const ofInstance = (
  control: string,
  title: string,
  { given, change, parameters = {} }: { given: NewInstance; change: Change; parameters?: object },
): Drift => ({
  control,
  type: 'AWS::RDS::DBInstance',
  title,
  parameters: { ...parameters },
  arrange: (clients) => newInstance(clients, given),
  drift: async (clients, DBInstanceIdentifier) =>
    (await clients('rds')).modifyDBInstance({ DBInstanceIdentifier, ...change }),
});

const ofCluster = (
  control: string,
  title: string,
  given: NewCluster,
  change: ClusterChange,
): Drift => ({
  control,
  type: 'AWS::RDS::DBCluster',
  title,
  arrange: (clients) => newCluster(clients, given),
  drift: async (clients, DBClusterIdentifier) =>
    (await clients('rds')).modifyDBCluster({ DBClusterIdentifier, ...change }),
});

const shares = { AttributeName: 'restore', ValuesToAdd: ['111122223333', 'all'] };
const partner = '444455556666';
const ofClusterSnapshot = (control: string, Engine: string): Drift => ({
  control,
  type: 'AWS::RDS::DBClusterSnapshot',
  title: `somebody lets every account restore a cluster snapshot of ${Engine}`,
  arrange: async (clients) => {
    const DBClusterIdentifier = await newCluster(clients, { Engine });
    const DBClusterSnapshotIdentifier = uniqueName('drift');
    const rds = await clients('rds');
    await rds.createDBClusterSnapshot({ DBClusterIdentifier, DBClusterSnapshotIdentifier });
    return DBClusterSnapshotIdentifier;
  },
  drift: async (clients, DBClusterSnapshotIdentifier) =>
    (await clients('rds')).modifyDBClusterSnapshotAttribute({
      DBClusterSnapshotIdentifier,
      ...shares,
    }),
});
const snapshots: readonly Drift[] = [
  {
    control: 'RDS.1',
    type: 'AWS::RDS::DBSnapshot',
    title: 'somebody lets every account restore a snapshot',
    arrange: async (clients) => {
      const DBInstanceIdentifier = await newInstance(clients, {});
      const DBSnapshotIdentifier = uniqueName('drift');
      const rds = await clients('rds');
      await rds.createDBSnapshot({ DBInstanceIdentifier, DBSnapshotIdentifier });
      return DBSnapshotIdentifier;
    },
    drift: async (clients, DBSnapshotIdentifier) =>
      (await clients('rds')).modifyDBSnapshotAttribute({ DBSnapshotIdentifier, ...shares }),
  },
  {
    control: 'PL.RDS.3',
    type: 'AWS::RDS::DBSnapshot',
    title: 'somebody shares a snapshot with an account of their own, beside a partner',
    parameters: { trustedAccounts: [partner] },
    arrange: async (clients) => {
      const DBInstanceIdentifier = await newInstance(clients, {});
      const DBSnapshotIdentifier = uniqueName('drift');
      const rds = await clients('rds');
      await rds.createDBSnapshot({ DBInstanceIdentifier, DBSnapshotIdentifier });
      await rds.modifyDBSnapshotAttribute({
        ...{ DBSnapshotIdentifier, AttributeName: 'restore', ValuesToAdd: [partner] },
      });
      return DBSnapshotIdentifier;
    },
    drift: async (clients, DBSnapshotIdentifier) =>
      (await clients('rds')).modifyDBSnapshotAttribute({
        ...{ DBSnapshotIdentifier, AttributeName: 'restore', ValuesToAdd: ['777788889999'] },
      }),
  },
  ofClusterSnapshot('RDS.1', 'aurora-postgresql'),
  ofClusterSnapshot('DocumentDB.3', 'docdb'),
  ofClusterSnapshot('Neptune.3', 'neptune'),
];

const logs = ['audit', 'error', 'general', 'slowquery'];
const monitoringRoleArn = 'arn:aws:iam::123456789012:role/rds-monitoring-role';

const multiAz = {
  Engine: 'postgres',
  DBClusterInstanceClass: 'db.m6gd.large',
  AllocatedStorage: 100,
  StorageType: 'io1',
  Iops: 1000,
};

const settings: readonly Drift[] = [
  ofInstance('RDS.2', 'somebody gives the instance a public address', {
    given: { PubliclyAccessible: false },
    change: { PubliclyAccessible: true },
  }),
  ofInstance('RDS.5', 'somebody takes the standby away', {
    given: { MultiAZ: true },
    change: { MultiAZ: false, ApplyImmediately: true },
  }),
  {
    ...ofInstance('RDS.6', 'somebody turns enhanced monitoring off', {
      given: {},
      change: { MonitoringInterval: 0 },
      parameters: { monitoringRoleArn },
    }),
    arrange: async (clients) => {
      const DBInstanceIdentifier = await newInstance(clients, {});
      await (await clients('rds')).modifyDBInstance({
        DBInstanceIdentifier,
        MonitoringInterval: 30,
        MonitoringRoleArn: monitoringRoleArn,
      });
      return DBInstanceIdentifier;
    },
  },
  ofInstance('RDS.8', 'somebody turns deletion protection off', {
    given: { DeletionProtection: true },
    change: { DeletionProtection: false },
  }),
  ofInstance('RDS.9', 'somebody stops publishing two logs', {
    given: { Engine: 'mysql', EnableCloudwatchLogsExports: logs },
    change: { CloudwatchLogsExportConfiguration: { DisableLogTypes: ['audit', 'general'] } },
  }),
  ofInstance('RDS.10', 'somebody turns IAM authentication off', {
    given: { EnableIAMDatabaseAuthentication: true },
    change: { EnableIAMDatabaseAuthentication: false, ApplyImmediately: true },
  }),
  ofInstance('RDS.11', 'somebody keeps backups for a day', {
    given: { BackupRetentionPeriod: 7 },
    change: { BackupRetentionPeriod: 1 },
  }),
  ofInstance('RDS.11', 'somebody turns backups off', {
    given: { BackupRetentionPeriod: 14 },
    change: { BackupRetentionPeriod: 0, ApplyImmediately: true },
  }),
  ofInstance('RDS.13', 'somebody turns minor upgrades off', {
    given: { AutoMinorVersionUpgrade: true },
    change: { AutoMinorVersionUpgrade: false },
  }),
  ofInstance('RDS.17', 'somebody turns copying of tags off', {
    given: { CopyTagsToSnapshot: true },
    change: { CopyTagsToSnapshot: false },
  }),
  ofCluster(
    'RDS.7',
    'somebody turns deletion protection of a cluster off',
    { DeletionProtection: true },
    { DeletionProtection: false },
  ),
  ofCluster(
    'RDS.12',
    'somebody turns IAM authentication of a cluster off',
    { EnableIAMDatabaseAuthentication: true },
    { EnableIAMDatabaseAuthentication: false, ApplyImmediately: true },
  ),
  ofCluster(
    'RDS.16',
    'somebody turns copying of tags of a cluster off',
    { CopyTagsToSnapshot: true },
    { CopyTagsToSnapshot: false },
  ),
  ofCluster(
    'RDS.37',
    'somebody stops publishing the log of Aurora PostgreSQL',
    { Engine: 'aurora-postgresql', EnableCloudwatchLogsExports: ['postgresql'] },
    { CloudwatchLogsExportConfiguration: { DisableLogTypes: ['postgresql'] } },
  ),
  ofCluster(
    'RDS.35',
    'somebody turns minor upgrades of a Multi-AZ DB cluster off',
    { ...multiAz, AutoMinorVersionUpgrade: true },
    { AutoMinorVersionUpgrade: false },
  ),
];

const ofOtherEngine = (control: string, Engine: string): Drift =>
  ofCluster(
    control,
    `somebody turns deletion protection of a cluster of ${Engine} off`,
    { Engine, DeletionProtection: true },
    { DeletionProtection: false },
  );

export const rdsDrifts: readonly Drift[] = [
  ...snapshots,
  ofOtherEngine('DocumentDB.5', 'docdb'),
  ofOtherEngine('Neptune.4', 'neptune'),
  ...settings,
];
