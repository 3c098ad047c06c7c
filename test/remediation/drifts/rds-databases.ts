import type { Clients } from '../../../lib/aws/clients.ts';
import type { Input } from '../../../lib/model/control.ts';
import { uniqueName } from '../drift.ts';

export type NewInstance = Partial<Input<'rds', 'createDBInstance'>>;
export type NewCluster = Partial<Input<'rds', 'createDBCluster'>>;
const admin = { MasterUsername: 'dba', MasterUserPassword: 'not-a-secret' };

/** Makes a PostgreSQL, unless told otherwise, and answers its identifier. */
export const newInstance = async (clients: Clients, settings: NewInstance): Promise<string> => {
  const DBInstanceIdentifier = uniqueName('drift');
  await (await clients('rds')).createDBInstance({
    ...admin,
    DBInstanceIdentifier,
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    AllocatedStorage: 20,
    ...settings,
  });
  return DBInstanceIdentifier;
};

export const newCluster = async (clients: Clients, settings: NewCluster): Promise<string> => {
  const DBClusterIdentifier = uniqueName('drift');
  await (await clients('rds')).createDBCluster({
    ...admin,
    DBClusterIdentifier,
    Engine: 'aurora-postgresql',
    ...settings,
  });
  return DBClusterIdentifier;
};
