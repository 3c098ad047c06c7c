import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const partner = '444455556666';

/** A snapshot of a volume of its own, shared with a partner. */
const newSnapshot = async (clients: Clients): Promise<string> => {
  const ec2 = await clients('ec2');
  const { VolumeId } = await ec2.createVolume({ AvailabilityZone: 'us-east-1a', Size: 1 });
  const { SnapshotId = '' } = await ec2.createSnapshot({ VolumeId });
  await shareSnapshot({ UserIds: [partner] })(clients, SnapshotId);
  return SnapshotId;
};
const shareSnapshot =
  (whom: { UserIds: string[] } | { GroupNames: string[] }) =>
  async (clients: Clients, SnapshotId: string) =>
    (await clients('ec2')).modifySnapshotAttribute({
      SnapshotId,
      Attribute: 'createVolumePermission',
      OperationType: 'add',
      ...whom,
    });

const newImage = async (clients: Clients): Promise<string> => {
  const ec2 = await clients('ec2');
  const { ImageId = '' } = await ec2.registerImage({ Name: uniqueName('drift') });
  return ImageId;
};

const trusting = { parameters: { trustedAccounts: [partner] } };
const region = 'us-east-1';
const ofRegion = { type: 'Plumbline::EC2::Region' } as const;

export const ec2SharingDrifts: readonly Drift[] = [
  {
    control: 'EC2.1',
    type: 'AWS::EC2::Snapshot',
    title: 'somebody shares a snapshot with everybody, beside a partner',
    arrange: newSnapshot,
    drift: shareSnapshot({ GroupNames: ['all'] }),
  },
  {
    control: 'PL.EC2.7',
    type: 'AWS::EC2::Snapshot',
    title: 'somebody shares a snapshot with an account of their own, beside a partner',
    ...trusting,
    arrange: newSnapshot,
    drift: shareSnapshot({ UserIds: ['777788889999'] }),
  },
  {
    control: 'PL.EC2.6',
    type: 'AWS::EC2::Image',
    title: 'somebody makes an image public',
    arrange: newImage,
    drift: async (clients, ImageId) =>
      (await clients('ec2')).modifyImageAttribute({
        ImageId,
        LaunchPermission: { Add: [{ Group: 'all' }] },
      }),
  },
  {
    ...ofRegion,
    control: 'EC2.7',
    title: 'somebody turns the encryption of new volumes off',
    arrange: async (clients) => {
      await (await clients('ec2')).enableEbsEncryptionByDefault();
      return region;
    },
    drift: async (clients) => (await clients('ec2')).disableEbsEncryptionByDefault(),
  },
  {
    ...ofRegion,
    control: 'EC2.182',
    title: 'somebody lets snapshots be public that were shared before',
    arrange: async (clients) => {
      const State = 'block-all-sharing';
      await (await clients('ec2')).enableSnapshotBlockPublicAccess({ State });
      return region;
    },
    drift: async (clients) =>
      (await clients('ec2')).enableSnapshotBlockPublicAccess({ State: 'block-new-sharing' }),
  },
  {
    type: 'Plumbline::EC2::ImageRegion',
    control: 'PL.EC2.8',
    title: 'somebody lets images be shared with everybody',
    arrange: async () => region,
    drift: async (clients) => (await clients('ec2')).disableImageBlockPublicAccess(),
  },
  {
    ...ofRegion,
    control: 'PL.EC2.9',
    title: 'somebody takes the default of IMDSv2 away',
    arrange: async (clients) => {
      await (await clients('ec2')).modifyInstanceMetadataDefaults({ HttpTokens: 'required' });
      return region;
    },
    drift: async (clients) =>
      (await clients('ec2')).modifyInstanceMetadataDefaults({ HttpTokens: 'no-preference' }),
  },
  {
    ...ofRegion,
    control: 'PL.EC2.10',
    title: 'somebody turns the serial console on',
    arrange: async () => region,
    drift: async (clients) => (await clients('ec2')).enableSerialConsoleAccess(),
  },
];
