import { defineControl, propose } from '../../model/control.ts';
import { dbClusterSnapshot } from '../../resources/rds/db-cluster-snapshot.ts';
import { dbSnapshot } from '../../resources/rds/db-snapshot.ts';
import { evaluateEncryption } from './shared/database-encryption.ts';
import { notOfRds } from './shared/database-scope.ts';

export const snapshotIsEncrypted = defineControl([dbSnapshot, dbClusterSnapshot], {
  id: 'RDS.4',
  title: 'RDS cluster snapshots and database snapshots should be encrypted at rest',
  severity: 'MEDIUM',
  rationale:
    'Whoever gets hold of an unencrypted snapshot, or is given it by mistake, can read the whole database.',
  standards: {
    'fsbp-1.0.0': ['RDS.4'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
  },
  needs: ['snapshot'],
  evaluate: ({ snapshot }) =>
    notOfRds(snapshot.Engine) ?? evaluateEncryption('the snapshot', 'snapshot', snapshot),
  remediation: {
    advice:
      'Copy the snapshot with a KMS key, which encrypts the copy, and delete the original; encrypt the database so that its next snapshots are.',
    grants: [],
    plan: () =>
      propose(
        'a snapshot stays as it was taken: it takes a copy of it with a KMS key, after which this one can be deleted',
      ),
  },
});
