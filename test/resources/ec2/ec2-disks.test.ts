import type { EC2 } from '@aws-sdk/client-ec2';
import { image } from '../../../lib/resources/ec2/image.ts';
import { snapshot } from '../../../lib/resources/ec2/snapshot.ts';
import { awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(snapshot);
seesEveryFacet(image);

const aws = awsForTests();
const partner = '444455556666';
const tags = (ResourceType: 'snapshot' | 'image') => [
  { ResourceType, Tags: [{ Key: 'team', Value: 'shop' }] },
];

describe('a snapshot', () => {
  let ec2: EC2;
  let id = '';
  const read = async (name: string, of = id) => {
    const reading = await aws.reader().read(snapshot, refOf(of), [name]);
    return reading.gone ? 'gone' : reading.facets[name];
  };
  beforeAll(async () => {
    ec2 = await aws.clients()('ec2');
    const { VolumeId } = await ec2.createVolume({ AvailabilityZone: `${region}a`, Size: 1 });
    const made = await ec2.createSnapshot({ VolumeId, TagSpecifications: tags('snapshot') });
    id = made.SnapshotId ?? '';
  }, 60_000);

  it('shows its state', async () => {
    expect(await read('snapshot')).toEqual({ value: { isEncrypted: false, state: 'completed' } });
  });

  it('shows with whom it is shared, in whatever form that was asked for', async () => {
    const nobody = { groups: [], accounts: [], organizations: [] };
    expect(await read('sharing')).toEqual({ value: nobody });
    const CreateVolumePermission = { Add: [{ Group: 'all' as const }, { UserId: partner }] };
    await ec2.modifySnapshotAttribute({ SnapshotId: id, CreateVolumePermission });
    const both = { groups: ['all'], accounts: [partner], organizations: [] };
    expect(await read('sharing')).toEqual({ value: both });
    const Attribute = 'createVolumePermission';
    const everybody = { SnapshotId: id, GroupNames: ['all'] };
    await ec2.modifySnapshotAttribute({ ...everybody, Attribute, OperationType: 'remove' });
    expect(await read('sharing')).toEqual({ value: { ...both, groups: [] } });
  });

  it('borrows the block of the region', async () => {
    const { State, ManagedBy } = await ec2.getSnapshotBlockPublicAccessState();
    expect(await read('publicBlock')).toEqual({ value: { state: State, managedBy: ManagedBy } });
  });

  it('is listed with ARN and tags, and those of AWS and of others are not', async () => {
    const { resources } = await snapshot.live.list.page(aws.reader(), undefined);
    const about = { arn: `arn:aws:ec2:${region}::snapshot/${id}`, tags: { team: 'shop' } };
    expect(resources).toContainEqual({
      id,
      facets: { snapshot: { isEncrypted: false, state: 'completed' } },
      about,
    });
    expect(await snapshot.about.read(aws.reader(), refOf(id))).toEqual(about);
    const { Snapshots = [] } = await ec2.describeSnapshots();
    expect(resources.length).toBeLessThan(Snapshots.length);
  });

  it.each(['snapshot', 'sharing'])('that is not there is gone when its %s is read', async (one) => {
    expect(await read(one, 'snap-0123456789abcdef0')).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const { publicBlock: _, ...denied } = Object(await deniedReading(snapshot, id));
    for (const one of Object.values(denied)) expect(one).toEqual({ denied: expect.any(String) });
  }, 60_000);
});

describe('an image', () => {
  let ec2: EC2;
  let id = '';
  const read = async (name: string, of = id) => {
    const reading = await aws.reader().read(image, refOf(of), [name]);
    return reading.gone ? 'gone' : reading.facets[name];
  };
  beforeAll(async () => {
    ec2 = await aws.clients()('ec2');
    const made = await ec2.registerImage({ Name: `image-${process.pid}-${Date.now()}` });
    id = made.ImageId ?? '';
    await ec2.createTags({ Resources: [id], Tags: [{ Key: 'team', Value: 'shop' }] });
  }, 60_000);

  it('shows its state, and with whom it is shared', async () => {
    expect(await read('image')).toMatchObject({ value: { isPublic: false, state: 'available' } });
    const nobody = { groups: [], accounts: [], organizations: [] };
    expect(await read('sharing')).toEqual({ value: nobody });
    const LaunchPermission = { Add: [{ Group: 'all' as const }, { UserId: partner }] };
    await ec2.modifyImageAttribute({ ImageId: id, LaunchPermission });
    expect(await read('sharing')).toEqual({
      value: { groups: ['all'], accounts: [partner], organizations: [] },
    });
    expect(await read('image')).toMatchObject({ value: { isPublic: true } });
  });

  it('is listed with ARN and tags, and those of AWS are not', async () => {
    const { resources } = await image.live.list.page(aws.reader(), undefined);
    const about = { arn: `arn:aws:ec2:${region}::image/${id}`, tags: { team: 'shop' } };
    expect(resources.find((one) => one.id === id)).toMatchObject({ about });
    expect(await image.about.read(aws.reader(), refOf(id))).toEqual(about);
    const { Images = [] } = await ec2.describeImages();
    expect(resources.length).toBeLessThan(Images.length);
  });

  it('that is not there is gone', async () => {
    expect(await read('image', 'ami-0123456789abcdef0')).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    for (const one of Object.values(Object(await deniedReading(image, id))))
      expect(one).toEqual({ denied: expect.any(String) });
  }, 60_000);
});
