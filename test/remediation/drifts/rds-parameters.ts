import { type Drift, uniqueName } from '../drift.ts';
import { newCluster, newInstance } from './rds-databases.ts';

interface Parameter {
  readonly name: string;
  readonly compliant: string;
  /** What somebody sets, or nothing where somebody resets it. */
  readonly drifted?: string;
}

const set = (ParameterName: string, ParameterValue: string) => ({
  Parameters: [{ ParameterName, ParameterValue, ApplyMethod: 'immediate' as const }],
});
const reset = (ParameterName: string) => ({
  Parameters: [{ ParameterName, ApplyMethod: 'immediate' as const }],
});

/** Somebody changes the group of a DB instance, which has its name. */
const ofGroup = (
  control: string,
  title: string,
  {
    family,
    engine,
    parameter: { name, compliant, drifted },
  }: {
    readonly family: string;
    readonly engine: { readonly Engine: string; readonly EngineVersion: string };
    readonly parameter: Parameter;
  },
): Drift => ({
  control,
  type: 'AWS::RDS::DBInstance',
  title,
  arrange: async (clients) => {
    const rds = await clients('rds');
    const DBParameterGroupName = uniqueName('group');
    const group = { DBParameterGroupName, DBParameterGroupFamily: family, Description: 'a drift' };
    await rds.createDBParameterGroup(group);
    await rds.modifyDBParameterGroup({ DBParameterGroupName, ...set(name, compliant) });
    return newInstance(clients, { ...engine, DBParameterGroupName });
  },
  drift: async (clients, DBInstanceIdentifier) => {
    const rds = await clients('rds');
    const { DBInstances: [instance] = [] } = await rds.describeDBInstances({
      DBInstanceIdentifier,
    });
    const DBParameterGroupName = instance?.DBParameterGroups?.[0]?.DBParameterGroupName;
    return drifted === undefined
      ? rds.resetDBParameterGroup({ DBParameterGroupName, ...reset(name) })
      : rds.modifyDBParameterGroup({ DBParameterGroupName, ...set(name, drifted) });
  },
});

const postgres14 = { Engine: 'postgres', EngineVersion: '14.12' };
const postgres13 = { Engine: 'postgres', EngineVersion: '13.16' };
const mysql = { Engine: 'mysql', EngineVersion: '8.4.6' };

/** Need the local AWS's parameter groups: moto's hold only what was set in them. */
export const rdsParameterDrifts: readonly Drift[] = [
  ofGroup('PL.RDS.1', 'somebody lets connections in without TLS', {
    family: 'postgres14',
    engine: postgres14,
    parameter: { name: 'rds.force_ssl', compliant: '1', drifted: '0' },
  }),
  ofGroup('PL.RDS.1', 'somebody resets the parameter', {
    family: 'postgres14',
    engine: postgres14,
    parameter: { name: 'rds.force_ssl', compliant: '1' },
  }),
  ofGroup('PL.RDS.1', 'somebody lets connections to MySQL in without TLS', {
    family: 'mysql8.4',
    engine: mysql,
    parameter: { name: 'require_secure_transport', compliant: 'ON', drifted: 'OFF' },
  }),
  ofGroup('PL.RDS.2', 'somebody keeps passwords with MD5', {
    family: 'postgres14',
    engine: postgres14,
    parameter: { name: 'password_encryption', compliant: 'scram-sha-256', drifted: 'md5' },
  }),
  ofGroup('PL.RDS.2', 'somebody resets an old engine to MD5', {
    family: 'postgres13',
    engine: postgres13,
    parameter: { name: 'password_encryption', compliant: 'scram-sha-256' },
  }),
  {
    control: 'PL.RDS.1',
    type: 'AWS::RDS::DBCluster',
    title: 'somebody lets connections to a cluster in without TLS',
    arrange: async (clients) => {
      const rds = await clients('rds');
      const DBClusterParameterGroupName = uniqueName('group');
      await rds.createDBClusterParameterGroup({
        DBClusterParameterGroupName,
        DBParameterGroupFamily: 'aurora-postgresql16',
        Description: 'a drift',
      });
      await rds.modifyDBClusterParameterGroup({
        DBClusterParameterGroupName,
        ...set('rds.force_ssl', '1'),
      });
      return newCluster(clients, { EngineVersion: '16.4', DBClusterParameterGroupName });
    },
    drift: async (clients, DBClusterIdentifier) => {
      const rds = await clients('rds');
      const { DBClusters: [cluster] = [] } = await rds.describeDBClusters({ DBClusterIdentifier });
      return rds.resetDBClusterParameterGroup({
        DBClusterParameterGroupName: cluster?.DBClusterParameterGroup,
        ...reset('rds.force_ssl'),
      });
    },
  },
];
