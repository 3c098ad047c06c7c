import { sortError } from '../../../lib/aws/errors.ts';
import { dbInstance } from '../../../lib/resources/rds/db-instance.ts';
import { parametersIn } from '../../../lib/resources/rds/db-parameter-group.ts';
import { refOf } from '../aws.ts';
import { databasesForTests, listed, startMillis } from '../db-aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(dbInstance, {
  'parameters: absent': 'a group that is in use cannot be deleted',
  'parameterGroup: present': 'in db-group-in-use.test.ts',
  'parameterGroup: absent': 'a group that is in use cannot be deleted',
});

const aws = databasesForTests();
const announced = (call: string, detail: Record<string, unknown>) =>
  dbInstance.live.announcements.flatMap((one) =>
    one.via === 'cloudtrail' && call in one.calls
      ? [one.idsIn({ eventName: call, ...detail }, '')]
      : [],
  );

describe('a DB instance', () => {
  beforeAll(async () => {
    const rds = await aws.rds();
    await rds.createDBParameterGroup({
      DBParameterGroupName: 'till-parameters',
      DBParameterGroupFamily: 'postgres14',
      Description: 'of the orders',
    });
    await rds.modifyDBParameterGroup({
      DBParameterGroupName: 'till-parameters',
      Parameters: [
        { ParameterName: 'rds.force_ssl', ParameterValue: '1', ApplyMethod: 'immediate' },
        { ParameterName: 'log_statement', ParameterValue: 'all', ApplyMethod: 'immediate' },
      ],
    });
    const common = {
      DBInstanceClass: 'db.t4g.micro',
      AllocatedStorage: 20,
      MasterUsername: 'dba',
      MasterUserPassword: 'not-a-secret',
    };
    await rds.createDBInstance({
      ...common,
      DBInstanceIdentifier: 'till',
      Engine: 'postgres',
      EngineVersion: '14.12',
      DBParameterGroupName: 'till-parameters',
      PubliclyAccessible: true,
      Tags: [{ Key: 'data', Value: 'customers' }],
    });
    await rds.createDBInstance({ ...common, DBInstanceIdentifier: 'ledger', Engine: 'oracle-ee' });
  }, startMillis);

  it('is listed with its settings', async () => {
    const { reader } = aws.read();
    const found = await listed((token) => dbInstance.live.list.page(reader, token));
    expect(found).toContainEqual({
      id: 'till',
      about: { arn: 'arn:aws:rds:us-east-1:123456789012:db:till', tags: { data: 'customers' } },
      facets: { instance: expect.objectContaining({ PubliclyAccessible: true }) },
    });
  });

  it('tells which logs its engine can publish', async () => {
    const read = await aws.unrestricted().read(dbInstance, refOf('till'), ['exportableLogs']);
    expect(read).toMatchObject({
      facets: { exportableLogs: { value: expect.arrayContaining(['postgresql']) } },
    });
  });

  it('is read with two calls, its parameters among them', async () => {
    const { reader, calls } = aws.read();
    const read = await reader.read(dbInstance, refOf('till'), ['instance', 'parameters', 'about']);
    expect(calls).toEqual(['describeDBInstances', 'describeDBParameters']);
    expect(read).toMatchObject({
      gone: false,
      facets: {
        instance: { value: { DBInstanceIdentifier: 'till', Engine: 'postgres' } },
        parameters: {
          value: {
            engine: 'postgres',
            version: '14.12',
            group: 'till-parameters',
            statuses: ['in-sync'],
            values: { 'rds.force_ssl': '1' },
          },
        },
        about: {
          value: {
            arn: 'arn:aws:rds:us-east-1:123456789012:db:till',
            tags: { data: 'customers' },
          },
        },
      },
    });
  });

  it('asks nothing of the group of an engine whose parameters are not evaluated', async () => {
    const { reader, calls } = aws.read();
    const read = await reader.read(dbInstance, refOf('ledger'), ['parameters']);
    expect(calls).toEqual(['describeDBInstances']);
    expect(read).toMatchObject({ facets: { parameters: { value: { values: {} } } } });
  });

  it('has no parameters where its group is not found', async () => {
    const { reader } = aws.read();
    const error: unknown = await parametersIn(reader, 'nowhere', ['rds.force_ssl']).catch((e) => e);
    expect(
      sortError(error, { ...dbInstance.facets.parameters, gone: dbInstance.live.gone }),
    ).toEqual({
      kind: 'absent',
    });
  });

  it('is gone when it does not exist, whichever facet is read', async () => {
    const { reader } = aws.read();
    expect(await reader.read(dbInstance, refOf('nowhere'), ['instance'])).toMatchObject({
      gone: true,
    });
    expect(await reader.read(dbInstance, refOf('nowhere'), ['parameters'])).toMatchObject({
      gone: true,
    });
    expect(await reader.read(dbInstance, refOf('nowhere'), ['about'])).toMatchObject({
      gone: true,
    });
  });
});

describe('an event of a DB instance', () => {
  it.each([
    ['CreateDBInstance', { requestParameters: { dBInstanceIdentifier: 'Orders' } }, ['orders']],
    [
      'RestoreDBInstanceToPointInTime',
      {
        requestParameters: {
          sourceDBInstanceIdentifier: 'till',
          targetDBInstanceIdentifier: 'orders-at-noon',
        },
        responseElements: { dBInstanceIdentifier: 'orders-at-noon' },
      },
      ['orders-at-noon'],
    ],
    [
      'ModifyDBInstance',
      { requestParameters: { dBInstanceIdentifier: 'orders', newDBInstanceIdentifier: 'Sales' } },
      ['orders', 'sales'],
    ],
    [
      'CreateDBInstanceReadReplica',
      {
        requestParameters: {
          dBInstanceIdentifier: 'orders-replica',
          sourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:123456789012:db:till',
        },
      },
      ['orders-replica'],
    ],
    [
      'SwitchoverBlueGreenDeployment',
      { requestParameters: { blueGreenDeploymentIdentifier: 'bgd-1' } },
      'all',
    ],
  ])('%s names it', (call, detail, ids) => {
    expect(announced(call, detail)).toEqual([ids]);
  });

  it('of the service names it too', () => {
    const service = dbInstance.live.announcements.find(({ via }) => via === 'service');
    expect(service?.idsIn({ SourceIdentifier: 'orders', SourceType: 'DB_INSTANCE' }, '')).toEqual([
      'orders',
    ]);
  });
});

describe('what a DB instance borrows', () => {
  const { instance, parameters } = dbInstance.facets;
  const of = (facets: Record<string, unknown>) => ({ id: 'orders', facets: { instance: facets } });

  it('the parameters of its own group', () => {
    const [lender] = parameters.borrowedFrom;
    const orders = of({ DBParameterGroups: [{ DBParameterGroupName: 'till-parameters' }] });
    expect(lender.isBorrowedBy('till-parameters', orders)).toBe(true);
    expect(lender.isBorrowedBy('others', orders)).toBe(false);
    expect(lender.isBorrowedBy('others', { id: 'orders' })).toBe(true);
  });

  it('the settings of its cluster', () => {
    const [lender] = instance.borrowedFrom;
    expect(lender.isBorrowedBy('sales', of({ DBClusterIdentifier: 'sales' }))).toBe(true);
    expect(lender.isBorrowedBy('sales', of({}))).toBe(false);
  });
});

describe('a DB instance is unsettled', () => {
  it.each([
    ['while it is created', { DBInstanceStatus: 'creating' }, true],
    ['while it is modified', { DBInstanceStatus: 'modifying', PendingModifiedValues: {} }, true],
    [
      'while a change waits',
      { DBInstanceStatus: 'available', PendingModifiedValues: { MultiAZ: true } },
      true,
    ],
    [
      'while a pending change is to false',
      { DBInstanceStatus: 'available', PendingModifiedValues: { MultiAZ: false } },
      true,
    ],
    [
      'while parameters are applied',
      { DBInstanceStatus: 'available', DBParameterGroups: [{ ParameterApplyStatus: 'applying' }] },
      true,
    ],
    [
      'not when available',
      { DBInstanceStatus: 'available', PendingModifiedValues: { ProcessorFeatures: [] } },
      false,
    ],
    ['not when stopped', { DBInstanceStatus: 'stopped' }, false],
    [
      'not while only a reboot is missing',
      {
        DBInstanceStatus: 'available',
        DBParameterGroups: [{ ParameterApplyStatus: 'pending-reboot' }],
      },
      false,
    ],
  ])('%s', (_, instance, expected) => {
    expect(dbInstance.live.unsettled?.while(instance)).toBe(expected);
  });
});
