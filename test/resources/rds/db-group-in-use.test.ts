import { dbCluster } from '../../../lib/resources/rds/db-cluster.ts';
import { dbInstance } from '../../../lib/resources/rds/db-instance.ts';
import { refOf } from '../aws.ts';
import { databasesForTests, startMillis } from '../db-aws.ts';

const aws = databasesForTests();
const common = {
  DBInstanceClass: 'db.t4g.micro',
  AllocatedStorage: 20,
  MasterUsername: 'dba',
  MasterUserPassword: 'not-a-secret',
};

// No verdict needs these facets: they are for plans, which another role may ask for.
describe('the parameter group of a database', () => {
  beforeAll(async () => {
    const rds = await aws.rds();
    const group = { DBParameterGroupFamily: 'postgres14', Description: 'of a test' };
    await rds.createDBParameterGroup({ ...group, DBParameterGroupName: 'shared-by-two' });
    await rds.modifyDBParameterGroup({
      DBParameterGroupName: 'shared-by-two',
      Parameters: [
        { ParameterName: 'rds.force_ssl', ParameterValue: '0', ApplyMethod: 'immediate' },
      ],
    });
    const postgres = { ...common, Engine: 'postgres', EngineVersion: '14.12' };
    for (const DBInstanceIdentifier of ['one-of-two', 'two-of-two'])
      await rds.createDBInstance({
        ...postgres,
        DBInstanceIdentifier,
        DBParameterGroupName: 'shared-by-two',
      });
    await rds.createDBInstance({ ...postgres, DBInstanceIdentifier: 'in-default' });
    await rds.createDBInstance({
      ...common,
      DBInstanceIdentifier: 'in-oracle',
      Engine: 'oracle-ee',
    });
    await rds.createDBClusterParameterGroup({
      ...group,
      DBParameterGroupFamily: 'aurora-postgresql16',
      DBClusterParameterGroupName: 'used-by-one',
    });
    await rds.createDBCluster({
      DBClusterIdentifier: 'only-one',
      Engine: 'aurora-postgresql',
      EngineVersion: '16.4',
      MasterUsername: 'dba',
      MasterUserPassword: 'not-a-secret',
      DBClusterParameterGroupName: 'used-by-one',
    });
    await rds.createDBInstance({
      ...common,
      DBInstanceIdentifier: 'only-member',
      Engine: 'aurora-postgresql',
      DBClusterIdentifier: 'only-one',
    });
  }, startMillis);

  const groupOf = (id: string, type: typeof dbInstance | typeof dbCluster = dbInstance) =>
    aws.unrestricted().read(type, refOf(id), ['parameterGroup']);

  it('says how many databases use it, and who set what in it', async () => {
    expect(await groupOf('one-of-two')).toMatchObject({
      facets: {
        parameterGroup: {
          value: {
            name: 'shared-by-two',
            arn: 'arn:aws:rds:us-east-1:123456789012:pg:shared-by-two',
            status: 'available',
            pending: [],
            users: 2,
            parameters: {
              'rds.force_ssl': { source: 'user', applyType: 'dynamic', isModifiable: true },
              password_encryption: { source: 'engine-default' },
            },
          },
        },
      },
    });
  });

  it('of a cluster counts clusters', async () => {
    expect(await groupOf('only-one', dbCluster)).toMatchObject({
      facets: {
        parameterGroup: {
          value: { arn: 'arn:aws:rds:us-east-1:123456789012:cluster-pg:used-by-one', users: 1 },
        },
      },
    });
  });

  it('says what waits to be applied', async () => {
    const rds = await aws.rds();
    await rds.modifyDBInstance({ DBInstanceIdentifier: 'two-of-two', MultiAZ: true });
    expect(await groupOf('two-of-two')).toMatchObject({
      facets: { parameterGroup: { value: { pending: ['MultiAZ'] } } },
    });
  });

  it('is not counted where it is of AWS', async () => {
    expect(await groupOf('in-default')).toMatchObject({
      facets: { parameterGroup: { value: { name: 'default.postgres14', users: 0 } } },
    });
  });

  it.each(['only-member', 'in-oracle'])('is none of %s', async (id) => {
    expect(await groupOf(id)).toEqual(
      expect.objectContaining({ facets: { parameterGroup: { value: undefined } } }),
    );
  });
});

it('an engine exports logs of its version', async () => {
  const read = await aws.unrestricted().read(dbInstance, refOf('one-of-two'), ['exportableLogs']);
  expect(read).toMatchObject({
    facets: { exportableLogs: { value: expect.arrayContaining(['postgresql', 'upgrade']) } },
  });
});
