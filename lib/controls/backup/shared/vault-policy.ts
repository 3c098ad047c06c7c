import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/** The access policy of a vault. */
export const vaultPolicy: PolicyWriter = {
  service: 'backup',
  put: ({ ref: { id: BackupVaultName } }, Policy) =>
    call('backup', 'putBackupVaultAccessPolicy', { BackupVaultName, Policy }),
  // AWS names no limit. A plan only shortens a policy, or adds two conditions to a statement.
  mostBytes: 20_480,
  // Backups of another account are no longer copied here, and nobody hears of it but who looks.
  risk: 'disruptive',
};
