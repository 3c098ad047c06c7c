import { dbClusterSnapshot } from '../../../lib/resources/rds/db-cluster-snapshot.ts';
import { dbSnapshot } from '../../../lib/resources/rds/db-snapshot.ts';
import { refOf } from '../aws.ts';
import { databasesForTests, listed, startMillis } from '../db-aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(dbSnapshot);
seesEveryFacet(dbClusterSnapshot);

const aws = databasesForTests();

describe('snapshots', () => {
  beforeAll(async () => {
    const rds = await aws.rds();
    const admin = { MasterUsername: 'dba', MasterUserPassword: 'not-a-secret' };
    await rds.createDBInstance({
      ...admin,
      DBInstanceIdentifier: 'archive',
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      AllocatedStorage: 20,
    });
    await rds.createDBCluster({
      ...admin,
      DBClusterIdentifier: 'archives',
      Engine: 'aurora-postgresql',
    });
    const restore = { AttributeName: 'restore', ValuesToAdd: ['all', '111122223333'] };
    const Tags = [{ Key: 'data', Value: 'customers' }];
    for (const id of ['kept', 'shown']) {
      await rds.createDBSnapshot({
        DBInstanceIdentifier: 'archive',
        DBSnapshotIdentifier: id,
        Tags,
      });
      await rds.createDBClusterSnapshot({
        DBClusterIdentifier: 'archives',
        DBClusterSnapshotIdentifier: id,
        Tags,
      });
    }
    await rds.modifyDBSnapshotAttribute({ DBSnapshotIdentifier: 'shown', ...restore });
    await rds.modifyDBClusterSnapshotAttribute({
      DBClusterSnapshotIdentifier: 'shown',
      ...restore,
    });
  }, startMillis);

  describe.each([
    ['snapshot', dbSnapshot],
    ['cluster-snapshot', dbClusterSnapshot],
  ])('%s', (kind, type) => {
    it('is listed, and an automated one as shared with nobody', async () => {
      const { reader } = aws.read();
      const found = await listed((token) => type.live.list.page(reader, token));
      expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(['kept', 'shown']));
      for (const { id, facets } of found) {
        expect(facets).toMatchObject({ snapshot: {} });
        expect(facets?.attributes).toEqual(id.startsWith('rds:') ? { restore: [] } : undefined);
      }
      expect(found.some(({ id }) => id.startsWith('rds:'))).toBe(true);
    });

    it('is read with a call for its settings and one for who may restore it', async () => {
      const { reader, calls } = aws.read();
      const read = await reader.read(type, refOf('shown'), ['snapshot', 'attributes', 'about']);
      expect(calls).toHaveLength(2);
      expect(read).toMatchObject({
        gone: false,
        facets: {
          snapshot: { value: { Status: 'available' } },
          attributes: { value: { restore: ['all', '111122223333'] } },
          about: {
            value: {
              arn: `arn:aws:rds:us-east-1:123456789012:${kind}:shown`,
              tags: { data: 'customers' },
            },
          },
        },
      });
    });

    it('is private until it is shared', async () => {
      const { reader } = aws.read();
      expect(await reader.read(type, refOf('kept'), ['attributes'])).toMatchObject({
        facets: { attributes: { value: { restore: [] } } },
      });
    });

    it('is found when it is automated, without asking who may restore it', async () => {
      const { reader } = aws.read();
      const found = await listed((token) => type.live.list.page(reader, token));
      const id = found.find((one) => one.id.startsWith('rds:'))?.id ?? '';
      const { reader: another, calls } = aws.read();
      expect(await another.read(type, refOf(id), ['attributes', 'snapshot'])).toMatchObject({
        gone: false,
        facets: { attributes: { value: { restore: [] } } },
      });
      expect(calls).toHaveLength(1);
    });

    it.each(['nowhere', 'rds:nowhere-2026-06-15-03-10'])('is gone: %s', async (id) => {
      const { reader } = aws.read();
      for (const facet of ['snapshot', 'attributes', 'about'])
        expect(await reader.read(type, refOf(id), [facet])).toMatchObject({ gone: true });
    });
  });
});

describe('an event of a snapshot', () => {
  const announced = (call: string, detail: Record<string, unknown>) =>
    [dbSnapshot, dbClusterSnapshot].flatMap(({ type, live }) =>
      live.announcements.flatMap((one) =>
        one.via === 'cloudtrail' && call in one.calls ? [[type, one.idsIn(detail, '')]] : [],
      ),
    );
  const ofInstance = 'AWS::RDS::DBSnapshot';
  const ofCluster = 'AWS::RDS::DBClusterSnapshot';

  it.each([
    [
      'CreateDBSnapshot',
      { dBSnapshotIdentifier: 'Before-Release' },
      [[ofInstance, ['before-release']]],
    ],
    [
      'ModifyDBSnapshotAttribute',
      { dBSnapshotIdentifier: 'a', attributeName: 'restore' },
      [[ofInstance, ['a']]],
    ],
    [
      'CopyDBSnapshot',
      { sourceDBSnapshotIdentifier: 'a', targetDBSnapshotIdentifier: 'b' },
      [[ofInstance, ['b']]],
    ],
    [
      'DeleteDBInstance',
      { dBInstanceIdentifier: 'orders', finalDBSnapshotIdentifier: 'last' },
      [[ofInstance, ['last']]],
    ],
    [
      'DeleteDBInstance',
      { dBInstanceIdentifier: 'orders', skipFinalSnapshot: true },
      [[ofInstance, []]],
    ],
    ['CopyDBClusterSnapshot', { targetDBClusterSnapshotIdentifier: 'b' }, [[ofCluster, ['b']]]],
    [
      'ModifyDBClusterSnapshotAttribute',
      { dBClusterSnapshotIdentifier: 'a' },
      [[ofCluster, ['a']]],
    ],
    [
      'DeleteDBCluster',
      { dBClusterIdentifier: 'sales', finalDBSnapshotIdentifier: 'last' },
      [[ofCluster, ['last']]],
    ],
  ])('%s names it', (call, requestParameters, expected) => {
    expect(announced(call, { requestParameters })).toEqual(expected);
  });

  it('of the service names an automated one', () => {
    const service = dbSnapshot.live.announcements.find(({ via }) => via === 'service');
    expect(service?.idsIn({ SourceIdentifier: 'rds:orders-2026-06-15-03-10' }, '')).toEqual([
      'rds:orders-2026-06-15-03-10',
    ]);
  });

  it('is evaluated again while it is made', () => {
    expect(dbSnapshot.live.unsettled?.while({ Status: 'creating' })).toBe(true);
    expect(dbClusterSnapshot.live.unsettled?.while({ Status: 'copying' })).toBe(true);
    expect(dbSnapshot.live.unsettled?.while({ Status: 'available' })).toBe(false);
  });
});
