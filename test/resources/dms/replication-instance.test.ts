import { replicationInstance } from '../../../lib/resources/dms/replication-instance.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(replicationInstance);

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(replicationInstance, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const arnOf = (id: string) => `arn:aws:dms:${region}:${accountId}:rep:${id}`;
const idOf = (arn = '') => arn.split(':').at(-1) ?? '';
const made = { open: '', closed: '' };

beforeAll(async () => {
  const dms = await aws.clients()('dms');
  const ReplicationInstanceClass = 'dms.t3.medium';
  const open = await dms.createReplicationInstance({
    ...{ ReplicationInstanceIdentifier: 'read-open', ReplicationInstanceClass },
    ...{ PubliclyAccessible: true, MultiAZ: false, AutoMinorVersionUpgrade: false },
  });
  const closed = await dms.createReplicationInstance({
    ...{ ReplicationInstanceIdentifier: 'read-closed', ReplicationInstanceClass },
    ...{ PubliclyAccessible: false, MultiAZ: true, AutoMinorVersionUpgrade: true },
    Tags: [{ Key: 'data', Value: 'secret' }],
  });
  made.open = idOf(open.ReplicationInstance?.ReplicationInstanceArn);
  made.closed = idOf(closed.ReplicationInstance?.ReplicationInstanceArn);
}, 60_000);

describe('a replication instance of DMS', () => {
  it('shows whether it is public, has a standby and upgrades itself', async () => {
    expect(await read(made.open, 'instance')).toMatchObject({
      instance: { value: { isPublic: true, spansZones: false, upgradesItself: false } },
    });
    expect(await read(made.closed, 'instance')).toMatchObject({
      instance: { value: { isPublic: false, spansZones: true, upgradesItself: true } },
    });
  });

  it('that is not there is gone', async () => {
    expect(await read('NEVERMADE', 'instance')).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(replicationInstance, 'EXAMPLE')).toEqual({
      instance: denied,
      about: denied,
    });
  }, 60_000);

  it('tells its ARN and tags, and is listed', async () => {
    const about = { arn: arnOf(made.closed), tags: { data: 'secret' } };
    expect(await read(made.closed, 'about')).toEqual({ about: { value: about } });
    const { resources } = await replicationInstance.live.list.page(aws.reader(), undefined);
    expect(resources.find(({ id }) => id === made.open)).toMatchObject({
      facets: { instance: { isPublic: true } },
    });
  });

  it('settles', () => {
    const { unsettled } = replicationInstance.live;
    expect(unsettled?.while({ status: 'creating' })).toBe(true);
    expect(unsettled?.while({ status: 'available' })).toBe(false);
  });
});
