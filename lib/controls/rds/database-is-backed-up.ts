import { defineControl, fail, notApplicable, pass, propose } from '../../model/control.ts';
import { boolean, integer } from '../../model/parameters.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { plural } from '../../support/plural.ts';
import { changeInstance, modifiesInstance, proposeOnCluster } from './shared/database-change.ts';
import { outOfScope } from './shared/database-scope.ts';
import { pendingNote } from './shared/database-setting.ts';

const sourceOf = (instance: {
  readonly ReadReplicaSourceDBInstanceIdentifier?: string | undefined;
  readonly ReadReplicaSourceDBClusterIdentifier?: string | undefined;
}) =>
  instance.ReadReplicaSourceDBInstanceIdentifier ?? instance.ReadReplicaSourceDBClusterIdentifier;

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
    const source = sourceOf(instance);
    if (source && !checkReadReplicas) return notApplicable(`a read replica of ${source}`);
    const days = instance.BackupRetentionPeriod ?? 0;
    if (days >= minimum) return pass;
    const reason =
      days === 0
        ? 'automated backups are off'
        : `automated backups are kept for ${plural(days, 'day')}`;
    return fail(`${reason}${pendingNote(instance, 'BackupRetentionPeriod')}`, [
      { path: 'instance.BackupRetentionPeriod', actual: days, expected: `at least ${minimum}` },
    ]);
  },
  remediation: {
    advice:
      'Set the backup retention period of the DB instance, of the cluster for a member of one, to at least the days that are asked for. From 0 to another value it interrupts a single-AZ instance for a moment.',
    grants: modifiesInstance,
    plan({ instance }, place) {
      const { BackupRetentionPeriod: before = 0, DBClusterIdentifier: cluster } = instance;
      const days = place.parameters.backupRetentionMinimum;
      if (cluster) return proposeOnCluster(cluster, { BackupRetentionPeriod: days });
      if (instance.AwsBackupRecoveryPointArn)
        return propose('AWS Backup keeps its backups: the days are changed in its backup plan');
      const source = sourceOf(instance);
      if (source)
        return propose(`it is a read replica of ${source}: not every engine backs up a replica`);
      if (before > 0)
        return changeInstance(instance, place, {
          risk: 'disruptive',
          summary: `keeps automated backups for ${plural(days, 'day')}, which takes more storage`,
          set: { BackupRetentionPeriod: days },
          back: {
            impossible: `${plural(before, 'day')} again would delete the backups that are older`,
          },
        });
      // Turned on from nothing it else waits for the maintenance window, and interrupts the database either way.
      return changeInstance(instance, place, {
        risk: 'disruptive',
        summary: `turns on automated backups for ${plural(days, 'day')}, with a short interruption`,
        set: { BackupRetentionPeriod: days, ApplyImmediately: true },
        back: { impossible: 'turning automated backups off again would delete all of them' },
      });
    },
  },
});
