import { efsAccessPoint } from '../../../lib/resources/efs/efs-access-point.ts';
import { efsFileSystem } from '../../../lib/resources/efs/efs-file-system.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(efsFileSystem);
seesEveryFacet(efsAccessPoint);

const aws = awsForTests();
const read = async (
  type: typeof efsFileSystem | typeof efsAccessPoint,
  id: string,
  ...names: string[]
) => {
  const reading = await aws.reader().read(type, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const arnOf = (kind: string, id: string) =>
  `arn:aws:elasticfilesystem:${region}:${accountId}:${kind}/${id}`;
const made = { full: '', bare: '', own: '', open: '' };

beforeAll(async () => {
  const efs = await aws.clients()('efs');
  const Tags = [{ Key: 'data', Value: 'secret' }];
  const full = { CreationToken: 'read-efs-full', Encrypted: true, Tags };
  made.full = (await efs.createFileSystem(full)).FileSystemId ?? '';
  made.bare = (await efs.createFileSystem({ CreationToken: 'read-efs-bare' })).FileSystemId ?? '';
  await efs.putBackupPolicy({ FileSystemId: made.full, BackupPolicy: { Status: 'ENABLED' } });
  const own = {
    FileSystemId: made.full,
    PosixUser: { Uid: 1000, Gid: 1000 },
    RootDirectory: { Path: '/orders' },
  };
  const ClientToken = 'read-efs';
  made.own = (await efs.createAccessPoint({ ...own, ClientToken, Tags })).AccessPointId ?? '';
  const open = { FileSystemId: made.bare, ClientToken: `${ClientToken}-open` };
  made.open = (await efs.createAccessPoint(open)).AccessPointId ?? '';
}, 60_000);

describe('a file system', () => {
  it('shows whether it is encrypted and backed up', async () => {
    expect(await read(efsFileSystem, made.full, 'fileSystem', 'backup')).toMatchObject({
      fileSystem: { value: { state: 'available', isEncrypted: true } },
      backup: { value: { status: 'ENABLED' } },
    });
    expect(await read(efsFileSystem, made.bare, 'fileSystem', 'backup')).toEqual({
      fileSystem: { value: { state: 'available', isEncrypted: false, kmsKey: undefined } },
      backup: { value: undefined },
    });
  });

  it('shows where it is mounted, and whether addresses are given there', async () => {
    expect(await read(efsFileSystem, made.bare, 'mountTargets')).toEqual({
      mountTargets: { value: [] },
    });
    const ec2 = await aws.clients()('ec2');
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.31.0.0/16' });
    const { Subnet } = await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: '10.31.1.0/24' });
    const SubnetId = Subnet?.SubnetId;
    await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } });
    const efs = await aws.clients()('efs');
    await efs.createMountTarget({ FileSystemId: made.bare, SubnetId });
    expect(await read(efsFileSystem, made.bare, 'mountTargets')).toEqual({
      mountTargets: {
        value: [{ id: expect.stringMatching(/^fsmt-/), subnet: SubnetId, mapsPublicIp: true }],
      },
    });
  });

  it('tells its ARN and tags', async () => {
    expect(await read(efsFileSystem, made.full, 'about')).toEqual({
      about: { value: { arn: arnOf('file-system', made.full), tags: { data: 'secret' } } },
    });
  });

  it('is listed with what the listing shows', async () => {
    const { resources } = await efsFileSystem.live.list.page(aws.reader(), undefined);
    expect(resources.find(({ id }) => id === made.full)).toMatchObject({
      facets: { fileSystem: { isEncrypted: true } },
      about: { tags: { data: 'secret' } },
    });
  });
});

describe('an access point', () => {
  it('shows what it shows of its file system, and to whom', async () => {
    expect(await read(efsAccessPoint, made.own, 'accessPoint')).toEqual({
      accessPoint: { value: { state: 'available', root: '/orders', hasUser: true } },
    });
    expect(await read(efsAccessPoint, made.open, 'accessPoint')).toEqual({
      accessPoint: { value: { state: 'available', root: '/', hasUser: false } },
    });
  });

  it('tells its ARN and tags, and is listed', async () => {
    const about = { arn: arnOf('access-point', made.own), tags: { data: 'secret' } };
    expect(await read(efsAccessPoint, made.own, 'about')).toEqual({ about: { value: about } });
    const { resources } = await efsAccessPoint.live.list.page(aws.reader(), undefined);
    expect(resources.find(({ id }) => id === made.own)).toMatchObject({ about });
  });
});

describe.each([
  ['file system', efsFileSystem, 'fs-0a1b2c3d4e5f60718'],
  ['access point', efsAccessPoint, 'fsap-0a1b2c3d4e5f60718'],
] as const)('a %s', (_, type, missing) => {
  it.each(Object.keys(type.facets))(
    'that is not there is gone when its %s is read',
    async (one) => {
      expect(await read(type, missing, one)).toBe('gone');
    },
  );

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(type, missing)).toEqual(
      Object.fromEntries([...Object.keys(type.facets), 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);
});

it.each<[string, object, unknown]>([
  ['its id', { requestParameters: { fileSystemId: 'fs-01234567' } }, ['fs-01234567']],
  [
    'its ARN',
    { requestParameters: { fileSystemId: arnOf('file-system', 'fs-01234567') } },
    ['fs-01234567'],
  ],
  [
    'the id of a new one',
    { requestParameters: {}, responseElements: { fileSystemId: 'fs-01234567' } },
    ['fs-01234567'],
  ],
  ['nothing', { requestParameters: null }, 'all'],
])('a file system is named by %s', (_, detail, ids) => {
  const [announcement] = efsFileSystem.live.announcements;
  expect(announcement?.idsIn({ eventName: 'CreateFileSystem', ...detail }, accountId)).toEqual(ids);
});
