import { sortError } from '../../../lib/aws/errors.ts';
import { dbCluster } from '../../../lib/resources/rds/db-cluster.ts';
import { clusterParametersIn } from '../../../lib/resources/rds/db-cluster-parameter-group.ts';
import { refOf } from '../aws.ts';
import { databasesForTests, listed, startMillis } from '../db-aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(dbCluster, {
  'parameters: absent': 'a group that is in use cannot be deleted',
  'parameterGroup: present': 'in db-group-in-use.test.ts',
  'parameterGroup: absent': 'a group that is in use cannot be deleted',
});

const aws = databasesForTests();
const announced = (call: string, detail: Record<string, unknown>) =>
  dbCluster.live.announcements.flatMap((one) =>
    one.via === 'cloudtrail' && call in one.calls
      ? [one.idsIn({ eventName: call, ...detail }, '')]
      : [],
  );

describe('a DB cluster', () => {
  beforeAll(async () => {
    const rds = await aws.rds();
    await rds.createDBClusterParameterGroup({
      DBClusterParameterGroupName: 'shop-parameters',
      DBParameterGroupFamily: 'aurora-mysql8.0',
      Description: 'of the sales',
    });
    await rds.modifyDBClusterParameterGroup({
      DBClusterParameterGroupName: 'shop-parameters',
      Parameters: [
        {
          ParameterName: 'require_secure_transport',
          ParameterValue: 'ON',
          ApplyMethod: 'immediate',
        },
        { ParameterName: 'binlog_format', ParameterValue: 'ROW', ApplyMethod: 'pending-reboot' },
      ],
    });
    await rds.createDBCluster({
      DBClusterIdentifier: 'shop',
      Engine: 'aurora-mysql',
      EngineVersion: '8.0.mysql_aurora.3.05.2',
      DBClusterParameterGroupName: 'shop-parameters',
      MasterUsername: 'dba',
      MasterUserPassword: 'not-a-secret',
      Tags: [{ Key: 'data', Value: 'shop' }],
    });
    await rds.createDBInstance({
      DBInstanceIdentifier: 'shop-writer',
      DBInstanceClass: 'db.r6g.large',
      Engine: 'aurora-mysql',
      DBClusterIdentifier: 'shop',
    });
  }, startMillis);

  it('is listed with its settings', async () => {
    const { reader } = aws.read();
    const found = await listed((token) => dbCluster.live.list.page(reader, token));
    expect(found).toContainEqual({
      id: 'shop',
      about: {
        arn: 'arn:aws:rds:us-east-1:123456789012:cluster:shop',
        tags: { data: 'shop' },
      },
      facets: { cluster: expect.objectContaining({ Engine: 'aurora-mysql' }) },
    });
  });

  it('is read with two calls, its parameters among them', async () => {
    const { reader, calls } = aws.read();
    const read = await reader.read(dbCluster, refOf('shop'), ['cluster', 'parameters', 'about']);
    expect(calls).toEqual(['describeDBClusters', 'describeDBClusterParameters']);
    expect(read).toMatchObject({
      gone: false,
      facets: {
        cluster: { value: { DBClusterIdentifier: 'shop' } },
        parameters: {
          value: {
            engine: 'aurora-mysql',
            version: '8.0.mysql_aurora.3.05.2',
            group: 'shop-parameters',
            statuses: ['in-sync'],
            values: { require_secure_transport: 'ON' },
          },
        },
        about: {
          value: {
            arn: 'arn:aws:rds:us-east-1:123456789012:cluster:shop',
            tags: { data: 'shop' },
          },
        },
      },
    });
  });

  it('has no parameters where its group is not found', async () => {
    const { reader } = aws.read();
    const error: unknown = await clusterParametersIn(reader, 'nowhere', ['rds.force_ssl']).catch(
      (e) => e,
    );
    expect(sortError(error, { ...dbCluster.facets.parameters, gone: dbCluster.live.gone })).toEqual(
      {
        kind: 'absent',
      },
    );
  });

  it('is gone when it does not exist, whichever facet is read', async () => {
    const { reader } = aws.read();
    for (const facet of ['cluster', 'parameters', 'about'])
      expect(await reader.read(dbCluster, refOf('nowhere'), [facet])).toMatchObject({ gone: true });
  });
});

describe('an event of a DB cluster', () => {
  it.each([
    ['CreateDBCluster', { requestParameters: { dBClusterIdentifier: 'Sales' } }, ['sales']],
    [
      'ModifyDBCluster',
      { requestParameters: { dBClusterIdentifier: 'sales', newDBClusterIdentifier: 'Orders' } },
      ['sales', 'orders'],
    ],
    [
      'RestoreDBClusterToPointInTime',
      {
        requestParameters: {
          dBClusterIdentifier: 'sales-at-noon',
          sourceDBClusterIdentifier: 'shop',
        },
      },
      ['sales-at-noon'],
    ],
    [
      'SwitchoverBlueGreenDeployment',
      { requestParameters: { blueGreenDeploymentIdentifier: 'bgd-1' } },
      'all',
    ],
    [
      'RebootDBInstance',
      { responseElements: { dBInstanceIdentifier: 'a', dBClusterIdentifier: 'sales' } },
      ['sales'],
    ],
    ['CreateDBInstance', { requestParameters: { dBInstanceIdentifier: 'orders' } }, []],
  ])('%s names it', (call, detail, ids) => {
    expect(announced(call, detail)).toEqual([ids]);
  });
});

describe('what a DB cluster borrows', () => {
  it('the parameters of its own group', () => {
    const [lender] = dbCluster.facets.parameters.borrowedFrom;
    const sales = {
      id: 'sales',
      facets: { cluster: { DBClusterParameterGroup: 'shop-parameters' } },
    };
    expect(lender.isBorrowedBy('shop-parameters', sales)).toBe(true);
    expect(lender.isBorrowedBy('others', sales)).toBe(false);
    expect(lender.isBorrowedBy('others', { id: 'sales' })).toBe(true);
  });
});

describe('a DB cluster is unsettled', () => {
  it.each([
    ['while it is modified', { Status: 'modifying' }, true],
    [
      'while a change waits',
      { Status: 'available', PendingModifiedValues: { EngineVersion: '16.4' } },
      true,
    ],
    [
      'while parameters are applied to a member',
      { Status: 'available', DBClusterMembers: [{ DBClusterParameterGroupStatus: 'applying' }] },
      true,
    ],
    ['not when available', { Status: 'available' }, false],
  ])('%s', (_, cluster, expected) => {
    expect(dbCluster.live.unsettled?.while(cluster)).toBe(expected);
  });
});
