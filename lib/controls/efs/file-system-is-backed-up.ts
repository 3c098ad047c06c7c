import { call, defineControl, fail, pass } from '../../model/control.ts';
import { efsFileSystem } from '../../resources/efs/efs-file-system.ts';

const switched = (FileSystemId: string, Status: 'ENABLED' | 'DISABLED') =>
  call('efs', 'putBackupPolicy', { FileSystemId, BackupPolicy: { Status } });

export const fileSystemIsBackedUp = defineControl(efsFileSystem, {
  id: 'EFS.7',
  title: 'EFS file systems should have automatic backups enabled',
  severity: 'MEDIUM',
  rationale: 'What is deleted or encrypted by somebody else comes back only from a backup.',
  standards: {
    'fsbp-1.0.0': ['EFS.7'],
    'nist-800-53-r5': [
      ...['CP-1(2)', 'CP-10(2)', 'CP-2(5)', 'CP-6(1)', 'CP-6(2)', 'CP-6(a)'],
      ...['CP-9(a)', 'CP-9(b)', 'CP-9(c)', 'SC-5(2)', 'SI-13(5)'],
    ],
  },
  needs: ['fileSystem', 'backup'],
  evaluate: ({ backup }) =>
    backup?.status === 'ENABLED' || backup?.status === 'ENABLING'
      ? pass
      : fail('the file system is not backed up by itself', [
          { path: 'backup.status', actual: backup?.status ?? null, expected: 'ENABLED' },
        ]),
  remediation: {
    advice:
      'Turn on automatic backups: AWS Backup then keeps a daily one for 35 days. Exempt a file system that another backup plan covers.',
    grants: [{ actions: ['elasticfilesystem:PutBackupPolicy'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id } }) => ({
      kind: 'calls',
      // https://aws.amazon.com/backup/pricing/: what is kept is paid for.
      risk: 'disruptive',
      summary: 'turns on automatic backups, at the price of what they keep',
      calls: [switched(id, 'ENABLED')],
      undo: { calls: [switched(id, 'DISABLED')], widensAccess: false },
    }),
  },
});
