import { dbCluster } from '../../../lib/resources/rds/db-cluster.ts';
import { dbInstance } from '../../../lib/resources/rds/db-instance.ts';
import { dbSnapshot } from '../../../lib/resources/rds/db-snapshot.ts';

const { instance, parameterGroup, parameters } = dbInstance.facets;
const { cluster } = dbCluster.facets;
const { snapshot, attributes } = dbSnapshot.facets;

const orders = {
  DBInstanceIdentifier: 'orders',
  DBInstanceStatus: 'available',
  AllocatedStorage: 20,
  AvailabilityZone: 'us-east-1a',
  DeletionProtection: true,
  EnabledCloudwatchLogsExports: ['error', 'audit'],
  LatestRestorableTime: new Date('2026-06-15T12:00:00Z'),
  MonitoringInterval: 0,
  PendingModifiedValues: {},
  VpcSecurityGroups: [
    { VpcSecurityGroupId: 'sg-2', Status: 'active' },
    { VpcSecurityGroupId: 'sg-1', Status: 'active' },
  ],
};

describe('a DB instance stands still', () => {
  it.each([
    ['while its status changes', { DBInstanceStatus: 'backing-up' }],
    ['while it can be restored to a later time', { LatestRestorableTime: new Date() }],
    ['when it grows, or fails over', { AllocatedStorage: 30, AvailabilityZone: 'us-east-1b' }],
    ['when it is tagged', { TagList: [{ Key: 'data', Value: 'customers' }] }],
    ['when RDS lists in another order', { EnabledCloudwatchLogsExports: ['audit', 'error'] }],
    [
      'when nothing is pending, as RDS and Config say it',
      { PendingModifiedValues: { ProcessorFeatures: [] } },
    ],
    [
      'when a role of monitoring is left',
      { MonitoringRoleArn: 'arn:aws:iam::123456789012:role/m' },
    ],
    [
      'while a security group is added to it',
      {
        VpcSecurityGroups: [
          { VpcSecurityGroupId: 'sg-1', Status: 'adding' },
          { VpcSecurityGroupId: 'sg-2', Status: 'active' },
        ],
      },
    ],
  ])('%s', (_, moved) => {
    expect(instance.comparable({ ...orders, ...moved })).toEqual(instance.comparable(orders));
  });

  it.each([
    ['when a setting is changed', { DeletionProtection: false }],
    ['when a log is no longer published', { EnabledCloudwatchLogsExports: ['error'] }],
    ['when somebody asks for more storage', { PendingModifiedValues: { AllocatedStorage: 40 } }],
    ['when a change to false waits', { PendingModifiedValues: { MultiAZ: false } }],
    ['when monitoring is turned on', { MonitoringInterval: 60 }],
    [
      'when it takes another security group',
      { VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-3' }] },
    ],
  ])('not %s', (_, changed) => {
    expect(instance.comparable({ ...orders, ...changed })).not.toEqual(instance.comparable(orders));
  });
});

describe('a DB cluster stands still', () => {
  const sales = {
    Status: 'available',
    DBClusterMembers: [
      {
        DBInstanceIdentifier: 'a',
        IsClusterWriter: true,
        DBClusterParameterGroupStatus: 'in-sync',
      },
      {
        DBInstanceIdentifier: 'b',
        IsClusterWriter: false,
        DBClusterParameterGroupStatus: 'in-sync',
      },
    ],
  };
  const failedOver = {
    Status: 'failing-over',
    DBClusterMembers: [
      {
        DBInstanceIdentifier: 'b',
        IsClusterWriter: true,
        DBClusterParameterGroupStatus: 'applying',
      },
      {
        DBInstanceIdentifier: 'a',
        IsClusterWriter: false,
        DBClusterParameterGroupStatus: 'in-sync',
      },
    ],
  };

  it('when another member becomes the writer', () => {
    expect(cluster.comparable(failedOver)).toEqual(cluster.comparable(sales));
  });
  it('not when it loses a member', () => {
    const [a] = sales.DBClusterMembers;
    expect(cluster.comparable({ ...sales, DBClusterMembers: [a] })).not.toEqual(
      cluster.comparable(sales),
    );
  });
});

it('parameters stand still while RDS applies them', () => {
  const inUse = { group: 'own', statuses: ['in-sync'], values: { 'rds.force_ssl': '1' } };
  expect(parameters.comparable({ ...inUse, statuses: ['applying'] })).toEqual(
    parameters.comparable(inUse),
  );
  expect(parameters.comparable({ ...inUse, values: {} })).not.toEqual(parameters.comparable(inUse));
});

it('a parameter group stands still while its database is backed up, not when others use it', () => {
  const group = { name: 'own', status: 'available', users: 1 };
  expect(parameterGroup.comparable({ ...group, status: 'backing-up' })).toEqual(
    parameterGroup.comparable(group),
  );
  expect(parameterGroup.comparable({ ...group, users: 2 })).not.toEqual(
    parameterGroup.comparable(group),
  );
});

it('a snapshot stands still while it is taken; whom it is shared with has no order', () => {
  expect(snapshot.comparable({ Status: 'creating', PercentProgress: 3, Engine: 'mysql' })).toEqual(
    snapshot.comparable({ Status: 'available', PercentProgress: 100, Engine: 'mysql' }),
  );
  expect(attributes.comparable({ restore: ['all', '111122223333'] })).toEqual(
    attributes.comparable({ restore: ['111122223333', 'all'] }),
  );
  expect(attributes.comparable({ restore: ['all'] })).not.toEqual(
    attributes.comparable({ restore: [] }),
  );
});
