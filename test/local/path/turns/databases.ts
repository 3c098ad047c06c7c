import type { CreateDBClusterMessage, CreateDBInstanceMessage } from '@aws-sdk/client-rds';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { madeTwice, remade, type Setting, turnOf } from './setting.ts';
import { nameOf, region, type Turn } from './turn.ts';

const admin = { MasterUsername: 'shop', MasterUserPassword: 'Not-a-secret-1' };

const createCluster = async (
  clients: Clients,
  DBClusterIdentifier: string,
  differing: Partial<CreateDBClusterMessage> = {},
) => {
  await (await clients('rds')).createDBCluster({
    ...{ ...admin, DBClusterIdentifier, Engine: 'aurora-mysql' },
    ...differing,
  });
  return DBClusterIdentifier;
};
const cluster = {
  type: 'AWS::RDS::DBCluster',
  create: createCluster,
  remove: async (clients: Clients, DBClusterIdentifier: string) =>
    (await clients('rds')).deleteDBCluster({ DBClusterIdentifier, SkipFinalSnapshot: true }),
};

const createInstance = async (
  clients: Clients,
  DBInstanceIdentifier: string,
  differing: Partial<CreateDBInstanceMessage> = {},
) => {
  await (await clients('rds')).createDBInstance({
    ...{ ...admin, DBInstanceIdentifier, DBInstanceClass: 'db.t4g.micro', Engine: 'postgres' },
    ...{ AllocatedStorage: 20, ...differing },
  });
  return DBInstanceIdentifier;
};
const instance = {
  type: 'AWS::RDS::DBInstance',
  create: createInstance,
  remove: async (clients: Clients, DBInstanceIdentifier: string) =>
    (await clients('rds')).deleteDBInstance({ DBInstanceIdentifier, SkipFinalSnapshot: true }),
};

/** A snapshot is encrypted where what it was taken of is. */
const snapshot = {
  type: 'AWS::RDS::DBSnapshot',
  create: async (
    clients: Clients,
    DBSnapshotIdentifier: string,
    differing: Partial<CreateDBInstanceMessage>,
  ) => {
    const DBInstanceIdentifier = await createInstance(clients, nameOf('turn'), differing);
    await (await clients('rds')).createDBSnapshot({ DBInstanceIdentifier, DBSnapshotIdentifier });
  },
  remove: async (clients: Clients, DBSnapshotIdentifier: string) =>
    (await clients('rds')).deleteDBSnapshot({ DBSnapshotIdentifier }),
};
const clusterSnapshot = {
  type: 'AWS::RDS::DBClusterSnapshot',
  create: async (
    clients: Clients,
    DBClusterSnapshotIdentifier: string,
    differing: Partial<CreateDBClusterMessage>,
  ) => {
    const DBClusterIdentifier = await createCluster(clients, nameOf('turn'), differing);
    await (await clients('rds')).createDBClusterSnapshot({
      ...{ DBClusterIdentifier, DBClusterSnapshotIdentifier },
    });
  },
  remove: async (clients: Clients, DBClusterSnapshotIdentifier: string) =>
    (await clients('rds')).deleteDBClusterSnapshot({ DBClusterSnapshotIdentifier }),
};

const auditing = (control: string, Engine: string): Setting => ({
  ...{ control, type: cluster.type },
  create: (clients, name) => createCluster(clients, name, { Engine }),
  set: async (clients, DBClusterIdentifier, isRight) =>
    (await clients('rds')).modifyDBCluster({
      DBClusterIdentifier,
      CloudwatchLogsExportConfiguration: {
        [isRight ? 'EnableLogTypes' : 'DisableLogTypes']: ['audit'],
      },
    }),
});

const settings: readonly Setting[] = [
  auditing('RDS.34', 'aurora-mysql'),
  auditing('Neptune.2', 'neptune'),
  {
    ...{ control: 'RDS.14', type: cluster.type },
    create: (clients, name) => createCluster(clients, name, { BacktrackWindow: 3600 }),
    set: async (clients, DBClusterIdentifier, isRight) =>
      (await clients('rds')).modifyDBCluster({
        ...{ DBClusterIdentifier, BacktrackWindow: isRight ? 3600 : 0 },
      }),
  },
  {
    ...{ control: 'RDS.23', type: instance.type, create: createInstance },
    set: async (clients, DBInstanceIdentifier, isRight) =>
      (await clients('rds')).modifyDBInstance({
        ...{ DBInstanceIdentifier, DBPortNumber: isRight ? 6543 : 5432, ApplyImmediately: true },
      }),
  },
  {
    ...{ control: 'Neptune.5', type: cluster.type },
    create: (clients, name) => createCluster(clients, name, { Engine: 'neptune' }),
    set: async (clients, DBClusterIdentifier, isRight) =>
      (await clients('rds')).modifyDBCluster({
        ...{ DBClusterIdentifier, BackupRetentionPeriod: isRight ? 7 : 1 },
      }),
  },
];

const reader = (DBClusterIdentifier: string) => `${DBClusterIdentifier}-reader`;
const addReader = (clients: Clients, DBClusterIdentifier: string) =>
  createInstance(clients, reader(DBClusterIdentifier), {
    ...{ DBClusterIdentifier, Engine: 'aurora-mysql', AvailabilityZone: `${region}b` },
  });
/** What spans zones are the members of a cluster: it does so while it has a reader in another zone than its writer. */
const spansZones: Turn = {
  ...{ control: 'RDS.15', type: cluster.type },
  make: async (clients) => {
    const DBClusterIdentifier = await createCluster(clients, nameOf('turn'));
    await createInstance(clients, `${DBClusterIdentifier}-writer`, {
      ...{ DBClusterIdentifier, Engine: 'aurora-mysql', AvailabilityZone: `${region}a` },
    });
    await addReader(clients, DBClusterIdentifier);
    return DBClusterIdentifier;
  },
  wrong: async (clients, id) => instance.remove(clients, reader(id)),
  right: addReader,
};

const encrypted = { StorageEncrypted: true };
const clear = { StorageEncrypted: false };
/** moto names a snapshot of its own after the cluster and the minute: one of the same name is made a minute later. */
const newCluster = (
  control: string,
  right: Partial<CreateDBClusterMessage>,
  wrong: Partial<CreateDBClusterMessage>,
): Turn =>
  madeTwice({
    ...{ control, type: cluster.type },
    create: (clients, isRight) => createCluster(clients, nameOf('turn'), isRight ? right : wrong),
    remove: cluster.remove,
  });

export const databaseTurns: readonly Turn[] = [
  ...settings.map(turnOf),
  spansZones,
  remade(instance, 'RDS.3', encrypted, clear),
  remade(snapshot, 'RDS.4', encrypted, clear),
  remade(clusterSnapshot, 'RDS.4', encrypted, clear),
  newCluster('RDS.24', {}, { MasterUsername: 'admin' }),
  remade(instance, 'RDS.25', {}, { MasterUsername: 'postgres' }),
  newCluster('RDS.27', encrypted, clear),
  newCluster('Neptune.1', { ...encrypted, Engine: 'neptune' }, { ...clear, Engine: 'neptune' }),
];
