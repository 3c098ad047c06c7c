import { type Drift, uniqueName } from '../drift.ts';

const status = (Status: 'ENABLED' | 'DISABLED') => ({ BackupPolicy: { Status } });

export const efsDrifts: readonly Drift[] = [
  {
    control: 'EFS.7',
    type: 'AWS::EFS::FileSystem',
    title: 'somebody stops the backups of a file system',
    arrange: async (clients) => {
      const efs = await clients('efs');
      const CreationToken = uniqueName('drift');
      const { FileSystemId = '' } = await efs.createFileSystem({ CreationToken, Encrypted: true });
      await efs.putBackupPolicy({ FileSystemId, ...status('ENABLED') });
      return FileSystemId;
    },
    drift: async (clients, FileSystemId) =>
      (await clients('efs')).putBackupPolicy({ FileSystemId, ...status('DISABLED') }),
  },
];
