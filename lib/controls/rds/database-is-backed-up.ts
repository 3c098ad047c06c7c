import { dbInstance } from '../../resources/db-instance.ts';
import { defineControl, fail, notApplicable, pass } from '../control.ts';
import { outOfScope } from '../judgement/database-scope.ts';
import { pendingNote } from '../judgement/database-setting.ts';
import { boolean, integer } from '../parameters.ts';

export const databaseIsBackedUp = defineControl(dbInstance, {
  id: 'RDS.11',
  title: 'RDS instances should have automatic backups enabled',
  severity: 'MEDIUM',
  rationale:
    'Automated backups bring a database back to any minute before a mistake, a failure or a break-in.',
  standards: {
    'fsbp-1.0.0': ['RDS.11'],
    'nist-800-53-r5': [
      'CP-10',
      'CP-6',
      'CP-6(1)',
      'CP-6(2)',
      'CP-9',
      'SC-5(2)',
      'SI-12',
      'SI-13(5)',
    ],
  },
  needs: ['instance'],
  parameters: {
    /** Days. */
    backupRetentionMinimum: integer({ default: 7, min: 7, max: 35 }),
    checkReadReplicas: boolean({ default: false }),
  },
  evaluate({ instance }, { parameters: { backupRetentionMinimum: minimum, checkReadReplicas } }) {
    const outside = outOfScope(instance, { custom: true, members: true });
    if (outside) return outside;
    const source =
      instance.ReadReplicaSourceDBInstanceIdentifier ??
      instance.ReadReplicaSourceDBClusterIdentifier;
    if (source && !checkReadReplicas) return notApplicable(`a read replica of ${source}`);
    const days = instance.BackupRetentionPeriod ?? 0;
    if (days >= minimum) return pass;
    const reason =
      days === 0 ? 'automated backups are off' : `automated backups are kept for ${days} days`;
    return fail(`${reason}${pendingNote(instance, 'BackupRetentionPeriod')}`, [
      { path: 'instance.BackupRetentionPeriod', actual: days, expected: `at least ${minimum}` },
    ]);
  },
  remediation: {
    advice:
      'Set the backup retention period of the DB instance, of the cluster for a member of one, to at least the days that are asked for. From 0 to another value it interrupts a single-AZ instance for a moment.',
  },
});
