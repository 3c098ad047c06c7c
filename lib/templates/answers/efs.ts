import { lazily } from '../part.ts';
import type { Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, leaveToAnother } from './answer.ts';
import { withId } from './ec2/network.ts';

const fileSystem = (stack: Stack, id: unknown) =>
  withId(stack, 'AWS::EFS::FileSystem', id, 'FileSystemNotFound');

const described: Answer = (stack, { FileSystemId }) => {
  const found = fileSystem(stack, FileSystemId);
  return {
    FileSystems: [
      lazily({
        FileSystemId: () => found.physicalId,
        LifeCycleState: () => 'available',
        Encrypted: () => found.get('Encrypted').flag() ?? false,
        KmsKeyId: () => found.get('KmsKeyId').name(),
      }),
    ],
  };
};

const mountTargets: Answer = (stack, { FileSystemId }) => {
  const found = fileSystem(stack, FileSystemId);
  const { isPart } = found.declared;
  const targets = stack.leadingTo([found.physicalId], 'FileSystemId', 'AWS::EFS::MountTarget');
  if (isPart && (isPart.isWhole || targets.length === 0)) leaveToAnother('the mount targets');
  return {
    MountTargets: targets.map((one) => ({
      MountTargetId: one.declared.logicalId,
      SubnetId: one.get('SubnetId').name(),
    })),
  };
};

const backup: Answer = (stack, { FileSystemId }) => {
  const found = fileSystem(stack, FileSystemId);
  const set = found.get('BackupPolicy', 'Status').text(['ENABLED', 'DISABLED']);
  if (set !== undefined) return { BackupPolicy: { Status: set } };
  // "Default is false. However, if you specify an AvailabilityZoneName, the default is true" (CreateFileSystem).
  if (found.get('AvailabilityZoneName').isSet) return { BackupPolicy: { Status: 'ENABLED' } };
  throw awsError('PolicyNotFound');
};

const accessPoints: Answer = (stack, { AccessPointId }) => {
  const found = withId(stack, 'AWS::EFS::AccessPoint', AccessPointId, 'AccessPointNotFound');
  return {
    AccessPoints: [
      lazily({
        AccessPointId: () => found.physicalId,
        LifeCycleState: () => 'available',
        PosixUser: () => (found.get('PosixUser').isSet ? {} : undefined),
        RootDirectory: () => ({ Path: found.get('RootDirectory', 'Path').text(['/', '/own']) }),
      }),
    ],
  };
};

export const efsAnswers: Answers = {
  describeFileSystems: described,
  describeBackupPolicy: backup,
  describeMountTargets: mountTargets,
  describeAccessPoints: accessPoints,
};
