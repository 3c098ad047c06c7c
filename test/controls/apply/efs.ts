import type { Effects } from './effects.ts';

export const efs: Effects = {
  // https://docs.aws.amazon.com/efs/latest/ug/API_PutBackupPolicy.html
  putBackupPolicy: (snapshot, { BackupPolicy }) => ({
    ...snapshot,
    backup: { status: Object(BackupPolicy).Status },
  }),
};
