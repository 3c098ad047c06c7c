import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { madeTwice } from './setting.ts';
import { ImageId, nameOf, type Turn } from './turn.ts';

const launch = async (clients: Clients, differing: Partial<RunInstancesRequest> = {}) => {
  const { Instances: [instance] = [] } = await (await clients('ec2')).runInstances({
    ...{ ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
    ...differing,
  });
  if (!instance) throw new Error('nothing was launched');
  return instance;
};
const newInstance = async (clients: Clients): Promise<string> =>
  (await launch(clients)).InstanceId ?? '';

/** A volume of an instance that is launched for it. */
const attach = async (clients: Clients, Encrypted: boolean): Promise<string> => {
  const ec2 = await clients('ec2');
  const { InstanceId, Placement } = await launch(clients);
  const { VolumeId = '' } = await ec2.createVolume({
    ...{ AvailabilityZone: Placement?.AvailabilityZone, Size: 1, Encrypted },
  });
  await ec2.attachVolume({ VolumeId, InstanceId, Device: '/dev/sdf' });
  return VolumeId;
};

const detachSecond = async (clients: Clients, id: string) => {
  const ec2 = await clients('ec2');
  const { NetworkInterfaces = [] } = await ec2.describeNetworkInterfaces({
    Filters: [{ Name: 'attachment.instance-id', Values: [id] }],
  });
  const second = NetworkInterfaces.find(({ Attachment }) => Attachment?.DeviceIndex === 1);
  await ec2.detachNetworkInterface({ AttachmentId: second?.Attachment?.AttachmentId });
};

export const instanceTurns: readonly Turn[] = [
  // Nobody encrypts a volume that is there.
  madeTwice({
    ...{ control: 'EC2.3', type: 'AWS::EC2::Volume', create: attach },
    remove: async (clients, VolumeId) => {
      const ec2 = await clients('ec2');
      const { Volumes: [volume] = [] } = await ec2.describeVolumes({ VolumeIds: [VolumeId] });
      const InstanceId = volume?.Attachments?.[0]?.InstanceId;
      await ec2.detachVolume({ VolumeId, InstanceId });
    },
  }),
  {
    ...{ control: 'EC2.17', type: 'AWS::EC2::Instance' },
    make: newInstance,
    wrong: async (clients, InstanceId) => {
      const ec2 = await clients('ec2');
      const { Reservations = [] } = await ec2.describeInstances({ InstanceIds: [InstanceId] });
      const [instance] = Reservations.flatMap(({ Instances = [] }) => Instances);
      const { NetworkInterface } = await ec2.createNetworkInterface({
        SubnetId: instance?.SubnetId,
      });
      const { NetworkInterfaceId } = NetworkInterface ?? {};
      await ec2.attachNetworkInterface({ InstanceId, NetworkInterfaceId, DeviceIndex: 1 });
    },
    right: detachSecond,
  },
  // An image says how its instances are virtualized, for good.
  madeTwice({
    ...{ control: 'EC2.24', type: 'AWS::EC2::Instance' },
    create: async (clients, isRight) => {
      if (isRight) return newInstance(clients);
      const old = await (await clients('ec2')).registerImage({
        ...{ Name: nameOf('turn'), VirtualizationType: 'paravirtual' },
      });
      return (await launch(clients, { ImageId: old.ImageId })).InstanceId ?? '';
    },
    remove: async (clients, InstanceId) =>
      (await clients('ec2')).terminateInstances({ InstanceIds: [InstanceId] }),
  }),
];
