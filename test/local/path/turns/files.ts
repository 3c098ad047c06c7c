import type { CreateAccessPointRequest } from '@aws-sdk/client-efs';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { madeTwice } from './setting.ts';
import { nameOf, type Turn } from './turn.ts';

const newFileSystem = async (clients: Clients, Encrypted: boolean): Promise<string> => {
  const asked = { CreationToken: nameOf('turn'), Encrypted };
  return (await (await clients('efs')).createFileSystem(asked)).FileSystemId ?? '';
};
const encrypted = madeTwice({
  control: 'EFS.1',
  also: ['EFS.8'],
  type: 'AWS::EFS::FileSystem',
  create: newFileSystem,
  remove: async (clients, FileSystemId) =>
    (await clients('efs')).deleteFileSystem({ FileSystemId }),
});

type AccessPoint = Pick<CreateAccessPointRequest, 'PosixUser' | 'RootDirectory'>;
const own: AccessPoint = {
  PosixUser: { Uid: 1000, Gid: 1000 },
  RootDirectory: { Path: '/orders' },
};
const accessPoint = madeTwice({
  control: 'EFS.3',
  also: ['EFS.4'],
  type: 'AWS::EFS::AccessPoint',
  create: async (clients, isRight) => {
    const FileSystemId = await newFileSystem(clients, true);
    const asked = { FileSystemId, ClientToken: nameOf('turn'), ...(isRight ? own : {}) };
    return (await (await clients('efs')).createAccessPoint(asked)).AccessPointId ?? '';
  },
  remove: async (clients, AccessPointId) =>
    (await clients('efs')).deleteAccessPoint({ AccessPointId }),
});

/** A subnet of a network of its own; those of the default network give public addresses. */
const newSubnet = async (clients: Clients): Promise<string> => {
  const ec2 = await clients('ec2');
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.9.0.0/24' });
  const { Subnet } = await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: '10.9.0.0/25' });
  return Subnet?.SubnetId ?? '';
};
const defaultSubnet = async (clients: Clients): Promise<string> => {
  const { Subnets = [] } = await (await clients('ec2')).describeSubnets({
    Filters: [{ Name: 'default-for-az', Values: ['true'] }],
  });
  return Subnets[0]?.SubnetId ?? '';
};
const mounted: Turn = {
  control: 'EFS.6',
  type: 'AWS::EFS::FileSystem',
  make: (clients) => newFileSystem(clients, true),
  wrong: async (clients, FileSystemId) =>
    (await clients('efs')).createMountTarget({
      FileSystemId,
      SubnetId: await defaultSubnet(clients),
    }),
  right: async (clients, FileSystemId) => {
    const efs = await clients('efs');
    const { MountTargets = [] } = await efs.describeMountTargets({ FileSystemId });
    for (const { MountTargetId } of MountTargets) await efs.deleteMountTarget({ MountTargetId });
  },
};
/** The subnet of a file system that is mounted begins to give public addresses, which names no file system. */
const opened: Turn = {
  control: 'EFS.6',
  type: 'AWS::EFS::FileSystem',
  make: async (clients) => {
    const FileSystemId = await newFileSystem(clients, true);
    const SubnetId = await newSubnet(clients);
    await (await clients('efs')).createMountTarget({ FileSystemId, SubnetId });
    return FileSystemId;
  },
  wrong: (clients, id) => mapsPublicIp(clients, id, true),
  right: (clients, id) => mapsPublicIp(clients, id, false),
};
async function mapsPublicIp(clients: Clients, FileSystemId: string, Value: boolean) {
  const { MountTargets = [] } = await (await clients('efs')).describeMountTargets({ FileSystemId });
  await (await clients('ec2')).modifySubnetAttribute({
    ...{ SubnetId: MountTargets[0]?.SubnetId, MapPublicIpOnLaunch: { Value } },
  });
}

export const fileTurns: readonly Turn[] = [encrypted, accessPoint, mounted, opened];
