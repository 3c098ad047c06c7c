import type { Effects } from './effects.ts';

// https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultAccessPolicy.html
export const backup: Effects = {
  putBackupVaultAccessPolicy: (snapshot, { Policy }) => ({ ...snapshot, policy: Policy }),
};
