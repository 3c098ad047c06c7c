import { fileSystemIsBackedUp } from '../../../lib/controls/efs/file-system-is-backed-up.ts';
import { type Drift, uniqueName } from '../../remediation/drift.ts';
import { type FailingTemplate, it_ } from '../../templates/failing-template.ts';
import { testControl } from '../harness.ts';
import { encrypted } from './file-systems.ts';

const plan = {
  risk: 'disruptive',
  calls: ['efs.putBackupPolicy'],
  input: { FileSystemId: 'example', BackupPolicy: { Status: 'ENABLED' } },
} as const;

testControl(fileSystemIsBackedUp, {
  base: { fileSystem: encrypted, backup: { status: 'ENABLED' } },
  rows: {
    'it is': { given: {}, verdict: 'PASS' },
    'it is about to be': { given: { backup: { status: 'ENABLING' } }, verdict: 'PASS' },
    'it is not': {
      given: { backup: { status: 'DISABLED' } },
      verdict: 'FAIL',
      evidence: ['backup.status'],
      plan,
    },
    'it is about not to be': { given: { backup: { status: 'DISABLING' } }, verdict: 'FAIL', plan },
    'nobody has said': { given: { backup: undefined }, verdict: 'FAIL', plan },
  },
  effects: {
    efs: {
      // https://docs.aws.amazon.com/efs/latest/ug/API_PutBackupPolicy.html
      putBackupPolicy: (snapshot, { BackupPolicy }) => ({
        ...snapshot,
        backup: { status: Object(BackupPolicy).Status },
      }),
    },
  },
});

const status = (Status: 'ENABLED' | 'DISABLED') => ({ BackupPolicy: { Status } });

export const drift: Drift = {
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
};

export const failingTemplate: FailingTemplate = {
  control: 'EFS.7',
  as: 'AWS::EFS::FileSystem',
  text: it_('EFS::FileSystem', 'Encrypted: true'),
};
